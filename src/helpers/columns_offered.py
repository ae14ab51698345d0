"""Tab between quotes in the Lab offers the columns of the table that a comparison is of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from IPython.core.completer import SimpleCompletion, context_matcher

from helpers.first_mistakes import columns

if TYPE_CHECKING:
    from IPython.core.completer import CompletionContext, SimpleMatcherResult

# What stands before the cursor: the call, its table, and a quote that is still open.
_WITHIN: Final = re.compile(r"\b(?:compare|over_time)\(\s*(\w+)[^()]*[,=]\s*[\"'](\w*)$")


def offer(shell: Any) -> None:
    """Have Tab offer columns, and no file of the folder, where a column is to be named.

    Parameters
    ----------
    shell : IPython's own, of a kernel that has just started.
    """

    @context_matcher()  # type: ignore[untyped-decorator]
    def columns_of_the_table(context: CompletionContext) -> SimpleMatcherResult:
        before = context.line_with_cursor[: context.cursor_position]
        asked = _WITHIN.search(before)
        there = columns(shell.user_ns.get(asked[1])) if asked else []
        found = [SimpleCompletion(c) for c in there if asked and c.startswith(asked[2])]
        return {
            "completions": found,
            "matched_fragment": asked[2] if asked else "",
            "suppress": bool(found),
        }

    shell.Completer.custom_matchers.append(columns_of_the_table)
