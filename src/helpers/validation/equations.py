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
from helpers.validation import advice, compared_people
from helpers.validation.attacker import Hidden
from helpers.validation.released import (
    COUNTED,
    OF_INVITED,
    OF_MEASURED,
    OF_ROLL,
    SENSITIVE,
    Release,
)
from helpers.validation.unknowns import Equations, GroupVariables

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
# Of all years up to one, as the report of that year or of the next one has it.
_UP_TO: Final = ("never_invited", "invite_first")


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
        advice.say(self.out, self.release)
        compared_people.say(
            self.out, self.release.year, self.release.compared, self.small, self._all_trained()
        )

    def _all_trained(self) -> bool:
        shown, year = self.release.shown, self.release.year
        of = shown[(shown["indicator"] == "trained_share") & (shown["group_by"] == "all")]
        return bool((of["year"].eq(year) & of["n"].notna()).any())

    def _variables(self, column: str, year: int, rows: pd.DataFrame) -> None:
        key = column, year
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
            if name not in ("parity", "seats"):
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
        out, target = self.out, self.release.study.plan.jp.target
        for year in sorted(self.release.people["tahun"].unique()):
            y = int(year)
            out.each_below(("refused", y), ("invited", y))
            out.each_below(("reaches_target", y), ("invited", y))
            out.each_below(("reaches_target", y), ("jp", y), 1 / target)
            out.each_below(("jp", y), ("invited", y), _MOST["jp"])
            out.each_below(("trained", y), ("trained", y + 1))
            out.each_below(("reaches_target", y), ("trained", y + 1))
            out.each_below(("never_invited", y), ("invite_first", y))
            for name in _UP_TO:
                out.each_below((name, y), (name, y - 1))
            for last in (self.release.year - 1, self.release.year):
                if y <= last:
                    out.not_both(("invited", y), ("never_invited", last))
                    out.not_both(("jp", y), ("invite_first", last), _MOST["jp"])
        self._invitations()

    def _invitations(self) -> None:
        """Nobody is invited without an invitation, nor twice to one activity."""
        study = self.release.study
        held = study.kegiatan.groupby("tahun").size()
        for year, n in self.release.invitations.items():
            places = self.out.places.get(("invited", int(str(year))))
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
