"""How many people the page of effects compares, as equations: where nothing can be estimated these
are all who were measured, so that the numbers of two outcomes, or the roll, may differ by few.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from typing import Final

import numpy as np
import pandas as pd

from helpers import measures, questions
from helpers.causal.design import design
from helpers.contracts import Estimate, Study
from helpers.contracts.panel import NEVER
from helpers.validation.attacker import Hidden
from helpers.validation.unknowns import Equations

_EVER: Final = "trained_so_far"


@dataclass(frozen=True, slots=True)
class Compared:
    """Who could be compared on one outcome, and what is told of it.

    Parameters
    ----------
    outcome : of people.
    treated, controls : how many, as told; not-a-number where the report tells no number.
    trained : whether each of the measured was trained so far.
    first_year : whoever was trained by then is not counted among the treated.
    """

    outcome: str
    treated: float
    controls: float
    trained: pd.Series
    first_year: int

    @property
    def people(self) -> pd.Index:
        """Everybody measured; the attacker knows who is."""
        return self.trained.index


def compared(study: Study) -> tuple[Compared, ...]:
    """Each outcome of the plan of which nothing can be estimated.

    Parameters
    ----------
    study : its report is asked.
    """
    panel, entity = measures.employee_year(study), measures.entities(study)
    rows = {e.outcome: e for e in questions.productivity_effect(study).rows("primary")}
    return tuple(
        _compared(rows[outcome], panel.frame[panel.frame[outcome].notna()], entity)
        for outcome in panel.outcomes
        if outcome in rows and design(panel, outcome).obstacle is not None
    )


def _compared(told: Estimate, rows: pd.DataFrame, entity: pd.Series) -> Compared:
    of = rows.drop_duplicates("entity").set_index("entity")["cohort"]
    names = pd.Series(entity.index, index=entity.to_numpy())
    trained = ((of != NEVER) & (of <= told.about.year)).astype(float)
    trained.index = pd.Index(names[of.index])
    treated, controls = (
        float(n) if told.n_treated else math.nan for n in (told.n_treated, told.n_control)
    )
    first = int(rows["year"].min()) if len(rows) else 0
    return Compared(told.outcome, treated, controls, trained, first)


def say(out: Equations, year: int, told: tuple[Compared, ...], small: int, whole: bool) -> None:
    """Put the numbers of people compared into the equations.

    Parameters
    ----------
    out : with the report's quantities.
    year : of the report.
    told : of each outcome.
    small : how many people may be told of.
    whole : whether the report shows how many of the whole roll are trained.
    """
    everyone = sorted(set().union(*(c.people for c in told)))
    places = out.places[_EVER, year] = _so_far(out, year, pd.Index(everyone))
    for of in told:
        if math.isnan(of.treated):
            continue
        first = out.places.get(("trained", of.first_year), pd.Series(dtype=int))
        before = first[first.index.intersection(of.people)].to_numpy()
        at = np.concatenate([places[of.people].to_numpy(), before])
        by = np.repeat([1.0, -1.0], [len(of.people), len(before)])
        out.programme.known(places[of.people].to_numpy(), 1.0, len(of.people) - of.controls)
        # Few who came since the report before are not told of: the number is then the least.
        if of.treated + of.controls == len(of.people):
            out.programme.known(at, by, of.treated)
        else:
            out.programme.below(at, -by, -of.treated)
    out.hidden += list(_apart(out, year, told, small, whole))


def _so_far(out: Equations, year: int, people: pd.Index) -> pd.Series:
    """Whether each was trained by the year: on the roll, as the roll tells; of who left, no less
    than by then, and no more than hours reached by then allow.
    """
    now = out.places["trained", year]
    gone = people.difference(now.index)
    at = out.programme.variables(np.zeros(len(gone)), np.ones(len(gone)))
    left = set(gone)
    found = pd.Series(at, index=gone)
    for y in range(year - 1, year - 1 - len(out.places), -1):
        then, reached = out.places.get(("trained", y)), out.places.get(("reaches_target", y))
        if then is None or reached is None:
            break
        for who in sorted(left & set(then.index)):
            ends = np.array([found[who], then[who], reached[who]])
            out.programme.below(ends[:2], np.array([-1.0, 1.0]), 0.0)
            out.programme.below(ends, np.array([1.0, -1.0, -1.0]), 0.0)
        left -= set(then.index)
    return pd.concat([found, now[now.index.intersection(people)]])


def _apart(
    out: Equations, year: int, told: tuple[Compared, ...], small: int, whole: bool
) -> Iterator[Hidden]:
    """Few people by whom the measured of one outcome differ from those of another, or from the
    roll.
    """
    places = out.places[_EVER, year]
    trained = pd.concat([c.trained for c in told])
    trained = trained[~trained.index.duplicated()]
    shown = {c.outcome: set(c.people) for c in told if not math.isnan(c.treated)}
    if whole:
        shown["roll"] = set(places.index) & set(out.places["trained", year].index)
    for one, two in permutations(shown, 2):
        rest = sorted(shown[one] - shown[two])
        if 0 < len(rest) < small:
            at = places[rest].to_numpy()
            name = f"people_compared {year} {one} less {two}"
            yield Hidden(name, at, np.ones(len(at)), 0.0, True, float(trained[rest].sum()))
