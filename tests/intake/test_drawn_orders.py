"""A draw of the order in which units are trained is read as it is handed in."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from helpers import intake, questions, simulate
from helpers.findings import told as told_of
from helpers.intake import dealt_again
from helpers.intake.ledger import Ledger
from tests.conftest import NIPS

ROWS = "tahun;{unit};strata;giliran;benih\n2024;{first};a;2024;s1\n2024;{second};a;2025;s1\n"


def _told(folder: Path) -> dict[tuple[str, str], list[int]]:
    return {
        (p.fault, p.column): sorted(p.rows)
        for p in intake.check(folder)
        if p.table == "undian_unit" and p.fault != "number_format"
    }


def test_units_are_known_by_code_and_by_name(tiny):
    folder, read = tiny(), []
    for unit, first, second in (
        ("kode_unit", "K0", "K1"),
        ("Unit Kerja", "Loket Nol", "loket satu"),
        ("Unit Kerja", "K0", "Loket Satu"),
    ):
        (folder / "undian_unit_2024.csv").write_text(
            ROWS.format(unit=unit, first=first, second=second)
        )
        assert _told(folder) == {}
        read.append(intake.study(folder, 2024).undian_unit)
    assert list(read[0]["kode_unit"]) == ["K0", "K1"]
    assert list(read[0]["giliran"]) == [2024, 2025]
    assert all(read[0].equals(other) for other in read[1:])


def test_what_cannot_be_used_is_counted_with_its_reason(tiny):
    folder = tiny()
    (folder / "giliran unit.csv").write_text(
        ROWS.format(unit="kode_unit", first="K0", second="K1")
        + "2024;K9;a;2025;s1\n"  # no such unit
        + "2024;K0;a;2024;s1\n"  # once more
        + "2024;K1;a;2023;s1\n"  # its turn before the draw
        + "2024;K1;a;;s1\n"
    )
    assert _told(folder) == {
        ("unit_unknown", "kode_unit"): [4],
        ("duplicate_identical", "kode_unit"): [5],
        ("out_of_scale", "giliran"): [6, 7],
    }
    assert len(intake.study(folder, 2024).undian_unit) == 2


def test_a_later_draw_is_not_there_yet(tiny):
    folder = tiny()
    rows = ROWS.format(unit="kode_unit", first="K0", second="K1")
    (folder / "undian_unit_2025.csv").write_text(
        rows.replace("2025", "2026").replace("2024", "2025")
    )
    assert intake.study(folder, 2024).undian_unit.empty


def test_a_draw_of_people_stays_one_of_people(tiny):
    folder = tiny()
    people = intake.study(folder, 2024).pegawai
    (folder / "undian_unit_2024.csv").write_text(
        ROWS.format(unit="kode_unit", first="K0", second="K1")
    )
    nips = [line.split(",")[1] for line in (folder / "pegawai.csv").read_text().splitlines()[1:3]]
    (folder / "undian_2024.csv").write_text(
        "tahun,nip,kode_unit,strata,terpilih,benih\n"
        + "".join(f"2024,{n},K0,a,{w},7\n" for n, w in zip(nips, ("ya", "tidak"), strict=True))
    )
    study = intake.study(folder, 2024)
    assert len(study.undian) == 2 and len(study.undian_unit) == 2
    assert set(study.undian["pegawai_id"]) <= set(people["pegawai_id"])


def test_two_draws_of_one_year_for_the_same_people_are_called_so(tiny):
    draws = {
        f"undian_2024_{seed}": "tahun,nip,strata,terpilih,benih\n"
        + "".join(f"2024,{n},a,{'ya' if at % 2 else 'tidak'},{seed}\n" for at, n in enumerate(NIPS))
        for seed in (5, 6)
    }
    told = [p for p in intake.check(tiny(**draws)) if p.table == "undian"]
    assert {p.fault for p in told} == {"duplicate_conflicting", "mass_loss"}
    assert all("two draws for one year" in p.remedy["en"] for p in told)


DRAWS = {
    "undian": {"employees": 300, "units": 12, "forms_per_year": 90, "draw": 2023},
    "undian_unit": {"employees": 300, "units": 60, "forms_per_year": 3000, "order": 2022},
}


@pytest.fixture(scope="module", params=DRAWS)
def handed_in(request, tmp_path_factory) -> tuple[str, str, Path]:
    """A made region with a draw: the table's name, the column that says who or when, the folder."""
    folder = tmp_path_factory.mktemp("drawn")
    simulate.write(simulate.World(seed=3, **DRAWS[request.param]), folder)
    return request.param, "terpilih" if request.param == "undian" else "giliran", folder


def _with(handed_in: tuple[str, str, Path], change) -> tuple[list[str], str]:
    """Faults of the seed, and the checks that the draw's page makes of it."""
    table, column, folder = handed_in
    (file,) = folder.glob(f"{table}_*.csv")
    kept = file.read_text()
    rows = pd.read_csv(file, dtype=str)
    change(rows, column)
    rows.to_csv(file, index=False)
    try:
        told = [
            p.fault
            for p in intake.check(folder)
            if p.table == table and p.column == "benih"
            for _ in p.rows
        ]
        study = intake.study(folder, 2024 if table == "undian_unit" else 2023)
        ask = questions.draw_effect if table == "undian" else questions.order_effect
        answer = ask(study)
        (*_, check) = [c for c in answer.findings[0].reasons if c.name == "drawn_by_seed"] or [None]
        assert (told_of("draw.not_by_its_seed")["en"] in answer.sentences["compared"]["en"]) == (
            check is not None and not check.passed
        )
        # Where the lots cannot be dealt again, nobody may take silence for a proof.
        assert (told_of("draw.not_repeated")["en"] in answer.sentences["compared"]["en"]) == (
            check is None
        )
        return told, "" if check is None else ("passed" if check.passed else "failed")
    finally:
        file.write_text(kept)


def test_a_draw_that_its_seed_gives_is_told_to_be_so(handed_in):
    assert _with(handed_in, lambda rows, column: None) == ([], "passed")


def test_seats_and_turns_exchanged_after_the_draw_are_seen(handed_in):
    def exchanged(rows: pd.DataFrame, column: str) -> None:
        of = rows[rows["strata"] == rows["strata"].mode()[0]].sort_values(column)
        first, last = of.index[0], of.index[-1]
        rows.loc[[first, last], column] = rows.loc[[last, first], column].to_numpy()

    assert _with(handed_in, exchanged) == (["nip_contradicts"] * 2, "failed")


def test_a_draw_made_in_another_way_is_neither_praised_nor_blamed(handed_in):
    def another(rows: pd.DataFrame, column: str) -> None:
        for _, of in rows.groupby("strata"):
            rows.loc[of.index, column] = of[column].sample(frac=1, random_state=1).to_numpy()

    assert _with(handed_in, another) == ([], "")


def test_of_a_draw_whose_seed_is_not_told_nothing_is_said(handed_in):
    assert _with(handed_in, lambda rows, _: rows.__setitem__("benih", "")) == ([], "")


def test_a_draw_in_two_files_is_one_draw(handed_in):
    """However the files part it: here the first turns, or the drawn, and all others."""
    table, column, folder = handed_in
    (file,) = folder.glob(f"{table}_*.csv")
    kept, other = file.read_text(), file.with_name(f"{table}_lain.csv")
    rows = pd.read_csv(file, dtype=str)
    first = rows[column] == rows[column].max()
    try:
        for shuffled, answer in ((False, ""), (True, "?")):
            if shuffled:
                for _, of in rows.groupby("strata"):
                    drawn = of[column].sample(frac=1, random_state=1).to_numpy()
                    rows.loc[of.index, column] = drawn
                first = rows[column] == rows[column].max()
            rows[first].to_csv(other, index=False)
            rows[~first].to_csv(file, index=False)
            seeds = intake.study(folder, 2024).table(table)["benih"]
            assert len(seeds) == len(rows) and set(seeds) == {f"{answer}{rows['benih'][0]}"}
    finally:
        file.write_text(kept)
        other.unlink(missing_ok=True)


def test_an_extract_of_a_draw_made_in_another_way_is_a_copy(tiny):
    lines = "".join(f"2024,{n},a,{w},x\n" for n, w in zip(NIPS, ("ya", "tidak") * 2, strict=True))
    head = "tahun,nip,strata,terpilih,benih\n"
    folder = tiny(undian_2024=head + lines, undian_terpilih=head + lines.split("\n")[0] + "\n")
    faults = {(p.fault, p.action) for p in intake.check(folder) if p.table == "undian"}
    assert faults == {("duplicate_identical", "repaired")}
    assert len(intake.study(folder, 2024).undian) == 4


def test_where_nothing_was_decided_by_lot_nothing_is_praised():
    """A stratum for each; a seed for each."""
    rows = pd.DataFrame(
        {
            "_order": NIPS,
            "terpilih": ["ya", "tidak"] * 2,
            "_year": 2024.0,
            "_file": "a",
            "_sheet": "",
        }
    )
    for strata, seeds in ((NIPS, "7"), ("a", NIPS)):
        frame = rows.assign(strata=strata, benih=seeds)
        assert set(dealt_again.marks(frame, "undian", Ledger())) == {"?"}
