"""A notebook that becomes a page: what its cells know of the page, told in a folder aside."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.explore import beside, marked
from helpers.intake import asked
from helpers.present import made_by_house

_BEFORE, _AFTER = "before.parquet", "after.parquet"
_CALL: Final = '__import__("helpers.explore.one_page", fromlist=["{name}"]).{name}(**{given!r})'


@dataclass(frozen=True, eq=False, slots=True)
class OnePage:
    """A page that is being made.

    Parameters
    ----------
    data : the whole path of the folder that it is made of.
    year : of the page.
    fewest : people that a figure may describe.
    compared : comparisons that lie beside it, each as of `beside.whom`.
    key : of the seals of blocks that the workspace makes in this run.
    """

    data: str
    year: int
    fewest: int
    compared: list[pd.DataFrame]
    key: str = field(default_factory=lambda: secrets.token_hex(16), repr=False)

    def cells(self, aside: Path) -> tuple[str, str]:
        """The code of a first and of a last cell around a notebook's own.

        Parameters
        ----------
        aside : a folder of the run's own, to which what the cells read is written.
        """
        beside.together(self.compared).to_parquet(aside / _BEFORE, index=False)
        given = {"data": self.data, "year": self.year, "fewest": self.fewest, "key": self.key}
        first = _CALL.format(name="begin", given={"aside": str(aside), **given})
        return first, _CALL.format(name="end", given={"aside": str(aside)})


def begin(aside: str, data: str, year: int, fewest: int, key: str) -> None:
    """What the first cell does: from here on, what is shown stands on one page.

    Parameters
    ----------
    aside : the folder of `OnePage.cells`.
    data, year, fewest, key : of the page.
    """
    made_by_house.begin(key)
    marked.begin(fewest)
    beside.begin(Path(aside) / _BEFORE)
    asked.page_of(data, year, fewest)


def end(aside: str) -> None:
    """What the last cell does: write down what was shown.

    Parameters
    ----------
    aside : the folder of `OnePage.cells`.
    """
    beside.end(Path(aside) / _AFTER)


def shown(aside: Path) -> pd.DataFrame:
    """What the page shows, as of `beside.together`.

    Parameters
    ----------
    aside : the folder of `OnePage.cells`, after the last cell has run.
    """
    return pd.read_parquet(aside / _AFTER)
