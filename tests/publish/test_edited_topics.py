"""A plain figure stands beside what it is a figure of, in its year and of its group, or is told."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.contracts import INDICATOR_COLUMNS
from tests.publish.year_results import results_of_a_year

_ROWS = [
    (2023, "ikm", "all", "all", 90.11, 89.02, 91.2, 2400, "IKM points"),
    (2024, "ikm", "all", "all", 93.12, 91.92, 94.32, 2500, "IKM points"),
    (2024, "ikm", "unsur", "waktu", 88.4, 87.1, 89.7, 2500, "IKM points"),
    (2024, "ikm", "unit", "U001", 97.1, 95.0, 98.3, 60, "IKM points"),
    (2024, "on_time_share", "all", "all", 0.788, 0.78, 0.796, 1379, "share (0-1)"),
    (2024, "refusal_share", "all", "all", 0.223, 0.18, 0.27, 305, "share (0-1)"),
    (2024, "refusal_share", "jenis_kelamin", "P", 0.248, 0.19, 0.31, 161, "share (0-1)"),
    (2024, "jp_target_share", "all", "all", 0.125, 0.1, 0.15, 1379, "share (0-1)"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    results_of_a_year(tmp_path / "2024")
    table = pd.DataFrame(_ROWS, columns=list(INDICATOR_COLUMNS))
    table.to_csv(tmp_path / "2024" / "results" / "indicators.csv", index=False)
    return tmp_path


def _listed(folder: Path, sentence: str) -> bool:
    file = folder / "rilis.md"
    file.write_text(sentence, encoding="utf-8")
    asked = ["check-report", str(file), "--year", "2024", "--out", str(folder)]
    done = CliRunner().invoke(app, asked, prog_name="evaluasi")
    assert done.exit_code in (0, 1), done.output
    return done.exit_code == 1


@pytest.mark.parametrize(
    "sentence",
    [
        "IKM Kabupaten Solok tahun 2024 mencapai 97,10 (mutu A).",
        "IKM 2024: 90,11.",
        "The satisfaction index stood at 90.1 in 2024.",
        "Ketepatan waktu pegawai pada 2024 sebesar 88,8%.",
        "Hanya 2,3% orang yang diundang menolak.",
        "Pada 2024, 78,8% orang yang diundang menolak sedikitnya sekali.",
        "In 2024, 12.5% of the people invited refused at least once.",
        "Pada 2024, 24,8% orang yang diundang menolak.",
        "Sebanyak 22,3% pegawai mencapai 20 JP.",
        "Unsur waktu penyelesaian 2024 bernilai 93,12.",
    ],
)
def test_a_figure_of_something_else_is_listed(folder: Path, sentence: str):
    """Each is a figure of the report, or near one: of another year, group, unit or question."""
    assert _listed(folder, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "IKM Kabupaten Solok pada 2024 adalah 93,12 (rentang 91,92 sampai 94,32).",
        "IKM 2023: 90,11; IKM 2024: 93,12.",
        "The satisfaction index stood at 93.1 in 2024.",
        "Ketepatan waktu pegawai pada 2024 sebesar 78,8%.",
        "Pada 2024, 22,3% orang yang diundang menolak sedikitnya sekali.",
        "Pegawai perempuan yang menolak: 24,8%.",
        "In 2024, 22.3% of those invited refused, and 12.5% reached 20 JP.",
        "Unsur waktu penyelesaian 2024 bernilai 88,4.",
        "Unit U001 punya IKM 97,10.",
        "Ada 2.500 formulir IKM dari 40 unit.",
    ],
)
def test_its_own_figures_may_stand(folder: Path, sentence: str):
    assert not _listed(folder, sentence)
