"""The first mistakes that a person makes in the Lab, told in a sentence instead of a traceback."""

from __future__ import annotations

import difflib
import re
from collections.abc import Container
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:  # every kernel of the Lab starts with this file, whatever its notebook needs
    from helpers.contracts import EvaluasiError

_OURS: Final = (NameError, SyntaxError, KeyError, AttributeError)
# A path of Windows, or one from the root, that stands without quotes.
_BARE_PATH: Final = re.compile(r"=\s*(?:[A-Za-z]:[\\/]|/\w|\\\\)")


def heed(shell: Any) -> None:
    """Tell a name that is not known, a cell that cannot be read and a column that is not there in a
    sentence; every other error is shown as ever.

    Parameters
    ----------
    shell : IPython's own, of a kernel that has just started.
    """
    shell.set_custom_exc(_OURS, _shown)


def _shown(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    way: TracebackType | None,
    tb_offset: int | None = None,
) -> None:
    told = None if hasattr(error, "_render_traceback_") else _told(shell, error, way)
    if told is None:
        shell.showtraceback((kind, error, way), tb_offset=tb_offset, running_compiled_code=True)
    else:
        shell._showtraceback(type(told), told, told._render_traceback_())


def _told(shell: Any, error: BaseException, way: TracebackType | None) -> EvaluasiError | None:
    if isinstance(error, SyntaxError):
        return _unread(error)
    if isinstance(error, NameError) and error.name:
        return _unknown(error.name, shell.user_ns, shell.user_ns_hidden)
    table = _table_on(way)
    asked = error.args[0] if isinstance(error, KeyError) and error.args else None
    name = getattr(error, "name", None) or asked
    return None if table is None or not isinstance(name, str) else _no_column(name, table)


def _unread(error: SyntaxError) -> EvaluasiError:
    from helpers.contracts import EvaluasiError, Text

    line, text = error.lineno or 1, error.text or ""
    if "unicodeescape" in str(error) or _BARE_PATH.search(text):
        why = Text(
            'jalur ditulis dalam tanda kutip dan dengan garis miring /, misalnya "C:/Users/data"',
            'a path stands in quotes and has slashes /, for example "C:/Users/data"',
        )
    else:
        why = Text(
            "periksa tanda kutip, kurung, dan koma di baris itu dan sebelumnya",
            "look at the quotes, brackets and commas of that line and the one before",
        )
    return EvaluasiError(
        Text(
            f"Sel ini tidak terbaca, baris {line}: {why.id}.",
            f"This cell cannot be read, line {line}: {why.en}.",
        )
    )


def _unknown(name: str, there: dict[str, Any], hidden: Container[str]) -> EvaluasiError:
    from helpers.contracts import EvaluasiError, Text

    known = [n for n in there if n not in hidden and not n.startswith("_")]
    if any(name in columns(value) for value in there.values()):
        hint = Text(
            f'Nama kolom ditulis dalam tanda kutip: "{name}".',
            f'The name of a column stands in quotes: "{name}".',
        )
    elif near := difflib.get_close_matches(name, known, n=1):
        hint = Text(f"Maksudnya {near[0]}?", f"Did you mean {near[0]}?")
    else:
        hint = Text(
            "Jalankan dulu sel-sel di atasnya (menu Run, Run All Cells), atau periksa ejaannya.",
            "Run the cells above first (menu Run, Run All Cells), or look at the spelling.",
        )
    return EvaluasiError(
        Text(f"{name} belum dikenal. {hint.id}", f"{name} is not known yet. {hint.en}")
    )


def _no_column(name: str, table: Any) -> EvaluasiError:
    from helpers.contracts import EvaluasiError, Text

    there = columns(table)
    methods = [m for m in dir(type(table)) if not m.startswith("_")]
    near = difflib.get_close_matches(name, [*there, *methods], n=1)
    meant = Text(f" Maksudnya {near[0]}?", f" Did you mean {near[0]}?") if near else Text()
    listed = ", ".join(there)
    return EvaluasiError(
        Text(
            f"Tidak ada kolom {name}.{meant.id} Yang ada: {listed}.",
            f"There is no column {name}.{meant.en} There are {listed}.",
        )
    )


def _table_on(way: TracebackType | None) -> Any:
    """The table that somebody's own cell asked; None where the house's code did, or there is
    none.
    """
    found = None
    while way is not None:
        frame, way = way.tb_frame, way.tb_next
        if str(frame.f_globals.get("__name__", "")).startswith("helpers"):
            return None
        here = frame.f_locals.get("self")
        found = here if columns(here) else found
    return found


def columns(value: object) -> list[str]:
    """The columns of a table of pandas; none of anything else.

    Parameters
    ----------
    value : whatever it is.
    """
    if type(value).__name__ != "DataFrame":
        return []
    return [c for c in list(getattr(value, "columns", ())) if isinstance(c, str)]
