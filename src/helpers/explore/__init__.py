"""Floor 7: a ``Study`` comes in, tidy frames in words and one-line pictures go out, for a question
of one's own.

Comes in: a ``Study`` and the reader's language. Goes out: frames of people, units, activities and
forms whose columns are described, and comparisons of groups with intervals, small cells hidden, all
marked as exploratory. What does not belong here: a causal word, an effect, a grade, or anything
that a page of the report repeats.
"""

from typing import TYPE_CHECKING, Any

from helpers.explore import asked_wrongly as _asked_wrongly
from helpers.explore.column_words import columns
from helpers.explore.comparing import Shown, compare, over_time
from helpers.explore.frames import activities, forms, people, units
from helpers.explore.pickers import pickers
from helpers.explore.searching import Searchable, search

__all__ = [
    "Searchable",
    "Shown",
    "activities",
    "columns",
    "compare",
    "forms",
    "over_time",
    "people",
    "pickers",
    "search",
    "units",
]


def __dir__() -> list[str]:
    """What Tab offers: what an evaluator calls, none of what is behind it."""
    return sorted(__all__)


# Hidden from the type checker, to which every name would be there.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        """Raise with a sentence where a name is not there."""
        raise _asked_wrongly.no_such_name(name, __all__)
