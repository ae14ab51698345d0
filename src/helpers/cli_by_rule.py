"""Whom a draw of seats leaves to no lot: who must have a seat and who must not, each with a
reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers import intake
from helpers.cli_words import both
from helpers.contracts import EvaluasiError, WrongUsage


@dataclass(frozen=True, slots=True, repr=False)
class ByRule:
    """The people of a draw: ``drawn_among``, and those apart, each row with its ``why``:
    ``seated`` have a seat without a lot, ``left_out`` have none.
    """

    drawn_among: pd.DataFrame
    seated: pd.DataFrame
    left_out: pd.DataFrame

    def __repr__(self) -> str:
        apart = f"{len(self.seated)} seated and {len(self.left_out)} left out by rule"
        return f"ByRule({len(self.drawn_among)} in the draw, {apart})"


def set_apart(file: Path | None, people: pd.DataFrame, nips: pd.Series, seats: int) -> ByRule:
    """Tell those whom a rule seats or leaves out from those among whom lots are drawn.

    Parameters
    ----------
    file : as `intake.by_rule` reads it; everybody is in the draw where there is none.
    people : one row a person, those on the roll.
    nips : of them, in the same order.
    seats : of the draw and of those seated by rule together.

    Raises
    ------
    EvaluasiError : a fault of the file, nobody in it, or somebody in it who is not on the roll.
    WrongUsage : those seated by rule take all the seats, so that none is left to draw.
    """
    if file is None:
        return ByRule(people, people.iloc[:0].assign(why=""), people.iloc[:0].assign(why=""))
    named = intake.by_rule(file)
    if named.empty:
        raise EvaluasiError(both("by_rule.nobody", file=file.name))
    at = pd.Series(people.index, index=nips.to_numpy())
    strangers = named.loc[~named["nip"].isin(at.index), "row"]
    if len(strangers):
        rows = ", ".join(map(str, strangers))
        raise EvaluasiError(both("by_rule.not_on_roll", file=file.name, rows=rows))

    def of(rule: str) -> pd.DataFrame:
        rows = named[named["ketentuan"] == rule]
        return people.loc[at[rows["nip"]]].assign(why=rows["alasan"].to_numpy())

    seated, left_out = of(intake.MUST), of(intake.MUST_NOT)
    if len(seated) >= seats:
        raise WrongUsage(both("by_rule.no_seat_left", seated=len(seated), seats=seats))
    return ByRule(people.drop([*seated.index, *left_out.index]), seated, left_out)
