"""One visual language: sizes, colours that print in grey and that colour-blind readers can tell apart."""

from __future__ import annotations

import base64
import html
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Okabe and Ito (2008), ordered so that neighbours differ in lightness, too.
INK: Final = "#1f2a37"
BLUE: Final = "#0072B2"
ORANGE: Final = "#D55E00"
GREY: Final = "#8a94a0"
SERIES: Final = (BLUE, ORANGE, "#009E73", "#CC79A7")
_DPI: Final = 120
WIDTH: Final = 7.2


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished figure: PNG without any metadata, and the words that stand for it; ``caption`` where they are too many to be read."""

    png: bytes
    alt: str
    caption: str = ""

    def _repr_html_(self) -> str:
        data = base64.b64encode(self.png).decode("ascii")
        alt = html.escape(self.alt, quote=True)
        return f'<figure><img alt="{alt}" src="data:image/png;base64,{data}"><figcaption>{html.escape(self.caption or self.alt)}</figcaption></figure>'


def canvas(height: float = 3.4, width: float = WIDTH) -> tuple[Figure, Axes]:
    """An empty figure in the house style."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    import seaborn as sns

    sns.set_theme(style="ticks", rc={"font.size": 10, "axes.edgecolor": INK, "text.color": INK, "axes.labelcolor": INK,
                                     "xtick.color": INK, "ytick.color": INK, "font.family": "DejaVu Sans"})  # fmt: skip
    figure, axes = plt.subplots(figsize=(width, height), dpi=_DPI)
    sns.despine(ax=axes)
    return figure, axes


def finish(figure: Figure, alt: str, caption: str = "") -> Picture:
    """Close a figure into a picture that is the same byte for byte for the same data."""
    import matplotlib.pyplot as plt

    figure.tight_layout()
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    plt.close(figure)
    return Picture(buffer.getvalue(), alt, caption)
