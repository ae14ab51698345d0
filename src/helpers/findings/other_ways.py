"""The main effect computed in other ways, and the year before training, in words."""

from __future__ import annotations

from helpers.causal import Effect, rests_on
from helpers.contracts import Estimate, Text, count
from helpers.contracts.units import p_value
from helpers.findings.words import label, told


def way(e: Estimate) -> Text:
    """What is special about an estimate: its role, the part of the panel, or the estimator (of the
    main one, where its interval comes from).

    Parameters
    ----------
    e : of any role.
    """
    if e.role == "primary":
        return label(e.role)
    return label(e.estimator.rpartition("+")[2] if e.about.group == "all" else e.about.group)


def other_ways(found: Effect) -> Text:
    """How far the effect depends on how it is computed: the lowest and the highest of the other
    ways, and how many of them tell it from nothing; empty where there is no other way.

    Parameters
    ----------
    found : the graded effect with its estimates of the roles ``robustness`` and ``sensitivity``.
    """
    p = found.primary
    rows = [
        e
        for e in found.estimates
        if e.role in ("robustness", "sensitivity") and e.outcome == p.outcome and e.interval.known
    ]
    if not rows or not p.interval.known:
        return Text()
    least, most = (pick(rows, key=lambda e: e.interval.value) for pick in (min, max))
    sign = p.interval.sign
    same = sum(e.interval.sign == sign for e in rows)
    return told(
        "other_ways.told" if sign else "other_ways.not_told",
        n=count(len(rows)),
        least=p.unit.change(least.interval.value),
        least_way=way(least),
        most=p.unit.change(most.interval.value),
        most_way=way(most),
        same=count(same),
    )


def one_cohort(found: Effect) -> Text:
    """That the effect rests on those trained in one year alone; empty where it does not.

    Parameters
    ----------
    found : the graded effect.
    """
    resting = rests_on(found)
    if resting is None:
        return Text()
    unit, level = found.primary.unit, found.fits.primary.ask.level
    return told(
        "other_ways.one_cohort",
        year=resting.year,
        value=unit.change(resting.without.value),
        span=unit.change_span(*resting.without.interval(level)),
    )


def year_before(found: Effect) -> Text:
    """That the trained had an unusually low or high year before their training; empty where the
    check finds none.

    Parameters
    ----------
    found : the graded effect.

    Source: Ashenfelter (1978), *Review of Economics and Statistics* 60(1).
    """
    check = next((c for c in found.checks if c.name == "dip"), None)
    study = found.fits.primary.study
    if check is None or check.passed is not False or study is None:
        return Text()
    # Leads are told beside the year before training, so that a lead above zero is a bad year.
    lead = study.points[-2].value
    return told(
        "year_before.low" if lead > 0 else "year_before.high",
        who=told(f"who.{found.primary.about.question}"),
        value=found.primary.unit.change(abs(lead)),
        p=p_value(check.figure),
    )
