"""Every picture says in words and figures what it draws, and below it whence, when and how many."""

from __future__ import annotations

import re
from math import nan

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import explore, present
from helpers.contracts import LANGS, Answer, Text, project
from helpers.findings import told
from helpers.present import Picture, captions, style
from helpers.present.blocks import NOTHING, Blocks
from tests.present.made import answer

_SOURCE = {
    "id": r"^Sumber: tabel [\w, ]+; (?:data sampai )?\d{4}(?:–\d{4})?; ",
    "en": r"^Source: tables [\w, ]+; (?:data up to )?\d{4}(?:–\d{4})?; ",
}
_MANY = {
    "id": r"n = [\d.]+(?:–[\d.]+)? [\w ]+\.|[\d.]+ dilatih, [\d.]+ pembanding \(\w+\)\.",
    "en": r"n = [\d,]+(?:–[\d,]+)? [\w ]+\.|[\d,]+ trained, [\d,]+ compared \(\w+\)\.",
}
_DRAWN = {
    "contents": (present.contents,),
    "participation": (
        present.parity,
        *(
            lambda a, lang, name=name: present.shares(a, name, lang)
            for name in ("answers", "reasons", "never_invited")
        ),
    ),
    "productivity_trends": tuple(
        lambda a, lang, name=name: present.trend(a, name, lang)
        for name in ("output_per_day", "skp_mean", "on_time_share")
    ),
    "productivity_effect": (
        present.event_study,
        present.simple_comparisons,
        present.specifications,
        present.groups,
        present.balance,
    ),
    "satisfaction_trends": (
        lambda a, lang: present.trend(a, "ikm", lang),
        present.ikm_by_unit,
    ),
    "satisfaction_effect": (present.event_study, present.outcomes, present.simple_comparisons),
    "methods_and_dose": tuple(
        lambda a, lang, by=by: present.contrasts(a, by, lang) for by in ("metode", "jp")
    ),
    "learning": (present.gains_by_start,),
    "recommendations": (present.seats,),
}


def _told(picture: Picture, lang: str) -> None:
    assert len(re.findall(r"\d", picture.alt)) > 1, picture.alt
    assert re.search(_SOURCE[lang], picture.caption), picture.caption
    assert re.search(_MANY[lang], picture.caption), picture.caption
    assert not re.search(r"\bnan\b", picture.alt + picture.caption)
    # A caption is no second telling of the picture.
    assert picture.caption not in picture.alt and picture.alt not in picture.caption


@pytest.mark.parametrize("question", _DRAWN)
def test_every_picture_tells_its_figures_and_its_caption_source_years_and_number(
    answers: dict[str, Answer], question: str
):
    drawn = 0
    for draw in _DRAWN[question]:
        shown = {lang: draw(answers[question], lang) for lang in LANGS}
        # Of so small a region some are hidden whole.
        if shown["id"] == NOTHING:
            continue
        drawn += 1
        for lang, picture in shown.items():
            assert isinstance(picture, Picture), (question, draw)
            _told(picture, lang)
        assert shown["id"].alt != shown["en"].alt
        assert shown["id"].caption != shown["en"].caption
    assert drawn > len(_DRAWN[question]) / 2


@pytest.mark.parametrize("lang", LANGS)
def test_counts_of_faults_are_of_the_tables_that_they_were_found_in(lang):
    columns = ["table", "file", "row", "column", "fault", "action", "count"]
    found = pd.DataFrame(
        [
            ("skm", "skm.csv", 0, "u1", "nip_unknown", "excluded", 1200),
            ("kinerja", "kinerja.csv", 0, "output", "out_of_scale", "excluded", 34),
        ],
        columns=columns,
    )
    picture = present.exclusion_counts(answer(exclusions=found), lang)
    _told(picture, lang)
    assert "kinerja, skm; 2024; n = 1" in picture.caption and "234 " in picture.caption


@pytest.mark.parametrize("lang", LANGS)
def test_explored_pictures_tell_the_same(small_study, lang):
    study = small_study(2024)
    people = explore.people(study, lang)
    for seen in (
        explore.compare(people, "output_per_day", by="jenis_kelamin"),
        explore.over_time(people, "jp"),
    ):
        blocks = seen.blocks.blocks if isinstance(seen.blocks, Blocks) else (seen.blocks,)
        (picture,) = (b for b in blocks if isinstance(b, Picture))
        _told(picture, lang)


def test_no_figure_becomes_a_picture_but_where_both_are_asked_for():
    """One function saves figures, and nothing else makes a picture of one."""
    saving, making = set(), set()
    for path in (project.ROOT / "src" / "helpers").rglob("*.py"):
        text = path.read_text()
        saving |= {path.name} if re.search(r"savefig|buffer_rgba", text) else set()
        making |= {path.name} if re.search(r"(?:return|=) Picture\(", text) else set()
    assert saving == {"style.py"}
    # The other reads a picture that has travelled in a notebook.
    assert making == {"style.py", "blocks.py"}


@pytest.mark.parametrize(("alt", "caption"), [(Text(), Text.same("n")), (Text.same("a"), Text())])
def test_a_figure_without_words_or_caption_is_refused_and_closed(alt: Text, caption: Text):
    import matplotlib.pyplot as plt

    before = plt.get_fignums()
    figure, _ = style.canvas()
    with pytest.raises(ValueError):
        style.finish(figure, alt, caption, "id")
    assert plt.get_fignums() == before


@given(
    st.lists(st.integers(1, 10**6), min_size=1, max_size=9),
    st.lists(st.integers(1990, 2100), min_size=1, max_size=9),
)
def test_the_fewest_and_the_most_and_the_first_and_the_last_are_told(numbers, years):
    said = captions.source(("skm",), years, [*map(float, numbers), nan], "forms")
    for lang, thousands in (("id", "."), ("en", ",")):
        many, when = (re.search(p, said[lang])[1] for p in (r"n = ([\d.,–]+) ", r"; ([\d–]+); "))
        assert [int(x.replace(thousands, "")) for x in many.split("–")] == sorted(
            {min(numbers), max(numbers)}
        )
        assert [int(y) for y in when.split("–")] == sorted({min(years), max(years)})


def test_numbers_that_are_all_hidden_are_told_as_a_dash():
    assert "n = – formulir" in captions.source(("skm",), [2024], [nan], "forms").id
    assert told("caption.forms").id == "formulir"
