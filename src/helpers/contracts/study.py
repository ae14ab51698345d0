"""The study: prepared tables and plan, up to one year. What every question is asked of."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from helpers.contracts.plan import Plan
from helpers.contracts.tables import TABLES

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False, repr=False)
class Study:
    """The prepared tables up to a year, without names, NIP, birth dates or free text, and the plan.

    ``year`` is the only year there is: no function takes another. ``exclusions`` has the columns of
    exclusions.csv; ``linkage`` one row a table with ``linked`` and ``rows``; ``notes`` names files
    that are none of the tables; ``synthetic`` is true where the folder says that its people are
    made up.

    What is worked out on a study (see `remembered`) is kept for the life of the object: it takes no
    part in equality, repr or pickle.
    """

    year: int
    plan: Plan
    unit: pd.DataFrame
    pegawai: pd.DataFrame
    kegiatan: pd.DataFrame
    peserta: pd.DataFrame
    kinerja: pd.DataFrame
    skm: pd.DataFrame
    undian: pd.DataFrame
    undian_unit: pd.DataFrame
    exclusions: pd.DataFrame
    linkage: pd.DataFrame
    notes: tuple[str, ...] = ()
    synthetic: bool = False
    _worked_out: dict[object, Any] = field(default_factory=dict, init=False)

    @property
    def absent(self) -> tuple[str, ...]:
        """Names of the tables without a row."""
        return tuple(n for n in TABLES if self.table(n).empty)

    @property
    def trained(self) -> bool:
        """Whether activities and their participants are both there."""
        return not (self.peserta.empty or self.kegiatan.empty)

    @property
    def years(self) -> tuple[int, ...]:
        """Years of what is measured (performance and survey together), oldest first."""
        return tuple(
            sorted({int(y) for t in (self.kinerja, self.skm) for y in t["tahun"].unique()})
        )

    def table(self, name: str) -> pd.DataFrame:
        """A prepared table by its name."""
        if name not in TABLES:
            raise KeyError(name)
        frame: pd.DataFrame = getattr(self, name)
        return frame

    def __repr__(self) -> str:
        rows = ", ".join(f"{n} {len(self.table(n)):,}" for n in TABLES if n not in self.absent)
        made_up = ", synthetic" if self.synthetic else ""
        return f"Study({self.year}, {self.plan.region.name}{made_up}: {rows})"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Study):
            return NotImplemented
        pairs = (
            (getattr(self, f.name), getattr(other, f.name))
            for f in fields(self)
            if f.name != "_worked_out"
        )
        return all(a.equals(b) if isinstance(a, pd.DataFrame) else a == b for a, b in pairs)

    __hash__ = None  # type: ignore[assignment]

    def knowing(self, worked_out: dict[object, Any]) -> Study:
        """The study itself, with what was worked out on an equal one; from here on the two share
        what they work out.

        Parameters
        ----------
        worked_out : kept from an equal study, or empty.
        """
        object.__setattr__(self, "_worked_out", worked_out)
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_worked_out": {}}


def remembered(work: Callable[Concatenate[Study, P], T]) -> Callable[Concatenate[Study, P], T]:
    """Work something out once a study: later callers get the same object, and must not change it.

    Further arguments must be hashable; each combination is remembered by itself.
    """

    @functools.wraps(work)
    def once(study: Study, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (work.__module__, work.__qualname__, args, tuple(sorted(kwargs.items())))
        if key not in study._worked_out:
            study._worked_out[key] = work(study, *args, **kwargs)
        known: T = study._worked_out[key]
        return known

    return cast("Callable[Concatenate[Study, P], T]", once)
