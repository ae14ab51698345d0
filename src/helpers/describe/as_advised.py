"""Whether last year's advice was followed: were those who were to be invited first invited?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from helpers import measures
from helpers.contracts import UNKNOWN, Interval, Study, no_indicators, remembered
from helpers.contracts.units import SHARE
from helpers.describe.invitation_rules import entitled, entitled_before
from helpers.describe.people import as_indicators

AS_ADVISED: Final = "as_advised"
FIRST: Final = "advised_first"
OTHERS: Final = "advised_later"
_TURN: Final = "advised"
Obstacle = Literal["", "no_advice", "none_invited", "few", "unasked"]


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of last year's advice.

    ``rows`` are of indicators.csv, the shares (0–1) invited this year among those who were to come
    first and among everybody else on last year's roll; ``difference`` is the first less the second;
    ``obstacle`` says why there is none, and is empty where there is.
    """

    rows: pd.DataFrame
    difference: Interval = UNKNOWN
    obstacle: Obstacle = ""


@remembered
def as_advised(study: Study) -> Followed:
    """Last year's advice, as the data up to that year give it, beside this year's invitations.

    First were to come those on last year's roll of whose right to hours nothing had been met;
    everybody else is all others of both years' rolls. Who left since counts as not invited: so the
    numbers of people are those that last year's report told, and the two together tell of nobody
    who left or is new.
    """
    when = measures.training.invitations(study)["tahun"]
    before, now = entitled_before(study), entitled(study)
    if before.empty or not (when < study.year).any():
        return Followed(no_indicators(), obstacle="no_advice")
    if study.year in measures.training.unasked_years(study):
        return Followed(no_indicators(), obstacle="unasked")
    if not now["invited"].any():
        return Followed(no_indicators(), obstacle="none_invited")
    new = now[~now["pegawai_id"].isin(before["pegawai_id"])]
    people = pd.concat([before, new], ignore_index=True)
    first = people["pegawai_id"].isin(before.loc[before["met"] == 0, "pegawai_id"])
    in_vain = int(((before["met"] == 0) & (before["ever"] == 1)).sum())
    if 0 < in_vain < study.plan.privacy.small_cell:
        # Beside the number never invited, that of these would tell how few were invited in vain.
        return Followed(no_indicators(), obstacle="few")
    came_to = now.loc[now["invited"] == 1, "pegawai_id"]
    return _compared(
        study,
        people[["pegawai_id", "kode_unit"]].assign(
            all="all",
            year=study.year,
            invited=people["pegawai_id"].isin(came_to).astype(float),
            **{_TURN: first.map({True: FIRST, False: OTHERS})},
        ),
    )


def _compared(study: Study, people: pd.DataFrame) -> Followed:
    level = study.plan.inference.level
    share = measures.intervals.share
    found = [
        (AS_ADVISED, by, str(group), share(p["invited"], p["kode_unit"], level=level))
        for by in ("all", _TURN)
        for group, p in people.groupby(by)
    ]
    told = pd.DataFrame(found, columns=["indicator", "group_by", "group", "found"])
    shown = as_indicators(
        study,
        [told.assign(unit_label=SHARE.label)],
        shares=(AS_ADVISED,),
        people={AS_ADVISED: people},
    )
    # The whole guards the parts; it is the number of this year's seats, told elsewhere.
    rows = shown[shown["group_by"] == _TURN].reset_index(drop=True)
    if len(rows) < 2 or rows["value"].isna().any():
        return Followed(rows, obstacle="few")
    first, others = (people[people[_TURN] == turn] for turn in (FIRST, OTHERS))
    difference = measures.intervals.difference(
        (first["invited"], others["invited"]),
        (first["kode_unit"], others["kode_unit"]),
        level=level,
    )
    return Followed(rows, difference)
