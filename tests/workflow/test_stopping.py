"""A run that is told to stop: one sentence, its exit code, and nothing left half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from helpers.stopping import Stopped, stoppable, unbroken
from tests.conftest import processes_with

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks for processes and sends signals"
)
MARK = "EVALUASI_TEST_STOP"
# The command line, with notebooks and a cache of our own.
SCRIPT = """
import signal
# As a terminal starts it, whoever started the tests (nohup ignores some).
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.signal(signal.SIGHUP, signal.SIG_DFL)
import sys
from pathlib import Path
from helpers.contracts import project
project.PREPARED = Path(sys.argv.pop(1))
notebooks = Path(sys.argv.pop(1))
from helpers import workflow
request = workflow.Request
workflow.Request = lambda **asked: request(notebooks=notebooks, **asked)
from helpers.cli import app
app()
"""


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    (folder / "pipeline.yml").write_text(
        "notebooks:\n" + "".join(f"  {n}0_own: {{needs: []}}\n" for n in range(1, 6))
    )
    source = f"open({str(tmp_path / 'started')!r}, 'w').close()\nimport time\ntime.sleep(600)"
    for n in range(1, 6):
        cells = [nbformat.v4.new_code_cell(source)]
        nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / f"{n}0_own.ipynb")
    return folder


def _stopped(
    tmp_path: Path, data: Path, notebooks: Path, lang: str, number: int, *, when: str = "running"
) -> subprocess.CompletedProcess[str]:
    """The run, told to stop while its notebooks are under way or before they are."""
    temporary = tmp_path / "tmp"
    temporary.mkdir(exist_ok=True)
    run = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, tmp_path / "prepared", notebooks, "run", "--year", "2024",
         "--data", data, "--out", tmp_path / "made" / "out", "--lang", lang],
        env={**os.environ, MARK: str(tmp_path), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )  # fmt: skip
    try:
        deadline = time.monotonic() + 120
        sign = tmp_path / "started" if when != "starting" else tmp_path / "made"
        while not sign.exists() and time.monotonic() < deadline and run.poll() is None:
            time.sleep(0.02)
        started = time.monotonic()
        # A terminal tells everybody in it.
        (os.killpg if when == "in a terminal" else os.kill)(run.pid, number)
        out, err = run.communicate(timeout=150)
        assert time.monotonic() - started < 45
        assert processes_with(f"{MARK}={tmp_path}") == []
    finally:
        for pid in processes_with(f"{MARK}={tmp_path}"):
            os.kill(pid, signal.SIGKILL)
        run.wait(30)
    assert list(temporary.iterdir()) == []
    assert not list((tmp_path / "prepared").glob("runs/*"))
    assert not list((tmp_path / "prepared").glob("runs/.*"))
    return subprocess.CompletedProcess(run.args, run.returncode, out, err)


@pytest.mark.parametrize(
    ("number", "code", "lang", "said", "when"),
    [
        # Each signal, each moment and both languages; not every one with every other.
        (signal.SIGINT, 130, "en", "Stopped", "in a terminal"),
        (signal.SIGTERM, 143, "en", "Stopped", "running"),
        (signal.SIGHUP, 129, "id", "Dihentikan", "running"),
        (signal.SIGTERM, 143, "id", "Dihentikan", "starting"),
    ],
)
def test_a_stopped_run_says_so_and_leaves_nothing(
    number: int, code: int, lang: str, said: str, when: str,
    notebooks: Path, tiny, tmp_path: Path,
):  # fmt: skip
    done = _stopped(tmp_path, tiny(), notebooks, lang, number, when=when)
    assert done.returncode == code, done.stderr
    region, sentence = done.stderr.splitlines()
    assert done.stdout == "" and sentence.startswith(said) and "Kabupaten Solok" in region
    assert not (tmp_path / "made").exists()


def test_a_stopped_run_leaves_the_earlier_report(notebooks: Path, tiny, tmp_path: Path):
    page = tmp_path / "made" / "out" / "2024" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text("earlier")
    (page.parent / "manifest.json").write_text("{}")
    done = _stopped(tmp_path, tiny(), notebooks, "en", signal.SIGTERM)
    assert done.returncode == 143, done.stderr
    assert page.read_text() == "earlier"
    assert [p.name for p in page.parent.parent.iterdir()] == ["2024"]


def test_what_must_not_be_left_in_its_midst_is_not():
    reached = False
    with pytest.raises(Stopped) as stopped, stoppable(), unbroken():
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.05)
        reached = True
    assert reached and stopped.value.code == 143
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
