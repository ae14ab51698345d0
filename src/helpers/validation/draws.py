"""Simulated draws, of seats and of the order of units: how often the page of a draw is right, and
whether it sees what the year before it was promised to see.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from typing import Final

from helpers import describe, simulate
from helpers.causal import promised
from helpers.causal.draw_checks import draw_effects
from helpers.causal.rule_code import draw_rule_hash
from helpers.contracts import Plan, Text
from helpers.contracts.results import Grade, Record
from helpers.findings.draw_records import DrawsTried
from helpers.measures import lotteries
from helpers.questions.draw_effect import drawings
from helpers.questions.order_effect import turns_drawn
from helpers.simulate import World
from helpers.validation.kind import Kind
from helpers.validation.worlds import battery_plan

_YEAR: Final = 2024
# Small, middling and large regions in turn: people, work units.
_SIZES: Final = ((500, 16), (900, 30), (2400, 80))
_WORLD: Final = World(forms_per_year=300, draw=_YEAR, effect_productivity=0.0)
_WORKS: Final = replace(_WORLD, effect_productivity=0.08)
# Its forms are those of one unit: enough for the plan's fewest in a year.
_ORDER: Final = World(
    order=_YEAR - 1,
    units=1,
    forms_per_year=60,
    effect_productivity=0.0,
    effect_satisfaction=0.0,
)
# None of them is a seed by which somebody chose anything.
_FIRST_SEED: Final = 772_000_000
KINDS: Final = (
    Kind.nothing("draw", Text("kursi diundi", "seats drawn"), True, _WORLD),
    Kind.nothing(
        "leavers",
        Text("yang dilatih dengan hasil terburuk pergi", "the trained with the worst years leave"),
        False,
        replace(_WORLD, leavers=0.15),
    ),
    Kind.nothing(
        "leaving at once",
        Text(
            "yang hasilnya paling turun pergi seketika",
            "those whose output fell most leave at once",
        ),
        False,
        replace(_WORLD, leaving_at_once=0.15),
    ),
    Kind.works("draw", Text("kursi diundi", "seats drawn"), True, _WORKS),
    Kind.works(
        "smallest",
        Text("pengaruh terkecil yang berarti", "the smallest effect of interest"),
        True,
        replace(_WORLD, effect_productivity=0.03),
    ),
    Kind.works(
        "spillover",
        Text("sebagian pengaruh beralih ke rekan", "part of the effect passes to colleagues"),
        False,
        replace(_WORKS, spillover=0.3),
    ),
    Kind.nothing("order", Text("urutan unit diundi", "order of units drawn"), True, _ORDER),
    Kind.nothing(
        "order, units change",
        Text(
            "urutan unit diundi, staf sebagian unit berubah untuk seterusnya",
            "order of units drawn, the staff of some units change for good",
        ),
        True,
        replace(_ORDER, selection="unit_shock", staff_only=True),
    ),
    Kind.nothing(
        "order, few forms",
        Text(
            "urutan unit diundi, sering terlalu sedikit formulir",
            "order of units drawn, often too few forms",
        ),
        True,
        replace(_ORDER, forms_per_year=36),
    ),
    Kind.works(
        "order",
        Text("urutan unit diundi", "order of units drawn"),
        True,
        replace(_ORDER, effect_satisfaction=4.0),
    ),
    Kind.works(
        "order, small",
        Text("urutan unit diundi, pengaruhnya seperempat", "order of units drawn, a quarter of it"),
        True,
        replace(_ORDER, effect_satisfaction=1.0),
    ),
)


@dataclass(frozen=True, slots=True)
class DrawTold:
    """What the page of one draw says, beside what is true of it.

    ``drawn`` and ``came`` are whether the two intervals hold the truth, None where there is none;
    ``found`` whether the effect of being drawn is told from none; ``promised`` how likely that was
    by what was known the year before, not-a-number where nothing could be promised; ``seats`` are
    the drawn who are compared, ``failed`` names the checks that did not pass.
    """

    kind: str
    truth: float
    value: float
    drawn: bool | None
    came: bool | None
    found: bool
    promised: float
    grade: Grade
    seats: int
    failed: str = ""

    @property
    def cause(self) -> bool:
        """Whether the page names the seat as a cause."""
        return self.grade in ("strong", "moderate")

    @property
    def wrong(self) -> bool:
        """Whether it does so where there is no effect, or one of the other sign."""
        return self.cause and self.truth * self.value <= 0


def ask(regions: int, plan: Plan, jobs: int = 2) -> list[DrawTold]:
    """Every kind so many times.

    Parameters
    ----------
    regions : of each kind.
    plan : the project's own.
    jobs : processes.
    """
    small = battery_plan(plan)
    todo = [
        (kind, _FIRST_SEED + 100_000 * k + at)
        for k, kind in enumerate(KINDS)
        for at in range(regions)
    ]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(tell, *zip(*todo, strict=True), [small] * len(todo)))


def tell(kind: Kind, seed: int, plan: Plan) -> DrawTold:
    """What the page says of one region; the same kind and seed always give the same.

    Parameters
    ----------
    kind : of world, with a draw.
    seed : of the region.
    plan : as `battery_plan` gives it.
    """
    people, units = _SIZES[seed % len(_SIZES)]
    forms = kind.world.forms_per_year * (units if kind.world.order else 1)
    sized = replace(kind.world, employees=people, units=units, forms_per_year=forms)
    region = simulate.make(replace(sized, seed=seed))
    study = simulate.study(region, plan)
    (found,) = draw_effects((turns_drawn if sized.order else drawings)(study)[:1])
    itt, of_coming = _truth(region)
    drawn = found.primary.interval
    coming = found.complier.interval if found.complier is not None else None
    return DrawTold(
        kind.name,
        itt,
        drawn.value,
        drawn.low <= itt <= drawn.high if drawn.known else None,
        coming.low <= of_coming <= coming.high if coming and coming.known else None,
        bool(drawn.sign),
        math.nan if sized.order else _promised(region, plan, itt),
        found.grade,
        found.primary.n_treated,
        " ".join(c.name for c in found.checks if c.passed is False),
    )


def _truth(region: simulate.Region) -> tuple[float, float]:
    """The true effect of being drawn, and of coming on those who came because of it."""
    order = region.truth.get("order")
    if isinstance(order, dict):
        itt = float(order["itt"])
        return itt, itt / order["trained_share"] if order["trained_share"] else math.nan
    draw = region.truth["draw"]
    assert isinstance(draw, dict)
    return float(draw["itt"]), float(draw["complier"])


def _promised(region: simulate.Region, plan: Plan, truth: float) -> float:
    """How likely the effect was to be told, by what the report of the year before could know."""
    before = replace(simulate.study(region, plan), year=_YEAR - 1)
    (drawing, *_) = drawings(before, lotteries.rehearsal)
    lots = region.tables["undian"]
    seats = int((lots["terpilih"] == "ya").sum())
    attendance = describe.share_who_came(before)
    made = promised.promise(drawing, len(lots), attendance or 1.0)
    return math.nan if made is None else made.power(seats, truth)


def tried(told: Sequence[DrawTold], plan: Plan) -> tuple[DrawsTried, ...]:
    """The records of all regions: of seats, and of orders, whatever their kind.

    Parameters
    ----------
    told : as `ask` gives it.
    plan : the project's own.
    """
    of = plan.outcomes
    orders = {kind.name for kind in KINDS if kind.world.order}
    return (
        _record([t for t in told if t.kind not in orders], of.productivity.primary, plan),
        _record([t for t in told if t.kind in orders], of.satisfaction.primary, plan),
    )


def _record(told: Sequence[DrawTold], outcome: str, plan: Plan) -> DrawsTried:
    seats = [t.seats for t in told if t.seats]
    graded = {t.grade for t in told} - {"none"}
    return DrawsTried(
        draw_rule_hash(),
        outcome,
        plan.inference.level,
        (min(seats), max(seats)),
        {
            grade: Record(
                sum(t.grade == grade for t in told),
                # Of a weak grade, too, it counts whether there is an effect of its sign.
                sum(t.grade == grade and t.truth * t.value <= 0 for t in told),
            )
            for grade in sorted(graded)
        },
    )
