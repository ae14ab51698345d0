"""What the page of recommendations tells, as equations: whom to invite first, how the seats of next
year fall by that rule, and whether last year's advice was followed.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from helpers.describe.as_advised import FIRST, OTHERS
from helpers.describe.seats import GROUPINGS
from helpers.validation.attacker import Hidden
from helpers.validation.released import Release
from helpers.validation.unknowns import Equations

_FIRST: Final = "invite_first"
_NEVER: Final = "never_invited"
_IN_VAIN: Final = "in_vain"


def say(out: Equations, release: Release) -> None:
    """Put what a report advises, and says of the advice before, into the equations.

    Parameters
    ----------
    out : with the report's quantities.
    release : of one year.
    """
    if (_FIRST, release.year) not in out.places:
        return
    if release.seats is not None:
        # As many seats as people were invited.
        at = out.places["invited", release.year].to_numpy()
        out.programme.known(at, 1.0, release.seats)
    _in_vain(out, release)
    _least_met_first(out, release)
    _followed(out, release)


def _in_vain(out: Equations, release: Release) -> None:
    """Who was invited and came to nothing: that is what is left of those who come first beside
    those never invited. Of a part of groups that show nobody to be so, it is no secret.
    """
    first, never = out.of_both((_FIRST, release.year), (_NEVER, release.year))
    people = _people(release, release.year)
    truth = (people[_FIRST] - people[_NEVER]).to_numpy(float)
    if truth.sum() in (0.0, len(people)):
        # What is true of nobody, or of everybody, tells the same of each group.
        return
    groups = dict(_groups(people))
    shown = _shown_in_both(release)
    nobody = {i for g, rows in groups.items() if g in shown and not truth[rows].any() for i in rows}
    for label, rows in groups.items():
        if nobody.issuperset(rows):
            continue
        at = np.concatenate([first[rows], never[rows]])
        by = np.repeat([1.0, -1.0], len(rows))
        name = f"{_IN_VAIN} {release.year} {label}"
        _sought(out, release, name, at, by, float(truth[rows].sum()), len(rows))


def _shown_in_both(release: Release) -> set[str]:
    """The groups of which it is shown who comes first and who was never invited."""
    rows = release.shown[release.shown["n"].notna() & (release.shown["year"] == release.year)]
    groups = [
        {
            "all" if r["group_by"] == "all" else f"{r['group_by']}={r['group']}"
            for r in rows[rows["indicator"] == name].to_dict("records")
        }
        for name in (_FIRST, _NEVER)
    ]
    return groups[0] & groups[1]


def _least_met_first(out: Equations, release: Release) -> None:
    """Of whose right nothing is met, those come first who were longest on the roll; the lot decides
    among the last of them, each with the same chance, which shares of the seats would tell.
    """
    people = _people(release, release.year)
    first = out.places[_FIRST, release.year][people.index].to_numpy()
    nothing = people[_FIRST].to_numpy() == 1
    whole = float(people["chance"].sum())
    shares = release.gap.dropna(subset=["of_seats"])
    if whole <= nothing.sum():
        turn = people["right"].to_numpy()
        by_turn = people["chance"][nothing].groupby(turn[nothing]).first()
        last = by_turn.index[by_turn > 0].min()
        chance = np.where(turn > last, 1.0, np.where(turn == last, by_turn[last], 0.0))
        if (by_turn > 0).sum() == 1:
            # The chance is the same for all, and need not be known.
            chance = np.where(turn == last, 1.0, 0.0)
        elif shares.empty:
            out.programme.below(first[turn > last], 1.0, whole)
            out.programme.below(first[turn >= last], -1.0, -whole)
        else:
            out.programme.known(first, chance, whole)
        seat = first
    else:
        chance = np.ones(len(people))
        seat = out.programme.variables(np.zeros(len(people)), chance)
        out.programme.each_below(first, seat, 1.0, -1.0, 0.0)
        out.programme.known(seat, 1.0, whole)
    for of in shares.to_dict("records"):
        known = people[of["group_by"]].notna().to_numpy()
        inside = (people[of["group_by"]].astype(str) == of["group"]).to_numpy() & known
        weight = chance * (inside - float(of["of_seats"]) * known)
        out.programme.known(seat, weight, 0.0)


def _followed(out: Equations, release: Release) -> None:
    """Of those who were to come first, and of all others, how many were invited."""
    before, now = (_FIRST, release.year - 1), ("invited", release.year)
    if before not in out.places:
        return
    advised, asked = out.places[before], out.places[now]
    one, two = out.of_both(before, now)
    both = out.programme.variables(np.zeros(len(one)), np.ones(len(one)))
    out.programme.each_below(both, one, 1.0, -1.0, 0.0)
    out.programme.each_below(both, two, 1.0, -1.0, 0.0)
    for three in np.column_stack([one, two, both]):
        out.programme.below(three, np.array([1.0, 1.0, -1.0]), 1.0)
    first, others = advised.to_numpy(), np.concatenate([asked.to_numpy(), both])
    less = np.concatenate([np.ones(len(asked)), -np.ones(len(both))])
    everyone = len(advised.index.union(asked.index))
    for row in release.advice.to_dict("records"):
        n, asked_of = float(row["n"]), round(float(row["value"]) * float(row["n"]))
        if row["group"] == FIRST:
            out.programme.known(both, 1.0, asked_of)
            out.programme.known(first, 1.0, n)
        else:
            out.programme.known(others, less, asked_of)
            out.programme.known(first, 1.0, everyone - n)
    of_before, of_now = _people(release, release.year - 1), _people(release, release.year)
    came = set(of_now.index[of_now["invited"] == 1])
    to_come = of_before.index[of_before[_FIRST] == 1]
    came_first = len(came & set(to_come))
    year = release.year
    for name, whom, signs, truth, people in (
        (FIRST, both, np.ones(len(both)), came_first, len(to_come)),
        (OTHERS, others, less, len(came) - came_first, everyone - len(to_come)),
    ):
        _sought(out, release, f"{name} {year} invited", whom, signs, float(truth), people)
    f, never = out.of_both(before, (_NEVER, year - 1))
    in_vain = float((of_before[_FIRST] - of_before[_NEVER]).sum())
    at, by = np.concatenate([f, never]), np.repeat([1.0, -1.0], len(f))
    _sought(out, release, f"{_IN_VAIN} {year - 1} all", at, by, in_vain, len(f))


def _people(release: Release, year: int) -> pd.DataFrame:
    rows = release.people
    return rows[rows["tahun"] == year].set_index("pegawai_id")


def _groups(people: pd.DataFrame) -> Iterable[tuple[str, np.ndarray]]:
    yield "all", np.arange(len(people))
    for by in GROUPINGS:
        for group, rows in people.reset_index().groupby(by).indices.items():
            yield f"{by}={group}", np.asarray(rows)


def _sought(
    out: Equations,
    release: Release,
    name: str,
    at: np.ndarray,
    by: np.ndarray,
    truth: float,
    people: int,
) -> None:
    """A count that may not be told: of few, or of all but few."""
    small = release.study.plan.privacy.small_cell
    if any(0 < side < small for side in (truth, people - truth)):
        out.hidden.append(Hidden(name, at, by, 0.0, True, truth))
