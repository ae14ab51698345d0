"""One visual language: sizes, colours that print in grey and that colour-blind readers can tell
apart, axes in words.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

import pandas as pd

from helpers.contracts import Lang, Text, number
from helpers.present import narrow_pictures
from helpers.present.blocks import Picture
from helpers.present.type_cuts import BOLD, FALLBACK, FAMILY, REGULAR, ttf

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.ticker import Formatter

# Okabe and Ito (2008), ordered so that neighbours differ in lightness, too.
INK: Final = "#1f2a37"
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREY: Final = "#8a94a0"
PALE: Final = "#c9d0d6"
SERIES: Final = (BLUE, ORANGE, "#009E73", "#CC79A7")
WIDTH: Final = 7.2
_DPI: Final = 120
_NARROW_DPI: Final = 160
_COLOURS: Final = 64
_WHITE: Final = 253
_MOST_POINTS_IN_WORDS: Final = 40
_MOST_DECIMALS: Final = 4


@functools.cache
def _families() -> list[str]:
    """The pages' own type, and behind it one that has every sign."""
    from matplotlib import font_manager

    for weight in (REGULAR, BOLD):
        font_manager.fontManager.addfont(ttf(weight))
    return [FAMILY, FALLBACK]


def canvas(height: float = 3.4, width: float = WIDTH) -> tuple[Figure, Axes]:
    """An empty figure in the house style.

    Parameters
    ----------
    height, width : in inches; a page is `WIDTH` wide.
    """
    import seaborn as sns
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    sns.set_theme(
        style="ticks",
        rc={
            "font.size": 10,
            "axes.edgecolor": INK,
            "text.color": INK,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "font.family": _families(),
            # A dollar sign in a name is a dollar sign.
            "text.parse_math": False,
        },
    )
    # Without pyplot, whose way of showing pictures is that of whoever draws in the notebook.
    figure = Figure(figsize=(width, height), dpi=_DPI)
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    sns.despine(ax=axes)
    return figure, axes


def label(
    axes: Axes,
    lang: Lang,
    x: str = "",
    y: str = "",
    *,
    numbers_x: bool = False,
    numbers_y: bool = False,
) -> None:
    """Labels of the axes, and ticks in the language's numbers.

    Parameters
    ----------
    axes : of a picture whose marks are drawn already.
    lang : how numbers are written.
    x, y : what stands at each axis; empty for nothing.
    numbers_x, numbers_y : whether the ticks of an axis are numbers, rather than names or years.
    """
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    for axis, wanted in ((axes.xaxis, numbers_x), (axes.yaxis, numbers_y)):
        if wanted:
            axis.set_major_formatter(_numbers(axis, lang))


def _numbers(axis: Axis, lang: Lang) -> Formatter:
    """Every tick with as many decimals as tell all that are seen where they lie."""
    from matplotlib.ticker import FuncFormatter

    def written(value: float, _: int | None = None) -> str:
        least, most = sorted(axis.get_view_interval())
        seen = [p for p in axis.get_majorticklocs() if least <= p <= most]
        return number(value, lang, _decimals([*seen, value]))

    return FuncFormatter(written)


def _decimals(places: Sequence[float]) -> int:
    exact = (d for d in range(_MOST_DECIMALS) if all(abs(round(p, d) - p) < 1e-9 for p in places))
    return next(exact, _MOST_DECIMALS)


def youngest_first(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in their order, but for groups of age: the one without a lower bound comes first.

    Parameters
    ----------
    rows : with ``group_by`` and ``group``; rows of one ``group_by`` lie together.
    """
    block = (rows["group_by"] != rows["group_by"].shift()).cumsum()
    first = (rows["group_by"] == "kelompok_umur") & rows["group"].astype(str).str.startswith("<")
    places = pd.DataFrame({"block": block, "later": ~first}).reset_index(drop=True)
    return rows.iloc[places.sort_values(["block", "later"], kind="stable").index]


def points(pairs: Iterable[tuple[object, str]]) -> str:
    """What a picture shows, in words: ``name: value; …``, as many as can be listened to.

    >>> points([("2023", "81,2"), ("2024", "82,0")])
    '2023: 81,2; 2024: 82,0'
    """
    return "; ".join([f"{name}: {value}" for name, value in pairs][:_MOST_POINTS_IN_WORDS]) or "–"


def finish(figure: Figure, alt: Text, caption: Text, lang: Lang) -> Picture:
    """Make a figure a picture that is the same byte for byte for the same data.

    Parameters
    ----------
    figure : whole.
    alt : what the picture shows, in words and figures.
    caption : the words below the picture: its source, years and numbers, as of `captions`.
    lang : of the words.

    Raises
    ------
    ValueError : one of them says nothing, or both say the same.
    """
    wide = _drawn(figure, _DPI)
    narrow_pictures.lay_out(figure)
    return Picture(wide, alt[lang], caption[lang], _drawn(figure, _NARROW_DPI))


def _drawn(figure: Figure, dpi: int) -> bytes:
    """In few colours, as drawings have: a quarter of the bytes on a page that is sent about."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image

    canvas = FigureCanvasAgg(figure)
    figure.set_dpi(dpi)
    figure.tight_layout()
    canvas.draw()
    drawn = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    few = drawn.convert("RGB").quantize(
        _COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE
    )
    # White stays white, of which a printer makes no dots.
    few.putpalette([255 if v >= _WHITE else v for v in few.getpalette() or []])
    written = io.BytesIO()
    few.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()


def shortened(name: str, most: int) -> str:
    """A name that says by an ellipsis where it was cut.

    >>> shortened("Kantor Layanan", 8)
    'Kantor …'

    Parameters
    ----------
    name : any.
    most : letters that there is room for, with the ellipsis.
    """
    return name if len(name) <= most else f"{name[: most - 1]}…"
