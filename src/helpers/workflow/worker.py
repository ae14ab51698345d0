"""What a Dask worker does of a run: one notebook of one year, where it sees the same code,
packages, plan and inputs as who asked.

What is asked lies in the shared folder of prepared data; only its name and its key travel.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import json
import os
import platform
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, Final, TypeVar

from helpers import intake
from helpers.contracts import EvaluasiError, Plan, Text, load_plan, project, write_whole
from helpers.workflow import cache
from helpers.workflow.execute import execute
from helpers.workflow.kernels import kernels
from helpers.workflow.would_run import differences

# A folder that is shared over a network may show what others write some seconds late.
_SEEN_WITHIN_SECONDS: Final = 15.0
_LOOK_EVERY_SECONDS: Final = 0.25
# What notebooks cannot run without being the same, beside what their results rest on.
_AROUND: Final = ("dask", "distributed")

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Job:
    """One notebook of one year, as it is asked of a worker; paths are those of `told`.

    Attributes
    ----------
    notebook, data, plan : where they lie.
    year, time_limit : as of the request.
    needs : the keys of the kept runs that it needs, by their notebooks.
    rests_on : from `cache.rests_on`, as who asks has found it.
    around : from `around`, likewise.
    """

    notebook: str
    data: str
    plan: str
    year: int
    time_limit: float
    needs: Mapping[str, str]
    rests_on: Mapping[str, Any]
    around: Mapping[str, str]

    def ask(self, folder: Path) -> str:
        """Lay it down for the workers; the key of its run, by which they find it.

        Parameters
        ----------
        folder : below the prepared data, which the workers share.
        """
        key = cache.key(self.rests_on)
        write_whole(folder / f"{key}.json", json.dumps(asdict(self)))
        return key


def around() -> dict[str, str]:
    """The versions of Python, to its second number, and of what carries jobs."""
    python = ".".join(platform.python_version_tuple()[:2])
    return {"python": python, **{name: metadata.version(name) for name in _AROUND}}


def told(path: Path) -> str:
    """A path as it is told to a worker: below the project, which may lie elsewhere there, or whole.

    Parameters
    ----------
    path : of a file or folder that is shared.
    """
    inside = path.is_relative_to(project.ROOT)
    return (path.relative_to(project.ROOT) if inside else path).as_posix()


def seen_late(look: Callable[[], _Found | None]) -> _Found | None:
    """What is found in a shared folder, soon or some seconds late; None where it is not.

    Parameters
    ----------
    look : gives None as long as it is not there.
    """
    deadline = time.monotonic() + _SEEN_WITHIN_SECONDS
    while (found := look()) is None and time.monotonic() < deadline:
        time.sleep(_LOOK_EVERY_SECONDS)
    return found


def run_asked(folder: str, key: str) -> None:
    """Run what was asked, and keep it where who asked will find it.

    Parameters
    ----------
    folder : its name below the prepared data.
    key : from `Job.ask`.

    Raises
    ------
    NotebookFailed : as of `execute`.
    EvaluasiError : this worker sees something else than who asked, or something changed meanwhile.
    OSError : a file could not be read or written; named without its folder.
    """
    try:
        _run(folder, key)
    except EvaluasiError:
        raise
    except OSError as e:
        name = Path(os.fsdecode(e.filename)).name if e.filename else None
        raise OSError(e.errno, os.strerror(e.errno or 0), name) from None
    except Exception as e:  # what it says may hold people's data, and must not travel
        raise _unforeseen(e) from None


def _run(folder: str, key: str) -> None:
    place = project.PREPARED / folder / f"{key}.json"
    asked = seen_late(lambda: _read(place))
    if asked is None:
        raise _refused([_NOT_SHARED])
    try:
        job = Job(**asked)
    except TypeError:
        raise _refused([_OTHER_CODE]) from None
    notebook, data, plan = (
        (project.ROOT / p).resolve() for p in (job.notebook, job.data, job.plan)
    )
    seen = _files_seen(notebook, data, plan)
    # One thread at a time: Python 3.11 cannot parse code in several, and files are hashed once.
    with _one_at_a_time:
        if found := _differs(job, notebook, data, plan):
            raise _refused(found)
    needs = {n: seen_late(functools.partial(cache.find, k)) for n, k in job.needs.items()}
    there = {n: entry for n, entry in needs.items() if entry is not None}
    if len(there) < len(needs):
        raise _refused([_NOT_SHARED])
    execute(
        notebook,
        {"year": job.year, "data": str(data), "plan": str(plan)},
        key,
        needs=there,
        kernel=_warm.name(),
        time_limit=job.time_limit,
        still=seen.still,
        rests_on=job.rests_on,
    )


def _read(place: Path) -> dict[str, Any] | None:
    try:
        asked: dict[str, Any] = json.loads(place.read_bytes())
        return asked
    except (OSError, ValueError):
        return None


_OTHER_CODE: Final = Text(
    "kode: berubah sejak worker ini dimulai", "code: changed since this worker was started"
)
_one_at_a_time: Final = threading.Lock()
_NOT_SHARED: Final = Text(
    "folder data/prepared (tidak berisi yang ditulis komputer yang meminta)",
    "the folder data/prepared (what the asking machine writes is not there)",
)


def _files_seen(notebook: Path, data: Path, plan: Path) -> intake.FilesSeen:
    """The files as they are, from here on."""
    for path, word in ((notebook, "notebook"), (data, "data"), (plan, "plan")):
        if not path.exists():
            raise _refused([Text(f"{word} tidak ada di sana", f"{word} is not there")])
    return intake.FilesSeen.now(data, plan, notebook)


def _differs(job: Job, notebook: Path, data: Path, plan: Path) -> list[Text]:
    """What this worker sees otherwise than who asked, each by its name."""
    asked = dict(job.rests_on)
    here = cache.rests_on(notebook)
    loaded = load_plan(plan)
    hashes = _hashes(data, loaded)
    mine = {
        **asked,
        **here,
        "packages": {**here["packages"], **around()},
        "inputs": {name: hashes[name] for name in asked["inputs"] if name in hashes},
        "plan_sha256": loaded.sha256,
    }
    found = list(differences({**asked, "packages": {**asked["packages"], **job.around}}, mine))
    # What a process has imported stays as it was.
    if cache.code_now() != _LOADED:
        found.append(_OTHER_CODE)
    return found


_hashed: list[tuple[intake.FilesSeen, dict[str, str]]] = []


def _hashes(data: Path, plan: Plan) -> dict[str, str]:
    """The content of every input file, read again only where something was written since."""
    seen = intake.FilesSeen.now(data)
    for before, hashes in _hashed:
        if before == seen:
            return hashes
    hashes = intake.input_hashes(data, plan)
    # One folder is asked for many times, and then another.
    _hashed[:] = [(seen, hashes)]
    return hashes


class _Warm:
    """The kernels of this process: one warm parent, made when it is first needed, that ends with
    the process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._name = ""

    def name(self) -> str:
        """Of the kernel to start."""
        with self._lock:
            if not self._name:
                held = contextlib.ExitStack()
                self._name = held.enter_context(kernels())
                atexit.register(held.close)
            return self._name


_warm: Final = _Warm()
_LOADED: Final = cache.code_now()


def _own_name() -> str:
    from distributed import get_worker

    return str(get_worker().address)


def _unforeseen(error: Exception) -> EvaluasiError:
    name, kind = _own_name(), type(error).__name__
    return EvaluasiError(
        Text(
            f"Worker {name} berhenti karena kesalahan program yang tidak terduga: {kind}\n"
            "  Isinya tidak ditunjukkan, karena dapat memuat data orang. Perbaiki: mulai lagi "
            "worker itu, atau jalankan tanpa --scheduler",
            f"Worker {name} was stopped by an error of the program that nobody has foreseen: "
            f"{kind}\n"
            "  What it says is not shown, since it may hold people's data. Remedy: start that "
            "worker again, or run without --scheduler",
        )
    )


def _refused(found: list[Text]) -> EvaluasiError:
    """That this worker does not run what was asked: it would not be the same."""
    name = _own_name()
    what = Text.made(lambda lang: "; ".join(text[lang] for text in found))
    return EvaluasiError(
        Text(
            f"Worker {name} menolak, karena yang dilihatnya tidak sama dengan komputer ini: "
            f"{what.id}\n"
            "  Perbaiki: beri worker folder proyek, folder data dan paket yang sama (folder "
            "bersama, requirements.lock), mulai lagi worker itu, lalu jalankan lagi",
            f"Worker {name} refuses, because it does not see the same as this machine: {what.en}\n"
            "  Remedy: give the worker the same project folder, data folder and packages (a shared "
            "folder, requirements.lock), start that worker again, then run again",
        )
    )
