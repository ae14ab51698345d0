"""Somebody's name and NIP, typed where they do not belong: nothing that leaves `data/` tells them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, simulate, workflow
from helpers.contracts import LANGS, EvaluasiError
from helpers.contracts.codes import UNSUR
from helpers.contracts.tables import TABLES
from helpers.publish.readable import readings

NAME = "Wulandari Simanjuntak"
NIP = "198703142011012007"
SPACED = f"{NIP[:8]} {NIP[8:14]} {NIP[14]} {NIP[15:]}"
TITLED = f"Dra. {NAME.upper()}, M.Si"
PERSON = f"{TITLED} / {SPACED}"
# Those who read may meet a name in any order and case, a NIP in any groups.
TOLD = re.compile(r"wulandari|simanjuntak|19870314\W{0,3}201101")

TINY = simulate.World(
    seed=3, employees=60, units=4, forms_per_year=80, first_year=2023, last_year=2024
)
YEAR = 2024
# Of each table one column of each kind: they are read alike.
CELLS = list(
    {
        (table.name, column.kind): (table.name, column.name)
        for table in TABLES.values()
        for column in table.columns
        if not table.name.startswith("undian")
    }.values()
)
HEADERS = {name: f"u{i}" for i, name in enumerate(UNSUR, start=1)}
# What reaches a page, with a notebook that shows it.
SHOWN = {
    ("unit", "nama_unit"): "40",
    ("unit", "kecamatan"): "20",
    ("kegiatan", "tema"): "55",
}
# Words that are as little ours, and nobody's name.
NOBODY = "Xyloferia Qwertyana"


@pytest.fixture(scope="module")
def tiny_region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny") / "data"
    simulate.write(TINY, folder)
    return folder


def with_the_person(region: Path, folder: Path) -> Path:
    """A copy of a region in which one employee is called so, in every year."""
    shutil.copytree(region, folder)
    first = sorted(folder.glob("pegawai_*.csv"))[0]
    number = pd.read_csv(first, dtype=str)["nip"].iloc[0]
    for path in folder.glob("*.csv"):
        path.write_text(path.read_text(encoding="utf-8").replace(number, NIP), encoding="utf-8")
    for path in folder.glob("pegawai_*.csv"):
        frame = pd.read_csv(path, dtype=str)
        frame.loc[frame["nip"] == NIP, "nama"] = NAME
        frame.to_csv(path, index=False)
    return folder


def plant(folder: Path, table: str, column: str, text: str, one_in: int) -> None:
    """A text in place of what a column holds, in one of so many of its rows."""
    column = HEADERS.get(column, column) if table == "skm" else column
    for path in sorted(folder.glob(f"{table}*.csv")):
        frame = pd.read_csv(path, dtype=str)
        rows = frame[column].notna() | frame[column].isna().all()
        frame.loc[rows & (rows.cumsum() % one_in == 0), column] = text
        frame.to_csv(path, index=False)


def said(folder: Path) -> Iterator[str]:
    """Whatever reading a folder says, and what it keeps as text."""
    problems = intake.check(folder)
    try:
        study = intake.study(folder, YEAR)
        yield study.exclusions.to_csv()
        yield from (study.table(name).to_csv() for name in ("pegawai", "kinerja", "peserta"))
    except EvaluasiError as e:
        problems += e.problems
        yield from (e.message(lang) for lang in LANGS)
    yield from (p.sentence(lang) for p in problems for lang in LANGS)


@pytest.mark.parametrize(("table", "column"), CELLS, ids=[".".join(c) for c in CELLS])
def test_no_message_tells_a_person_in_another_column(
    table: str, column: str, tiny_region: Path, tmp_path: Path
):
    folder = with_the_person(tiny_region, tmp_path / "data")
    plant(folder, table, column, PERSON, one_in=3)
    texts = list(said(folder))
    assert texts
    assert not [t for t in texts if TOLD.search(t.lower())]


@pytest.fixture
def published(
    request: pytest.FixtureRequest, at_once: Path, small_region: Path, tmp_path: Path
) -> tuple[str, list[str]]:
    """What is said when the run is refused, and every reading of every file that it leaves."""
    table, column, text = request.param
    folder = with_the_person(small_region, tmp_path / "data")
    plant(folder, table, column, text, one_in=1)
    return run_of(folder, tmp_path / "reports", SHOWN[table, column])


def run_of(folder: Path, out: Path, *pages: str) -> tuple[str, list[str]]:
    """With which words a run was refused, if it was, and every reading of every file that it left."""
    refused = ""
    try:
        workflow.run(workflow.Request(years=(YEAR,), data=folder, out=out, only=pages))
    except EvaluasiError as e:
        refused = "\n".join(e.message(lang) for lang in LANGS)
    files = [p for p in out.rglob("*") if p.is_file()]
    return refused, [t for p in files for t in (p.name, *readings(p))]


@pytest.mark.parametrize("called", [NAME, NIP], ids=["name", "nip"])
@pytest.mark.parametrize("where", ["table", "unread", "sheet"])
def test_no_page_tells_a_person_in_the_name_of_a_file(
    called: str, where: str, at_once: Path, tiny_region: Path, tmp_path: Path
):
    """Of a file or sheet whose faults page 10 lists."""
    folder = with_the_person(tiny_region, tmp_path / "data")
    table = folder / "kinerja_2024.csv"
    frame = pd.read_csv(table, dtype=str)
    frame.loc[0, "nilai_skp"] = "999"
    if where == "table":
        table.unlink()
        frame.to_csv(folder / f"kinerja_2024 {called}.csv", index=False)
    elif where == "sheet":
        table.unlink()
        frame.to_excel(folder / "kinerja_2024.xlsx", sheet_name=f"kinerja {called}"[:31])
    else:
        (folder / f"catatan {called}.txt").write_text("x")
    out = tmp_path / "reports"
    refused, left = run_of(folder, out, "10")
    assert not [t for t in (refused, *left) if TOLD.search(t.lower())]
    # Shown is its shape, so that nothing has to be refused for it.
    assert left and not refused


CASES = [(*place, TITLED) for place in SHOWN]


@pytest.mark.parametrize("published", CASES, indirect=True, ids=map(".".join, SHOWN))
def test_no_page_tells_a_person_in_another_column(published: tuple[str, list[str]]):
    refused, left = published
    # Whole names are left out where they are read, so that nothing has to be refused for them.
    assert left and not refused
    assert not [t for t in left if TOLD.search(t.lower())]


def test_a_theme_or_a_unit_that_holds_a_name_is_left_out(
    at_once: Path, small_region: Path, tmp_path: Path
):
    folder = with_the_person(small_region, tmp_path / "data")
    plant(folder, "unit", "nama_unit", f"Klinik {NAME}", one_in=3)
    plant(folder, "kegiatan", "tema", f"Bimbingan {NAME}", one_in=3)
    refused, left = run_of(folder, tmp_path / "reports", "40", "55")
    said = "\n".join(left).lower()
    assert not refused and left
    assert "klinik" not in said and "bimbingan" not in said and not TOLD.search(said)


def test_what_is_nobodys_name_is_shown_there(at_once: Path, small_region: Path, tmp_path: Path):
    """In each of the places: each has its own such word."""
    folder = with_the_person(small_region, tmp_path / "data")
    words = {place: f"{NOBODY} {'ABC'[at]}" for at, place in enumerate(SHOWN)}
    for (table, column), text in words.items():
        plant(folder, table, column, text, one_in=1)
    refused, left = run_of(folder, tmp_path / "reports", *SHOWN.values())
    assert not refused
    said = "\n".join(left).lower()
    assert all(text.lower() in said for text in words.values())
