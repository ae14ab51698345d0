"""Shared material: small synthetic regions, written as the files that offices send."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from helpers import contracts, intake, simulate
from helpers.contracts import Plan, Study, project
from helpers.intake.pseudonym import pseudonyms

SMALL = simulate.World(
    seed=11, employees=320, units=14, forms_per_year=900, first_year=2019, last_year=2024
)


# How long an example takes is the machine's matter: no test is timed.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Every process that a test starts inherits this mark.
_MARK = "EVALUASI_TEST_SESSION"
os.environ[_MARK] = uuid.uuid4().hex
_GONE_WITHIN_SECONDS = 15


def processes_with(mark: str) -> list[int]:
    """Living processes that were started with an environment variable, ``NAME=value``.

    The tracker that Python keeps beside a pool of processes is not counted where it is this
    process's own: it ends with us, when its pipe closes, and never before.
    """
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            started_with = (folder / "environ").read_bytes().split(b"\0")
            told = (folder / "cmdline").read_bytes()
            if state in ("Z", "X") or mark.encode() not in started_with:
                continue
            if int(parent) == os.getpid() and b"multiprocessing.resource_tracker" in told:
                continue
            found.append(int(folder.name))
        except (OSError, IndexError):
            continue
    return found


@pytest.fixture(scope="session", autouse=True)
def nothing_stays_behind() -> Iterator[None]:
    """The tests leave no process behind; one that is found fails them, and is ended."""
    yield
    _kernels_of_notebooks.close()
    if not sys.platform.startswith("linux"):
        return
    mark = f"{_MARK}={os.environ[_MARK]}"
    deadline = time.monotonic() + _GONE_WITHIN_SECONDS
    while (left := processes_with(mark)) and time.monotonic() < deadline:
        time.sleep(0.2)
    told = [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")[:200] for pid in left]
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert not told


_kernels_of_notebooks = ExitStack()


# Whole years, simulated regions and browsers: begun last, one of them would keep a single worker busy
# long after the other has ended.
_LONGEST_FIRST = (
    "workflow/test_runs.py",
    "worlds/test_small_battery.py",
    "workflow/test_thin_data.py",
    "findings/test_words.py",
    "browser/test_accessible.py",
    "browser/test_lab.py",
    "workflow/test_stopping.py",
    "workflow/test_cluster.py",
    "bench/test_killed_runs.py",
    "bench/test_bench.py",
    "workflow/test_code_used.py",
    "browser/test_printed.py",
    "causal/test_multivalued.py",
    "validation/test_privacy.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    first = {Path(__file__).parent / name: at for at, name in enumerate(_LONGEST_FIRST)}
    items.sort(key=lambda item: first.get(item.path, len(first)))


def pytest_collection_finish(session: pytest.Session) -> None:
    """nbval's kernels come from a warm parent, too; what all tests share is no garbage to look for."""
    gc.collect()
    gc.freeze()
    if (
        any(str(item.path).endswith(".ipynb") for item in session.items)
        and not session.config.option.collectonly
    ):
        from helpers.workflow.kernels import kernels

        session.config.option.nbval_kernel_name = _kernels_of_notebooks.enter_context(kernels())


def pytest_unconfigure() -> None:
    _kernels_of_notebooks.close()


@pytest.fixture(scope="session")
def plan() -> Plan:
    return contracts.load_plan()


@pytest.fixture(scope="session")
def small_region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small region as files; tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("region") / "data"
    simulate.write(SMALL, folder)
    return folder


@pytest.fixture(scope="session")
def small_study(small_region: Path, plan: Plan) -> Callable[[int], Study]:
    """The small region's study of a year: what one test has asked of it, no other works out anew."""
    return cache(lambda year: intake.study(small_region, year, plan))


@pytest.fixture(scope="session")
def read_already(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key of the tests' own, and beside it what was read under it."""
    folder = tmp_path_factory.mktemp("read")
    pseudonyms(folder)
    return folder


@pytest.fixture
def private(tmp_path: Path, read_already: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private folder of a test's own, under a key that the tests share: none reads anew what
    another has read.
    """
    folder = tmp_path / "private"
    folder.mkdir()
    shutil.copy2(read_already / "key", folder)
    monkeypatch.setattr(project, "PRIVATE", folder)
    monkeypatch.setattr(project, "PREPARED", read_already / "prepared")
    return folder


@pytest.fixture(scope="session")
def exports() -> Path:
    return Path(__file__).parent / "exports"


@pytest.fixture
def tiny(tmp_path: Path) -> Callable[..., Path]:
    """A folder of two years and a handful of rows; keyword arguments replace or add files."""

    def write(**files: str | bytes | None) -> Path:
        folder = tmp_path / "data"
        folder.mkdir(exist_ok=True)
        for name, content in {**_TINY, **files}.items():
            path = folder / (name.replace("__", ".") if "__" in name else f"{name}.csv")
            if content is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return folder

    return write


NIPS = [f"19800{i}012005011{j:03d}" for i, j in ((1, 1), (2, 2), (3, 3), (4, 4))]


def _tiny() -> dict[str, str]:
    roll = "tahun,nip,nama,kode_unit,jenis_kelamin,tanggal_lahir\n" + "".join(
        f"{y},{n},Contoh Nama {i},K{i % 2},L,1980-0{i + 1}-01\n"
        for y in (2023, 2024)
        for i, n in enumerate(NIPS)
    )
    scores = "tahun,nip,nilai_skp,output,hari_kerja\n" + "".join(
        f"{y},{n},80.5,1200,200\n" for y in (2023, 2024) for n in NIPS
    )
    forms = "tanggal,kode_unit," + ",".join(f"u{i}" for i in range(1, 10)) + ",saran\n"
    forms += "".join(
        f"{y}-03-{d:02d},K{d % 2},3,3,3,4,3,3,4,3,3,\n" for y in (2023, 2024) for d in range(1, 9)
    )
    return {
        "unit": "kode_unit,nama_unit\nK0,Loket Nol\nK1,Loket Satu\n",
        "pegawai": roll,
        "kinerja": scores,
        "skm": forms,
        "kegiatan": "kode_kegiatan,nama_kegiatan,metode,tema,tanggal_mulai,tanggal_selesai,jp\nA1,Kursus,seminar,etika,2024-02-01,2024-02-03,24\n",
        "peserta": f"kode_kegiatan,nip,kehadiran,alasan,nilai_post\nA1,{NIPS[0]},hadir,,80\nA1,{NIPS[1]},menolak,merasa tidak perlu,\n",
    }


_TINY = _tiny()


def counts(exclusions: pd.DataFrame) -> dict[tuple[str, str], int]:
    """Fault and action to how many."""
    return exclusions.groupby(["fault", "action"])["count"].sum().astype(int).to_dict()


def make(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What make does or says in a folder. One that runs the tests would have this one tell of its
    folder: nothing of it is passed on.
    """
    alone = {k: v for k, v in os.environ.items() if not k.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", *words], cwd=folder, capture_output=True, text=True, check=False, env=alone
    )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody listens there, a minute at most."""
    for _ in range(300):
        with socket.socket() as s:
            if s.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)


def chromium() -> str | None:
    import shutil

    return os.environ.get("CHROMIUM") or shutil.which("chromium")
