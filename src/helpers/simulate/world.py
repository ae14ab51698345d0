"""What a synthetic region is like: sizes, true effects, how people come to be trained, what goes
wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

Selection = Literal[
    "none",
    "observed",
    "dip",
    "lasting_dip",
    "two_year_dip",
    "peak",
    "trend",
    "dip_and_trend",
    "unit_shock",
    "this_year",
]
EffectPath = Literal["constant", "growing", "by_cohort", "delayed", "fading"]


@dataclass(frozen=True, slots=True)
class World:
    """A region whose truth is known.

    ``effect_productivity`` is a share of a person's own output per day, ``effect_satisfaction`` IKM
    points of a unit; ``selection`` is how people (and units) come to be trained: by lot, by what
    the data show (education, post, ability level), after a bad year (that fades, lasts, or was two
    years), after a good one, because they were improving anyway, both, or because a lasting change
    came to the unit in the very year that it sent many (a new head, say), or because this very year
    is a good one. ``path`` is how the effect runs with the years since training; it averages about
    the stated effect.

    What goes wrong besides: ``leavers`` is the share of the trained, those with the worst years,
    who vanish from the data each year, and ``leaving_at_once`` that of those whose output fell most
    and who do so in the very year of their training; ``misrecorded`` the share of invitations whose
    attendance is recorded wrongly; ``spillover`` the share of the effect that passes to untrained
    colleagues where everybody else is trained. ``sending`` is how many units send anybody at all; 0 for all.

    What can pass for an effect: ``displaced`` is the share of their output by which the trained
    count more since untrained colleagues of the unit pass it on to them; ``moving`` the share of
    the trained who get a better post in another unit as they are trained; ``unrecorded`` the share
    of the trained's years, the worst, that nobody records; ``flattered`` the share by which their
    output is counted too kindly. ``staff_only`` is true where what happens to a unit touches only
    what its staff can move, and not the rest of its survey.

    ``draw`` is the year whose seats were drawn by lot, and ``order`` the year of the first turn where
    the order in which public units are trained was; 0 for neither, and never both.
    """

    seed: int = 1
    employees: int = 1500
    units: int = 40
    first_year: int = 2018
    last_year: int = 2024
    forms_per_year: int = 2500
    effect_productivity: float = 0.05
    effect_satisfaction: float = 2.0
    selection: Selection = "observed"
    path: EffectPath = "constant"
    leavers: float = 0.0
    leaving_at_once: float = 0.0
    misrecorded: float = 0.0
    spillover: float = 0.0
    sending: int = 0
    displaced: float = 0.0
    moving: float = 0.0
    unrecorded: float = 0.0
    flattered: float = 0.0
    staff_only: bool = False
    draw: int = 0
    order: int = 0

    @property
    def years(self) -> range:
        return range(self.first_year, self.last_year + 1)

    @property
    def first_training_year(self) -> int:
        """Training starts after two years of history, so that trends before it can be seen."""
        return min(self.first_year + 2, self.last_year)


# Calibration (domain.md sections 0.13, 8.4 and 10); synthetic, not Solok's own figures.
SHARE_WOMEN: Final = 0.53
EDUCATION_SHARES: Final = (("SMA", 0.17), ("D3", 0.15), ("S1", 0.56), ("S2", 0.12))
POST_SHARES: Final = (("struktural", 0.11), ("fungsional", 0.51), ("pelaksana", 0.38))
SHARE_PPPK: Final = 0.12
MEAN_OUTPUT_PER_DAY: Final = 6.0
IKM_MEAN: Final = 85.0
IKM_BETWEEN_UNITS_SD: Final = 4.2
IKM_DRIFT: Final = 2.0
SHARE_PUBLIC_UNITS: Final = 0.8
RESPONDENT_SD: Final = 0.30
ITEM_SD: Final = 0.42
# How strongly a bad year, and an own trend, draw a person into training (log odds a standard
# deviation).
DIP_PULL: Final = 1.1
TREND_PULL: Final = 0.7
# What stays of a year's own noise in the next, and the spread of the noise and of a lasting change.
NOISE_CARRIED: Final = 0.3
NOISE_SD: Final = 0.45
LASTING_SD: Final = 0.25
# A lasting change of a whole unit: standard deviations in output per day and in IKM points, and how
# it draws training.
UNIT_SHOCK_OUTPUT_SD: Final = 0.30
UNIT_SHOCK_IKM_SD: Final = 3.0
UNIT_SHOCK_PULL: Final = 1.5
# Of those in a draw for seats, how many get one.
SHARE_DRAWN: Final = 0.35
# How likely the staff of a unit are to be invited in the year that it sends many, in the turn that a
# lot gave it, and in later years; and where it has sent nobody yet.
CHANCE_IN_START: Final = 0.75
CHANCE_IN_TURN: Final = 0.9
CHANCE_AFTER: Final = 0.18
CHANCE_BEFORE: Final = 0.10
# What a better post adds to output per day.
BETTER_POST: Final = 0.6
# Shares of output-per-day standard deviations and of units, chosen so that the refusal share is
# about a fifth.
SHARE_ATTENDING: Final = 0.72
MIN_JP: Final = 20.0
MIN_SHARE: Final = 0.30
MOVED_UNSUR: Final = ("prosedur", "waktu", "kompetensi", "perilaku", "pengaduan")
THEMES: Final = (
    ("pelatihan", "manajemen waktu", 32),
    ("seminar", "etika pelayanan publik", 24),
    ("workshop", "pelayanan prima", 28),
    ("seminar", "manajemen waktu", 8),
    ("workshop", "etika pelayanan publik", 16),
    ("pelatihan", "teknologi informasi", 40),
)
KECAMATAN: Final = (
    "Kubung",
    "Gunung Talang",
    "Lembang Jaya",
    "Bukit Sundi",
    "X Koto Singkarak",
    "Danau Kembar",
)


def strength(world: World, years: np.ndarray, cohort: np.ndarray) -> np.ndarray:
    """How much of the stated effect acts in a year on those trained in a cohort; 1 throughout where
    it is constant.

    Parameters
    ----------
    world : its path.
    years : calendar years.
    cohort : first treated years, of a shape that goes with the years.
    """
    since = np.clip(years - cohort, 0, None)
    match world.path:
        case "growing":
            return np.asarray(0.5 + 0.25 * since)
        case "delayed":
            return np.asarray(np.where(since >= 1, 1.0, 0.0))
        case "fading":
            return np.asarray(1.0 * 0.5**since)
        case "by_cohort":
            span = max(world.last_year - world.first_training_year, 1)
            late = np.clip(cohort - world.first_training_year, 0, span) / span
            return np.asarray(1.5 - late + 0.0 * since)
        case _:
            return np.ones(np.broadcast(years, cohort).shape)
