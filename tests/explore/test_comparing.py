"""Groups side by side: the figures of the house's own intervals, small groups hidden, mistakes told
in a sentence, never a causal word.
"""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import explore, intake, measures
from helpers.contracts import EvaluasiError, Study, project
from helpers.explore.marked import marked
from helpers.present import Picture, Sentence, Table
from tests.findings.test_words import CAUSAL


@pytest.fixture(scope="module")
def study() -> Study:
    return intake.study(project.ROOT / "data" / "sample", 2024, project.DEFAULT_PLAN)


@pytest.fixture(scope="module")
def people(study: Study) -> pd.DataFrame:
    return explore.people(study)


def test_a_comparison_is_the_mean_of_each_group_with_units_as_clusters(people: pd.DataFrame):
    seen = explore.compare(people, "output_per_day", by="tema", year=2023).frame
    rows = people[people["year"] == 2023]
    means = rows.groupby("tema")["output_per_day"].mean()
    assert dict(zip(seen["group"], seen["value"], strict=True)) == pytest.approx(means.to_dict())
    for _, row in seen.iterrows():
        of = rows[rows["tema"] == row["group"]]
        found = measures.intervals.mean(of["output_per_day"], of["unit"])
        assert (row["ci_low"], row["ci_high"]) == pytest.approx((found.low, found.high))
        assert row["n"] == len(of)


def _caption(seen: explore.Shown) -> str:
    table = seen.blocks.blocks[-1]
    assert isinstance(table, Table)
    return table.caption


def test_too_few_units_or_rows_have_no_interval_and_the_caption_says_so(study: Study):
    people, activities = explore.people(study, "en"), explore.activities(study, "en")
    rows = people[people["year"] == 2024]
    units = rows.groupby("unit").size().index
    few = rows.assign(part=rows["unit"].map(dict.fromkeys(units[:2], "few")).fillna("many"))
    few.loc[few["unit"] == units[2], "part"] = "one"
    seen = explore.compare(few, "output_per_day", by="part")
    at = seen.frame.set_index("group")
    assert at["value"].notna().all() and at.loc["many", ["ci_low", "ci_high"]].notna().all()
    # A single unit beside others would seem surer than they are.
    assert at.loc[["few", "one"], ["ci_low", "ci_high"]].isna().all(axis=None)
    assert "fewer than 3 units" in _caption(seen) and "nan" not in seen.blocks.words()
    within = explore.compare(rows, "output_per_day", by="unit")
    shown = within.frame.dropna(subset=["value"])
    assert len(shown) > 5 and shown["ci_low"].notna().all()
    assert "within their one unit" in _caption(within) and "clusters" not in _caption(within)
    costs = explore.compare(activities, "biaya", by="tema").frame
    held = activities[activities["year"] == 2024].groupby("tema").size()
    assert set(costs.loc[costs["ci_low"].isna(), "group"]) == set(held.index[held < 3])
    assert (held < 3).any()


def test_a_year_or_month_makes_groups_and_is_no_amount(people: pd.DataFrame, study: Study):
    seen = explore.compare(people, "skp", by="first_trained").frame
    assert set(seen["group"]) == {"2020", "2021", "2022", "2023", "2024"}
    assert list(seen["group"]) == sorted(seen["group"])
    months = explore.compare(explore.forms(study), "ikm", by="month").frame
    assert len(months) > 6 and set(months["group"]) <= set(map(str, range(1, 13)))


def test_a_column_of_true_and_false_is_a_share(people: pd.DataFrame):
    seen = explore.compare(people, "attended", by="kecamatan")
    assert seen.frame["value"].dropna().between(0, 1).all()
    assert "%" in seen.blocks.words()


def test_few_people_do_not_become_enough_by_standing_there_twice(people: pd.DataFrame):
    few = people[people["year"] == 2024].head(9)
    for ask in (explore.compare, explore.over_time):
        with pytest.raises(EvaluasiError) as refused:
            ask(pd.concat([few, few]), "skp", "jenis_kelamin")
        assert "drop_duplicates" in refused.value.message("id")
    assert explore.compare(few, "skp", "jenis_kelamin").frame["value"].isna().all()


def test_small_groups_and_one_more_are_hidden(study: Study, people: pd.DataFrame):
    few = study.plan.privacy.small_cell
    latest = people[people["year"] == 2024]
    some = latest[latest["jenis_kelamin"] == "laki-laki"].head(few - 1)
    many = latest[latest["jenis_kelamin"] == "perempuan"].head(5 * few)
    seen = explore.compare(pd.concat([some, many]), "skp", by="jenis_kelamin")
    assert seen.frame["value"].isna().all()
    assert "disembunyikan" in seen.blocks.words()
    assert not any(isinstance(b, Picture) for b in seen.blocks.blocks)


@given(st.lists(st.sampled_from("abcd"), min_size=1, max_size=60), st.integers(2, 12))
@settings(max_examples=60, deadline=None)
def test_no_shown_group_is_small_nor_left_over_by_the_others(groups: list[str], few: int):
    frame = (
        pd.DataFrame(
            {
                "year": 2024,
                "unit": "u",
                "group": groups,
                "amount": np.arange(len(groups), dtype=float),
            }
        )
        .rename_axis("person")
        .reset_index()
    )
    frame.attrs["evaluasi"] = {
        "rows": "people", "lang": "en", "small_cell": few, "level": 0.95, "synthetic": False,
    }  # fmt: skip
    seen = explore.compare(frame, "amount", by="group").frame
    shown = seen.dropna(subset=["value"])
    assert (shown["n"] >= few).all()
    left = len(groups) - shown["n"].sum()
    assert shown.empty or left == 0 or left >= few


def _refused(frame: pd.DataFrame, outcome: str, by: str) -> str:
    said = set()
    for ask in (explore.compare, explore.over_time):
        with pytest.raises(EvaluasiError) as refused:
            ask(frame, outcome, by)
        said.add(refused.value.message("en"))
    (one,) = said
    return one


def test_a_column_that_somebody_added_to_units_is_nobodys_to_show(study: Study, people):
    """A unit's best score is one person's, and the frame of units cannot tell."""
    units = explore.units(study)
    best = people[people["year"] == 2024].groupby("unit")["skp"].max()
    own = units.assign(best=units["unit"].map(best))
    assert "how many people" in _refused(own, "best", "serves_public")
    # Its own columns by one that somebody added are as they were.
    assert explore.compare(own.assign(high=own["best"] > 90), "ikm", "high").frame["n"].sum() > 0


def test_people_and_forms_are_counted_once_or_not_at_all(study: Study, people: pd.DataFrame):
    few = people[people["year"] == 2024].head(3)
    without = pd.concat([few] * 5).drop(columns="person")
    assert "person is gone" in _refused(without, "skp", "jenis_kelamin")
    forms = explore.forms(study)
    one = forms[forms["year"] == 2024].head(1)
    assert "more than once" in _refused(pd.concat([one] * 12), "ikm", "jenis_kelamin")
    long = one.melt(id_vars=["year", "unit"], value_vars=["waktu", "produk"])
    assert "form is gone" in _refused(long, "value", "variable")
    assert "is no column" in _refused(forms.assign(value=1.0), "value", "jenis_kelamin")


@pytest.mark.parametrize("of_few", [1, 9])
def test_a_mean_that_few_people_make_is_not_shown(people: pd.DataFrame, of_few: int):
    """Nought and one instead of false and true, or a score of few among noughts, tell of the few."""
    latest = people[people["year"] == 2024].head(200)
    at = np.arange(200) < of_few
    for values in (at.astype(int), latest["skp"].where(at, 0.0).fillna(0.0)):
        seen = explore.compare(latest.assign(own=values, all="all"), "own", by="all").frame
        assert seen["value"].isna().all()
    enough = latest.assign(own=(np.arange(200) < 10).astype(int), all="all")
    assert explore.compare(enough, "own", by="all").frame["value"].item() == pytest.approx(0.05)


def test_a_year_may_be_written_as_words_are(people: pd.DataFrame):
    seen = explore.compare(people, "skp", by="tema", year="2023")  # type: ignore[arg-type]
    assert set(seen.frame["year"]) == {2023}


def test_over_the_years_each_is_a_mean_and_groups_are_at_most_four(people: pd.DataFrame):
    seen = explore.over_time(people, "skp", by="trained").frame
    assert list(seen["year"].unique()) == sorted(people["year"].unique())
    rows = people[(people["year"] == 2024) & people["trained"]]
    row = seen[(seen["year"] == 2024) & (seen["group"].str.endswith(": ya"))]
    assert row["value"].item() == pytest.approx(rows["skp"].mean())
    everybody = explore.over_time(people, "umur").frame
    assert everybody["group"].nunique() == 1
    with pytest.raises(EvaluasiError, match="40 groups; at most 4"):
        explore.over_time(people, "skp", by="unit")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("rows", "outcome", "by"),
    [
        ("people", "output_per_day", "trained"),
        ("people", "trained", "opd"),
        ("units", "ikm", "trained"),
        ("units", "trained_share", "kecamatan"),
        ("activities", "test_gain", "metode"),
        ("forms", "ikm", "pekerjaan"),
    ],
)
def test_whatever_is_shown_is_marked_and_names_no_cause(
    study: Study, lang: str, rows: str, outcome: str, by: str
):
    seen = explore.compare(getattr(explore, rows)(study, lang), outcome, by=by)
    first = seen.blocks.blocks[0]
    assert isinstance(first, Sentence) and first.kind == "notice"
    assert re.search("jelajah|exploring", first.text)
    assert any(isinstance(b, Picture) for b in seen.blocks.blocks)
    assert isinstance(seen.blocks.blocks[-1], Table)
    assert not CAUSAL.search(seen.blocks.words())
    assert "text/html" in seen._repr_mimebundle_()


def _with(people: pd.DataFrame, columns: dict[object, pd.Series]) -> pd.DataFrame:
    frame = people.assign()
    for name, values in columns.items():
        frame[name] = values
    return frame


def _twice(people: pd.DataFrame, name: str) -> pd.DataFrame:
    frame = pd.concat([people, people[[name]]], axis=1)
    frame.attrs = people.attrs
    return frame


@pytest.mark.parametrize(
    ("mistake", "told"),
    [
        (lambda p: explore.compare(p, "output_perday", by="tema"), "Did you mean output_per_day"),
        (lambda p: explore.compare(p, "skp", by="themes"), "there is no column themes"),
        (lambda p: explore.compare(p.assign(own=p["skp"] / p["invited"]), "own", by="tema"),
         "is infinite in"),
        (lambda p: explore.compare(p.assign(own=pd.Timestamp("2024-01-02")), "own", by="tema"),
         "holds dates"),
        (lambda p: explore.compare(p[["person", "year", "unit", "skp"]], "skp", by="year"),
         "Use: unit."),
        (lambda p: explore.compare(p, "unit", by="tema"), "holds words"),
        (lambda p: explore.compare(p, "person", by="tema"), "its mean says nothing"),
        (lambda p: explore.compare(p, "first_trained", by="tema"), "its mean says nothing"),
        (lambda p: explore.compare(p, "skp", by="umur"), "Use: kelompok_umur"),
        (lambda p: explore.compare(p, "skp", by="tema", year=1999), "no rows of 1999"),
        (lambda p: explore.compare(p[p["year"] == 1999], "skp", by="tema"), "no row at all"),
        (lambda p: explore.compare(p.drop(columns="year"), "skp", by="tema"), "no column year"),
        (lambda p: explore.compare(pd.DataFrame(p.to_numpy()), "skp", by="tema"), "explore.people"),
        (lambda p: explore.compare("people", "skp", by="tema"), "explore.people"),
        (lambda p: explore.columns(pd.DataFrame()), "explore.people"),
        (lambda p: explore.compare(p.assign(own=p["person"].astype(str)), "skp", by="own"), "at most"),
        (lambda p: explore.compare(p, "skp", by=["tema", "metode"]), "the name of one column"),
        (lambda p: explore.compare(p, 5, by="tema"), "the name of one column"),
        (lambda p: explore.compare(_with(p, {5: p["skp"]}), 5, by="tema"), "rename(columns={5:"),
        (lambda p: explore.compare(_twice(p, "skp"), "skp", by="tema"), "more than one column"),
        (lambda p: explore.compare(p, "skp", by="tema", year="akhir"), "year: found 'akhir'"),
        (lambda p: explore.over_time(p, "skp", by="unit"), "another column: status,"),
        (lambda p: explore.people("data/sample"), "no data that was read"),
        (explore.pickers, "no data that was read"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_in_a_sentence(people: pd.DataFrame, mistake, told: str):
    with pytest.raises(EvaluasiError) as raised:
        mistake(people)
    assert told in raised.value.message("en")
    assert raised.value.message("id") != raised.value.message("en")


def test_no_line_crosses_the_change_of_the_skp_scale(study: Study, monkeypatch):
    from helpers.explore import drawn

    crossed: list[bool] = []
    lines = drawn.lines
    monkeypatch.setattr(
        drawn, "lines", lambda *a, **k: crossed.append(k["broken"]) or lines(*a, **k)
    )
    people = explore.people(study)
    explore.over_time(people, "skp")
    explore.over_time(people[people["year"] >= 2022], "skp")
    explore.over_time(people, "output_per_day")
    assert crossed == [True, False, False]
    words = [
        explore.over_time(p, "skp").blocks.words() for p in (people, people[people["year"] >= 2022])
    ]
    assert ["PermenPANRB 6/2022" in w for w in words] == [True, False]


def test_a_unit_stands_for_itself(study: Study):
    units = explore.units(study)
    seen = explore.compare(units, "ikm", by="trained", year=2024).frame
    rows = units[(units["year"] == 2024) & units["ikm"].notna()]
    assert seen["n"].sum() == len(rows)


def test_marked_says_whose_rows_they_are(study: Study):
    frame = marked(pd.DataFrame({"year": [2024]}), "forms", study, "en")
    assert explore.columns(frame).caption.startswith("One row per survey form")
