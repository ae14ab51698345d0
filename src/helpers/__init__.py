"""Helpers behind the evaluation notebooks.

Exports come in at the bottom (``intake``), sentences that an evaluator may sign come out at the top
(``findings``, ``publish``), and nothing flows back down. Import the packages' faces only, for
example ``from helpers import causal, present``.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

# What checks a notebook's form would else build the grammars of web addresses, which no form asks
# for, in every process for a second.
cast("dict[str, Any]", sys.modules).setdefault("rfc3987_syntax", None)

# What an evaluator calls; the rest of the house is behind the command line.
_FOR_NOTEBOOKS: Final = (
    *("causal", "contracts", "describe", "explore", "findings", "intake"),
    *("measures", "present", "publish", "questions"),
)


def __dir__() -> list[str]:
    return sorted({*(n for n in globals() if n.startswith("__")), *_FOR_NOTEBOOKS})


# Hidden from the type checker, to which every name would be there.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """A room by its name: ``helpers.explore`` is found, and Tab completes it."""
        if name in _FOR_NOTEBOOKS:
            return import_module(f"helpers.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
