"""What a synthetic region is like: sizes, true effects, how people come to be trained, what goes
wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Selection = Literal["none", "observed", "dip", "trend"]


@dataclass(frozen=True, slots=True)
class World:
    """A region whose truth is known.

    ``effect_productivity`` is a share of a person's own output per day, ``effect_satisfaction`` IKM
    points of a unit; ``selection`` is how people (and units) come to be trained: by lot, by what
    the data show (education, post, ability level), after a bad year, or because they were improving
    anyway.
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
