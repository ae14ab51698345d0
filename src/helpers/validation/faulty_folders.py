"""Folders with one to four faults each, of many kinds and in many formats: what reading them costs.

A crash is anything but an error of ours; a row is lost where it is neither read nor counted; a
fault is unnamed where no problem tells its code, or its row, in its table.
"""

from __future__ import annotations

import html
import io
import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from helpers import intake, simulate
from helpers.contracts import EvaluasiError, Problem, Study, write_whole
from helpers.validation import damage
from helpers.validation.damage import KINDS, NAME, File, Folder, Planted

_MOST_FAULTS: Final = 4
_TEXT_FORMS: Final = tuple(
    (d, e) for d in ",;\t|" for e in ("utf-8", "utf-8-sig", "cp1252", "utf-16")
)
_FORMS: Final = ("csv", "csv", "xlsx", "xls", "parquet")
_YEAR: Final = 2024
_TITLED: Final = 0.25
_BELOW: Final = 0.2
_LOSING: Final = ("excluded", "dropped")
_MEASURED: Final = {
    "kinerja": ("nilai_skp", "output", "hari_kerja", "tepat_waktu"),
    "skm": ("umur",),
}


@dataclass(frozen=True, slots=True)
class FolderTold:
    """What became of one folder.

    Attributes
    ----------
    planted : the faults.
    crash : what was raised that is no error of ours; empty where nothing was.
    lost : tables with rows or values that were neither read nor counted.
    unnamed : kinds that no problem names.
    leaks : whether a message repeated a name.
    """

    seed: int
    planted: tuple[Planted, ...]
    crash: str = ""
    lost: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    leaks: bool = False

    @property
    def well(self) -> bool:
        """Whether everything was read or said."""
        return not (self.crash or self.lost or self.unnamed or self.leaks)


def ask(folders: int, seed: int = 0) -> list[FolderTold]:
    """Make folders, read them, and say what became of each.

    Parameters
    ----------
    folders : how many.
    seed : of the first; each folder has the next one.
    """
    world = simulate.World(
        seed=5, employees=90, units=5, forms_per_year=120, first_year=2023, last_year=_YEAR
    )
    tables = simulate.make(world).tables
    return [_one(tables, seed + i) for i in range(folders)]


def summary(told: Sequence[FolderTold], out: Path | None = None) -> str:
    """The results as a table by kind, with the seeds of folders in which something went wrong.

    Parameters
    ----------
    told : of each folder.
    out : folder in which the table is kept as ``faults.md``; nowhere where None.
    """
    planted = Counter(p.kind for t in told for p in t.planted)
    unnamed = Counter(kind for t in told for kind in t.unnamed)
    crashed = Counter(p.kind for t in told if t.crash for p in t.planted)
    lines = ["| kind | planted | unnamed | in a crash |", "| --- | --- | --- | --- |"]
    lines += [f"| {k} | {n} | {unnamed[k]} | {crashed[k]} |" for k, n in sorted(planted.items())]
    totals = (
        f"{len(told)} folders, {planted.total()} faults: "
        f"{sum(bool(t.crash) for t in told)} crashes, "
        f"{sum(bool(t.lost) for t in told)} with rows or values lost without a count, "
        f"{unnamed.total()} faults unnamed, {sum(t.leaks for t in told)} with a name told"
    )
    wrong = [
        f"- seed {t.seed}: {', '.join(p.kind for p in t.planted)}: "
        f"{t.crash or '; '.join((*t.lost, *t.unnamed)) or 'a name was told'}"
        for t in told
        if not t.well
    ]
    text = "\n".join([totals, "", *lines, *([""] if wrong else []), *wrong])
    if out is not None:
        command = f"Made by `evaluasi validate --faults {len(told)}`."
        write_whole(out / "faults.md", f"# Faulty folders\n\n{command}\n\n{text}\n")
    return text


def _one(tables: dict[str, pd.DataFrame], seed: int) -> FolderTold:
    rng = np.random.default_rng([seed, 20250])
    folder, planted = _made(tables, rng)
    with tempfile.TemporaryDirectory() as place:
        data = Path(place)
        _write(folder, data)
        try:
            problems = intake.check(data)
            study: Study | None = None
            try:
                study = intake.study(data, _YEAR)
            except EvaluasiError as e:
                problems += e.problems
            said = "\n".join(p.sentence(lang) for p in problems for lang in ("id", "en"))
        except Exception as e:  # whatever it is, it is what is looked for
            return FolderTold(seed, planted, f"{type(e).__name__}: {e}"[:200])
    unnamed = tuple(p.kind for p in planted if not _named(p, folder, problems))
    lost = () if study is None else tuple(_lost(folder, study, problems))
    return FolderTold(seed, planted, "", lost, unnamed, NAME in said)


def _made(
    tables: dict[str, pd.DataFrame], rng: np.random.Generator
) -> tuple[Folder, tuple[Planted, ...]]:
    files = {}
    for name in damage.TABLES:
        frame = tables[name].astype(object)
        cells = frame.where(frame.notna(), "").astype(str).to_numpy().tolist()
        file = File(name, list(frame.columns), cells)
        file.form = str(rng.choice(_FORMS))
        file.delimiter, file.encoding = _TEXT_FORMS[int(rng.integers(len(_TEXT_FORMS)))]
        if rng.random() < _TITLED:
            file.title = [f"DAFTAR {name.upper()}", ""]
        file.place = "dinas" if rng.random() < _BELOW else ""
        files[name] = file
    folder = Folder(files)
    planted: list[Planted] = []
    wanted = int(rng.integers(1, _MOST_FAULTS + 1))
    for kind in rng.permutation(list(KINDS)):
        if len(planted) == wanted:
            break
        done = _plant(str(kind), folder, rng)
        if done is not None:
            planted.append(done)
    return folder, tuple(planted)


def _plant(kind: str, folder: Folder, rng: np.random.Generator) -> Planted | None:
    try:
        return KINDS[kind](rng, folder)
    except ValueError:
        # No row is left to damage, or an earlier fault took the column.
        return None


def _write(folder: Folder, data: Path) -> None:
    for file in (*folder.files.values(), *folder.copies):
        if file.written:
            _write_file(file, data)
    for name, content in folder.beside.items():
        if content == "<link>":
            (data / name).symlink_to(data / "none")
        elif content == "<pipe>":
            os.mkfifo(data / name)
        else:
            (data / name).write_text(content)


def _write_file(file: File, data: Path) -> None:
    (data / file.place).mkdir(exist_ok=True)
    path = data / file.place / f"{file.name or file.table}.{file.form}"
    width = len(file.header)
    above = [[line, *[""] * (width - 1)] for line in file.title]
    rows = [*above, file.header, *file.rows]
    if file.content is not None:
        path.write_bytes(file.content)
    elif file.form == "xlsx":
        _write_workbook(file, rows, path)
    elif file.form == "xls":
        lines = ("".join(f"<td>{html.escape(c)}</td>" for c in row) for row in rows)
        path.write_text("<table><tr>" + "</tr><tr>".join(lines) + "</tr></table>", encoding="utf-8")
    elif file.form == "parquet":
        named = {f"{i}": [row[i] for row in rows] for i in range(len(file.header))}
        pd.DataFrame(named).to_parquet(path)
    else:
        text = io.StringIO()
        head = pd.DataFrame([*above, file.header])
        text.write(head.to_csv(index=False, header=False, sep=file.delimiter))
        for at, row in enumerate(file.rows):
            as_written = pd.DataFrame([row]).to_csv(index=False, header=False, sep=file.delimiter)
            text.write(file.raw[at] + "\n" if at in file.raw else as_written)
        path.write_bytes(_encoded(text.getvalue(), file.encoding))


def _encoded(text: str, encoding: str) -> bytes:
    """As the file would be written, in letters that hold all of it."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


def _write_workbook(file: File, rows: list[list[str]], path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append([c or None for c in row])
    for place, value in file.cells.items():
        book.active[place] = value
        book.active[place].data_type = {"#": "e", "=": "f"}.get(value[0], "s")
    book.save(path)


def _named(planted: Planted, folder: Folder, problems: Sequence[Problem]) -> bool:
    if planted.file:
        return any(p.file == planted.file for p in problems)
    here = [p for p in problems if planted.table in p.table.split(" / ") or planted.table in p.file]
    at = planted.position
    number = None if at is None else folder.files[planted.table].number(at)
    coded = [p for p in here if p.fault in planted.codes]
    stopped = any(p.stops and p.fault not in ("years_too_few", "year_missing") for p in here)
    # Invitations have no year without their activities; a run that stops for these asks no further.
    undated = planted.table == "peserta" and any(
        p.stops and p.table == "kegiatan" for p in problems
    )
    if number is None:
        return bool(coded) or undated
    return any(number in p.rows for p in coded) or (stopped and not coded and bool(here))


def _lost(folder: Folder, study: Study, problems: Sequence[Problem]) -> list[str]:
    """Tables of which rows are gone that no problem counts, or that hold a value nobody wrote."""
    found = []
    for name, file in folder.files.items():
        written = sum(len(f.rows) for f in (file, *folder.copies) if f.table == name)
        here = [p for p in problems if p.table == name]
        losing = [p for p in here if p.action in _LOSING or p.fault.startswith("duplicate")]
        rows = {(p.file, row) for p in losing for row in p.rows}
        frame = study.table(name)
        if len(frame) + len(rows) < written:
            found.append(f"{name}: {written} rows written, {len(frame)} read, {len(rows)} counted")
        found += [
            f"{name}: {column} holds what nobody wrote"
            for column in _MEASURED.get(name, ())
            if column in file.header and not _all_written(frame[column], file, column, here)
        ]
    return found


def _all_written(read: pd.Series, file: File, column: str, here: Sequence[Problem]) -> bool:
    """Whether each value read was written so, but for those that a problem tells."""
    at = file.column(column)
    true = Counter(round(float(r[at]), 6) for r in file.rows if _is_number(r[at]))
    got = Counter(round(float(v), 6) for v in read.dropna())
    mended = sum(p.count for p in here if p.action == "repaired" and p.column == column)
    return (got - true).total() <= mended


def _is_number(text: str) -> bool:
    try:
        return np.isfinite(float(text))
    except ValueError:
        return False
