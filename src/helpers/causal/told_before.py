"""Numbers of treated people as last year's report told them, where few came to them since."""

from __future__ import annotations

from dataclasses import replace

from helpers.causal.fit import Fitted
from helpers.contracts import Estimate


def told_before(fitted: Fitted) -> Fitted:
    """A fit whose estimates leave few people who came to the treated in the report's own year out
    of the number of the treated: beside the report of the year before it would tell how few.

    Parameters
    ----------
    fitted : of people; effects on service units count no people. Estimates stay as they are.
    """
    if fitted.ask.panel.of_units:
        return fitted
    return replace(
        fitted,
        estimate=_without(fitted, fitted.estimate),
        event_study=tuple(_without(fitted, e) for e in fitted.event_study),
    )


def unless_few(people: int, new: int, small_cell: int) -> int:
    """How many people may be told beside last year's report: few new ones are left out.

    Parameters
    ----------
    people : all of them.
    new : those whom last year's report could not tell of.
    small_cell : fewer people than this are few.
    """
    # What last year's report hid is told by this one for the first time.
    told = people - new >= small_cell
    return people - new if 0 < new < small_cell and told else people


def _without(fitted: Fitted, estimate: Estimate) -> Estimate:
    at = estimate.about.horizon
    new = _since_last_year(fitted, 0 if at is None else at)
    return replace(estimate, n_treated=unless_few(estimate.n_treated, new, fitted.ask.small_cell))


def _since_last_year(fitted: Fitted, horizon: int) -> int:
    """How many of the treated could not yet be seen so many years after their training a year ago;
    before it, all of this year's.
    """
    year = fitted.estimate.about.year
    cohort = year - max(0, horizon)
    if fitted.cells:
        found = [c for c in fitted.cells if c.cohort == cohort and c.time == horizon]
        return len({i for c in found for i in c.treated.tolist()})
    frame = fitted.design.frame
    return int(frame.loc[frame["cohort"] == cohort, "entity"].nunique())
