"""Helpers behind the evaluation notebooks.

Exports come in at the bottom (``intake``), sentences that an evaluator may sign come out at the top
(``findings``, ``publish``), and nothing flows back down. Import the packages' faces only, for
example ``from helpers import causal, present``.
"""
