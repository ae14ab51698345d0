"""One family of type in pages, pictures and documents: Public Sans (SIL Open Font License), in two
static cuts that lie beside this file.
"""

from __future__ import annotations

import base64
import functools
import unicodedata
from pathlib import Path
from typing import Final

FAMILY: Final = "Public Sans"
# For letters and signs that it lacks.
FALLBACK: Final = "DejaVu Sans"
REGULAR: Final = 400
BOLD: Final = 600
FOLDER: Final = Path(__file__).parent / "type"
_UNKNOWN: Final = "□"
# Without a picture of their own: variation selectors; besides, whatever is of format or control.
_SILENT: Final = frozenset(range(0xFE00, 0xFE10))
_UNSEEN: Final = ("Cc", "Cf", "Cs")


def ttf(weight: int) -> Path:
    """A cut for programs that draw.

    Parameters
    ----------
    weight : `REGULAR` or `BOLD`.
    """
    return FOLDER / f"PublicSans-{weight}.ttf"


def woff2(weight: int) -> Path:
    """The same cut for browsers.

    Parameters
    ----------
    weight : `REGULAR` or `BOLD`.
    """
    return FOLDER / f"PublicSans-{weight}.woff2"


@functools.cache
def faces() -> str:
    """The style rules that carry both cuts within a page."""
    return "".join(
        f'@font-face{{font-family:"{FAMILY}";font-weight:{span};font-display:block;'
        f"src:url(data:font/woff2;base64,{base64.b64encode(woff2(w).read_bytes()).decode()}) "
        'format("woff2")}'
        for w, span in ((REGULAR, "400"), (BOLD, "600 700"))
    )


def folders() -> list[str]:
    """Where a typesetter finds both families."""
    return [str(FOLDER), str(_fallback_folder())]


def _fallback_folder() -> Path:
    import matplotlib

    return Path(matplotlib.get_data_path()) / "fonts" / "ttf"


def drawable(text: str) -> str:
    """A text with a sign for each letter that no font at hand can draw, and no unseen ones.

    Parameters
    ----------
    text : any, as somebody typed it.
    """
    known = _drawn()
    seen = (
        c
        for c in text
        if c.isspace() or (ord(c) not in _SILENT and unicodedata.category(c) not in _UNSEEN)
    )
    shown = (c if ord(c) in known or c == "\n" else " " if c.isspace() else _UNKNOWN for c in seen)
    return "".join(shown)


@functools.cache
def _drawn() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    codes: set[int] = set()
    for path in (ttf(REGULAR), _fallback_folder() / "DejaVuSans.ttf"):
        with TTFont(path, lazy=True) as font:
            codes.update(font.getBestCmap())
    # Letters of private use mean nothing elsewhere, and archives refuse them.
    return frozenset(c for c in codes if unicodedata.category(chr(c)) not in ("Co", "Cc", "Cf"))
