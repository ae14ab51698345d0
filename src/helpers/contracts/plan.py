"""The analysis plan: each key declared once, with what is expected of it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    model_validator,
)

from helpers.contracts import codes
from helpers.contracts.units import SmallestEffect

ProductivityOutcome = Literal["output_per_day", "skp", "on_time_share"]
Unsur = Literal[
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
]
SatisfactionOutcome = Literal["staff_unsur", "ikm"] | Unsur
Covariate = Literal[
    "jenis_kelamin",
    "umur",
    "pendidikan",
    "jenis_jabatan",
    "golongan",
    "status",
    "masa_kerja",
    "eselon",
]
Subgroup = Literal[
    "jenis_kelamin", "jenis_jabatan", "kelompok_umur", "pendidikan", "status", "golongan"
]
assert get_args(Unsur) == codes.UNSUR

WHOLE_NUMBER: Final = "whole number "


class _Part(BaseModel):
    """A part of the plan; a key that it does not have is refused. A field's description is what is
    expected of it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


def _each_once(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) < len(values):
        raise ValueError("twice")
    return values


def _day(text: str) -> str:
    # A leap day is no day to end a year's hours on, so any common year tells what is a day.
    if (
        not re.fullmatch(r"\d\d-\d\d", text)
        or not 1 <= int(text[:2]) <= 12
        or not 1 <= int(text[3:]) <= _DAYS[int(text[:2]) - 1]
    ):
        raise ValueError("day")
    return text


_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _number(low: float, high: float, default: Any = ...) -> Any:
    return Field(default, ge=low, le=high, strict=True, description=f"{low:g} … {high:g}")


def _whole(low: int, high: int, default: Any = ...) -> Any:
    return Field(default, ge=low, le=high, strict=True, description=f"{WHOLE_NUMBER}{low} … {high}")


def _of(kind: Any, *, several: bool = False, default: Any = ...) -> Any:
    values = " | ".join(map(str, _flat_args(kind)))
    return Field(default, description=f"[{values.replace(' | ', ', ')}]" if several else values)


def _flat_args(kind: Any) -> Iterable[Any]:
    return (v for a in get_args(kind) for v in (_flat_args(a) if get_args(a) else (a,)))


Smallest = Annotated[SmallestEffect, BeforeValidator(SmallestEffect.read), PlainSerializer(str)]
_SMALLEST: Final = Field(description="{outcome: 3% | 0.10 SD | 2 pp | 2 points}")


def _units_fit(smallest: Mapping[Any, SmallestEffect], amounts: Mapping[Any, str]) -> None:
    """An amount stands in the outcome's own unit: points of a score, pp of a share."""
    for outcome, effect in smallest.items():
        if effect.of == "unit" and effect.written != amounts.get(outcome):
            fits = " | ".join(filter(None, ("%", "SD", amounts.get(outcome))))
            raise ValueError(f"smallest_effect.{outcome}: {effect.written} ({fits})")


class RegionName(_Part):
    name: str = Field(min_length=1, max_length=200, pattern=r"\S", strict=True, description="text")
    kind: Literal["kabupaten", "kota"] = _of(Literal["kabupaten", "kota"])


class ProductivityOutcomes(_Part):
    primary: ProductivityOutcome = _of(ProductivityOutcome)
    secondary: Annotated[tuple[ProductivityOutcome, ...], AfterValidator(_each_once)] = _of(
        ProductivityOutcome, several=True
    )
    smallest_effect: Mapping[ProductivityOutcome, Smallest] = _SMALLEST

    @property
    def all(self) -> tuple[ProductivityOutcome, ...]:
        """Every outcome once, the primary first."""
        return tuple(dict.fromkeys((self.primary, *self.secondary)))

    @model_validator(mode="after")
    def _complete(self) -> ProductivityOutcomes:
        _units_fit(self.smallest_effect, {"on_time_share": "pp", "skp": "points"})
        if missing := [o for o in self.all if o not in self.smallest_effect]:
            raise ValueError(f"smallest_effect: {', '.join(missing)}")
        return self


class SatisfactionOutcomes(_Part):
    primary: SatisfactionOutcome = _of(SatisfactionOutcome)
    secondary: Annotated[tuple[SatisfactionOutcome, ...], AfterValidator(_each_once)] = _of(
        SatisfactionOutcome, several=True
    )
    movable: Annotated[tuple[Unsur, ...], AfterValidator(_each_once)] = _of(Unsur, several=True)
    negative_controls: Annotated[tuple[Unsur, ...], AfterValidator(_each_once)] = _of(
        Unsur, several=True
    )
    smallest_effect: Mapping[SatisfactionOutcome, Smallest] = _SMALLEST

    @property
    def all(self) -> tuple[SatisfactionOutcome, ...]:
        """Every outcome once, the primary first."""
        return tuple(dict.fromkeys((self.primary, *self.secondary)))

    def smallest(self, outcome: SatisfactionOutcome) -> SmallestEffect:
        """An outcome's smallest effect of interest; an unsur without one of its own has that of the
        IKM.
        """
        return self.smallest_effect.get(outcome, self.smallest_effect["ikm"])

    @model_validator(mode="after")
    def _complete(self) -> SatisfactionOutcomes:
        _units_fit(self.smallest_effect, dict.fromkeys(_flat_args(SatisfactionOutcome), "points"))
        if "ikm" not in self.smallest_effect:
            raise ValueError("smallest_effect: ikm")
        # What staff can move is set against what they cannot: nothing is both.
        if both := [u for u in self.negative_controls if u in self.movable]:
            raise ValueError(f"negative_controls: {', '.join(both)} (movable)")
        return self


class Outcomes(_Part):
    productivity: ProductivityOutcomes
    satisfaction: SatisfactionOutcomes


class EmployeeTreatment(_Part):
    min_jp: float = _number(0.5, 2000)
    latest: Annotated[str, AfterValidator(_day)] = Field(strict=True, description="mm-dd")


class UnitTreatment(_Part):
    min_share: float = _number(0.01, 1)


class Treatment(_Part):
    productivity: EmployeeTreatment
    satisfaction: UnitTreatment


class Placebo(_Part):
    productivity: Annotated[tuple[ProductivityOutcome, ...], AfterValidator(_each_once)] = _of(
        ProductivityOutcome, several=True
    )


class Draw(_Part):
    strata: Annotated[tuple[Subgroup, ...], AfterValidator(_each_once)] = _of(
        Subgroup, several=True
    )
    balance: float = _number(0.001, 1)


class Skm(_Part):
    weights: Annotated[Literal["exact", "0.11", "0.111"], BeforeValidator(str)] = _of(
        Literal["exact", "0.11", "0.111"]
    )
    order: Annotated[tuple[Unsur, ...], AfterValidator(_each_once)] = Field(
        min_length=9, max_length=9, description="9 unsur"
    )
    min_respondents: int = _whole(1, 100_000)


class Jp(_Part):
    target: float = _number(0.5, 2000)
    per_hour: float = _number(0.01, 10)


class Privacy(_Part):
    small_cell: int = _whole(2, 1000)


class Intake(_Part):
    most_lost: float = _number(0, 1)


class Inference(_Part):
    level: float = _number(0.95, 0.95)
    draws: int = _whole(99, 100_000)
    seed: int = _whole(0, 2**32 - 1)


class Plan(_Part):
    """What is analysed: the keys of plan.yml as they are nested there."""

    region: RegionName
    outcomes: Outcomes
    treatment: Treatment
    covariates: Annotated[tuple[Covariate, ...], AfterValidator(_each_once)] = _of(
        Covariate, several=True
    )
    cluster: Literal["kode_unit", "opd"] = _of(Literal["kode_unit", "opd"])
    placebo: Placebo
    clip: float = _number(0, 0.2)
    draw: Draw
    subgroups: Annotated[tuple[Subgroup, ...], AfterValidator(_each_once)] = _of(
        Subgroup, several=True
    )
    theory_of_change: Mapping[str, tuple[ProductivityOutcome | SatisfactionOutcome, ...]] = Field(
        description="{tema: [outcome, …]}"
    )
    skm: Skm
    jp: Jp
    privacy: Privacy
    intake: Intake
    inference: Inference

    # Neither is remembered: a copy of the plan with another value would keep those of the first.
    @property
    def values(self) -> dict[str, Any]:
        """Every key with its value, nested keys joined by dots."""
        return _dotted(self.model_dump(mode="json"))

    @property
    def sha256(self) -> str:
        """The hash that stands in every report: equal for plans of equal values, however they were
        written.
        """
        return hashlib.sha256(json.dumps(self.values, sort_keys=True).encode()).hexdigest()

    def __repr__(self) -> str:
        return f"Plan({self.region.kind} {self.region.name}, {self.sha256[:12]})"

    __str__ = __repr__


# Keys whose whole value is replaced by a plan that names them, though it is made of further keys.
WHOLE_KEYS: Final = frozenset({"theory_of_change"})


def _dotted(tree: Mapping[str, Any], at: str = "") -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in tree.items():
        key = f"{at}.{name}" if at else name
        out |= (
            _dotted(value, key)
            if isinstance(value, dict) and key not in WHOLE_KEYS
            else {key: value}
        )
    return out
