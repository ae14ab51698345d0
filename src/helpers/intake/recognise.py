"""Which table a sheet is, and where its header stands."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from helpers.contracts import PLACED, TABLES, UNIT_NAME_HEADERS, InputTable, codes
from helpers.intake import header_names
from helpers.intake.sheet import Grid, Sheet
from helpers.intake.values import is_empty

HEADER_ROWS_SEARCHED: Final = 40
# What a column may be called: begins with a letter and is no sentence.
_NAME_LIKE = re.compile(r"^[^\W\d_][^\n]{0,60}$")
_OF_NO_PERSON = re.compile(r"unit|unor|satuan|satker|opd|instansi|kegiatan|diklat|pelatihan")
# What lists people for another reason than to be their roll.
_OF_PEOPLE: Final = ("kinerja", "peserta", "undian")
# What a training history says of each attendance.
_OF_HISTORY: Final = ("nip", "nama_kegiatan", "tanggal_mulai", "jp")


@dataclass(frozen=True, slots=True)
class Header:
    """The row that looks most like a known table's header: its position, the table, how well they
    match, and its cells, those of a header in two rows put together.
    """

    row: int
    table: InputTable
    points: float
    cells: tuple[object, ...] = ()


def header(grid: Grid, file: str = "") -> Header | None:
    """The header among the first rows of a grid, or None where no row names columns of a table.

    Parameters
    ----------
    grid : rows from the top; those beyond the fortieth are not looked at.
    file : the file's name, which speaks for a table but proves none.
    """
    named = table_by_name(file) if file else None
    best: Header | None = None
    for i, row in enumerate(grid[:HEADER_ROWS_SEARCHED]):
        found = _best_table(i, row, named)
        both = _in_two_rows(grid, i, found, named)
        for header_ in (found, both):
            if header_ and header_.points >= 2 and (best is None or header_.points > best.points):
                best = header_
    return best


def most_like(sheet: Sheet, table: InputTable) -> Sequence[object]:
    """The row of a sheet without a header that names most columns of a table; nothing where none
    names two, nor the first of them one: a row of data must not be taken for headers and shown.

    Parameters
    ----------
    sheet : all of it is body.
    table : which the file's name speaks of.
    """
    rows = [*sheet.above, *sheet.first(HEADER_ROWS_SEARCHED)]
    best = max(rows, key=lambda row: len(header_names.columns_named(row, table)), default=())
    first = next((row for row in rows if any(header_names.keys_of(row))), ())
    return best if len(header_names.columns_named(best, table)) > (best is not first) else ()


def lacked(row: Sequence[object], table: InputTable) -> tuple[str, ...]:
    """What a row would have to name besides to be the header of a table.

    A row of activities that says who came is held to be a training history, which needs no code.

    Parameters
    ----------
    row : cells.
    table : of which it names columns.
    """
    known, needed = header_names.columns_named(row, table), table.required_columns
    if table.name in ("kegiatan", "peserta") and "kode_kegiatan" not in known:
        whose = header_names.columns_named(row, TABLES["peserta"])
        known |= header_names.columns_named(row, TABLES["kegiatan"]) | whose
        needed = _OF_HISTORY if "nip" in whose else needed
    return tuple(name for name in needed if name not in known)


def _best_table(at: int, row: Sequence[object], named: InputTable | None) -> Header | None:
    keys = header_names.keys_of(row)
    if sum(bool(k) for k in keys) < 2:
        return None
    names = {name: header_names.known_in(table, keys) for name, table in TABLES.items()}
    points = {
        table.name: _points(table, keys, names) + (0.5 if named is table else 0.0)
        for table in TABLES.values()
    }
    if _of_history(names["kegiatan"], names["peserta"]):
        points["kegiatan"] = max(points["kegiatan"], 3.0 + points["kegiatan"])
    if named is not TABLES["pegawai"] and any(_whole(TABLES[n], names[n]) for n in _OF_PEOPLE):
        # A list of scores or of those invited often says unit, rank and post, too.
        points["pegawai"] = 0.0
    name = max(points, key=lambda n: points[n])
    return Header(at, TABLES[name], points[name], tuple(row))


def _whole(table: InputTable, have: set[str]) -> bool:
    """Whether these are all columns that a table of people needs, and what it is there for."""
    return set(table.required_columns) - {"tahun"} <= have and table.says_something(have)


def _in_two_rows(
    grid: Grid, at: int, upper: Header | None, named: InputTable | None
) -> Header | None:
    """A row and the next as one header, where the next names what the first leaves open: a merged
    title over several columns, each with a name of its own below.
    """
    if at + 1 >= min(len(grid), HEADER_ROWS_SEARCHED):
        return None
    top, bottom = list(grid[at]), list(grid[at + 1])
    said = [c for c in bottom if not is_empty(c)]
    if len(said) < 2 or not all(isinstance(c, str) and _NAME_LIKE.match(c.strip()) for c in said):
        return None
    width = max(len(top), len(bottom))
    top += [""] * (width - len(top))
    bottom += [""] * (width - len(bottom))
    joined: list[object] = []
    over: object = ""
    misleads = False
    for above, below in zip(top, bottom, strict=True):
        over = over if is_empty(above) else above
        whole = f"{over} {below}"
        name_of_else = _names_no_person(below, over)
        misleads |= name_of_else
        if is_empty(below):
            joined.append(above)
        elif is_empty(over) or (_names_alone(below) and not name_of_else):
            joined.append(below)
        elif any(_is_known(table, whole) for table in TABLES.values()):
            joined.append(whole)
        elif not is_empty(above) and any(_is_known(t, above) for t in TABLES.values()):
            # Something unknown stands below a name that is known by itself: a row of data.
            return None
        else:
            joined.append(whole)
    found = _best_table(at + 1, joined, named)
    below_alone = _best_table(at + 1, bottom, named)
    rivals = [h.points for h in (upper, below_alone) if h is not None]
    # By itself the second row would have a unit's name for a person's.
    least = max(rivals, default=0.0) - (0.1 if misleads else 0.0)
    return found if found and found.points > least else None


def _names_alone(header: object) -> bool:
    """Whether a sub-header says by itself what it is."""
    number = bool(header_names.UNSUR_NUMBER.match(codes.key(header)))
    return number or any(_is_known(table, header) for table in TABLES.values())


def _names_no_person(header: object, over: object) -> bool:
    """Whether a sub-header "Nama" is that of a unit or an activity, by what stands over it."""
    return codes.key(header) == "nama" and bool(_OF_NO_PERSON.search(codes.key(over)))


def _is_known(table: InputTable, header: object) -> bool:
    return header_names.known_headers(table.name).get(codes.key(header)) is not None


def is_history(row: Sequence[object]) -> bool:
    """Whether a row is the header of a training history: who, what, when and how long, but no code
    of the activity.

    >>> is_history(["NIP", "Nama Diklat", "Tanggal Mulai", "Jumlah Jam"])
    True
    """
    activity, person = (
        header_names.columns_named(row, TABLES[name]) for name in ("kegiatan", "peserta")
    )
    return _of_history(activity, person)


def _of_history(activity: set[str], person: set[str]) -> bool:
    both = activity | (person & {"nip"})
    return both.issuperset(_OF_HISTORY) and "kode_kegiatan" not in activity


def score(grid: Grid) -> float:
    """How well the best row of the grid matches the best table; 0 for nothing known."""
    found = header(grid)
    return found.points if found else 0.0


def table_by_name(file: str) -> InputTable | None:
    """The table that a file's name speaks of.

    >>> table_by_name("Data Pegawai 2023.xlsx").name, table_by_name("surat.docx")
    ('pegawai', None)
    >>> table_by_name("undian_unit_2025.csv").name
    'undian_unit'
    """
    stem = codes.key(file.rsplit("/", 1)[-1].rsplit(".", 1)[0])
    words = {"datapegawai": "pegawai", "survei": "skm", "survey": "skm"}
    own = sorted(((codes.key(t), t) for t in TABLES if t != "unit"), key=lambda of: -len(of[0]))
    for word, name in [*own, *words.items(), ("unit", "unit")]:
        if word in stem:
            return TABLES[name]
    return None


def _points(table: InputTable, keys: list[str], names: Mapping[str, set[str]]) -> float:
    """Columns that the row has, less what it lacks of the required ones."""
    have = set(names[table.name])
    if table.name == "unit" and "nip" in names["pegawai"]:
        return 0.0
    if table.name in PLACED and any(k in UNIT_NAME_HEADERS for k in keys):
        have.add("kode_unit")
    required = set(table.required_columns) - {"tahun"}
    if not have or len(have & required) < min(2, len(required)) / 2:
        return 0.0
    return len(have) - 1.5 * len(required - have) / max(1, len(required)) * min(4, len(required))
