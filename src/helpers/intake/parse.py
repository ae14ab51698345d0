"""A folder's files to typed tables: every sheet read, every fault entered, nothing chosen yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypedDict

import pandas as pd

from helpers.contracts import TABLES
from helpers.intake import (
    dealt_again,
    files,
    folders,
    history,
    later_titles,
    layouts,
    misplaced_names,
    not_there,
    reading,
    recognise,
    said_synthetic,
)
from helpers.intake.files import UnreadableFile
from helpers.intake.folders import SUFFIXES, Unread
from helpers.intake.layouts import Layout
from helpers.intake.ledger import Ledger
from helpers.intake.private_names import WithoutPeople
from helpers.intake.pseudonym import Pseudonyms
from helpers.intake.reading import Reading
from helpers.intake.rows import Rows, data_rows
from helpers.intake.sheet import Sheet
from helpers.intake.sheet_read import SheetRead

# A further sheet of fewer rows explains the others.
_ROWS_OF_A_TABLE: Final = 5


@dataclass(frozen=True)
class Identities:
    """NIPs and names of the inputs, held in memory only, for the leak scan and the private list of
    who is invited; ``places`` are file and row where each stands first, ``named`` the latest name
    on the roll of each NIP.
    """

    nips: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Identities({len(self.nips)} NIP, {len(self.names)} names, hidden)"


@dataclass(frozen=True)
class Parsed:
    """Everything a folder holds, typed and pseudonymised, before any year is chosen.

    Rows carry ``_file``, ``_row``, ``_year`` and ``_content`` (a keyed hash of the whole row, to
    tell copies from conflicts); ``events`` are the faults so far; ``unread`` the files that are
    none of the tables, ``sheets`` those that are; ``identities`` is empty when read
    back from disk. ``shown`` is what a file is called whose name tells of a person, by that name's
    pseudonym.
    """

    tables: dict[str, pd.DataFrame]
    events: pd.DataFrame
    unread: tuple[Unread, ...]
    sheets: tuple[SheetRead, ...]
    synthetic: bool
    identities: Identities
    shown: Mapping[str, str] = field(default_factory=dict)


class _Place(TypedDict):
    """Where a fault stands, as the ledger enters it."""

    table: str
    file: str
    sheet: str


def folder(
    data: Path, unsur_order: Sequence[str], pseudonyms: Pseudonyms, *, people_alone: bool = False
) -> Parsed:
    """Read every file of a data folder; faults that stop a run are entered, not raised.

    Parameters
    ----------
    data : the folder; files below it in other folders are read, too.
    unsur_order : the unsur that u1 … u9 stand for, in order (the plan's ``skm.order``).
    pseudonyms : under whose key employees are named.
    people_alone : of tables that name nobody, such as survey forms, no row is read.
    """
    ledger, identities = Ledger(), Identities()
    found: list[tuple[Sheet, Layout]] = []
    parts: dict[str, list[pd.DataFrame]] = {name: [] for name in TABLES}
    synthetic = folders.says_synthetic(data)
    seen_tables: set[str] = set()
    beside: dict[str, tuple[str, ...]] = {}
    sheet_names: set[str] = set()
    inside = folders.contents(data)
    unread = list(inside.unread)
    for note in inside.unread:
        # A link to nothing, or a pipe, under the name of a table is that table, unreadable.
        named = recognise.table_by_name(note.file)
        if named and note.why in ("link", "special") and note.file.lower().endswith(SUFFIXES):
            ledger.add("file_unreadable", named.name, note.file, found=note.why)
    for path in inside.tables:
        name = folders.shown(path, data)
        laid_out, rest = _sheets(path, name, unsur_order, ledger, seen_tables)
        found += laid_out
        sheet_names |= {sheet.name for sheet in (*rest, *(s for s, _ in laid_out))}
        if laid_out:
            unread += [
                not_there.most_alike(f"{name} [{sheet.name}]", sheet)
                for sheet in rest
                if sheet.body.num_rows >= _ROWS_OF_A_TABLE
            ]
            beside[name] = _short(rest)
        elif rest:
            named = recognise.table_by_name(name)
            seen_tables |= {named.name} if named else set()
            if all(sheet.is_blank() for sheet in rest):
                # Nobody knows which table an export that failed was to be.
                ledger.add("file_empty", named.name if named else "", name)
            elif named is None:
                unread.append(not_there.most_alike(name, max(rest, key=lambda s: s.body.num_rows)))
            else:
                not_there.columns(name, named, rest, ledger)
    # Activities first: they date the rows of those who were invited.
    activity_years: dict[str, float] = {}
    sheets_read = []
    for sheet, lay in sorted(found, key=lambda pair: pair[1].table.name != "kegiatan"):
        seen_tables.add(lay.table.name)
        if people_alone and "nip" not in lay.columns and not lay.person_names:
            continue
        synthetic = synthetic or said_synthetic.by(sheet)
        read = _sheet(sheet, lay, activity_years, ledger, pseudonyms)
        if read is not None:
            parts[lay.table.name].append(read.frame)
            # Named once, with the first of the file's tables.
            others = beside.pop(sheet.file, ())
            sheets_read.append(SheetRead.of(sheet, lay, read.frame, others))
            identities.nips.update(read.nips)
            identities.names.update(read.names)
            identities.named.update(read.named)
            for who, row in (*read.nips.items(), *read.names.items()):
                identities.places.setdefault(who, (sheet.file, row))
            if lay.table.name == "kegiatan":
                activity_years |= dict(
                    zip(read.frame["kode_kegiatan"], read.frame["_year"], strict=True)
                )
    not_there.tables(seen_tables, ledger)
    # By people's own numbers, which end here.
    lots = _with_marks(parts["undian"], ledger)
    tables = {name: _together(lots if name == "undian" else f) for name, f in parts.items()}
    tables = misplaced_names.without_names(tables, identities.names, ledger)
    parsed = Parsed(
        tables, ledger.events(), tuple(unread), tuple(sheets_read), synthetic, identities
    )
    all_names = [*(folders.shown(path, data) for path in inside.tables), *(u.file for u in unread)]
    return _without_people(parsed, all_names, sheet_names, pseudonyms)


def _without_people(
    parsed: Parsed, files_: Sequence[str], sheets: Collection[str], pseudonyms: Pseudonyms
) -> Parsed:
    """What was read, with no person in the names of files and sheets."""
    hidden = WithoutPeople.of(files_, sheets, parsed.identities.names)
    if not hidden:
        return parsed
    places = parsed.identities.places
    for who, (file, row) in places.items():
        places[who] = (hidden.files.get(file, file), row)
    return replace(
        parsed,
        tables={n: hidden.frame(f, "_file", "_sheet") for n, f in parsed.tables.items()},
        events=hidden.frame(parsed.events, "file", "sheet"),
        unread=tuple(hidden.unread(one) for one in parsed.unread),
        sheets=tuple(hidden.read(one) for one in parsed.sheets),
        shown={pseudonyms.of(file): shown for file, shown in hidden.files.items()},
    )


def _sheets(
    path: Path, name: str, unsur_order: Sequence[str], ledger: Ledger, seen: set[str]
) -> tuple[list[tuple[Sheet, Layout]], list[Sheet]]:
    """A file's sheets that are tables, with how they are laid out, and its other sheets."""
    try:
        sheets = files.read(path, name)
    except UnreadableFile as e:
        named = recognise.table_by_name(name)
        ledger.add("file_unreadable", named.name if named else "", name, found=str(e))
        seen |= {named.name} if named else set()
        return [], []
    tables: list[tuple[Sheet, Layout]] = []
    rest: list[Sheet] = []
    for sheet in sheets:
        attended = history.tables(sheet, unsur_order, ledger)
        lay = None if attended else layouts.layout(sheet, unsur_order)
        found = attended or ([(sheet, lay)] if lay is not None else [])
        tables += found
        rest += [] if found else [sheet]
    return tables, rest


def _short(sheets: Sequence[Sheet]) -> tuple[str, ...]:
    """The names of sheets too short to be a table that was missed, but for blank ones."""
    short = (s for s in sheets if s.name and s.body.num_rows < _ROWS_OF_A_TABLE)
    return tuple(sheet.name for sheet in short if not sheet.is_blank())


def _sheet(
    sheet: Sheet,
    lay: Layout,
    activity_years: Mapping[str, float],
    ledger: Ledger,
    pseudonyms: Pseudonyms,
) -> Reading | None:
    """The rows of one sheet, read; None where the sheet itself stops the run."""
    at = _Place(table=lay.table.name, file=sheet.file, sheet=sheet.name)
    header = [sheet.header_row]
    headers = not_there.headers(sheet.above[-1])
    for name in lay.missing:
        field = name.partition("(")[2].rstrip(")") or name
        ledger.add("column_missing", **at, column=name, rows=header, found=headers, field=field)
    for name in lay.duplicates:
        ledger.add("header_duplicate", **at, column=name, rows=header)
    if lay.year_conflict:
        ledger.add(
            "year_conflict", **at, column="tahun", found=" / ".join(map(str, lay.year_conflict))
        )
    rows = history.first_of_each(data_rows(sheet, lay))
    there = len(rows.numbers) + len(rows.torn) + len(rows.far)
    if not there:
        ledger.add("file_empty", **at)
    if lay.missing or lay.duplicates or lay.year_conflict or not there:
        return None
    if other := later_titles.other_year(rows):
        both = f"{lay.year} / {other[1]}"
        ledger.add("year_conflict", **at, column="tahun", rows=[other[0]], found=both)
        return None
    read = reading.read(rows, activity_years, pseudonyms)
    _enter(read, rows, at, ledger)
    oldest = float(read.frame["_year"].min()) if len(read.frame) else float("nan")
    if lay.once:
        # The same rows are read again as attendances, and what is wrong with them told then.
        return read
    # What belongs to the file as a whole is counted from the first year that the file speaks of.
    for name, _ in lay.personal:
        ledger.add("column_not_needed", **at, column=name, rows=header, years=oldest)
    ledger.add("row_not_data", **at, rows=rows.dropped, years=oldest)
    ledger.add("row_not_data", **at, rows=rows.torn, years=oldest, action="excluded")
    ledger.add("row_not_data", **at, rows=rows.far, years=oldest, action="excluded", why="far")
    ledger.add("row_not_data", **at, rows=rows.short, years=oldest, action="warned")
    return read


def _enter(read: Reading, rows: Rows, at: _Place, ledger: Ledger) -> None:
    for met in read.met:
        shown = rows.layout.headers.get(met.column, met.column)
        hit, years = rows.numbers[met.hit], read.years[met.hit]
        ledger.add(
            met.fault,
            **at,
            column=shown,
            rows=hit,
            years=years,
            found=met.found,
            values=met.values,
            action=met.action,
            why=met.why,
            field=met.column,
        )


def _with_marks(draws: list[pd.DataFrame], ledger: Ledger) -> list[pd.DataFrame]:
    """Draws of people as one table, with what dealing their lots again says of each row."""
    if not any("benih" in draw for draw in draws):
        return draws
    joined = pd.concat(draws, ignore_index=True)
    return [joined.assign(_mark=dealt_again.marks(joined, "undian", ledger))]


def _together(frames: list[pd.DataFrame]) -> pd.DataFrame:
    if not frames:
        return pd.DataFrame(columns=["_row", "_file", "_sheet", "_year", "_content"])
    joined = pd.concat(frames, ignore_index=True)
    # Sorted by identity, not by pseudonym: no result may depend on the key.
    order = [c for c in ("_order", "_year", "_file", "_row") if c in joined]
    return joined.sort_values(order, kind="stable", ignore_index=True).drop(
        columns=[c for c in ("_order",) if c in joined]
    )
