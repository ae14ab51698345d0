"""How amounts are shown, changed and scaled: the one place that formats numbers, as each language
writes them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from helpers.contracts.texts import Lang, Text

UnitLabel = Literal[
    "output/day",
    "SKP points",
    "SD (within year)",
    "share (0-1)",
    "IKM points",
    "test points",
    "JP",
    "",
]

_PERCENT: Final = Text.same("%")
_POINTS_OF_PERCENT: Final = Text("poin persen", "percentage points")
_NO_VALUE: Final = "–"


def number(value: float | None, lang: Lang, decimals: int = 1) -> str:
    """A number with the language's separators; a dash where there is none.

    >>> number(1234.5, "id"), number(1234.5, "en"), number(float("nan"), "id")
    ('1.234,5', '1,234.5', '–')

    Parameters
    ----------
    value : None, not-a-number and the infinite are no value.
    lang : Indonesian sets dots between thousands and a comma before decimals, English otherwise.
    decimals : digits after the separator; what rounds to zero loses its sign.
    """
    if value is None or not math.isfinite(value):
        return _NO_VALUE
    written = f"{value:,.{decimals}f}".replace("-", "−")
    # Zero has no sign, however it was rounded.
    if not any(ch in "123456789" for ch in written):
        written = written.lstrip("−")
    return written.translate(str.maketrans(",.", ".,")) if lang == "id" else written


def p_value(value: float) -> Text:
    """A p-value, of which nobody needs more than three decimals.

    Parameters
    ----------
    value : between 0 and 1.

    >>> p_value(0.0004).en, p_value(0.0213).en
    ('p < 0.001', 'p = 0.021')
    """
    least = 0.001
    return Text.made(
        lambda lang: (
            f"p < {number(least, lang, 3)}" if value < least else f"p = {number(value, lang, 3)}"
        )
    )


def count(value: float) -> Text:
    """A whole number in both languages."""
    return Text.made(lambda lang: number(value, lang, 0))


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of an outcome or indicator.

    >>> SHARE.level(0.052).en, SHARE.change(0.052).en, SHARE.level_span(0.041, 0.06).id
    ('5.2%', '5.2 percentage points', '4,1% sampai 6,0%')

    Parameters
    ----------
    label : its name in results files.
    name : what stands behind a level; ``%`` stands close to its number.
    difference : what stands behind a difference of two levels.
    decimals : decimals shown.
    scale : what a value is multiplied with to be shown.
    fewer : decimals of a difference; those of a level where None.
    """

    label: UnitLabel
    name: Text
    difference: Text
    decimals: int = 2
    scale: float = 1.0
    fewer: int | None = None

    def level(self, value: float) -> Text:
        """A value with its unit: ``5,2%`` or ``93,12 poin IKM``."""
        return Text.made(lambda lang: self._with(self._number(value, lang), self.name[lang]))

    def change(self, value: float) -> Text:
        """A difference with its unit: ``5,2 poin persen`` or ``2,8 poin IKM``."""
        decimals = self._fewest(value)
        return Text.made(
            lambda lang: self._with(self._number(value, lang, decimals), self.difference[lang])
        )

    def apart(self, value: float) -> Text:
        """A difference as a number alone, before another one that tells the unit: ``2,8``."""
        return Text.made(lambda lang: self._number(value, lang, self._fewest(value)))

    def level_span(self, low: float, high: float) -> Text:
        """An interval of a level: ``5,2% sampai 6,9%``.

        Parameters
        ----------
        low, high : bounds in the unit itself (a share as 0–1), not as shown.
        """
        return self._span(low, high, self.name, self.decimals)

    def change_span(self, low: float, high: float) -> Text:
        """An interval of a difference: ``0,54 sampai 0,66``.

        Parameters
        ----------
        low, high : bounds in the unit itself; zero is no change, and a bound that shows with the
            decimals of a level is never written as if it were.
        """
        return self._span(low, high, self.difference, self._fewest(low, high))

    def plain(self, value: float) -> Text:
        """A value as tables show it: a share in per cent, else the number alone."""
        return (
            self.level(value)
            if self.name == _PERCENT
            else Text.made(lambda lang: self._number(value, lang))
        )

    @property
    def axis(self) -> Text:
        """What stands at the axis of a picture."""
        return self.name

    def relative_to(self, baseline: float) -> Unit:
        """The same amounts as a share of a level, in per cent; the unit itself where that level is
        unknown or nothing.
        """
        if not (math.isfinite(baseline) and baseline):
            return self
        return replace(
            self, name=_PERCENT, difference=_PERCENT, decimals=1, scale=100 / baseline, fewer=None
        )

    @property
    def of_gaps(self) -> Unit:
        """The unit of a difference between two changes: of those in per cent it is percentage
        points.
        """
        points = self.difference == _PERCENT
        return replace(self, difference=_POINTS_OF_PERCENT) if points else self

    def _fewest(self, *values: float) -> int:
        """Decimals of differences: the fewest with which none of them reads as no difference."""
        if self.fewer is None:
            return self.decimals
        least = min((abs(v) for v in values if math.isfinite(v) and v), default=1.0) * self.scale
        return self.fewer if round(least, self.fewer) else self.decimals

    def _number(self, value: float, lang: Lang, decimals: int | None = None) -> str:
        return number(value * self.scale, lang, self.decimals if decimals is None else decimals)

    def _span(self, low: float, high: float, name: Text, decimals: int) -> Text:
        close = name == _PERCENT
        joint = Text(" sampai ", " to ")
        return Text.made(
            lambda lang: joint[lang].join(
                self._with(self._number(v, lang, decimals), name[lang] if close else "")
                for v in (low, high)
            )
        )

    @staticmethod
    def _with(written: str, name: str) -> str:
        if written == _NO_VALUE or not name:
            return written
        return written + name if name == "%" else f"{written} {name}"


@dataclass(frozen=True, slots=True)
class SmallestEffect:
    """The smallest effect of interest: a share of the baseline mean, of the outcome's spread, or an
    amount in its unit.
    """

    size: float
    of: Literal["baseline", "spread", "unit"] = "unit"
    written: str = "points"

    def __str__(self) -> str:
        return f"{self.size:g} of {self.of}"

    def scaled(self, baseline: float, spread: float) -> float:
        """The amount in the outcome's unit.

        Parameters
        ----------
        baseline : the outcome's mean.
        spread : its standard deviation within a year.
        """
        scale = {"unit": 1.0, "baseline": abs(baseline), "spread": spread}
        return self.size * scale[self.of]

    @classmethod
    def read(cls, written: object) -> SmallestEffect:
        """As a plan writes it: ``3%`` of the baseline mean, ``0.10 SD`` within year, ``2 pp`` of a
        share, ``2 points``.

        Raises
        ------
        ValueError : written otherwise, or not above zero.
        """
        if isinstance(written, cls):
            return written
        found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(%|SD|pp|points)\s*", str(written))
        if not found or float(found[1]) <= 0:
            raise ValueError(written)
        of, scale = _WRITTEN[found[2]]
        return cls(float(found[1]) * scale, of, found[2])


_WRITTEN: Final[dict[str, tuple[Literal["baseline", "spread", "unit"], float]]] = {
    "%": ("baseline", 0.01), "SD": ("spread", 1.0), "pp": ("unit", 0.01), "points": ("unit", 1.0),
}  # fmt: skip


def _unit(label: UnitLabel, indonesian: str, english: str, fewer: int | None = None) -> Unit:
    name = Text(indonesian, english)
    return Unit(label, name, name, fewer=fewer)


OUTPUT_PER_DAY: Final = _unit("output/day", "output per hari", "output a day")
SKP_POINTS: Final = _unit("SKP points", "poin SKP", "SKP points", fewer=1)
SD_WITHIN_YEAR: Final = _unit(
    "SD (within year)", "simpangan baku dalam tahun", "standard deviations within the year"
)
SHARE: Final = Unit("share (0-1)", _PERCENT, _POINTS_OF_PERCENT, decimals=1, scale=100.0)
IKM_POINTS: Final = _unit("IKM points", "poin IKM", "IKM points", fewer=1)
TEST_POINTS: Final = _unit("test points", "poin tes", "test points", fewer=1)
JP: Final = _unit("JP", "JP", "JP")
NO_UNIT: Final = _unit("", "", "")
UNITS: Final[dict[UnitLabel, Unit]] = {
    unit.label: unit
    for unit in (
        OUTPUT_PER_DAY,
        SKP_POINTS,
        SD_WITHIN_YEAR,
        SHARE,
        IKM_POINTS,
        TEST_POINTS,
        JP,
        NO_UNIT,
    )
}
assert set(UNITS) == set(get_args(UnitLabel))
