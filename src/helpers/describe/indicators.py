"""The rows of indicators.csv: every headline figure, by year and group, small cells already hidden."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers import measures
from helpers.contracts import INDICATOR_COLUMNS, Plan, Tables, codes

_PEOPLE_GROUPS = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "tingkat_pendidikan")


def satisfaction(tables: Tables, plan: Plan) -> pd.DataFrame:
    """IKM of the region, of each service unit and of each unsur, for every year."""
    forms = tables.skm
    if forms.empty:
        return _rows([], plan)
    region = measures.satisfaction.ikm(forms, ["tahun"], weights=plan.skm_weights, level=plan.level)
    complete = forms[forms.groupby(["kode_unit", "tahun"])[list(codes.UNSUR)].transform("count").gt(0).all(axis=1)]
    units = measures.satisfaction.ikm(complete, ["tahun", "kode_unit"], weights=plan.skm_weights, level=plan.level)
    elements = measures.satisfaction.unsur(forms, ["tahun"], level=plan.level)
    return _rows(
        [
            _indicator(region, "ikm", "all", None, "IKM points"),
            _indicator(units, "ikm", "unit", "kode_unit", "IKM points"),
            _indicator(elements, "ikm", "unsur", "unsur", "IKM points"),
        ],
        plan,
    )


def productivity(tables: Tables, plan: Plan) -> pd.DataFrame:
    """SKP, output per day and on-time share of everyone, and by sex and post, for every year."""
    if tables.kinerja.empty:
        return _rows([], plan)
    people = measures.training.roll(tables, plan)
    scores = measures.performance.employee_years(tables.kinerja).merge(people, on=["pegawai_id", "tahun"], how="inner")
    parts = []
    for name, column, label, is_share in (
        ("skp_mean", "skp", "SKP points", False),
        ("output_per_day", "output_per_day", "output/day", False),
        ("on_time_share", "on_time_share", "share (0-1)", False),
        ("discipline_share", "disciplined", "share (0-1)", True),
    ):
        if scores[column].notna().any():
            parts += _by_groups(scores, name, column, label, is_share, plan, ("jenis_kelamin", "jenis_jabatan"))
    return _rows(parts, plan)


def participation(tables: Tables, plan: Plan) -> pd.DataFrame:
    """Trained share, hours, the share reaching the target, and the share of invitations refused, for every year."""
    if tables.peserta.empty or tables.kegiatan.empty:
        return _rows([], plan)
    people = measures.training.roll(tables, plan)
    parts: list[pd.DataFrame] = []
    for name, column, label, is_share in (
        ("trained_share", "trained", "share (0-1)", True),
        ("jp_mean", "jp", "JP", False),
        ("jp_target_share", "reaches_target", "share (0-1)", True),
        ("invited_share", "invited", "share (0-1)", True),
    ):
        parts += _by_groups(people, name, column, label, is_share, plan, _PEOPLE_GROUPS)
    invited = measures.training.invitations(tables, plan).merge(
        people[["pegawai_id", "tahun", "kode_unit", *_PEOPLE_GROUPS]], on=["pegawai_id", "tahun"], how="left"
    )
    invited["kode_unit"] = invited["kode_unit"].fillna("?")
    parts += _by_groups(invited, "refusal_share", "refused", "share (0-1)", True, plan, _PEOPLE_GROUPS)
    return _rows(parts, plan)


def linkage(tables: Tables, plan: Plan) -> pd.DataFrame:
    """Share of rows about people whose NIP is on the roll, over all years up to the report's."""
    table = tables.linkage
    if table.empty:
        return _rows([], plan)
    total = pd.DataFrame([{"table": "all", "linked": table["linked"].sum(), "rows": table["rows"].sum()}])
    both = pd.concat([total, table], ignore_index=True)
    out = pd.DataFrame(
        {
            "year": tables.year,
            "indicator": "linkage_rate",
            "group_by": ["all", *["table"] * len(table)],
            "group": both["table"],
            "value": both["linked"] / both["rows"],
            "ci_low": float("nan"),
            "ci_high": float("nan"),
            "n": both["rows"],
            "unit_label": "share (0-1)",
        }
    )
    return _rows([out], plan)


def _by_groups(
    frame: pd.DataFrame, name: str, column: str, label: str, is_share: bool, plan: Plan, by: Sequence[str]
) -> list[pd.DataFrame]:
    def of(groups: list[str]) -> pd.DataFrame:
        rows = frame.dropna(subset=groups)
        return measures.intervals.grouped(rows, groups, column, cluster="kode_unit", is_share=is_share)

    parts = [_indicator(of(["tahun"]), name, "all", None, label)]
    return parts + [_indicator(of(["tahun", g]), name, g, g, label) for g in by if frame[g].notna().any()]


def _indicator(frame: pd.DataFrame, name: str, group_by: str, column: str | None, label: str) -> pd.DataFrame:
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


def _rows(parts: list[pd.DataFrame], plan: Plan) -> pd.DataFrame:
    parts = [p for p in parts if len(p)]
    if not parts:
        return pd.DataFrame(columns=list(INDICATOR_COLUMNS))
    return measures.suppress(pd.concat(parts, ignore_index=True)[list(INDICATOR_COLUMNS)], plan.small_cell)
