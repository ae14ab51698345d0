"""The data dictionary (data/README.md), made from the columns, aliases and faults of the
contracts.
"""

from __future__ import annotations

from helpers.contracts import codes
from helpers.contracts.fault_words import CHANGED_DRAW
from helpers.contracts.faults import FAULTS
from helpers.contracts.tables import TABLES, UNIT_NAME_HEADERS, Column, InputTable
from helpers.contracts.unread_files import UNREAD

_INTRO = """\
# Data

| folder | holds | in git |
| --- | --- | --- |
| `sample/` | a synthetic region, labelled so; made by `evaluasi sample --out data/sample` | yes |
| `published/` | real data of published studies, for `evaluasi validate` | yes |
| `raw/` | your exports: put them here, they are never changed | no |
| `prepared/` | tables once read, pseudonymised; may be deleted at any time | no |
| `private/` | the key of the pseudonyms, lists with names, and the notebooks that you work on in the Lab | no |

This page is made from the contracts (`make dictionary`); a test proves it current.

## Files

A table is one file or several, in the folder or below it. CSV (comma, semicolon, tab or pipe; UTF-8 or Windows-1252),
XLSX, XLS, ODS or an HTML table named .xls (any sheet, title rows above the header, a header in two rows) or Parquet.
A file that is none of the tables is named with the reason. A training history (one row an attendance: NIP, name, kind,
date and hours, no code) gives both `kegiatan` and `peserta`; unless it says how invitations were answered, it tells who
attended, and nothing of who was invited, stayed away or refused. Attendances of one name, kind and first day
are one activity, with the hours and the last day that most of them say. Its themes are the activities' names without
their kind, batch and year. Headers match without regard to case, spaces, dots or underscores, and under the aliases below.
A table is known by its columns first and its file name second. Dates: `yyyy-mm-dd`, `dd/mm/yyyy`, `dd-mm-yyyy`
with or without a time, Indonesian month names, Excel serials; day before month always. `*` = required.
Where `tahun` is not a column it is read from the title rows or the file name.

Only `unit`, `pegawai` and one of `kinerja`/`skm` are needed to run.
"""
_PERSONAL = "## Columns that are dropped at reading\n\nAn evaluation must not hold them: "


def data_dictionary() -> str:
    """The whole page."""
    tables = "\n".join(_table(t) for t in TABLES.values())
    personal = ", ".join(f"`{c}`" for c in sorted(codes.PERSONAL_COLUMNS))
    units = ", ".join(f"`{h}`" for h in UNIT_NAME_HEADERS)
    return (
        f"{_INTRO}\n## Tables\n\n{tables}\nA unit may be given by name instead of code, under: {units}.\n\n"
        f"{_answers()}\n{_PERSONAL}{personal}.\n\n{_faults()}"
    )


def _table(table: InputTable) -> str:
    rows = "".join(_row(c) for c in table.columns)
    one_of = " or ".join("+".join(f"`{c}`" for c in group) for group in table.one_of)
    need = f"\nAt least one of: {one_of}.\n" if one_of else ""
    needed = "required" if table.required else "optional"
    return (
        f"### `{table.name}` ({needed}): {table.row.en}\n\n{table.row.id.capitalize()}.\n\n"
        "| column | what | apa | values | also known as |\n| --- | --- | --- | --- | --- |\n"
        f"{rows}{need}"
    )


def _row(column: Column) -> str:
    star = "*" if column.required else ""
    allowed = column.expected.en
    aliases = ", ".join(a.replace("|", "/") for a in column.aliases)
    return f"| `{column.name}`{star} | {column.about.en} | {column.about.id} | {allowed} | {aliases} |\n"


def _answers() -> str:
    rows = "".join(f"| `{u}` | {' | '.join(codes.ANSWERS[u])} |\n" for u in codes.UNSUR)
    return (
        "### Answers of the survey\n\nA form may hold 1–4 or these labels; `u1` … `u9` are read in the order of the plan's "
        "`skm.order`; a header that is the question's text is known by its words.\n\n"
        f"| unsur | 1 | 2 | 3 | 4 |\n| --- | --- | --- | --- | --- |\n{rows}"
    )


def _faults() -> str:
    rows = "".join(
        f"| `{f.code}` | {f.what.en} | {f.action} | {f.remedy.en} |\n"
        for f in (*FAULTS.values(), CHANGED_DRAW, *UNREAD.values())
    )
    return f"## Faults and what happens\n\n| code | what it is | what happens | how to mend it |\n| --- | --- | --- | --- |\n{rows}"


if __name__ == "__main__":
    print(data_dictionary(), end="")
