"""A finished figure laid out again for a telephone: the same marks, and letters as large."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure
    from matplotlib.text import Text as Written

# 360 pixels of a page, so that letters are as large as they are meant.
_WIDTH: Final = 3.75
_NAMES: Final = 0.44
_LINE: Final = 1.4
_SMALLEST: Final = 7.0
# Pixels around a word within which no other may stand.
_GAP: Final = 1.5
_TALLEST: Final = 40.0
_FEW: Final = 4
_FEWEST_LETTERS: Final = 8
# Where ticks are left out, these stay.
_KEPT: Final = (0.0, 1.0)


def lay_out(figure: Figure) -> None:
    """Make a figure narrow in place: long words take several lines, ticks that would lie on one
    another are fewer, a legend stands above in one column, and rows grow with their names.

    Parameters
    ----------
    figure : whole, with a canvas; its height may grow.
    """
    figure.set_size_inches(_WIDTH, figure.get_figheight())
    for axes in figure.axes:
        _lines_of_names(axes)
        _legend_above(axes)
    figure.tight_layout()
    for axes in figure.axes:
        _room_for_rows(axes)
        _titles_of_axes(axes)
        _texts_within(axes)
    # What is set off by points was measured on another width the first time.
    figure.tight_layout()
    figure.tight_layout()
    for axes in figure.axes:
        _fewer_ticks(axes)
        _title_within(axes)


def _figure(part: Axes | Written) -> Figure:
    found = part.get_figure(root=True)
    if found is None:
        raise ValueError("a figure of its own")
    return found


def _size(text: Written) -> float:
    return float(text.get_fontsize())


def _letters(points: float, text: Written) -> int:
    """How many letters of that text go into a line, from one that is drawn."""
    words = text.get_text().replace("\n", " ")
    each = _size(text) * 0.55
    if words.strip() and "\n" not in text.get_text():
        each = text.get_window_extent().width * 72 / _figure(text).dpi / len(words)
    return max(_FEWEST_LETTERS, int(points / each))


def _folded(text: Written, points: float) -> str:
    return "\n".join(textwrap.wrap(text.get_text(), _letters(points, text), break_long_words=False))


def _named(axis: Axis) -> bool:
    """Whether an axis has names rather than numbers."""
    from matplotlib.ticker import FixedLocator

    said = [t.get_text() for t in axis.get_ticklabels()]
    return isinstance(axis.get_major_locator(), FixedLocator) and any(
        any(c.isalpha() for c in name) for name in said
    )


def _lines_of_names(axes: Axes) -> None:
    figure = _figure(axes)
    across = _WIDTH * 72
    if _named(axes.yaxis):
        axes.set_yticklabels([_folded(t, across * _NAMES) for t in axes.get_yticklabels()])
    if _named(axes.xaxis):
        figure.tight_layout()
        each = _points(axes)[0] / len(axes.get_xticks()) - 4
        axes.set_xticklabels([_folded(t, each) for t in axes.get_xticklabels()])


def _points(axes: Axes) -> tuple[float, float]:
    """Width and height of what is drawn in, in points."""
    box, dpi = axes.get_window_extent(), _figure(axes).dpi
    return box.width * 72 / dpi, box.height * 72 / dpi


def _legend_above(axes: Axes) -> None:
    from matplotlib.transforms import blended_transform_factory

    legend = axes.get_legend()
    if legend is None:
        return
    figure, words = _figure(axes), legend.get_texts()
    handles, _ = axes.get_legend_handles_labels()
    axes.legend(
        handles,
        [_folded(text, (_WIDTH - 0.8) * 72) for text in words],
        fontsize=_size(words[0]),
        frameon=False,
        loc="lower center",
        bbox_to_anchor=(0.5, 1.0),
        bbox_transform=blended_transform_factory(figure.transFigure, axes.transAxes),
    )


def _room_for_rows(axes: Axes) -> None:
    """Rows as high as the lines of their names."""
    names = axes.get_yticklabels()
    if not _named(axes.yaxis) or len(names) < 2:
        return
    lines = max(t.get_text().count("\n") + 1 for t in names)
    needed = lines * _size(names[0]) * _LINE * len(names)
    high, figure = _points(axes)[1], _figure(axes)
    if needed > high:
        figure.set_figheight(min(_TALLEST, figure.get_figheight() + (needed - high) / 72))


def _titles_of_axes(axes: Axes) -> None:
    wide, high = _points(axes)
    axes.set_xlabel(_folded(axes.xaxis.label, wide))
    said = axes.yaxis.label
    # The label stands upright: what is wide of it is the height of a letter.
    axes.set_ylabel("\n".join(textwrap.wrap(said.get_text(), int(high / _size(said) / 0.6))))


def _title_within(axes: Axes) -> None:
    """A title wider than what is drawn ends where that ends, below the names of rows."""
    said, figure = axes.xaxis.label, _figure(axes)
    if said.get_window_extent().x1 > figure.bbox.x1:
        said.set(x=1.0, horizontalalignment="right")


def _texts_within(axes: Axes) -> None:
    """What is written beside a mark and would leave the picture is folded; what would touch its
    neighbour is smaller.
    """
    figure = _figure(axes)
    for text in axes.texts:
        box = text.get_window_extent()
        if box.x1 > figure.bbox.x1 and " " in text.get_text():
            text.set_text(_folded(text, (figure.bbox.x1 - box.x0) * 72 / figure.dpi))
    while _touch(axes.texts) and (size := _size(axes.texts[0])) > _SMALLEST:
        for text in axes.texts:
            text.set_fontsize(size - 1)


def _touch(texts: Sequence[Written]) -> bool:
    boxes = [t.get_window_extent().padded(_GAP) for t in texts if t.get_text()]
    return any(a.overlaps(b) for a, b in itertools.combinations(boxes, 2))


def _fewer_ticks(axes: Axes) -> None:
    from matplotlib.ticker import FixedLocator, MaxNLocator

    axis = axes.xaxis
    if _named(axis) or not _crowded(axis):
        return
    if not isinstance(axis.get_major_locator(), FixedLocator):
        axis.set_major_locator(MaxNLocator(_FEW, steps=[1, 2, 5, 10]))
        return
    while _crowded(axis):
        axis.set_ticks(_every_second(axis.get_majorticklocs().tolist()))


def _every_second(places: Sequence[float]) -> list[float]:
    halves = list(places[::2]), list(places[1::2])
    anchor = next((k for k in _KEPT if k in list(places)), places[-1])
    return next(half for half in halves if anchor in half)


def _crowded(axis: Axis) -> bool:
    return _touch([t for t in axis.get_ticklabels() if t.get_window_extent().width])
