"""The rows of indicators.csv: every headline figure, by year and group, small cells
already hidden.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from helpers import measures
from helpers.contracts import (
    GROUPS_OF_PEOPLE,
    INDICATOR_COLUMNS,
    TABLES,
    Study,
    UnitLabel,
    measure_shapes,
    no_indicators,
    remembered,
    schemas,
)
from helpers.contracts.units import IKM_POINTS, JP, SHARE
from helpers.describe.people import invited, told_invitations
from helpers.measures.performance import UNIT_LABELS


@dataclass(frozen=True, slots=True)
class _Measured:
    """An indicator, and the column of a frame of people that it is the mean or the share of."""

    indicator: str
    column: str
    unit_label: UnitLabel
    is_share: bool = True


_OF_PERFORMANCE: Final = (
    _Measured("skp_mean", "skp", UNIT_LABELS["skp"], is_share=False),
    *(
        _Measured(name, name, UNIT_LABELS[name], is_share=False)
        for name in ("output_per_day", "on_time_share")
    ),
    _Measured("discipline_share", "disciplined", SHARE.label),
)
_OF_TRAINING: Final = (
    _Measured("trained_share", "trained", SHARE.label),
    _Measured("jp_mean", "jp", JP.label, is_share=False),
    _Measured("jp_target_share", "reaches_target", SHARE.label),
    _Measured("invited_share", "invited", SHARE.label),
)
# The column of a year's roll, or of its people's performance, that an indicator is the mean of.
OF_PEOPLE: Final = {m.indicator: m.column for m in (*_OF_PERFORMANCE, *_OF_TRAINING)}
# Of whom the hours are: it is not told, but few of them would be told of by their mean.
_ATTENDED: Final = _Measured("attended_share", "attended", SHARE.label)
_REFUSAL: Final = _Measured("refusal_share", "refused", SHARE.label)
# Shares of people, and those of which none or all would tell of everyone in the group.
_SHARES: Final = frozenset(
    m.indicator for m in (*_OF_PERFORMANCE, *_OF_TRAINING, _ATTENDED, _REFUSAL) if m.is_share
)
_SENSITIVE: Final = frozenset({"discipline_share"})
# Only who was invited can refuse, only who attended has hours.
_COUNTED_BY: Final = {"refusal_share": "invited_share", "jp_mean": _ATTENDED.indicator}


@remembered
def satisfaction(study: Study) -> pd.DataFrame:
    """IKM of the region, of each service unit and of each unsur, for every year.

    Returns
    -------
    Rows of indicators.csv in IKM points, grouped by ``all``, ``unit`` and ``unsur``; n counts
    forms. Years and units in which some unsur has no answer have no index.
    """
    forms = study.skm
    if forms.empty:
        return _rows([], study)
    region = measures.satisfaction.ikm(
        measures.satisfaction.complete(forms, ["tahun"]),
        ["tahun"],
        weights=study.plan.skm.weights,
        level=study.plan.inference.level,
    )
    units = measures.satisfaction.ikm(
        measures.satisfaction.complete(forms, ["tahun", "kode_unit"]),
        ["tahun", "kode_unit"],
        weights=study.plan.skm.weights,
        level=study.plan.inference.level,
    )
    elements = measures.satisfaction.unsur(forms, ["tahun"], level=study.plan.inference.level)
    return _rows(
        [
            _indicator(region, "ikm", "all", None, IKM_POINTS.label),
            _indicator(units, "ikm", "unit", "kode_unit", IKM_POINTS.label),
            _indicator(elements, "ikm", "unsur", "unsur", IKM_POINTS.label),
        ],
        study,
    )


@remembered
def productivity(study: Study) -> pd.DataFrame:
    """SKP, output per day and on-time share of everyone, and by sex and post, for every year.

    Returns
    -------
    Rows of indicators.csv: ``skp_mean``, ``output_per_day``, ``on_time_share`` and
    ``discipline_share``, each where it was recorded of somebody; n counts those it is known of.
    """
    if study.kinerja.empty:
        return _rows([], study)
    people = measures.training.roll(study)
    scores = measures.performance.employee_years(study).merge(
        people, on=["pegawai_id", "tahun"], how="inner"
    )
    parts: list[pd.DataFrame] = []
    whom: dict[str, pd.DataFrame] = {}
    for measured in _OF_PERFORMANCE:
        if scores[measured.column].notna().any():
            parts += _by_groups(study, scores, measured, ("jenis_kelamin", "jenis_jabatan"))
            whom[measured.indicator] = scores.dropna(subset=[measured.column])
    return _rows(parts, study, whom)


@remembered
def participation(study: Study) -> pd.DataFrame:
    """Trained share, hours, and the shares that reach the target and, of the invited, refuse, for
    every year.

    Returns
    -------
    Rows of indicators.csv: ``trained_share``, ``jp_mean``, ``jp_target_share`` and
    ``invited_share`` of the people on the roll; ``refusal_share`` of the people invited, who
    refused at least once in the year; neither of the last two of years in which attendances are
    recorded, but no invitations.
    """
    if study.peserta.empty or study.kegiatan.empty:
        return _rows([], study)
    people = measures.training.roll(study)
    parts: list[pd.DataFrame] = []
    for measured in (*_OF_TRAINING, _ATTENDED):
        parts += _by_groups(study, people, measured, GROUPS_OF_PEOPLE)
    whom = {m.indicator: people for m in (*_OF_TRAINING, _ATTENDED)}
    # Somebody may be invited several times a year, and refuse once.
    asked = invited(study)
    firsts = dict.fromkeys(("kode_unit", *GROUPS_OF_PEOPLE), "first")
    refused = asked.groupby(["pegawai_id", "tahun"], as_index=False).agg(
        {"refused": "max", **firsts}
    )
    if len(refused):
        parts += _by_groups(study, refused, _REFUSAL, GROUPS_OF_PEOPLE)
        whom[_REFUSAL.indicator] = refused
    rows = _rows(parts, study, whom)
    told = rows["indicator"] != _ATTENDED.indicator
    if measures.training.unasked_years(study):
        # Nor is it known that nobody was invited in the years without any record.
        told &= (rows["indicator"] != "invited_share") | rows["year"].isin(asked["tahun"])
    return rows[told].reset_index(drop=True)


@remembered
def linkage(study: Study) -> pd.DataFrame:
    """Share of rows about people whose NIP is on the roll, over all years up to the report's, but
    for invitations of years in which few people were invited: beside the report of the year before
    they would tell how few.

    Returns
    -------
    Rows of indicators.csv without an interval, of all tables and of each (``group_by`` ``table``);
    n counts rows, those with a damaged NIP too.
    """
    if study.linkage.empty:
        return _rows([], study)
    table = measure_shapes.LINKAGE.validate(study.linkage)
    untold = len(study.peserta) - len(told_invitations(study))
    of_invitations = (table["table"] == "peserta").astype("int64")
    table = table.assign(**{c: table[c] - untold * of_invitations for c in ("linked", "rows")})
    table = table[table["rows"] > 0]
    total = pd.DataFrame(
        [{"table": "all", "linked": table["linked"].sum(), "rows": table["rows"].sum()}]
    )
    both = pd.concat([total, table], ignore_index=True)
    out = pd.DataFrame(
        {
            "year": study.year,
            "indicator": "linkage_rate",
            "group_by": ["all", *["table"] * len(table)],
            "group": both["table"],
            "value": both["linked"] / both["rows"],
            "ci_low": float("nan"),
            "ci_high": float("nan"),
            "n": both["rows"],
            "unit_label": SHARE.label,
        }
    )
    return _rows([out], study)


def headline(indicators: pd.DataFrame, name: str, year: int) -> float:
    """An indicator's figure for everyone in a year; not-a-number where there is none.

    Parameters
    ----------
    indicators : rows of indicators.csv, one a name, year and group.
    name : an indicator, such as ``skp_mean``.
    year : the year of the figure, which need not be the study's.
    """
    rows = indicators[
        (indicators["indicator"] == name)
        & (indicators["group_by"] == "all")
        & (indicators["year"] == year)
    ]
    return float(rows["value"].iloc[0]) if len(rows) else float("nan")


@remembered
def rows_by_year(study: Study) -> pd.DataFrame:
    """Rows of each table that has any, by year: ``table, year, rows``; invitations of a year in
    which few people were invited are left out.
    """
    names = [n for n in TABLES if "tahun" in study.table(n) and len(study.table(n))]
    tables = {n: study.table(n) for n in names} | {"peserta": told_invitations(study)}
    counts = [
        rows.groupby("tahun").size().rename("rows").reset_index().assign(table=n)
        for n, rows in tables.items()
        if len(rows)
    ]
    frame = pd.concat(counts) if counts else pd.DataFrame(columns=["table", "tahun", "rows"])
    frame = frame.rename(columns={"tahun": "year"})[["table", "year", "rows"]].reset_index(
        drop=True
    )
    counted = frame.astype({"table": "str", "year": "int64", "rows": "int64"})
    return schemas.FRAMES["contents"].validate(counted)


def _by_groups(
    study: Study, frame: pd.DataFrame, measured: _Measured, by: Sequence[str]
) -> list[pd.DataFrame]:
    """An indicator of everyone, and of each group that is known of somebody, for every year."""

    def of(group_by: str, groups: list[str]) -> pd.DataFrame:
        found = measures.intervals.grouped(
            frame.dropna(subset=groups),
            groups,
            measured.column,
            cluster="kode_unit",
            is_share=measured.is_share,
            level=study.plan.inference.level,
        )
        column = None if group_by == "all" else group_by
        return _indicator(found, measured.indicator, group_by, column, measured.unit_label)

    known = [g for g in by if frame[g].notna().any()]
    return [of("all", ["tahun"]), *(of(g, ["tahun", g]) for g in known)]


def _indicator(
    frame: pd.DataFrame, name: str, group_by: str, column: str | None, label: str
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": frame["tahun"].astype(int),
            "indicator": name,
            "group_by": group_by,
            "group": frame[column].astype(str) if column else "all",
            "value": frame["value"],
            "ci_low": frame["ci_low"],
            "ci_high": frame["ci_high"],
            "n": frame["n"],
            "unit_label": label,
        }
    )


def _rows(
    parts: list[pd.DataFrame], study: Study, people: Mapping[str, pd.DataFrame] | None = None
) -> pd.DataFrame:
    """Rows of indicators.csv, small groups hidden; ``people`` are those whom an indicator is of."""
    whom = {name: rows.rename(columns={"tahun": "year"}) for name, rows in (people or {}).items()}
    parts = [p for p in parts if len(p)]
    if not parts:
        return no_indicators()
    shown = measures.suppress(
        pd.concat(parts, ignore_index=True)[list(INDICATOR_COLUMNS)],
        study.plan.privacy.small_cell,
        shares=_SHARES,
        sensitive=_SENSITIVE,
        counted_by=_COUNTED_BY,
        people=whom,
    )
    return schemas.INDICATORS.validate(shown)
