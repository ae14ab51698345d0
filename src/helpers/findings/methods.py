"""How the report was made and what it cannot tell, in plain words; only the plan is quoted."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final

from babel.dates import format_skeleton

from helpers.causal.evidence import UNTOUCHED_BY_SHOCKS
from helpers.contracts import Plan, Text, count, number
from helpers.contracts.units import SHARE
from helpers.findings import records
from helpers.findings.words import label, listed, told

# In the order in which the annual report says them.
METHODS: Final = (
    "methods.who",
    "methods.how",
    "methods.draw",
    "methods.order",
    "methods.satisfaction",
    "methods.grades",
    "methods.record",
)
LIMITS: Final = (
    "methods.unseen",
    "methods.unseen_beside_draw",
    "methods.unseen_beside_order",
    "methods.unseen_beside_both",
    "methods.untellable",
    "methods.first_years",
    "methods.goals",
    "methods.hidden",
)
# What is said by which of the two questions a draw answers.
_OF_LOTS: Final[dict[frozenset[str], tuple[str, ...]]] = {
    frozenset(): ("methods.unseen",),
    frozenset({"productivity"}): ("methods.draw", "methods.unseen_beside_draw"),
    frozenset({"satisfaction"}): ("methods.order", "methods.unseen_beside_order"),
    frozenset({"productivity", "satisfaction"}): (
        "methods.draw",
        "methods.order",
        "methods.unseen_beside_both",
    ),
}


def methods(plan: Plan, alike: Text, by_lot: Collection[str] = ()) -> dict[str, Text]:
    """What the annual report says of its own methods and limits, by name.

    Parameters
    ----------
    plan : its thresholds are quoted.
    alike : in what the compared people are, as `alike` says it.
    by_lot : which of productivity and satisfaction a draw answers.
    """
    of, who = plan.treatment, plan.treatment.productivity
    # A leap year, since the plan may name its day.
    latest = date(2000, int(who.latest[:2]), int(who.latest[3:]))
    quoted = {
        "hours": Text.made(lambda lang: number(who.min_jp, lang, 0)),
        "latest": Text.made(lambda lang: format_skeleton("MMMMd", latest, locale=lang)),
        "share": SHARE.level(of.satisfaction.min_share),
        "cell": count(plan.privacy.small_cell),
        "adjusted": alike,
        "cluster": label(plan.cluster),
        "outcome": told(f"outcome.{plan.outcomes.satisfaction.primary}"),
        "triple": _triple(plan),
        "draws": count(plan.inference.draws),
    }
    lots = _OF_LOTS[frozenset(by_lot)]
    others = frozenset[str]().union(*_OF_LOTS.values()) - frozenset(lots)
    said = {name: told(name, **quoted) for name in (*METHODS, *LIMITS) if name not in others}
    if kinds := records.deceived():
        named = [told("methods.deceived_in", n=count(k.wrong), of=count(k.regions)) for k in kinds]
        said["methods.untellable"] += told("methods.deceived", named=listed(named))
    return said


def alike(recorded: Mapping[str, float]) -> Text:
    """In what the people who are compared are alike, and in what not for want of records.

    Parameters
    ----------
    recorded : for what share of the people each covariate of the plan is known, 0–1.
    """
    traits = [label(name) for name, share in recorded.items() if share]
    unknown = [label(name) for name, share in recorded.items() if not share]
    said = (
        told("methods.adjusted", traits=listed(traits)) if traits else told("methods.not_adjusted")
    )
    return said + told("methods.unknown_traits", traits=listed(unknown)) if unknown else said


def _triple(plan: Plan) -> Text:
    of = plan.outcomes.satisfaction
    if of.primary != UNTOUCHED_BY_SHOCKS:
        return Text()
    elements = {"movable": of.movable, "controls": of.negative_controls}
    return told(
        "methods.triple",
        **{k: listed([told(f"outcome.{u}") for u in each]) for k, each in elements.items()},
    )
