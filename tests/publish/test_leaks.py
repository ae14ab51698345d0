"""The leak scan finds what must not be published, and nothing else."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from helpers import publish
from helpers.contracts import EvaluasiError
from helpers.intake import Identities
from tests.conftest import NIPS

PEOPLE = Identities({NIPS[0]}, {"Sari Koto", "Suhartono", "Ani", "Laporan"})


@pytest.mark.parametrize(
    "text",
    [
        f"<p>{NIPS[0]}</p>",
        f"{NIPS[0][:8]} {NIPS[0][8:14]} {NIPS[0][14]} {NIPS[0][15:]}",
        "<td>Sari</td><td>Koto</td>",
        '{"note": "SARI KOTO hadir"}',
        "pegawai bernama Suhartono",
    ],
)
def test_a_planted_person_is_found_and_not_named(tmp_path: Path, text: str):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "page.html").write_text(text)
    with pytest.raises(EvaluasiError) as hit:
        publish.scan(tmp_path, PEOPLE)
    assert "page.html" in str(hit.value)
    assert NIPS[0] not in str(hit.value) and "Koto" not in str(hit.value)


@pytest.mark.parametrize(
    "text",
    [
        "Sari dan Koto",
        NIPS[1],
        NIPS[0][:-1],
        "Ani",
        "Laporan tahunan",
        "x" + base64.b64encode(b"s" * 400).decode(),
    ],
)
def test_what_is_not_a_person_of_the_inputs_passes(tmp_path: Path, text: str):
    (tmp_path / "page.html").write_text(text)
    publish.scan(tmp_path, PEOPLE, ["Laporan tahunan unit"])


def test_a_unit_called_after_somebodys_namesake_does_not_stop_every_report(tmp_path: Path):
    (tmp_path / "page.html").write_text("<td>RSUD Sari Koto</td>")
    publish.scan(tmp_path, PEOPLE, ["RSUD Sari Koto"])
    with pytest.raises(EvaluasiError):
        publish.scan(tmp_path, PEOPLE, ["RSUD lain"])
