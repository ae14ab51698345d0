"""Pictures on a telephone: letters as large as on paper, none cut, none on another."""

from __future__ import annotations

import contextlib
import inspect
import io
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from helpers import present
from helpers.contracts import LANGS, Text
from helpers.present import Picture, style
from tests.present.made import answer, indicators

CSS_PIXELS = 96
TEXT_PIXELS = 1.0
SMALLEST_POINTS = 7.0


def written(figure: Figure) -> Iterator:
    """Every text that a reader of the figure sees."""
    for axes in figure.axes:
        yield from axes.texts
        yield from (axes.xaxis.label, axes.yaxis.label)
        if axes.get_legend() is not None:
            yield from axes.get_legend().get_texts()
        for axis, ends in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            ticks = zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
            yield from (name for at, name in ticks if min(ends) <= at <= max(ends))


def assert_narrow_and_readable(figure: Figure) -> None:
    figure.canvas.draw()
    assert figure.get_figwidth() * CSS_PIXELS <= 360
    seen = [t for t in written(figure) if t.get_visible() and t.get_text().strip()]
    edge = figure.bbox
    for text in seen:
        box = text.get_window_extent()
        assert text.get_fontsize() >= SMALLEST_POINTS, text
        assert edge.x0 - TEXT_PIXELS <= box.x0 and box.x1 <= edge.x1 + TEXT_PIXELS, text
        assert edge.y0 - TEXT_PIXELS <= box.y0 and box.y1 <= edge.y1 + TEXT_PIXELS, text
    for axes in figure.axes:
        for texts in (axes.texts, axes.get_xticklabels(), axes.get_yticklabels()):
            boxes = [(t.get_text(), t.get_window_extent()) for t in texts if t.get_text()]
            for (one, a), (other, b) in combinations(boxes, 2):
                across = min(a.x1, b.x1) - max(a.x0, b.x0)
                down = min(a.y1, b.y1) - max(a.y0, b.y0)
                assert across <= TEXT_PIXELS or down <= TEXT_PIXELS, (one, other)


def drawings() -> Iterator[str]:
    """Every function that draws an answer and asks for nothing else."""
    for name in present.__all__:
        make = getattr(present, name)
        if inspect.isfunction(make) and [*inspect.signature(make).parameters] == ["answer", "lang"]:
            yield name


@pytest.mark.parametrize("lang", LANGS)
def test_every_picture_of_a_region_is_readable_on_a_telephone(figures, answers, lang):
    seen = set()
    for name in drawings():
        for found in answers.values():
            figures.clear()
            # A drawing of another question's answer has nothing to draw, or says so.
            with contextlib.suppress(KeyError, IndexError, StopIteration, ValueError):
                if isinstance(getattr(present, name)(found, lang), Picture):
                    seen.add(name)
            for figure in figures:
                assert_narrow_and_readable(figure)
    assert len(seen) >= 10


@pytest.mark.parametrize("years", [2, 7, 15])
def test_years_are_left_out_evenly_and_the_last_stays(figures, years):
    values = {2010 + k: (80.0 + k, 79.0 + k, 81.0 + k) for k in range(years)}
    present.trend(answer(indicators("ikm", values, "IKM points")), "ikm", "id")
    assert_narrow_and_readable(figures[-1])
    shown = [int(t.get_text()) for t in figures[-1].axes[0].get_xticklabels() if t.get_text()]
    assert shown[-1] == 2010 + years - 1
    assert len(set(np.diff(shown))) <= 1


@pytest.mark.parametrize("seed", range(12))
def test_however_long_names_are_all_their_words_are_shown(figures, seed):
    random = np.random.default_rng(seed)

    def words() -> str:
        sizes = random.integers(1, 14, random.integers(1, 8))
        return " ".join("".join(random.choice(list("abdegkmnrstu"), n)) for n in sizes)

    names = [words() for _ in range(random.integers(2, 15))]
    figure, axes = style.canvas(height=0.4 * len(names) + 1)
    for i in range(len(names)):
        axes.plot([i / 7], [i], "o", label=names[i] if i < 3 else None)
    axes.set_yticks(range(len(names)), names)
    axes.legend(ncols=2)
    style.label(axes, "id", said := words(), numbers_x=True)
    style.finish(figure, Text("ya", "yes"), Text("sumber", "source"), "id")
    assert_narrow_and_readable(figure)
    assert [" ".join(t.get_text().split()) for t in axes.get_yticklabels()] == names
    assert " ".join(axes.get_xlabel().split()) == said
    assert [" ".join(t.get_text().split()) for t in axes.get_legend().get_texts()] == names[:3]


def test_a_page_gives_each_screen_its_picture():
    figure, axes = style.canvas()
    axes.plot([0, 1], [0, 1], color=style.BLUE)
    picture = style.finish(figure, Text("naik", "rises"), Text("sumber", "source"), "id")
    wide, narrow = (Image.open(io.BytesIO(png)) for png in (picture.png, picture.narrow))
    assert wide.width > narrow.width and wide.height <= narrow.height * 1.5
    for image in (wide, narrow):
        colours = sorted(image.convert("RGB").getcolors())
        assert colours[-1][1] == (255, 255, 255) and len(colours) <= 64
        assert any(max(np.abs(np.subtract(c, (0, 114, 178)))) < 12 for _, c in colours)
    page = picture.html()
    assert page.index("<source ") < page.index("<img ") and page.count("data:image/png") == 2
    assert present.read(picture.carried()) == picture
