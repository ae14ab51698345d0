"""Regions with hardly anything in them: every question still gets an answer in words, none a traceback."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from helpers import findings, intake, present, simulate

OPTIONAL = ["opd", "kecamatan", "layanan_publik", "nama", "status", "jenis_kelamin", "tanggal_lahir", "golongan", "jenis_jabatan", "eselon", "pendidikan", "tmt", "tanggal_selesai", "biaya", "alasan", "nilai_pre", "nilai_post", "nilai_reaksi", "produktivitas_diri", "hasil_kerja", "perilaku_kerja", "predikat", "tepat_waktu", "hukuman_disiplin", "id_respon", "umur", "pekerjaan", "saran"]  # fmt: skip


def _all_told(folder: Path, year: int, plan) -> findings.Year:
    tables = intake.load(folder, year, plan)
    told = findings.work_out(tables, plan, year)
    for lang in findings.LANGS:
        claims = findings.claims(told, lang)
        assert all(c.answer and not re.search(r"\bnan\b", c.answer) for c in claims)
        for effects in (told.productivity, told.satisfaction):
            for draw in (present.event_study, present.naive_comparison, present.effects, present.checks):
                draw(effects, lang)
        present.outcomes(told.satisfaction, lang)
        present.contents(tables, lang)
        present.standings(claims, lang)
        present.trend(told.indicators, "ikm", lang)
        present.ikm_by_unit(told.indicators, year, lang)
    return told


def _without(folder: Path, columns: list[str]) -> None:
    for file in folder.glob("*.csv"):
        frame = pd.read_csv(file, dtype=str)
        frame.drop(columns=[c for c in columns if c in frame]).to_csv(file, index=False)


@pytest.mark.parametrize(
    ("size", "year"),
    [
        ({"employees": 60, "units": 1, "forms_per_year": 100}, 2024),
        ({"employees": 60, "units": 2, "forms_per_year": 100}, 2024),
        ({"employees": 100, "units": 5, "forms_per_year": 200, "first_year": 2023}, 2024),
        ({"employees": 100, "units": 5, "forms_per_year": 200}, 2020),
        ({"employees": 100, "units": 5, "forms_per_year": 200}, 2019),
        ({"employees": 30, "units": 3, "forms_per_year": 20}, 2024),
    ],
    ids=["one unit", "two units", "two years", "first year of training", "before any training", "thirty people"],
)
def test_a_thin_region_is_told_in_words(tmp_path: Path, plan, size, year):
    simulate.write(simulate.World(**size), tmp_path / "data")
    told = _all_told(tmp_path / "data", year, plan)
    assert not any(f.may_claim_cause for f in told.findings)


@pytest.mark.parametrize("columns", [OPTIONAL, ["output", "hari_kerja", "predikat", "tepat_waktu"], ["output", "hari_kerja", "nilai_skp"]])
def test_optional_columns_may_be_missing(tmp_path: Path, plan, columns):
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), tmp_path / "data")
    _without(tmp_path / "data", columns)
    _all_told(tmp_path / "data", 2024, plan)


@pytest.mark.parametrize("gone", [["skm*"], ["kinerja*"], ["peserta*"], ["skm_2024*"], ["peserta*", "kinerja*"]])
def test_tables_may_be_missing(tmp_path: Path, plan, gone):
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), tmp_path / "data")
    for pattern in gone:
        for file in (tmp_path / "data").glob(pattern):
            file.unlink()
    told = _all_told(tmp_path / "data", 2024, plan)
    assert (told.productivity is None) == any(g.startswith(("kinerja", "peserta")) for g in gone)


def test_everybody_trained_at_once_cannot_be_compared(tmp_path: Path, plan):
    data = tmp_path / "data"
    simulate.write(simulate.World(employees=150, units=8, forms_per_year=300), data)
    people = pd.concat(pd.read_csv(f, dtype=str) for f in data.glob("pegawai_*"))["nip"].unique()
    activity = pd.read_csv(data / "kegiatan.csv", dtype=str)["kode_kegiatan"][0]
    for file in data.glob("peserta_*"):
        file.unlink()
    pd.DataFrame({"kode_kegiatan": activity, "nip": people, "kehadiran": "hadir"}).to_csv(data / "peserta.csv", index=False)
    told = _all_told(data, 2024, plan)
    effects = [f for f in told.findings if f.id.endswith(".effect")]
    assert effects and all(f.claim == "inconclusive" for f in effects)
