"""The type of pages, pictures and documents: the stored cuts are what the package of the fonts
gives.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from helpers.present import type_cuts

# Latin letters of the region's languages, punctuation, arrows and signs of figures.
_LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), *range(0x2030, 0x203B),
          0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265)  # fmt: skip


def cut(weight: int, flavor: str | None) -> bytes:
    """One static cut of the variable font, with Latin letters only."""
    import fontpkg_public_sans

    font = TTFont(
        fontpkg_public_sans.ROOT / "files" / "PublicSans[wght].ttf", recalcTimestamp=False
    )
    font = instancer.instantiateVariableFont(font, {"wght": weight}, updateFontNames=True)
    # Programs that know four styles take the heavier cut for the family's bold.
    if weight == type_cuts.BOLD:
        for record in (1, 2, 4, 16, 17):
            font["name"].removeNames(nameID=record)
        for record, name in ((1, "Public Sans"), (2, "Bold"), (4, "Public Sans Bold")):
            font["name"].setName(name, record, 3, 1, 0x409)
        font["OS/2"].usWeightClass = 700
        font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0x40) | 0x20
        font["head"].macStyle |= 1
    options = subset.Options(layout_features=["kern", "tnum", "liga", "mark", "ccmp"], notdef_outline=True,
                             name_IDs=["*"], flavor=flavor)  # fmt: skip
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_LATIN)
    cutter.subset(font)
    font.recalcTimestamp = False
    font.flavor = flavor
    held = io.BytesIO()
    font.save(held)
    return held.getvalue()


def outlines(content: bytes | Path) -> dict[int, object]:
    """What each letter looks like, whatever the packing."""
    from fontTools.pens.recordingPen import RecordingPen

    font = TTFont(io.BytesIO(content) if isinstance(content, bytes) else content)
    glyphs = font.getGlyphSet()
    drawn = {}
    for code, name in font.getBestCmap().items():
        pen = RecordingPen()
        glyphs[name].draw(pen)
        drawn[code] = (pen.value, glyphs[name].width)
    return drawn


@pytest.mark.parametrize("weight", [type_cuts.REGULAR, type_cuts.BOLD])
def test_the_stored_cuts_are_what_the_fonts_package_gives(weight: int):
    for flavor, path in ((None, type_cuts.ttf(weight)), ("woff2", type_cuts.woff2(weight))):
        assert outlines(path) == outlines(cut(weight, flavor))
        assert len(outlines(path)) > 200


def test_a_page_carries_its_type_and_it_is_light():
    rules = type_cuts.faces()
    assert rules.count("@font-face") == 2
    assert rules.count("src:url(data:font/woff2;base64,") == 2
    assert len(rules) < 60_000


def test_what_no_font_can_draw_stands_as_a_sign_and_the_rest_as_it_is():
    assert type_cuts.drawable("Kantor 🏛️ A\x00\u200b") == "Kantor □ A"
    assert type_cuts.drawable("Dinas מָקוֹם ● ≥ Ω") == "Dinas מָקוֹם ● ≥ Ω"
