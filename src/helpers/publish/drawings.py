"""The pictures of one line's height for documents: SVG with the page's light colours written out,
and PNG of it.
"""

from __future__ import annotations

import functools
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from helpers.present import type_cuts
from helpers.publish.html import TEMPLATES

# Points a unit of the drawing, and dots an inch of its PNG.
_WIDTH_PT: Final = 150
_DPI: Final = 240
_BOX: Final = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def standalone(svg: str) -> str:
    """A drawing that needs no page around it: its rules within it, colours instead of variables.

    Parameters
    ----------
    svg : as it stands within a page.
    """
    box = _BOX.search(svg)
    size = f' width="{box[1]}" height="{box[2]}"' if box else ""
    return svg.replace("<svg ", f'<svg xmlns="http://www.w3.org/2000/svg"{size} ', 1).replace(
        ">", f"><style>{_rules()}</style>", 1
    )


@functools.cache
def _rules() -> str:
    style = (TEMPLATES / "evaluasi" / "style.css").read_text(encoding="utf-8")
    light = re.search(r":root\{([^}]*)\}", style)
    colours = dict(re.findall(r"--([\w-]+):([^;}]+)", light[1] if light else ""))
    own = re.findall(r"^svg ([^{]+)(\{[^}]*\})", style, re.MULTILINE)
    rules = "".join(name.replace(",svg ", ",") + rule for name, rule in own)
    written = re.sub(r"var\(--([\w-]+)\)", lambda m: colours[m[1]], rules)
    return f'text{{font-family:"{type_cuts.FAMILY}"}}{written}'


def pngs(svgs: Sequence[str]) -> list[bytes]:
    """Drawings as PNG, for programs that show no SVG.

    Parameters
    ----------
    svgs : as they stand within a page.
    """
    import typst

    if not svgs:
        return []
    names = [f"{i}.svg" for i in range(len(svgs))]
    images = (f'#image("{name}", width: {_WIDTH_PT}pt)' for name in names)
    sheet = "#set page(width: auto, height: auto, margin: 0pt, fill: white)\n"
    with tempfile.TemporaryDirectory() as aside:
        for name, svg in zip(names, svgs, strict=True):
            (Path(aside) / name).write_text(standalone(svg), encoding="utf-8")
        main = Path(aside) / "main.typ"
        main.write_text(sheet + "\n#pagebreak()\n".join(images), encoding="utf-8")
        drawn = typst.compile(
            str(main),
            format="png",
            ppi=_DPI,
            font_paths=type_cuts.folders(),
            ignore_system_fonts=True,
        )
    return [drawn] if isinstance(drawn, bytes) else list(drawn or ())
