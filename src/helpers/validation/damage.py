"""Kinds of damage that folders come with: each changes the files and says what must be named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

TABLES: Final = ("unit", "pegawai", "kegiatan", "peserta", "kinerja", "skm")
NAME: Final = "Kartika Dewi Anggraini"
_STRANGER: Final = "199001012015031009"


@dataclass(slots=True)
class File:
    """One table on its way into a folder: cells, and how they will be written."""

    table: str
    header: list[str]
    rows: list[list[str]]
    name: str = ""
    form: str = "csv"
    delimiter: str = ","
    encoding: str = "utf-8"
    title: list[str] = field(default_factory=list)
    place: str = ""
    raw: dict[int, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None
    written: bool = True
    used: set[int] = field(default_factory=set)

    def column(self, name: str) -> int:
        """The position of a column."""
        return self.header.index(name)

    def number(self, position: int) -> int:
        """The number in the file of a row of data; Parquet's names stand above all else."""
        return len(self.title) + 2 + position + (self.form == "parquet")


@dataclass(slots=True)
class Folder:
    """The files of a folder by table, and what lies beside them: name to content or kind."""

    files: dict[str, File]
    beside: dict[str, str] = field(default_factory=dict)
    copies: list[File] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Planted:
    """What was done: any of these codes names it, in that table or file, and at that row where it
    has one.
    """

    kind: str
    codes: frozenset[str]
    table: str
    position: int | None = None
    file: str = ""


Damage = Callable[[np.random.Generator, Folder], Planted | None]


def _free_row(rng: np.random.Generator, file: File) -> int:
    free = [i for i in range(len(file.rows)) if i not in file.used]
    at = int(rng.choice(free))
    file.used.add(at)
    return at


def _cell(kind: str, codes: str, table: str, column: str, *values: str) -> tuple[str, Damage]:
    """A value replaced in one row."""

    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        file = folder.files[table]
        at, column_at = _free_row(rng, file), file.column(column)
        value = str(rng.choice(list(values)))
        file.rows[at][column_at] = value.replace("{old}", file.rows[at][column_at])
        return Planted(kind, frozenset(codes.split()), table, at)

    return kind, damage


def _row(
    kind: str, codes: str, change: Callable[[list[str], File], list[str]], *tables: str
) -> tuple[str, Damage]:
    """A row added at the end, made from one that is there."""

    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        file = folder.files[str(rng.choice(list(tables)))]
        at = _free_row(rng, file)
        file.rows.append(change(list(file.rows[at]), file))
        file.used.add(len(file.rows) - 1)
        return Planted(kind, frozenset(codes.split()), file.table)

    return kind, damage


def _line(kind: str, change: Callable[[str], str], *tables: str) -> tuple[str, Damage]:
    """A line of delimited text damaged as text."""

    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        file = folder.files[str(rng.choice(list(tables)))]
        if file.cells:
            return None
        file.form, at = "csv", _free_row(rng, file)
        file.raw[at] = change(file.delimiter.join(file.rows[at]))
        return Planted(kind, frozenset({"row_not_data"}), file.table, at)

    return kind, damage


def _whole(
    kind: str, codes: str, change: Callable[[File], None], *tables: str
) -> tuple[str, Damage]:
    """A file damaged as a whole; nothing else is planted in it."""

    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        file = folder.files[str(rng.choice(list(tables)))]
        if file.used or not file.written or file.content is not None:
            return None
        change(file)
        # -1 stands for the file itself: whatever is left of it, nothing more is planted there.
        file.used |= {-1, *range(len(file.rows))}
        return Planted(kind, frozenset(codes.split()), file.table)

    return kind, damage


def _beside(kind: str, name: str, content: str, codes: str = "file_unread") -> tuple[str, Damage]:
    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        folder.beside[name] = content
        return Planted(kind, frozenset(codes.split()), "", file=name)

    return kind, damage


def _set(column: str, value: str) -> Callable[[list[str], File], list[str]]:
    def change(row: list[str], file: File) -> list[str]:
        row[file.column(column)] = value
        return row

    return change


def _fill(column: str, value: str) -> Callable[[File], None]:
    def change(file: File) -> None:
        for row in file.rows:
            row[file.column(column)] = value

    return change


def _header(column: str, value: str) -> Callable[[File], None]:
    def change(file: File) -> None:
        file.header[file.column(column)] = value

    return change


def _content(content: bytes, form: str) -> Callable[[File], None]:
    def change(file: File) -> None:
        file.content, file.form = content, form

    return change


def _absent(file: File) -> None:
    file.written = False


def _month_first(file: File) -> None:
    at = file.column("tanggal")
    for row in file.rows:
        row[at] = f"{row[at][5:7]}/{max(13, int(row[at][8:]))}/{row[at][:4]}"


def _spreadsheet_cell(
    kind: str, codes: str, place: str, value: str, *tables: str
) -> tuple[str, Damage]:
    def damage(rng: np.random.Generator, folder: Folder) -> Planted | None:
        file = folder.files[str(rng.choice(list(tables)))]
        if file.raw or file.content is not None or not file.written:
            return None
        file.form, at = "xlsx", _free_row(rng, file)
        file.cells[place.replace("{row}", str(file.number(at)))] = value
        return Planted(
            kind, frozenset(codes.split()), file.table, None if "1048576" in place else at
        )

    return kind, damage


def _copied(rng: np.random.Generator, folder: Folder) -> Planted | None:
    file = folder.files["skm"]
    if file.used or file.content is not None:
        return None
    file.used |= set(range(len(file.rows)))
    folder.copies.append(
        File("skm", list(file.header), [list(r) for r in file.rows], name="skm (1)")
    )
    return Planted("survey file twice", frozenset({"duplicate_identical"}), "skm")


def _renamed(rng: np.random.Generator, folder: Folder) -> Planted | None:
    file = folder.files["unit"]
    if file.used or file.content is not None:
        return None
    file.used |= set(range(len(file.rows)))
    rows = [list(r) for r in file.rows]
    rows[0][file.column("nama_unit")] += " Baru"
    folder.copies.append(File("unit", list(file.header), rows, name="unit_2024"))
    return Planted("unit renamed in a newer file", frozenset({"duplicate_conflicting"}), "unit")


def _blank(row: list[str], file: File) -> list[str]:
    # A spreadsheet does not store an empty last row.
    file.form = "csv" if file.form == "xlsx" and not file.cells else file.form
    return ["" for _ in row]


_KEPT: Final = ("pegawai", "kinerja", "peserta", "kegiatan", "unit")
_LONG: Final = ("pegawai", "kinerja", "skm", "peserta")
KINDS: Final[dict[str, Damage]] = dict(
    (
        _cell("NIP with a sign", "nip_format", "kinerja", "nip", "'{old}", "{old}.0", "{old}-"),
        _cell("NIP rounded", "nip_rounded", "pegawai", "nip", "1.98503E+17", "198503152010011000"),
        _cell("NIP rounded in kinerja", "nip_rounded", "kinerja", "nip", "1,98503E+17"),
        _cell("NIP cut", "nip_format", "kinerja", "nip", "12345", "", "x"),
        _cell("name for NIP", "nip_format", "peserta", "nip", NAME),
        _cell("name for attendance", "out_of_scale", "peserta", "kehadiran", NAME),
        _cell("unknown attendance", "out_of_scale", "peserta", "kehadiran", "Lunas", "?!"),
        _cell("unknown unit", "unit_unknown", "pegawai", "kode_unit", "X999", NAME, ""),
        _cell("unknown unit of a form", "unit_unknown", "skm", "kode_unit", "X999", "Loket Entah"),
        _cell("score off scale", "out_of_scale", "kinerja", "nilai_skp", "640", "-3", "baik sekali"),
        _cell("share off scale", "out_of_scale", "kinerja", "tepat_waktu", "1.7", "abc"),
        _cell("days off scale", "out_of_scale", "kinerja", "hari_kerja", "0", "400"),
        _cell("answer off scale", "out_of_scale", "skm", "u4", "7", "0", "2.5", "entah"),
        _cell("test off scale", "out_of_scale", "peserta", "nilai_post", "640", "A"),
        _cell("hours off scale", "out_of_scale", "kegiatan", "jp", "-24", "banyak"),
        _cell("day that is none", "date_impossible", "skm", "tanggal", "2024-02-31", "00/00/0000", "kemarin", "2204-03-01"),
        _cell("day of an activity", "date_impossible", "kegiatan", "tanggal_mulai", "31 Februari 2024", ""),
        _cell("end before start", "date_order", "kegiatan", "tanggal_selesai", "2001-01-01"),
        _cell("year that is none", "out_of_scale", "kinerja", "tahun", "20x4", ""),
        _cell("marker", "missing_marker", "kinerja", "output", "-", "n/a", "Kosong"),
        _cell("per cent", "number_format", "kinerja", "tepat_waktu", "87%", "87,5 %"),
        _cell("thousands dot", "number_format", "kinerja", "output", "1.234"),
        _cell("numbered label", "number_format", "skm", "u1", "3 - Baik", "🙂", "★★★"),
        _cell("formula", "text_escaped", "skm", "pekerjaan", '=HYPERLINK("x")', "<b>x</b>", "@SUM(A1)"),
        _cell("sex that contradicts", "nip_contradicts", "pegawai", "tanggal_lahir", "1901-01-01"),
        _row("copy", "duplicate_identical", lambda row, _: row, *_KEPT),
        _row("conflict of scores", "duplicate_conflicting", _set("nilai_skp", "1"), "kinerja"),
        _row("conflict of attendance", "duplicate_conflicting", _set("nilai_post", "1"), "peserta"),
        _row("conflict of units", "duplicate_conflicting", _set("nama_unit", "Lain"), "unit"),
        _row("stranger", "nip_unknown", _set("nip", _STRANGER), "kinerja", "peserta"),
        _row("unknown activity", "out_of_scale", _set("kode_kegiatan", "ZZ99"), "peserta"),
        _row("blank line", "row_not_data", _blank, *_LONG),
        _row("total", "row_not_data", lambda row, _: ["Jumlah", *("" for _ in row[1:])], *_LONG, "kegiatan"),
        _row("header again", "row_not_data", lambda _, file: list(file.header), *_LONG),
        _row("unit without code", "out_of_scale", _set("kode_unit", ""), "unit"),
        _line("unclosed quote", lambda line: f'"{line}', *_LONG),
        _line("row cut short", lambda line: line[: len(line) // 3], "pegawai", "kinerja"),
        _line("cell too many", lambda line: f"{line},9;9\t9|9", *_LONG),
        _whole("column missing", "column_missing", _header("nip", "zzz"), "pegawai", "kinerja", "peserta"),
        _whole("unsur missing", "column_missing", _header("u4", "zzz"), "skm"),
        _whole("header twice", "header_duplicate", _header("hari_kerja", "nilai_skp"), "kinerja"),
        _whole("attendance unknown in mass", "mass_loss", _fill("kehadiran", "Lunas"), "peserta"),
        _whole("scale of five", "mass_loss", _fill("u3", "5"), "skm"),
        _whole("ratings unknown in mass", "mass_loss", _fill("predikat", "Ajaib"), "kinerja"),
        _whole("units unknown in mass", "mass_loss", _fill("kode_unit", "X1"), "pegawai"),
        _whole("month first", "month_first", _month_first, "skm"),
        _whole("no rows", "file_empty", lambda file: file.rows.clear(), *TABLES),
        _whole("empty file", "file_empty", _content(b"", "csv"), *TABLES),
        _whole("broken spreadsheet", "file_unreadable", _content(b"PK\x03\x04 broken", "xlsx"), *TABLES),
        _whole("locked spreadsheet", "file_unreadable", _content(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "xls"), *TABLES),
        _whole("broken columns", "file_unreadable", _content(b"PAR1 no", "parquet"), *TABLES),
        _whole("zero bytes", "file_unreadable", _content(b"a\x00b,c", "csv"), *TABLES),
        _whole("table absent", "table_missing", _absent, "unit", "pegawai"),
        _whole("personal column", "column_not_needed", _header("pendidikan", "NIK"), "pegawai"),
        _spreadsheet_cell("error cell", "out_of_scale", "C{row}", "#REF!", "kinerja"),
        _spreadsheet_cell("error in a text", "out_of_scale", "D{row}", "#REF!", "kegiatan"),
        _spreadsheet_cell("missing by formula", "missing_marker", "C{row}", "#N/A", "kinerja"),
        _spreadsheet_cell("formula without result", "out_of_scale", "C{row}", "=1+1", "kinerja"),
        _spreadsheet_cell("stray cell", "row_not_data", "B1048576", "x", "kinerja", "skm"),
        _spreadsheet_cell("far cell", "row_not_data", "XFD1048576", "x", "pegawai", "unit"),
        _beside("archive", "data lama.zip", "PK\x03\x04"),
        _beside("letter", "surat pengantar.docx", "PK\x03\x04"),
        _beside("list of something else", "inventaris.csv", "barang,jumlah\nmeja,3\n"),
        _beside("link to nothing", "arsip.csv", "<link>"),
        _beside("pipe", "antrean.csv", "<pipe>"),
        ("survey file twice", _copied),
        ("unit renamed in a newer file", _renamed),
    )
)  # fmt: skip
