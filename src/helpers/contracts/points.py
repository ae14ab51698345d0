"""A main point of the annual report: one line of its first screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

from helpers.contracts.texts import Text


@dataclass(frozen=True, slots=True)
class Strip:
    """A picture of one line's height: a value with its interval beside a reference.

    ``reference`` is zero for an effect, everybody's share for a group; ``band`` is how far on
    either side of it a difference is too small to matter, 0 where nothing says so. All are in one
    unit, not as shown; the texts are what is written at the reference, at the band's edge and at
    the value.
    """

    value: float
    low: float
    high: float
    reference: float
    band: float
    reference_text: Text
    band_text: Text
    value_text: Text

    @property
    def known(self) -> bool:
        """Whether there is a value with an interval to draw."""
        return all(map(math.isfinite, (self.value, self.low, self.high)))


@dataclass(frozen=True, slots=True)
class Slice:
    """One part of a whole: its name, its share (0–1), and the share as written."""

    name: Text
    share: float
    written: Text


@dataclass(frozen=True, slots=True)
class Point:
    """One main point: what it is about, the figure with its range, how surely, a sentence, and a
    picture.

    ``key`` names the heading, unless ``heading`` says it; ``standing`` is a grade, ``described`` or
    ``open``; at most one of ``strip`` and ``parts`` is there, and ``steps`` only where the point is
    what to do next.
    """

    key: str
    figure: Text = Text()
    span: Text = Text()
    standing: str = ""
    text: Text = Text()
    strip: Strip | None = None
    parts: tuple[Slice, ...] = ()
    steps: tuple[Text, ...] = ()
    heading: Text = Text()
