"""The command line: help with an example, exit codes, quiet streams."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.cli import app
from helpers.contracts import project
from tests.conftest import make

COMMANDS = ("run", "status", "check", "sample", "validate", "bench", "lab")


def _evaluasi(*args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "helpers", *args],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command):
    done = _evaluasi(command, "--help")
    assert done.returncode == 0
    assert f"evaluasi {command}" in done.stdout and "Contoh: " in done.stdout


@pytest.mark.parametrize(
    "args",
    [("run",), ("run", "--year", "next"), ("run", "--years", "2024-2022"), ("run", "--year", "2024", "--formats", "odt"), ("nothing",),
     ("run", "--year", "2024", "--lang", "fr"), ("sample",)],
)  # fmt: skip
def test_wrong_usage_is_exit_2(args, tmp_path):
    done = _evaluasi(*args, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("args", "indonesian", "english"),
    [
        (("run",), "beri --year", "give --year"),
        (("run", "--year", "2024", "--formats", "odt"), "tidak tersedia", "not available"),
        (("run", "--years", "2024-2022"), "yang pertama dulu", "first one first"),
        (("run", "--year", "2024", "--only", "77"), "tidak dikenal", "unknown notebook"),
    ],
)
def test_wrong_usage_is_said_in_the_language_asked_for(args, indonesian, english, tmp_path):
    for lang, own, other in (("id", indonesian, english), ("en", english, indonesian)):
        done = _evaluasi(*args, "--lang", lang, cwd=tmp_path)
        assert done.returncode == 2
        assert own in done.stderr and other not in done.stderr


def test_check_lists_all_and_stops_with_1_only_where_a_run_would(tiny):
    folder = tiny()
    warned = _evaluasi("check", "--data", str(folder), "--format", "json")
    assert warned.returncode == 0 and json.loads(warned.stdout) == []
    (folder / "unit.csv").unlink()
    stopped = _evaluasi("check", "--data", str(folder), "--format", "json")
    assert stopped.returncode == 1
    problem = next(p for p in json.loads(stopped.stdout) if p["stops"])
    assert {"file", "sheet", "row", "column", "found", "expected", "remedy", "fault"} <= set(
        problem
    )
    told = _evaluasi("check", "--data", str(folder), "--lang", "en")
    assert "table_missing" in told.stdout and "Remedy" in told.stdout and "\x1b" not in told.stdout


READMES = ("README.md", "README.id.md")


@pytest.mark.parametrize("readme", READMES)
def test_the_readme_says_where_evaluasi_is_before_it_uses_it(readme: str):
    text = (project.ROOT / readme).read_text(encoding="utf-8")
    for activated, section in (
        (". .venv/bin/activate", text),
        (".venv\\Scripts\\activate", text),
        (".venv\\Scripts\\activate", text[text.index("py -m venv .venv") :]),
    ):
        first = re.search(r"(?m)^evaluasi |`evaluasi (?:check|run|lab)", section)
        assert first and 0 <= section.find(activated) < first.start(), activated


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize("readme", READMES)
def test_evaluasi_is_found_as_the_readme_writes_it(readme: str, tmp_path: Path):
    """In a folder with a .venv, by the README's own line, on a machine that knows no other."""
    if not (Path(sys.prefix) / "bin" / "activate").exists():
        pytest.skip("no virtual environment")
    if not (Path(sys.prefix) / "bin" / "evaluasi").exists():
        pytest.skip("not installed as a command")
    (tmp_path / ".venv").symlink_to(sys.prefix)
    text = (project.ROOT / readme).read_text(encoding="utf-8")
    line = next(x for x in text.splitlines() if x.endswith("# Linux, macOS"))
    done = subprocess.run(
        ["sh", "-c", f"{line}\nevaluasi --help"],
        cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0 and "Pemakaian: evaluasi" in done.stdout, done.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="no make")
def test_the_first_make_report_says_what_it_does_in_both_languages(tmp_path: Path):
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(project.ROOT / name, tmp_path)
    (tmp_path / "python").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "python").chmod(0o755)
    done = make(tmp_path, "report", "PYTHON=./python")
    assert done.returncode
    indonesian, english = done.stdout.splitlines()
    assert "memasang yang diperlukan ke .venv" in indonesian
    assert "installing what is needed into .venv" in english


_YEAR = ("--year", "2024")
_SEATS = (*_YEAR, "--seats", "5")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("run", *_YEAR), "--data"),
        (("run", *_YEAR), "--plan"),
        (("status", *_YEAR), "--data"),
        (("status", *_YEAR), "--plan"),
        (("check",), "--data"),
        (("check",), "--plan"),
        (("invitations", *_SEATS), "--data"),
        (("invitations", *_SEATS), "--plan"),
        (("invitations", *_SEATS, "--rule", "draw"), "--apart"),
        (("bench", "--only", "check"), "--data"),
        (("page", "none.ipynb"), "--data"),
        (("check-report", "none.docx", *_YEAR), "--out"),
    ],
    ids=lambda v: v if isinstance(v, str) else v[0],
)
def test_a_path_that_is_not_there_is_wrong_usage(words, option, tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        app([*words, option, str(tmp_path / "none")], prog_name="evaluasi")
    said = capsys.readouterr().err
    assert ended.value.code == 2 and "none" in said and "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("run", *_YEAR), "--data"),
        (("run", *_YEAR), "--out"),
        (("check",), "--data"),
        (("sample",), "--out"),
        (("validate", "--edits", "1"), "--out"),
    ],
    ids=lambda v: v if isinstance(v, str) else v[0],
)
def test_a_file_in_place_of_a_folder_is_wrong_usage(words, option, tmp_path, capsys):
    (file := tmp_path / "file.txt").write_text("mine")
    with pytest.raises(SystemExit) as ended:
        app([*words, option, str(file)], prog_name="evaluasi")
    said = capsys.readouterr().err
    assert ended.value.code == 2 and "file.txt" in said and file.read_text() == "mine"


def test_what_a_plan_says_is_no_matter_of_usage(tmp_path, capsys):
    (plan := tmp_path / "plan.yml").write_text("clip: 7\n")
    with pytest.raises(SystemExit) as ended:
        app(["check", "--plan", str(plan)], prog_name="evaluasi")
    assert ended.value.code == 1 and "clip" in capsys.readouterr().err


def test_a_run_prints_the_page_on_stdout_and_progress_on_stderr(small_region, tmp_path):
    done = _evaluasi(
        "run",
        "--year",
        "2024",
        "--data",
        str(small_region),
        "--out",
        str(tmp_path / "out"),
        "--only",
        "10",
    )
    assert done.returncode == 0
    assert done.stdout.strip() == str(tmp_path / "out" / "2024" / "index.html")
    assert "\x1b" not in done.stderr and "%|" not in done.stderr
