"""The benchmark: what it says of given seconds, what it refuses, and that nothing of it is left.

No time is a limit here: what is measured is the machine's matter.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from helpers import bench, cli_bench, project
from helpers.bench import processes, rounds
from helpers.bench.copied_project import copied
from helpers.bench.corrected import correction
from helpers.bench.pairs import SIDES
from helpers.cli import app
from helpers.cli_words import catalogue, say
from helpers.contracts import LANGS, EvaluasiError, load_plan
from helpers.intake import SheetRead, sheets_read
from tests.conftest import processes_with

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells")
YEAR = 2024


def _costs(*seconds: float, peak: float | None = 100.0) -> list[bench.Spent]:
    return [bench.Spent(s, peak) for s in seconds]


@pytest.fixture
def found() -> list[bench.Timed]:
    """Every pair, of given seconds."""
    costs = {side: _costs(float(at), at + 2.0, at + 1.0) for at, side in enumerate(SIDES, start=1)}
    return [bench.timed(pair, costs) for pair in bench.PAIRS]


def test_the_pairs_are_those_of_the_contract():
    assert [(p.name, p.baseline, p.target, p.target_of) for p in bench.PAIRS] == [
        ("cold year", "papermill, notebook by notebook", 0.25, "ratio"),
        ("unchanged rerun", "cold year", 0.5, "seconds"),
        ("one corrected row", "cold year", 0.25, "ratio"),
        ("five years", "cold year", 4, "ratio"),
        ("check", "check, the rows once", 10, "ratio"),
        ("estimate 1000", "library 1000", 1.1, "ratio"),
        ("estimate 10000", "library 10000", 1.1, "ratio"),
        ("estimate 100000", "library 100000", 1.1, "ratio"),
        ("estimate 1000000", "library 1000000", 1.1, "ratio"),
    ]
    # A baseline is measured before what is held against it: A B A B.
    assert all(SIDES.index(p.baseline) < SIDES.index(p.side) for p in bench.PAIRS)
    assert {s for p in bench.PAIRS for s in (p.side, p.baseline)} == set(SIDES)


def test_a_ratio_is_of_medians_and_held_against_its_target():
    (pair,) = bench.named(["cold_year"])
    costs = {pair.side: _costs(9, 1, 3, peak=50.0), pair.baseline: _costs(10, 40, 12)}
    one = bench.timed(pair, costs)
    assert (one.seconds, one.baseline_seconds, one.ratio) == (3, 12, 0.25)
    assert one.met and one.rounds == 3 and (one.peak_mb, one.baseline_peak_mb) == (50, 100)
    slower = bench.timed(pair, {**costs, pair.side: _costs(3.013)})
    assert slower.ratio == 0.251 and not slower.met


def test_the_rerun_s_target_is_of_its_own_seconds():
    (pair,) = bench.named(["unchanged_rerun"])
    for seconds, met in ((0.499, True), (0.5, False)):
        one = bench.timed(pair, {pair.side: _costs(seconds), pair.baseline: _costs(1)})
        assert one.ratio == seconds and one.met is met


def test_memory_that_is_not_told_is_empty_and_never_wrong():
    (pair,) = bench.named(["check"])
    none = bench.timed(
        pair, {pair.side: _costs(1, peak=None), pair.baseline: [*_costs(1), *_costs(1, peak=None)]}
    )
    assert none.peak_mb is None and none.baseline_peak_mb is None
    assert json.loads(cli_bench.as_object([none]))["pairs"][0]["peak_mb"] is None
    assert next(line for line in cli_bench.table([none], "en") if "check" in line).count("–") == 2


@pytest.mark.parametrize("lang", LANGS)
def test_table_and_json_agree(lang, found):
    told = json.loads(cli_bench.as_object(found))["pairs"]
    lines = list(cli_bench.table(found, lang))
    rows = [[c.strip() for c in line.strip("|").split("|")] for line in lines[2 : 2 + len(told)]]
    assert (
        len(told) == len(bench.PAIRS) and len({len(line) for line in lines[: 2 + len(told)]}) == 1
    )

    def read(cell: str) -> float:
        plain = re.sub(r"[^\d.,]", "", cell)
        return float(plain.replace(",", ".") if lang == "id" else plain)

    for row, one in zip(rows, told, strict=True):
        assert row[0] == say(f"bench.{one['name']}", lang)
        assert row[1] == say(f"bench.{one['baseline']}", lang)
        keys = ("seconds", "baseline_seconds", "ratio", "target")
        assert [read(c) for c in row[2:6]] == [one[k] for k in keys]
        assert row[6] == say("bench.is_met" if one["met"] else "bench.is_not_met", lang)
        assert [read(c) for c in row[7:]] == [one["peak_mb"], one["baseline_peak_mb"]]
    keys = "name baseline seconds baseline_seconds ratio target met peak_mb baseline_peak_mb rounds"
    assert all(set(keys.split()) <= set(one) for one in told)
    assert {one["met"] for one in told} == {True, False}


def test_every_pair_and_side_has_its_words():
    words = catalogue()["bench"]
    assert {*SIDES, *(p.name for p in bench.PAIRS)} <= set(words)
    help_of = catalogue()["commands"]["bench"]["options"]["pairs"]
    assert all(p.asked_as in help_of[lang] for p in bench.PAIRS for lang in LANGS)


@pytest.mark.parametrize(
    "asked", [("check", "cold_year"), ("cold year,check",), ("cold-year", "check"), ("COLD-YEAR", "check"), ("check", "check", "cold_year")]
)  # fmt: skip
def test_pairs_are_named_in_any_way(asked):
    assert [p.name for p in cli_bench.pairs_named(asked)] == ["cold year", "check"]


def test_estimates_are_measured_where_they_are_named_and_not_else():
    commands, estimates = bench.PAIRS[:5], bench.PAIRS[5:]
    assert cli_bench.pairs_named(None) == bench.COMMANDS == commands
    assert cli_bench.pairs_named(["estimates"]) == estimates
    assert cli_bench.pairs_named(["estimate_1000,check", "Estimates"]) == (commands[-1], *estimates)


@pytest.mark.parametrize("lang", LANGS)
def test_a_name_that_none_has_is_refused_before_anything_is_measured(lang):
    words = {"id": "tidak ada ukuran", "en": "there is no measurement"}
    for name in ("speed", ","):
        done = CliRunner().invoke(app, ["bench", "--only", name, "--lang", lang])
        assert done.exit_code == 2 and words[lang] in done.output
        assert all(pair.asked_as in done.output for pair in bench.PAIRS)
        assert bench.ALL_ESTIMATES in re.split(r"[\s,]+", done.output)


def _evaluasi(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "helpers", "bench", *words],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert not list(temporary.iterdir())
    return done


def test_a_measured_command_finds_and_keeps_everything_in_the_copy():
    with copied("en", private=False) as copy:
        asks = "from helpers import project\nopen('told', 'w').write(f'{project.PREPARED}|{project.PRIVATE}')\n"
        (copy.root / "asks.py").write_text(asks)
        copy.python("asks", "asks")
        prepared, private = map(Path, (copy.root / "told").read_text().split("|"))
        assert (prepared.parents[1], private.parents[1]) == (copy.root, copy.root)
        assert not prepared.exists() and not private.exists()
        prepared.mkdir(parents=True)
        copy.reports.mkdir()
        copy.forget()
        assert not prepared.exists() and not copy.reports.exists()
    assert not copy.root.exists()


def test_a_real_measurement_from_end_to_end(small_region, tmp_path):
    content = {p: p.read_bytes() for p in small_region.iterdir()}
    done = _evaluasi(tmp_path, "--only", "check", "--rounds", "1", "--data", str(small_region), "--json")  # fmt: skip
    assert done.returncode == 0, done.stderr
    (one,) = json.loads(done.stdout)["pairs"]
    assert (one["name"], one["baseline"], one["rounds"]) == ("check", "check, the rows once", 1)
    assert one["seconds"] > 0 and one["baseline_seconds"] > 0
    assert one["ratio"] == pytest.approx(one["seconds"] / one["baseline_seconds"], abs=0.01)
    if sys.platform.startswith("linux"):
        # Python with pandas takes more than this, and less than this machine has.
        assert 50 < one["baseline_peak_mb"] < 5000
    assert done.stderr.count("putaran 1/1") == 2
    assert {p: p.read_bytes() for p in small_region.iterdir()} == content


@pytest.mark.parametrize("lang", LANGS)
def test_a_command_that_fails_is_told_with_what_it_said(lang, tiny, tmp_path):
    data = tiny(unit=None, truth__json="{}")
    done = _evaluasi(tmp_path, "--only", "unchanged_rerun", "--data", str(data), "--lang", lang)
    assert done.returncode == 1 and not done.stdout
    said = {
        "id": ("berhenti dengan kode 1", "Perbaiki: jalankan perintah itu"),
        "en": ("ended with code 1", "Remedy: run that command"),
    }[lang]
    assert all(words in done.stderr for words in said)
    # Its own message, and no path of this machine.
    assert "evaluasi run --year 2024" in done.stderr and "[table_missing]" in done.stderr
    assert str(tmp_path) not in done.stderr and "Traceback" not in done.stderr


def test_what_another_program_said_is_not_told(tmp_path):
    with pytest.raises(bench.CommandStopped) as e:
        processes.run(
            (sys.executable, "-c", "import sys; sys.exit('Siti Rahmawati')"),
            shown="papermill 31.ipynb", folder=tmp_path, environment=os.environ,
        )  # fmt: skip
    assert "papermill 31.ipynb" in str(e.value) and "Siti" not in str(e.value)


@pytest.mark.parametrize("lang", LANGS)
def test_data_of_too_few_years_are_refused(lang, tiny):
    with pytest.raises(EvaluasiError) as e:
        rounds.measure(bench.named(["five_years"]), data=tiny(truth__json="{}"), lang=lang)
    assert "five_years" in e.value.message(lang) and "--only" in e.value.message(lang)
    assert ("2 tahun" if lang == "id" else "2 years") in e.value.message(lang)


def test_people_s_data_are_copied_below_data_private_alone(tiny, monkeypatch, tmp_path):
    monkeypatch.setattr(project, "PRIVATE", tmp_path / "private")
    seen: list[Path] = []

    def looks(copy, folder, plan, sides):
        seen.append(copy.root)
        raise KeyboardInterrupt

    monkeypatch.setattr(rounds, "_course", looks)
    with pytest.raises(KeyboardInterrupt):
        rounds.measure(bench.named(["check"]), data=tiny())
    assert seen[0].parent == (tmp_path / "private").resolve()
    assert not seen[0].exists() and not (tmp_path / "private").exists()
    (made_up := tiny()).joinpath("SINTETIS.txt").touch()
    with pytest.raises(KeyboardInterrupt):
        rounds.measure(bench.named(["check"]), data=made_up)
    assert (tmp_path / "private").resolve() not in seen[1].parents


@LINUX
def test_memory_is_that_of_all_processes_also_of_those_left_by_their_parent(tmp_path):
    """A grandchild holds 200 MB; the one between has ended."""
    holds = "import time; held = b'x' * 200_000_000; time.sleep(1.5)"
    between = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {holds!r}]); time.sleep(0.3)"
    first = f"import subprocess, sys, time; subprocess.run([sys.executable, '-c', {between!r}]); time.sleep(1.5)"
    cost = processes.run(
        (sys.executable, "-c", first), shown="x", folder=tmp_path, environment=os.environ
    )
    assert cost.peak_mb is not None and 200 < cost.peak_mb < 500


def test_a_number_that_was_given_to_another_process_is_none_of_ours(monkeypatch):
    told = {10: (1, "5"), 11: (10, "6"), 12: (1, "4")}
    monkeypatch.setattr(processes, "_told", lambda: told)
    ours = processes.Processes(10)
    assert ours.look() == [10, 11]
    told = {10: (1, "9"), 11: (1, "6"), 13: (10, "9"), 14: (11, "9")}
    assert ours.look() == [11, 14]
    told = {11: (1, "10"), 14: (1, "10")}
    assert ours.look() == []
    # One that had ended before it was looked at.
    late = processes.Processes(20)
    told = {20: (1, "11"), 21: (20, "11")}
    assert late.look() == []


@LINUX
def test_no_process_outlives_its_command(tmp_path):
    mark = "EVALUASI_BENCH_TEST=1"
    sleeps = "import time; time.sleep(600)"
    leaves = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', {sleeps!r}], start_new_session=True); time.sleep(0.5)"
    processes.run(
        (sys.executable, "-c", leaves), shown="x", folder=tmp_path,
        environment={**os.environ, "EVALUASI_BENCH_TEST": "1"},
    )  # fmt: skip
    assert not processes_with(mark)


def test_no_memory_is_told_where_the_system_does_not_tell(tmp_path, monkeypatch):
    monkeypatch.setattr(processes.sys, "platform", "darwin")
    cost = processes.run(
        (sys.executable, "-c", ""), shown="x", folder=tmp_path, environment=os.environ
    )
    assert cost.peak_mb is None and cost.seconds > 0


@LINUX
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_neither_folder_nor_process(number, tmp_path):
    mark = "EVALUASI_BENCH_TEST=" + number.name
    # As from a terminal, whatever the test itself was started with.
    heeds = "import os, signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler); os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    command = ("-m", "helpers", "bench", "--only", "cold_year", "--lang", "en")
    bench_run = subprocess.Popen(
        [sys.executable, "-c", heeds, *command],
        env={**os.environ, "TMPDIR": str(tmp_path), "EVALUASI_BENCH_TEST": number.name},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    # With the kernels' own parent under way, too.
    while time.monotonic() < deadline and not any("helpers.workflow.warm" in _line(p) for p in processes_with(mark)):  # fmt: skip
        assert bench_run.poll() is None, bench_run.communicate()
        time.sleep(0.1)
    assert len(processes_with(mark)) >= 3 and list(tmp_path.iterdir())
    bench_run.send_signal(number)
    out, said = bench_run.communicate(timeout=120)
    assert bench_run.returncode == 128 + number and not out
    assert said.strip().endswith("Stopped before it was done.") and "Traceback" not in said
    assert not processes_with(mark) and not list(tmp_path.iterdir())


def _line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""


ORDER = load_plan().skm.order


def test_one_value_is_corrected_and_comes_back(small_region, tmp_path):
    change = correction(small_region, sheets_read(small_region), YEAR, ORDER)
    assert change.file.name == f"kinerja_{YEAR}.csv"
    before, after = (c.decode().splitlines() for c in (change.before, change.after))
    ((old, new),) = [(b, a) for b, a in zip(before, after, strict=True) if a != b]
    cells = list(zip(old.split(","), new.split(","), strict=True))
    ((was, becomes),) = [(b, a) for b, a in cells if a != b]
    assert float(was) != float(becomes) and len(was) == len(becomes)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("Rekap Kinerja\nTahun;NIP;Nilai SKP\n2024;1;80,5\n2024;2;90,0\n", "2024;2;90,1\n"),
        ('tahun,nip,nilai_skp,nama\n2024,1,80.5,"A, B"\n2024,2,x,C\n2024,3,70,É\n', "2024,3,71,É\n"),
        ("tahun,nip,nilai_skp\r\n2024,1,80.5\r\nJumlah,,1\r\n", "2024,1,80.4\r\nJumlah,,1\r\n"),
    ],
)  # fmt: skip
def test_files_of_any_form_are_corrected_and_else_left_as_they_are(tmp_path, text, corrected):
    for encoding in ("utf-8-sig", "cp1252"):
        (tmp_path / "k.csv").write_bytes(text.encode(encoding))
        sheet = SheetRead("k.csv", "", "kinerja", 2, (2023, YEAR))
        change = correction(tmp_path, [sheet], YEAR, ORDER)
        made = change.after.decode(encoding)
        assert made.endswith(corrected)
        assert len(set(made.splitlines()) - set(text.splitlines())) == 1
        change.make()
        assert (tmp_path / "k.csv").read_bytes() == change.after
        change.undo()
        assert (tmp_path / "k.csv").read_bytes() == text.encode(encoding)


def test_data_without_a_file_to_correct_are_refused(tmp_path):
    (tmp_path / "k.csv").write_text("tahun,nip,predikat\n2024,1,Baik\n")
    sheets = [
        SheetRead("k.csv", "", "kinerja", 1, (2024, 2024)),
        SheetRead("s.xlsx", "Sheet1", "skm", 1, (2024, 2024)),
        SheetRead("k.csv", "", "kinerja", 1, (2023, 2023)),
    ]
    with pytest.raises(EvaluasiError) as e:
        correction(tmp_path, sheets, YEAR, ORDER)
    assert "CSV" in e.value.message("id") and "--only" in e.value.message("en")
