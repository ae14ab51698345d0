"""Reports as equations: what everybody in the region is unknown to be, and what is published of it.

The attacker knows who is on the roll and in which groups, as colleagues do; each person's training,
answers and scores are what is sought. What is true of everybody binds figures of different tables,
years and reports: nobody refuses who was not invited, nobody is trained one year and untrained the
next, whoever was never invited was invited in no year.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Final

import numpy as np
import pandas as pd

from helpers.describe.seats import GROUPINGS
from helpers.validation.attacker import Hidden, Programme
from helpers.validation.released import (
    COUNTED,
    OF_INVITED,
    OF_MEASURED,
    OF_ROLL,
    SENSITIVE,
    Release,
)

_COLUMNS: Final = {
    **OF_ROLL,
    **OF_INVITED,
    **OF_MEASURED,
    "never_invited": "never_invited",
    "invite_first": "invite_first",
}
# The most that one person may have of what is added up.
_MOST: Final = {"jp": 400.0, "skp": 120.0, "output_per_day": 40.0, "on_time_share": 1.0}
# A mean is found where its bounds are closer than this part of what it may be.
_CLOSE: Final = 0.01
# Of one year's report alone, and therefore of that report and no other.
_OF_REPORT: Final = ("never_invited", "invite_first")

# A quantity: its column, the year, and the report where it is of that report alone.
Key = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class GroupVariables:
    """People of one group, and the variables of one quantity of theirs."""

    label: str
    at: np.ndarray
    values: np.ndarray
    everyone: bool = False


@dataclass
class Equations:
    """The programme of a region's reports, and what they hide.

    ``places`` are the variables of each quantity, by person. ``alike`` are variables of people of
    whose whole shown group it is shown that something is true of nobody, or of everybody: what this
    tells of a part of them is no secret, but where that is sensitive.
    """

    programme: Programme = field(default_factory=Programme)
    places: dict[Key, pd.Series] = field(default_factory=dict)
    hidden: list[Hidden] = field(default_factory=list)
    alike: set[int] = field(default_factory=set)
    of_nobody: set[int] = field(default_factory=set)

    @property
    def sought(self) -> list[Hidden]:
        """What is hidden, and not told by a whole group of which all are alike."""
        return [h for h in self.hidden if not self.alike.issuperset(h.at.tolist())]


def equations(releases: Sequence[Release]) -> Equations:
    """Everything that these reports say together.

    Parameters
    ----------
    releases : of one region, oldest first, of one year after the other; what is true of a year is
        the same in both.
    """
    out = Equations()
    done: set[tuple[str, int, str, str, bool]] = set()
    for release in releases:
        _OneRelease(out, release, done).say()
    return out


@dataclass
class _OneRelease:
    """One report put into the equations; what an earlier one shows too is passed over."""

    out: Equations
    release: Release
    done: set[tuple[str, int, str, str, bool]]
    cells: dict[tuple[str, int, str], dict[str, GroupVariables]] = field(default_factory=dict)

    def say(self) -> None:
        for column in _COLUMNS.values():
            known = self.release.people.dropna(subset=[column])
            for year, rows in known.groupby("tahun"):
                self._variables(column, int(str(year)), rows)
        self._shown()
        self._parts()
        self._links()

    def key(self, column: str, year: int) -> Key:
        return column, year, str(self.release.year) if column in _OF_REPORT else ""

    def _variables(self, column: str, year: int, rows: pd.DataFrame) -> None:
        key = self.key(column, year)
        if key not in self.out.places:
            most = np.full(len(rows), _MOST.get(column, 1.0))
            at = self.out.programme.variables(np.zeros(len(rows)), most)
            self.out.places[key] = pd.Series(at, index=rows["pegawai_id"].to_numpy())
        at = self.out.places[key][rows["pegawai_id"]].to_numpy()
        values = rows[column].to_numpy(float)
        self.cells[column, year, "all"] = {"all": GroupVariables("all", at, values, everyone=True)}
        for by in GROUPINGS:
            self.cells[column, year, by] = {
                str(group): GroupVariables(f"{by}={group}", at[i], values[i])
                for group, i in rows.groupby(by).indices.items()
            }

    def cell(self, column: str, year: int, by: str, group: str) -> GroupVariables | None:
        return self.cells.get((column, year, by), {}).get(group)

    def _shown(self) -> None:
        """What is shown as sums that are known, what is hidden as what is sought."""
        shown: dict[tuple[str, int], list[GroupVariables]] = {}
        for of in self.release.shown.to_dict("records"):
            name, year, by, group = of["indicator"], int(of["year"]), of["group_by"], of["group"]
            value, n = float(of["value"]), float(of["n"])
            told = not math.isnan(value) and not math.isnan(n)
            if (name, year, by, group, told) in self.done:
                continue
            if name not in (*_OF_REPORT, "parity", "seats"):
                self.done.add((name, year, by, group, told))
            if name == "parity":
                if told:
                    self._ratio(year, by, group, value)
                continue
            name = "invited_share" if name == "seats" else name
            cell = self.cell(_COLUMNS[name], year, by, group)
            if cell is None:
                continue
            if told:
                shown.setdefault((name, year), []).append(cell)
                self._known(name, year, by, cell, value, n)
            else:
                self._sought(name, year, cell)
        for (name, year), cells in shown.items():
            self.out.hidden += differences(f"{name} {year}", name, cells, self.small)

    @property
    def small(self) -> int:
        return self.release.study.plan.privacy.small_cell

    def _known(
        self, name: str, year: int, by: str, cell: GroupVariables, value: float, n: float
    ) -> None:
        program, total = self.out.programme, value * n
        if name not in SENSITIVE and (total == 0 or (name in COUNTED and round(total) == round(n))):
            self.out.alike.update(cell.at.tolist())
            self.out.of_nobody.update(cell.at.tolist() if total == 0 else ())
        program.known(cell.at, 1.0, round(total) if name in COUNTED else total)
        if name != "refusal_share":
            return
        group = "all" if by == "all" else cell.label.partition("=")[2]
        asked = self.cell("invited", year, by, group)
        # How many were invited is how many the share that refuses is of; some may be on no roll.
        if asked is not None and by == "all":
            program.below(asked.at, 1.0, n)
        elif asked is not None:
            program.known(asked.at, 1.0, n)

    def _ratio(self, year: int, by: str, group: str, ratio: float) -> None:
        """The share invited of a group over that of everybody else."""
        inside = self.cells["invited", year, by][group].at
        outside = np.setdiff1d(self.cells["invited", year, "all"]["all"].at, inside)
        by_each = [
            np.full(len(inside), 1 / len(inside)),
            np.full(len(outside), -ratio / len(outside)),
        ]
        self.out.programme.known(np.concatenate([inside, outside]), np.concatenate(by_each), 0.0)

    def _sought(self, name: str, year: int, cell: GroupVariables) -> None:
        """A figure that is hidden for its own sake, and not only to keep others hidden, nor of
        something that is shown to be true of nobody, or of everybody.
        """
        column, people, total = _COLUMNS[name], len(cell.at), float(cell.values.sum())
        everyone = self.cells[column, year, "all"]["all"].values
        nobody = everyone.sum() in (0.0, len(everyone) * _MOST.get(column, 1.0))
        if nobody and name not in SENSITIVE:
            return
        label, one = f"{name} {year} {cell.label}", np.ones(people)
        if name in COUNTED:
            least = 0 if name in SENSITIVE else 1
            if people < self.small or any(least <= s < self.small for s in (total, people - total)):
                self.out.hidden.append(Hidden(label, cell.at, one, 0.0, True, total))
        elif people < self.small:
            close = _CLOSE * _MOST[column] * people
            self.out.hidden.append(Hidden(label, cell.at, one, close, False, total))

    def _parts(self) -> None:
        """Parts of a whole: any shown part tells how many there are of all."""
        for name, parts in self.release.parts.items():
            whole = float(parts["rows"].sum())
            at = self.out.programme.variables(np.zeros(len(parts)), np.full(len(parts), whole))
            told = parts["n"].notna().to_numpy()
            for k in np.flatnonzero(told):
                self.out.programme.known(at[[k]], 1.0, float(parts["n"].iloc[k]))
            if told.any():
                self.out.programme.known(at, 1.0, whole)
            few = (parts["persons"] < self.small).to_numpy() & ~told
            for k in np.flatnonzero(few):
                label = f"{name} {self.release.year} {parts['group'].iloc[k]}"
                truth = float(parts["rows"].iloc[k])
                self.out.hidden.append(Hidden(label, at[[k]], np.ones(1), 0.0, True, truth))

    def _links(self) -> None:
        """What is true of everybody."""
        target = self.release.study.plan.jp.target
        last = {c: self.out.places.get(self.key(c, self.release.year)) for c in _OF_REPORT}
        for year in sorted(self.release.people["tahun"].unique()):
            y = int(year)
            of = {c: self.out.places.get(self.key(c, y)) for c in _COLUMNS.values()}
            later = self.out.places.get(self.key("trained", y + 1))
            self._each(of["refused"], of["invited"])
            self._each(of["reaches_target"], of["invited"])
            self._each(of["reaches_target"], of["jp"], 1 / target)
            self._each(of["jp"], of["invited"], _MOST["jp"])
            self._each(of["trained"], later)
            self._each(of["reaches_target"], later)
            self._not_both(of["invited"], last["never_invited"])
            self._not_both(of["reaches_target"], last["invite_first"])
        self._each(last["never_invited"], last["invite_first"])
        self._invitations()

    def _each(self, fewer: pd.Series | None, more: pd.Series | None, times: float = 1.0) -> None:
        """Nobody has more of the one than so many times the other."""
        one, two = _pairs(fewer, more)
        self.out.programme.each_below(one, two, 1.0, -times, 0.0)
        nobody = self.out.of_nobody
        nobody |= {int(a) for a, b in zip(one, two, strict=True) if b in nobody}
        self.out.alike |= nobody

    def _not_both(self, one: pd.Series | None, two: pd.Series | None) -> None:
        self.out.programme.each_below(*_pairs(one, two), 1.0, 1.0, 1.0)

    def _invitations(self) -> None:
        """Nobody is invited without an invitation, nor twice to one activity."""
        study = self.release.study
        held = study.kegiatan.groupby("tahun").size()
        for year, n in self.release.invitations.items():
            places = self.out.places.get(self.key("invited", int(str(year))))
            if places is None or (("peserta", int(str(year)), "", "", True) in self.done):
                continue
            self.done.add(("peserta", int(str(year)), "", "", True))
            of_year = study.peserta[study.peserta["tahun"] == year]
            # Who knows the roll knows of invitations to nobody on it, too.
            others = int((~of_year["pegawai_id"].isin(places.index)).sum())
            at, most = places.to_numpy(), float(held.get(year, 1))
            self.out.programme.below(at, 1.0, float(n))
            self.out.programme.below(at, -most, -float(n - others))


def differences(
    what: str, name: str, cells: Sequence[GroupVariables], small: int
) -> Iterator[Hidden]:
    """Few people by whom one shown group is larger than another, of whatever columns.

    Parameters
    ----------
    what, name : the quantity and its year in words, and the indicator.
    cells : all that are shown of it.
    small : how many people may be told of.
    """
    sets = [frozenset(c.at.tolist()) for c in cells]
    for i, j in permutations(range(len(cells)), 2):
        rest = sets[j] - sets[i]
        if 0 < len(rest) < small and sets[i] < sets[j]:
            at, whole = np.array(sorted(rest)), name in COUNTED
            close = 0.0 if whole else _CLOSE * _MOST[_COLUMNS[name]] * len(at)
            label = f"{what} {cells[j].label} less {cells[i].label}"
            yield Hidden(label, at, np.ones(len(at)), close, whole, math.nan)


def _pairs(one: pd.Series | None, two: pd.Series | None) -> tuple[np.ndarray, np.ndarray]:
    """The variables of those who have both."""
    if one is None or two is None:
        return np.empty(0, int), np.empty(0, int)
    both = one.index.intersection(two.index)
    return one[both].to_numpy(), two[both].to_numpy()
