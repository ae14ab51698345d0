"""Whether a sheet says of itself that it is synthetic: in a title or in a footer."""

from __future__ import annotations

import re
from typing import Final

from helpers.intake.sheet import Sheet
from helpers.intake.values import is_empty

_SYNTHETIC: Final = re.compile(r"sintetis|synthetic", re.IGNORECASE)
_FOOTER_ROWS: Final = 3


def by(sheet: Sheet) -> bool:
    """Whether the sheet says so.

    Parameters
    ----------
    sheet : its header is the last row above the body.
    """
    # A footer stands alone in its row; what stands beside others is data.
    footers = (row for row in sheet.last(_FOOTER_ROWS) if sum(not is_empty(c) for c in row) == 1)
    around = (*sheet.above[:-1], *footers)
    return any(isinstance(c, str) and bool(_SYNTHETIC.search(c)) for row in around for c in row)
