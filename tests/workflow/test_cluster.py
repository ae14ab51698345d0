"""Notebooks on a Dask cluster: a real scheduler and real workers over TCP, one of which is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
from distributed import Client
from typer.testing import CliRunner

from helpers import workflow
from helpers.cli import app
from helpers.contracts import EvaluasiError, project
from helpers.workflow import cluster
from tests.conftest import free_port
from tests.workflow.conftest import files, own_notebook, pipeline, untimed

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="looks for processes and kills them"
)
# A notebook may cost so many workers their lives.
DEATHS = 2
# The worker behind a kernel, which a warm parent stands between.
WORKER = """import os, pathlib, time
status = pathlib.Path(f"/proc/{os.getppid()}/stat").read_text()
worker = int(status.rpartition(")")[2].split()[1])
"""


class Machines:
    """A scheduler and its workers, whose prepared data are in a folder of ours."""

    def __init__(self, folder: Path, shared: Path, source: Path = project.ROOT):
        self._folder, self._source = folder, source
        self._started: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        (folder / "preload.py").write_text(
            "from pathlib import Path\nfrom helpers import project\n"
            f"project.PREPARED = Path({str(shared)!r})\n"
        )
        self.address = f"tcp://127.0.0.1:{(port := free_port())}"
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(port))

    def worker(self, name: str) -> None:
        """One more, for two notebooks at once; a nanny starts it again when it is killed."""
        self._start("worker", self.address, "--name", name, "--nthreads", "2",
                    "--host", "127.0.0.1", "--preload", str(self._folder / "preload.py"),
                    "--local-directory", str(self._folder))  # fmt: skip

    def _start(self, what: str, *words: str) -> None:
        with (self._folder / f"{what}-{len(self._started)}.log").open("wb") as log:
            self._started.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", what, *words, "--no-dashboard"],
                    stdout=log,
                    stderr=log,
                    start_new_session=True,
                    env={
                        **os.environ,
                        "PYTHONPATH": str(self._source / "src"),
                        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": str(DEATHS - 1),
                    },
                )
            )

    def lose_scheduler(self) -> None:
        os.kill(self._started[0].pid, signal.SIGKILL)

    def stop(self) -> None:
        """At once, workers under their nannies too; what they started ends with them."""
        for process in self._started:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(30)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The prepared data, in which runs are kept."""
    folder = tmp_path_factory.mktemp("shared")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(project, "PREPARED", folder)
        yield folder


@pytest.fixture(scope="module")
def machines(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    started = Machines(tmp_path_factory.mktemp("machines") / "dask", shared)
    for name in ("one", "two"):
        started.worker(name)
    yield started
    started.stop()


def _request(data: Path, out: Path, **more) -> workflow.Request:
    return workflow.Request(years=(2024,), data=data, out=out, **more)


def test_results_are_those_of_this_machine_byte_for_byte(
    machines: Machines, shared: Path, small_region: Path, tmp_path: Path
):
    only = ("10_data_quality", "40_satisfaction_trends")
    told: list[str] = []
    there = _request(small_region, tmp_path / "there", only=only, scheduler=machines.address)
    workflow.run(there, told.append)
    assert sorted(told) == [f"2024 {name}" for name in only]
    workflow.run(_request(small_region, tmp_path / "here", only=only, fresh=True))
    found, expected = (untimed(files(tmp_path / where)) for where in ("there", "here"))
    assert found == expected and "2024/results/indicators.csv" in found
    assert not list(shared.rglob(".evaluasi-*"))


def _own(folder: Path, *sources: str, needs: str = "") -> Path:
    """Notebooks of the sources; all but the first need one."""
    folder.mkdir()
    names = [f"{number}0_own" for number, _ in enumerate(sources, 1)]
    for name, source in zip(names, sources, strict=True):
        own_notebook(folder / f"{name}.ipynb", source)
    pipeline(folder, **{name: needs if at else "" for at, name in enumerate(names)})
    return folder


def test_a_failing_notebook_says_the_same_as_here(machines: Machines, tiny, tmp_path: Path):
    ours = "from helpers.contracts import EvaluasiError, Text\n"
    ours += "raise EvaluasiError(Text('salah', 'wrong'))"
    notebooks = _own(tmp_path / "notebooks", "1 / 0  # 198003012005011003", ours)
    said = []
    for address in (machines.address, ""):
        with pytest.raises(EvaluasiError) as failed:
            workflow.run(_request(tiny(), tmp_path / "out", notebooks=notebooks, scheduler=address))
        said.append({lang: sorted(failed.value.message(lang).split("\n")) for lang in ("id", "en")})
    assert said[0] == said[1]
    assert "20_own, cell 3:" in said[0]["en"] and "wrong" in said[0]["en"]


def _until(there: Callable[[], bool], running: Future[list[Path]]) -> None:
    deadline = time.monotonic() + 90
    while not there():
        assert time.monotonic() < deadline and not running.done()
        time.sleep(0.05)


def test_a_worker_killed_in_the_midst_of_a_notebook_changes_nothing(
    machines: Machines, tiny, tmp_path: Path
):
    started, go = tmp_path / "started", tmp_path / "go"
    waits = f"""{WORKER}
with open({str(started)!r}, "a") as file:
    _ = file.write(f"{{os.getpid()}} {{worker}}\\n")
while not os.path.exists({str(go)!r}):
    time.sleep(0.05)
pathlib.Path(out).mkdir(exist_ok=True)
_ = pathlib.Path(out, "said").write_text("an answer")
print("done")"""
    reads = "from pathlib import Path\nprint(Path(out, 'needs', '10_own', 'said').read_text())"
    notebooks = _own(tmp_path / "notebooks", waits, reads, needs="10_own")
    data = tiny()
    there = _request(data, tmp_path / "there", notebooks=notebooks, scheduler=machines.address)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(workflow.run, there)
        try:
            _until(lambda: started.exists() and "\n" in started.read_text(), running)
            with Client(machines.address, set_as_default=False) as looking:
                known = looking.run_on_scheduler(_all_it_knows)
            kernel, worker = map(int, started.read_text().split())
            os.kill(worker, signal.SIGKILL)
            _until(lambda: started.read_text().count("\n") == 2, running)
            _until(lambda: not Path(f"/proc/{kernel}").exists(), running)
        finally:
            go.touch()
        running.result(90)
    assert len({line.split()[1] for line in started.read_text().splitlines()}) == 2
    # Nothing of the folders and files, and nothing in them, goes through the scheduler.
    assert b"run_asked" in known and str(tmp_path).encode() not in known
    workflow.run(_request(data, tmp_path / "here", notebooks=notebooks, fresh=True))
    found, expected = (untimed(files(tmp_path / where)) for where in ("there", "here"))
    assert found == expected and b"an answer" in found["2024/20_own.html"]


def _all_it_knows(dask_scheduler) -> bytes:
    import pickle

    return b"".join(pickle.dumps(task.run_spec) for task in dask_scheduler.tasks.values())


def test_a_notebook_that_kills_each_worker_fails_in_the_end(
    machines: Machines, tiny, tmp_path: Path
):
    tries = tmp_path / "tries"
    kills = f"{WORKER}\nwith open({str(tries)!r}, 'a') as file:\n    file.write('x')\n"
    notebooks = _own(tmp_path / "notebooks", kills + "os.kill(worker, 9)\ntime.sleep(60)")
    out = tmp_path / "out"
    with pytest.raises(EvaluasiError) as failed:
        workflow.run(_request(tiny(), out, notebooks=notebooks, scheduler=machines.address))
    assert f"10_own: {DEATHS} worker mati" in failed.value.message("id")
    assert f"10_own: {DEATHS} workers died" in failed.value.message("en")
    assert tries.read_text() == "x" * DEATHS and not out.exists()


@pytest.mark.parametrize(
    ("lang", "said"), [("id", "tidak ada penjadwal Dask"), ("en", "no Dask scheduler answers")]
)
def test_a_scheduler_that_is_not_there_is_told_before_anything_is_written(
    lang: str, said: str, tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cluster, "_ANSWERS_WITHIN_SECONDS", 1)
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    address = f"tcp://127.0.0.1:{free_port()}"
    words = ["run", "--year", "2024", "--data", str(tiny()), "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, [*words, "--scheduler", address, "--lang", lang])
    assert done.exit_code == 2 and f"--scheduler {address}: {said}" in done.stderr
    assert not (tmp_path / "out").exists() and not (tmp_path / "prepared").exists()


@pytest.fixture
def elsewhere(shared: Path, tmp_path: Path) -> Iterator[Machines]:
    """A worker with another copy of the project, in which one module and one input differ."""
    other = tmp_path / "other"
    for part in ("src/helpers", "data/sample", "notebooks"):
        shutil.copytree(
            project.ROOT / part, other / part, ignore=shutil.ignore_patterns("__pycache__")
        )
    with (other / "src" / "helpers" / "measures" / "satisfaction.py").open("a") as module:
        module.write("# changed\n")
    (table,) = (other / "data" / "sample").glob("kinerja_2023.csv")
    table.write_text(table.read_text().replace(",8", ",7", 1))
    machines = Machines(tmp_path / "dask", shared, other)
    machines.worker("other")
    yield machines
    machines.stop()


def test_a_worker_that_sees_something_else_refuses_and_names_it(
    elsewhere: Machines, tmp_path: Path
):
    request = _request(
        project.SAMPLE, tmp_path / "out", only=("40_satisfaction_trends",), fresh=True,
        scheduler=elsewhere.address,
    )  # fmt: skip
    with pytest.raises(EvaluasiError) as refused:
        workflow.run(request)
    english = refused.value.message("en")
    assert "data: kinerja_2023.csv; code: measures/satisfaction.py\n  Remedy: " in english
    assert (
        "data: kinerja_2023.csv; kode: measures/satisfaction.py\n  Perbaiki: "
        in refused.value.message("id")
    )
    assert not (tmp_path / "out").exists()


def test_a_scheduler_that_dies_ends_the_run_in_a_sentence(
    machines: Machines, tiny, tmp_path: Path, capfd: pytest.CaptureFixture[str]
):
    """The last test of all: nobody else finds a scheduler after it."""
    started, go = tmp_path / "started", tmp_path / "go"
    waits = f"import os, time\nopen({str(started)!r}, 'w').close()\n"
    waits += f"while not os.path.exists({str(go)!r}):\n    time.sleep(0.05)"
    notebooks, out = _own(tmp_path / "notebooks", waits), tmp_path / "out"
    there = _request(tiny(), out, notebooks=notebooks, scheduler=machines.address)
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(workflow.run, there)
        try:
            _until(started.exists, running)
            machines.lose_scheduler()
            with pytest.raises(EvaluasiError) as lost:
                running.result(60)
        finally:
            go.touch()
    assert lost.value.message("en").startswith("The connection to the Dask scheduler is lost.")
    assert lost.value.message("id").startswith("Hubungan dengan penjadwal Dask terputus.")
    assert not out.exists() and "Traceback" not in capfd.readouterr().err
