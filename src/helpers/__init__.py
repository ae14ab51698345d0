"""Helpers behind the evaluation notebooks.

Exports come in at the bottom (``intake``), sentences that an evaluator may sign come out at the top
(``findings``, ``publish``), and nothing flows back down. Import the packages' faces only, for
example ``from helpers import causal, present``.
"""

import sys
from typing import Any, cast

# What checks a notebook's form would else build the grammars of web addresses, which no form asks
# for, in every process for a second.
cast("dict[str, Any]", sys.modules).setdefault("rfc3987_syntax", None)
