"""Tables to search in the Lab: in the reader's words and numbers, marked, sorted by value, offline."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from helpers import explore, intake
from helpers.contracts import LANGS, EvaluasiError, Lang, Study, project
from helpers.explore import Searchable
from helpers.explore.column_units import named
from helpers.findings import say, word


@pytest.fixture(scope="module")
def study() -> Study:
    return intake.study(project.ROOT / "data" / "sample", 2024, project.DEFAULT_PLAN)


def test_a_table_to_search_asks_no_network_and_lists_no_person(study: Study):
    shown = explore.search(explore.units(study, "en"))
    html = shown._repr_html_()
    assert "<script" in html and not re.search(r"src=.?https?:|import\s.*https?:", html)
    assert "Unit Layanan Contoh 001" in html and "Shift + Enter" in html
    for mark in ("explore.mark", "report.synthetic"):
        assert say(mark, "en") in html
    people = explore.people(study, "en")
    groups = explore.search(explore.compare(people, "skp", by="unit"))
    assert len(groups.table) == people["unit"].nunique()
    assert say("explore.mark", "en") in groups._repr_html_()
    for frame in (people, explore.forms(study, "en")):
        with pytest.raises(EvaluasiError, match="one person"):
            explore.search(frame)


def _column(shown: Searchable, name: str, lang: Lang) -> list[str]:
    return list(shown.table[named(name, lang, "units")])


@pytest.mark.parametrize("lang", LANGS)
def test_values_are_written_as_the_language_writes_them(study: Study, lang: Lang):
    units = explore.units(study, lang)
    shown = explore.search(units)
    assert not {"forms", "staff", "ikm"} & {*shown.table}
    assert {*_column(shown, "trained", lang)} == {word("yes", lang), word("no", lang)}
    written = shown.table.to_csv()
    assert not re.search(r"\b(nan|true|false|na|nat|none)\b", written, re.IGNORECASE)
    sign = {"id": ",", "en": "."}[lang]
    assert re.fullmatch(rf"\d\d{re.escape(sign)}\d\d", _column(shown, "ikm", lang)[0])
    assert _column(shown, "staff", lang) == [f"{n:.0f}" for n in units["staff"]]
    assert _column(shown, "year", lang) == [str(y) for y in units["year"]]
    costs = explore.search(explore.activities(study, lang)).table[
        named("biaya", lang, "activities")
    ]
    assert costs.str.fullmatch({"id": r"\d+(\.\d{3})+", "en": r"\d+(,\d{3})+"}[lang]).all()


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_hidden_says_so_and_what_is_not_there_does_not(study: Study, lang: Lang):
    units = explore.units(study, lang)
    shown, hidden = explore.search(units), word("hidden", lang)
    told = {
        c: pd.Series(_column(shown, c, lang)) for c in ("trained_share", "first_trained", "ikm")
    }
    assert units["trained_share"].isna().any() and units["first_trained"].isna().any()
    assert (told["trained_share"].eq(hidden) == units["trained_share"].isna()).all()
    assert (told["first_trained"].eq("–") == units["first_trained"].isna()).all()
    # A unit without a survey has no index that could be hidden.
    assert (told["ikm"].eq("–") == units["forms"].eq(0)).all() and units["forms"].eq(0).any()
    few = units.assign(forms=3.0, ikm=float("nan"))
    assert {*_column(explore.search(few), "ikm", lang)} == {hidden}
    assert say("explore.no_value", lang) in shown._repr_html_()


def test_numbers_are_sorted_by_value_and_the_hidden_come_last(study: Study):
    units = explore.units(study, "id")
    shown = explore.search(units)
    for name in ("biaya", "trained_share"):
        place = list(units).index(name)
        order = shown.ranks[place].to_numpy().argsort(kind="stable")
        values = units[name].iloc[order]
        assert values.dropna().is_monotonic_increasing
        assert values.isna().to_numpy().nonzero()[0].min() == values.notna().sum()
    # No column of words is sorted by anything else.
    assert list(units).index("unit") not in shown.ranks


def test_a_whole_table_is_shown_however_large(study: Study):
    units = explore.units(study, "id")
    many = pd.concat([units] * 20, ignore_index=True)
    many.attrs = units.attrs
    html = explore.search(many)._repr_html_()
    # Beside them, what stands there until a table comes alive, and what was cut off, if it was.
    one = units["unit"].iloc[0]
    assert html.count(one) >= len(many[many["unit"] == one]) > 100
    assert "downsampling" not in html
