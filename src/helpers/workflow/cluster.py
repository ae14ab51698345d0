"""Notebooks on the workers of a Dask cluster instead of this machine, with the same results: names
and keys travel, and everything else lies in folders that all share.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import shutil
import uuid
import warnings
from collections.abc import Iterator, Mapping
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, Final

from distributed import Client, Future, KilledWorker, Security
from distributed import wait as arrived
from distributed.comm.core import connect
from distributed.core import coerce_to_address

from helpers.contracts import EvaluasiError, Text, WrongUsage, folder_aside, project
from helpers.workflow import cache, worker
from helpers.workflow.execute import NotebookFailed
from helpers.workflow.planned import Planned, Request, RunOne

# Each has a level of its own.
_SILENT: Final = ("distributed", "distributed.client")
_ANSWERS_WITHIN_SECONDS: Final = 10
_WORKER_WITHIN_SECONDS: Final = 30
# A worker that died is started again meanwhile, where somebody looks after it.
_LOOK_EVERY_SECONDS: Final = 30
_LOOKS_WITHOUT_WORKER: Final = 4


class Cluster:
    """A connection to a Dask scheduler that has a worker."""

    def __init__(self, client: Client):
        self._client = client

    @contextlib.contextmanager
    def runs(self, request: Request) -> Iterator[RunOne]:
        """What runs a notebook on any worker, for as long as the block lasts; what waits or runs
        when it is left is cancelled.

        Parameters
        ----------
        request : what was asked for.
        """
        project.PREPARED.mkdir(parents=True, exist_ok=True)
        folder = folder_aside(project.PREPARED / "asked")
        asked: list[Future[Any]] = []

        def run_one(one: Planned, needs: Mapping[str, cache.Entry]) -> cache.Entry:
            key = _job(request, one, needs).ask(folder)
            future = self._client.submit(
                worker.run_asked,
                folder.name,
                key,
                key=f"{one.notebook}-{one.study.year}-{uuid.uuid4().hex}",
                pure=False,
            )
            asked.append(future)
            self._done(one.notebook, future)
            if (entry := worker.seen_late(lambda: cache.find(key))) is None:
                raise _not_shared(one.notebook)
            return entry

        try:
            yield run_one
        finally:
            with contextlib.suppress(OSError, CancelledError):
                self._client.cancel(asked, force=True)
            shutil.rmtree(folder, ignore_errors=True)

    def _done(self, name: str, future: Future[Any]) -> None:
        """Wait for a worker to have run a notebook; what it says is said here."""
        without = 0
        while not future.done():
            try:
                with self._client.as_current():
                    arrived(future, timeout=_LOOK_EVERY_SECONDS)
            except TimeoutError:
                without = 0 if self._client.nthreads() else without + 1
                if without == _LOOKS_WITHOUT_WORKER:
                    raise _lost(_NO_WORKER) from None
            except CancelledError:
                break
        try:
            future.result()
        except KilledWorker as e:
            raise _killed(name, e.allowed_failures + 1) from None
        except CancelledError:
            raise _lost(_NO_SCHEDULER) from None
        except (EvaluasiError, OSError):
            raise
        except Exception as e:  # what Dask raises where a worker cannot even begin
            raise _unable(type(e).__name__) from None


def _job(request: Request, one: Planned, needs: Mapping[str, cache.Entry]) -> worker.Job:
    given = request.parameters(one.study.year)
    return worker.Job(
        notebook=worker.told(one.path),
        data=worker.told(Path(given["data"])),
        plan=worker.told(Path(given["plan"])),
        year=one.study.year,
        time_limit=request.time_limit,
        needs={name: entry.folder.name for name, entry in needs.items()},
        rests_on=one.rests_on,
        around=worker.around(),
    )


@contextlib.contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """A connection for as long as the block lasts.

    Parameters
    ----------
    address : of the scheduler, as ``tcp://host:8786``; ``tls://`` takes certificates from what
        Dask itself is configured with.

    Raises
    ------
    WrongUsage : nobody answers there, or no worker has come to who does.
    """
    # Dask's own words are English only; what goes wrong is said here.
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        asyncio.run(_answers(address))
        with warnings.catch_warnings():
            # Each worker is asked for its versions when it runs something.
            warnings.simplefilter("ignore")
            client = Client(address, timeout=_ANSWERS_WITHIN_SECONDS, set_as_default=False)
    except (OSError, ValueError, TypeError, RuntimeError):
        raise _refused(address, _UNREACHABLE) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_WORKER_WITHIN_SECONDS)
        except TimeoutError:
            raise _refused(address, _WORKERLESS) from None
        yield Cluster(client)


async def _answers(address: str) -> None:
    """Ask whether somebody is there: a client that finds nobody takes long to end."""
    security = Security().get_connection_args("client")
    asked = connect(coerce_to_address(address), timeout=_ANSWERS_WITHIN_SECONDS, **security)
    (await asked).abort()


_UNREACHABLE: Final = Text(
    "tidak ada penjadwal Dask yang menjawab di alamat itu\n"
    "  Perbaiki: mulai penjadwalnya dan periksa alamatnya (tcp://HOST:8786; dengan tls:// juga "
    "sertifikatnya), atau jalankan tanpa --scheduler di komputer ini",
    "no Dask scheduler answers at that address\n"
    "  Remedy: start the scheduler and check the address (tcp://HOST:8786; with tls:// its "
    "certificates, too), or run without --scheduler on this machine",
)
_WORKERLESS: Final = Text(
    f"penjadwalnya menjawab, tetapi {_WORKER_WITHIN_SECONDS} detik tidak ada worker\n"
    "  Perbaiki: mulai worker dari folder proyek yang sama, lalu jalankan lagi",
    f"the scheduler answers, but has had no worker for {_WORKER_WITHIN_SECONDS} seconds\n"
    "  Remedy: start workers from the same project folder, then run again",
)


def _refused(address: str, why: Text) -> WrongUsage:
    return WrongUsage(Text.made(lambda lang: f"--scheduler {address}: {why[lang]}"))


_NO_WORKER: Final = Text("Tidak ada lagi worker di klaster.", "No worker is left in the cluster.")
_NO_SCHEDULER: Final = Text(
    "Hubungan dengan penjadwal Dask terputus.", "The connection to the Dask scheduler is lost."
)


def _lost(what: Text) -> EvaluasiError:
    return EvaluasiError(
        what
        + Text(
            "Notebook yang sudah selesai tersimpan.\n"
            "  Perbaiki: mulai lagi penjadwal dan worker, lalu jalankan lagi",
            "What has finished is kept.\n"
            "  Remedy: start the scheduler and its workers again, then run again",
        )
    )


def _killed(name: str, times: int) -> NotebookFailed:
    return NotebookFailed(
        Text(
            f"{name}: {times} worker mati selagi menjalankannya\n"
            "  Perbaiki: beri worker memori lebih atau notebook sekaligus lebih sedikit "
            "(--nthreads), dan lihat catatan worker",
            f"{name}: {times} workers died while running it\n"
            "  Remedy: give workers more memory or fewer notebooks at once (--nthreads), and look "
            "into the workers' logs",
        )
    )


def _unable(kind: str) -> EvaluasiError:
    return EvaluasiError(
        Text(
            f"Worker tidak dapat menjalankan proyek ini ({kind})\n"
            "  Perbaiki: mulai worker dari .venv folder proyek yang sama, lalu jalankan lagi",
            f"A worker cannot run this project ({kind})\n"
            "  Remedy: start workers from the .venv of the same project folder, then run again",
        )
    )


def _not_shared(name: str) -> EvaluasiError:
    return EvaluasiError(
        Text(
            f"{name}: worker sudah menjalankannya, tetapi hasilnya tidak ada di data/prepared "
            "komputer ini\n"
            "  Perbaiki: pasang folder proyek yang sama (folder bersama) di semua worker",
            f"{name}: a worker has run it, but what it kept is not in data/prepared of this "
            "machine\n"
            "  Remedy: mount the same project folder (a shared folder) on all workers",
        )
    )
