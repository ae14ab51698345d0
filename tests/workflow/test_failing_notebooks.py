"""A notebook that stops: its error in the language asked for, its time limit, nobody's data."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers.contracts import LANGS, EvaluasiError, Text, project
from helpers.contracts.errors import heard
from helpers.workflow.execute import NotebookFailed, execute
from tests.workflow.conftest import own_notebook

OURS = """
from helpers.contracts import EvaluasiError, Text, WrongUsage
class Deeper(WrongUsage):
    pass
"""
SAID = 'Text("tabel hilang 198003012005011003", "a table is missing 198003012005011003")'


def _notebook(path: Path, *sources: str) -> Path:
    parameters = nbformat.v4.new_code_cell('lang = ""')
    parameters.metadata["tags"] = ["parameters"]
    cells = [parameters, *(nbformat.v4.new_code_cell(s) for s in sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(notebook, path)
    return path


@pytest.fixture
def prepared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    return tmp_path


@pytest.mark.parametrize("lang", [*LANGS, ""])
@pytest.mark.parametrize("kind", ["EvaluasiError", "WrongUsage", "Deeper"])
def test_our_errors_keep_both_languages_through_a_notebook(kind: str, lang: str, prepared: Path):
    path = _notebook(prepared / "10_own.ipynb", OURS, f"raise {kind}({SAID})")
    with pytest.raises(NotebookFailed) as failed:
        execute(path, {"lang": lang}, "own")
    assert failed.value.message("id") == "10_own, sel ke-3:\ntabel hilang …"
    assert failed.value.message("en") == "10_own, cell 3:\na table is missing …"


PERSON = "Siti Rahmawati"
LOUD = f"""import sys
print("{PERSON}", file=sys.stderr)
print("{PERSON}")
class Own(Exception):
    def __str__(self): return "{PERSON}"
raise Own"""


@pytest.mark.parametrize("source", [
    f'raise KeyError("{PERSON} 198003012005011003")',
    f"nama = '{PERSON}'\nraise ValueError(nama)",
])  # fmt: skip
def test_other_errors_are_named_with_their_cell_and_nothing_of_what_they_say(
    source: str, at_once: Path, tmp_path: Path
):
    path = own_notebook(tmp_path / "10_own.ipynb", "1 + 1", source)
    with pytest.raises(NotebookFailed) as failed:
        execute(path, {}, "own")
    for lang, place in (("id", "10_own, sel ke-4: "), ("en", "10_own, cell 4: ")):
        said = failed.value.message(lang)
        assert re.match(f"{re.escape(place)}(KeyError|ValueError)\n", said)
        assert "evaluasi lab" in said and "Siti" not in said and "1980030120" not in said
    assert not list((at_once / "runs").iterdir())


def test_what_a_kernel_says_reaches_no_stream_no_log_and_no_folder_that_stays(
    prepared: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
):
    path = own_notebook(prepared / "10_own.ipynb", "1 + 1", LOUD)
    with pytest.raises(NotebookFailed, match="10_own, cell 4: Own\n") as failed:
        execute(path, {"lang": "id"}, "own")
    told = [*capfd.readouterr(), caplog.text, str(failed.value)]
    assert not any("Siti" in text for text in told)
    assert not list((prepared / "prepared" / "runs").iterdir())


def test_a_full_disk_is_told_apart_from_other_errors_of_a_cell(at_once: Path, tmp_path: Path):
    source = "raise OSError(28, 'No space left on device', '/home/Siti')"
    path = own_notebook(tmp_path / "10_own.ipynb", source)
    with pytest.raises(NotebookFailed) as failed:
        execute(path, {}, "own")
    assert "10_own, sel ke-3: OSError (tempat di disk habis)" in failed.value.message("id")
    assert "Siti" not in failed.value.message("en")


def test_a_notebook_that_is_none_is_named(prepared: Path):
    for content in ("", "{", '{"cells": 3}', "[]"):
        (prepared / "10_own.ipynb").write_text(content)
        with pytest.raises(NotebookFailed, match=r"10_own\.ipynb"):
            execute(prepared / "10_own.ipynb", {}, "own")


@pytest.mark.parametrize(
    ("lang", "shown", "hidden"),
    [("id", "tabel hilang", "missing"), ("en", "missing", "hilang"), ("xx", "hilang", "Deeper")],
)
def test_a_notebook_shows_the_language_of_its_parameters(
    lang: str, shown: str, hidden: str, tmp_path: Path
):
    path = _notebook(tmp_path / "10_own.ipynb", OURS, f"raise Deeper({SAID})")
    out = tmp_path / "out.ipynb"
    done = subprocess.run(
        [sys.executable, "-m", "papermill", path, out, "-p", "lang", lang],
        capture_output=True,
        check=False,
    )
    assert done.returncode
    outputs = [o for c in nbformat.read(out, as_version=4).cells for o in c.get("outputs", [])]
    traceback = next(o.traceback for o in outputs if o.output_type == "error")
    assert shown in traceback[0] and hidden not in traceback[0]
    assert ("missing" in traceback[0]) == (lang != "id")


def test_what_both_languages_write_alike_is_said_once():
    assert str(EvaluasiError(Text.same("a: b"))) == "a: b"
    assert heard("a: b", ["a: b"]) == Text.same("a: b")
    assert heard("division by zero", ["Traceback", "1 / 0", "division by zero"]) is None
    assert heard("a", []) is None


@pytest.mark.parametrize("cells", [("import time\ntime.sleep(600)",), ("import time\ntime.sleep(1.2)",) * 40])  # fmt: skip
def test_the_time_limit_is_that_of_the_whole_notebook(cells: tuple[str, ...], prepared: Path):
    path = _notebook(prepared / "10_own.ipynb", *cells)
    started = time.monotonic()
    with pytest.raises(NotebookFailed) as failed:
        execute(path, {}, "slow", time_limit=3)
    assert time.monotonic() - started < 30
    for lang, unit in (("id", "3 detik"), ("en", "3 seconds")):
        said = failed.value.message(lang)
        assert "10_own" in said and unit in said and "--time-limit 6" in said
    assert not list((prepared / "prepared" / "runs").iterdir())
