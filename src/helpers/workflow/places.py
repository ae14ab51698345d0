"""Where a year's report goes: what may stand there already, what of it stays, whose turn it is."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from helpers import publish, receipts
from helpers.contracts import Plan, Text, WrongUsage, project, restore, write_whole
from helpers.workflow import cache

ANNUAL: Final = "90_annual_report"
FRONT: Final = "index.html"
MANIFEST: Final = "manifest.json"


def must_fit(
    out: Path, plan: Plan, *, synthetic: bool, years: Collection[int], whole: bool
) -> None:
    """A run's reports must find their places, lie beside none of another kind, and put nothing but
    the same region's real data in the place of a report of real data.

    Parameters
    ----------
    out : the folder of all years' reports, which need not be there.
    plan : names the region.
    synthetic : whether the data are made up.
    years : that the run makes reports of.
    whole : each year's pages are all made anew, so that none stays.

    Raises
    ------
    WrongUsage : something else stands in the place of a report, nothing may be written there, or a
        report that stays, or that is of real data, is of another region or another kind of data.
    """
    nearest = next(p for p in (out, *out.parents) if p.exists() or p.is_symlink())
    if not nearest.is_dir():
        raise _refused(nearest, Text("bukan folder", "not a folder"))
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise _refused(nearest, Text("tidak boleh ditulis", "may not be written to"))
    for year in years:
        _must_be_free(out / str(year))
    region = publish.region_name(plan)
    for place in sorted(out.glob(f"*/{MANIFEST}")):
        told = publish.manifest(place.parent)
        name = place.parent.name
        if not told or not name.isdigit():
            continue
        if int(name) in years and whole and told.get("synthetic"):
            continue
        if bool(told.get("synthetic")) != synthetic:
            raise _mixed(out, name, *(_KINDS if synthetic else _KINDS[::-1]))
        if (there := publish.region_told(told) or region) != region:
            raise _mixed(out, name, Text.same(region), Text.same(there))


def must_lie_apart(out: Path, data: Path) -> None:
    """No report goes among the tables that it is made from: the next reading would take its files
    for inputs.

    Parameters
    ----------
    out : the folder of all years' reports, which need not be there.
    data : the folder of the tables.

    Raises
    ------
    WrongUsage : one is the other, or the reports would lie in the data folder.
    """
    if out.resolve().is_relative_to(data.resolve()):
        raise WrongUsage(
            Text(
                f"--out: {out.name} adalah folder data (--data) atau di dalamnya; beri --out di "
                "luar folder data, supaya laporan tidak terbaca sebagai data",
                f"--out: {out.name} is the data folder (--data) or lies inside it; give an --out "
                "outside the data folder, so that no report is read as data",
            )
        )


_KINDS: Final = (Text("data sintetis", "synthetic data"), Text("data sungguhan", "real data"))


@contextlib.contextmanager
def held(out: Path, notice: Callable[[Text], None]) -> Iterator[None]:
    """The folder of reports, for one run alone; what a stopped run would leave half done there is
    cleared, and so are folders made for nothing.

    Parameters
    ----------
    out : the folder, which is made.
    notice : told that another run is waited for, and which.
    """
    made = [p for p in (out, *out.parents) if not p.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _alone(out, notice):
            # Whoever was waited for may have cleared it away.
            out.mkdir(parents=True, exist_ok=True)
            restore(out, all_mine=True)
            shelves = (project.PREPARED, receipts.folder(), _locks(), cache.root())
            for folder in (*_folders_in(out), *shelves):
                restore(folder)
            try:
                yield
            except KeyboardInterrupt:
                restore(out, all_mine=True)
                raise
    finally:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _folders_in(out: Path) -> list[Path]:
    """Those of years, of a language and of own pages, and whatever else lies there."""
    return [p for p in sorted(out.iterdir()) if p.is_dir() and not p.is_symlink()]


def _locks() -> Path:
    return project.PREPARED / "locks"


@contextlib.contextmanager
def _alone(out: Path, notice: Callable[[Text], None]) -> Iterator[None]:
    """Two runs on one folder take turns; the lock lies outside the report, and says whose it is."""
    locks = _locks()
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16]
    lock, holder = FileLock(locks / name), locks / f"{name}.holder"
    try:
        lock.acquire(timeout=0)
    except Timeout:
        whose = _told(holder)
        notice(
            Text(
                f"Menunggu perintah lain yang sedang membuat laporan di {out.name} (proses "
                f"{whose}); dilanjutkan sesudahnya. Ctrl-C membatalkan.",
                f"Waiting for another command that is making reports in {out.name} (process "
                f"{whose}); going on after it. Ctrl-C cancels.",
            )
        )
        lock.acquire()
    try:
        write_whole(holder, f"{os.getpid()}, {datetime.now().astimezone():%Y-%m-%d %H:%M}")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _told(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8")
    except OSError:
        return "?"


def _must_be_free(place: Path) -> None:
    """Nothing, an empty folder or a report: anything else would be lost."""
    if place.is_symlink():
        raise _refused(place, Text("sebuah tautan", "a link"))
    if place.exists() and not place.is_dir():
        raise _refused(place, Text("sebuah berkas", "a file"))
    if place.is_dir() and any(place.iterdir()) and not (place / MANIFEST).exists():
        raise _refused(place, Text("folder yang bukan laporan", "a folder that is no report"))


def _refused(place: Path, why: Text) -> WrongUsage:
    return WrongUsage(
        Text(
            f"--out: {place.name}: {why.id}, sehingga laporan tidak dapat ditaruh di sana\n"
            "  Perbaiki: pindahkan, atau beri --out lain",
            f"--out: {place.name}: {why.en}, so that no report can be put there\n"
            "  Remedy: move it away, or give another --out",
        )
    )


def _mixed(out: Path, year: str, new: Text, there: Text) -> WrongUsage:
    return WrongUsage(
        Text(
            f"--out: di {out.name} sudah ada laporan {year} dari {there.id}; laporan dari {new.id} "
            "tidak dicampur dengannya dan tidak menggantikannya\n"
            "  Perbaiki: beri --out lain, atau pindahkan laporan lama",
            f"--out: {out.name} holds the report {year} of {there.en}; those of {new.en} are not "
            "mixed with it and do not replace it\n"
            "  Remedy: give another --out, or move the earlier reports away",
        )
    )


def pages_that_stay(year: Path, made: Iterable[str], *, whole: bool) -> tuple[Path, ...]:
    """The files of a year's report that a run leaves as they are, by their paths below it.

    Parameters
    ----------
    year : the report's folder, which need not be there.
    made : the notebooks whose pages it makes, in every language.
    whole : no other page stays.

    Returns
    -------
    What a run of some notebooks only does not make. Results, what is explored of them and the
    manifest never stay.
    """
    if whole:
        return ()
    made = set(made)
    stay = []
    for path in sorted(p for p in year.rglob("*") if p.is_file()):
        below = path.relative_to(year)
        if below.parts[0] == "results" or below.name == MANIFEST or below.stem == publish.EXPLORE:
            continue
        front = ANNUAL not in made and path.with_name(f"{ANNUAL}.html").exists()
        of_annual = below.name == FRONT or below.stem == publish.WHOLE
        if front if of_annual else path.stem not in made:
            stay.append(below)
    return tuple(stay)
