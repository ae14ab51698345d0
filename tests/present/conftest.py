"""Real answers of a small region, and pictures caught with the figures that they are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import matplotlib.pyplot as plt
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from helpers import questions
from helpers.contracts import Answer
from helpers.present import Picture, narrow_pictures, style
from tests.present.made import Drawn


@pytest.fixture(scope="session")
def answers(small_study) -> dict[str, Answer]:
    """Every question's answer on the small region, by name."""
    study = small_study(2024)
    return {name: getattr(questions, name)(study) for name in questions.__all__}


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """Figures that became pictures, the last last; as narrow as they were laid out in the end."""
    caught: list[Figure] = []
    plain = style.finish

    def finish(figure, *args: object) -> Picture:
        caught.append(figure)
        return plain(figure, *args)

    monkeypatch.setattr(style, "finish", finish)
    yield caught
    plt.close("all")


@pytest.fixture
def draw(figures: list[Figure], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Drawn]:
    """Draw one picture and give it back with its figure, which stays wide."""
    monkeypatch.setattr(narrow_pictures, "lay_out", lambda figure: None)

    def drawn(make: Callable[..., Picture], *args: object) -> Drawn:
        figures.clear()
        picture = make(*args)
        assert isinstance(picture, Picture)
        (figure,) = figures
        # A closed figure has lost its canvas: the same is drawn on a new one.
        FigureCanvasAgg(figure).draw()
        return Drawn(figure, picture)

    return drawn
