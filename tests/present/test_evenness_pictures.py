"""How evenly invitations and hours fall: drawn at the answer's figures, and the same in words."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from helpers import present
from helpers.contracts import LANGS, number
from helpers.present.blocks import NOTHING
from tests.present.made import answer

COLUMNS = ["group_by", "group", "value", "ci_low", "ci_high", "n"]
RATIOS = pd.DataFrame(
    [
        ("jenis_kelamin", "L", 1.04, 0.89, 1.21, 639.0),
        ("jenis_jabatan", "pelaksana", 0.64, 0.48, 0.86, 517.0),
        ("jenis_jabatan", "struktural", *[np.nan] * 4),
        ("kecamatan", "Kubung", 0.69, 0.41, 1.18, 127.0),
    ],
    columns=COLUMNS,
)
INDEXES = pd.DataFrame(
    [
        ("all", "all", 0.61, 0.56, 0.65, 1379.0),
        ("jenis_kelamin", "L", 0.59, 0.55, 0.64, 639.0),
        ("jenis_kelamin", "P", *[np.nan] * 4),
    ],
    columns=COLUMNS,
)
MARGINS = pd.DataFrame(
    [("tingkat_pendidikan", "diploma", "sarjana ke atas", -0.084, -0.139, -0.03, 159.0)],
    columns=["group_by", "group", "reference", *COLUMNS[2:]],
)
HIDDEN = {"id": "disamarkan", "en": "hidden"}


@pytest.mark.parametrize("lang", LANGS)
def test_ratios_are_drawn_where_they_lie_and_hidden_ones_are_not(draw, lang):
    shown = draw(present.parity, answer(frames={"parity": RATIOS}), lang)
    known = RATIOS.dropna()
    at = [xy for line in shown.lines() for xy in line]
    assert {round(x, 4) for x, _ in at} == set(known["value"])
    assert {(s[0][0], s[1][0]) for s in shown.spans()} == set(
        zip(known["ci_low"], known["ci_high"], strict=True)
    )
    assert len(shown.names()) == len(known)
    for value in known["value"]:
        assert number(value, lang, 2) in shown.picture.alt


@pytest.mark.parametrize("lang", LANGS)
def test_no_word_of_the_picture_is_cut(draw, lang):
    shown = draw(present.parity, answer(frames={"parity": RATIOS}), lang)
    shown.figure.canvas.draw()
    edge = shown.figure.bbox
    for text in shown.words():
        box = text.get_window_extent()
        assert box.x0 >= edge.x0 - 1 and box.x1 <= edge.x1 + 1, text.get_text()


@pytest.mark.parametrize("lang", LANGS)
def test_tables_say_what_the_frames_hold(lang):
    made = answer(frames={"concentration": INDEXES, "attending": MARGINS})
    rows = present.concentration(made, lang).rows
    assert [r[1] for r in rows[:2]] == [number(v, lang, 2) for v in (0.61, 0.59)]
    assert rows[2][1].startswith(HIDDEN[lang]) and set(rows[2][2:]) == {"–"}
    (row,) = present.attending(made, lang).rows
    assert number(-8.4, lang, 1) in row[2] and number(-13.9, lang, 1) in row[3] and "159" in row[4]


@pytest.mark.parametrize("shown", [present.parity, present.concentration, present.attending])
def test_nothing_is_shown_of_nothing(shown):
    assert shown(answer(), "id") == NOTHING
