"""Two years' reports side by side tell of no few people: what grows from year to year grows by many
or is not shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import describe, measures
from helpers.contracts import LANGS, Study
from helpers.describe.releases import last_release, moved, told_by_two
from helpers.findings import described, learnt

SMALL = 10


@given(st.lists(st.integers(0, 25), min_size=2, max_size=7))
def test_each_report_adds_many_people_or_nobody_to_the_last_that_showed(added):
    years = np.repeat(np.arange(2018, 2018 + len(added)), added)
    known, people = pd.Series(years), pd.Series(range(len(years)))
    shown: list[int] = []
    for year in range(2018, 2018 + len(added)):
        last = last_release(known, people, year, SMALL)
        assert last == (shown[-1] if shown else None)
        more = ((known <= year) & (known > (last or 0))).sum()
        if more >= SMALL or (not more and last is not None):
            shown.append(year)


@pytest.fixture(scope="module")
def few_came_last(study_of: Callable[[int], Study]) -> Callable[[int], Study]:
    """Four people came in the last year, and of one theme none but two in the year before."""

    def until(year: int) -> Study:
        study = study_of(year)
        at = study.peserta.merge(study.kegiatan[["kode_kegiatan", "tema"]], on="kode_kegiatan")
        came = (at["kehadiran"] == "hadir").to_numpy()
        last = np.flatnonzero(came & (at["tahun"] == 2024).to_numpy())[4:]
        theme = at["tema"] == at["tema"].sort_values().iloc[0]
        one = np.flatnonzero(came & (theme & (at["tahun"] == 2023)).to_numpy())[2:]
        gone = study.peserta.index[[*last, *one]]
        return replace(study, peserta=study.peserta.drop(gone).reset_index(drop=True))

    return until


def scored(study: Study) -> pd.DataFrame:
    rows = measures.training.invitations(study)
    rows = rows[rows["attended"] == 1].dropna(subset=["nilai_pre", "nilai_post"])
    return rows.assign(all="all")


def test_no_gain_of_few_is_the_difference_of_two_reports(few_came_last):
    studies = {year: few_came_last(year) for year in (2022, 2023, 2024)}
    shown = {
        year: describe.gains(s).indicators.query("indicator == 'test_gain'").dropna(subset=["n"])
        for year, s in studies.items()
    }
    cells = {year: set(zip(f["group_by"], f["group"], strict=True)) for year, f in shown.items()}
    rows = scored(studies[2024])
    assert rows.loc[rows["tahun"] == 2024, "pegawai_id"].nunique() == 4
    assert ("all", "all") in cells[2022] & cells[2023] and cells[2023] > {("all", "all")}
    for first, second in ((2022, 2023), (2023, 2024), (2022, 2024)):
        for by, group in cells[first] & cells[second]:
            if by == "start_third":
                continue
            new = rows[(rows[by] == group) & (rows["tahun"] > first) & (rows["tahun"] <= second)]
            assert new["pegawai_id"].nunique() == 0 or new["pegawai_id"].nunique() >= SMALL
    # Of one theme two were added, so that the total less the others is not theirs either.
    new = rows[rows["tahun"] == 2023]
    hidden = new[~new["tema"].isin({g for by, g in cells[2023] if by == "tema"})]
    assert 1 < hidden["tema"].nunique() < new["tema"].nunique()
    assert hidden["pegawai_id"].nunique() >= SMALL
    assert not describe.gains(studies[2024]).gain.known
    text = learnt.learning(studies[2024], describe.gains(studies[2024]))[0].text
    assert "too few more than in an earlier report" in text.en


def test_all_of_so_many_are_called_so_where_that_tells_of_nobody(study):
    gained, said = describe.gains(study), describe.self_reports(study)
    whole = replace(gained, tested=gained.attended)
    for reported, measured, told in ((0, 0, True), (0, 20, True), (3, 3, False), (0, 5, False)):
        made = replace(said, reported=said.attended - reported, measured=said.attended - measured)
        exactly = learnt.exact(study, whole, made)
        text = learnt.learning(study, whole, exactly=exactly)[0].text.en
        assert exactly == told == (f"all {gained.attended} participants" in text)


def test_no_report_of_few_is_the_difference_of_two_reports(few_came_last, study):
    assert describe.self_reports(study).indicators["n"].notna().any()
    found = describe.self_reports(few_came_last(2024))
    # What was measured a year later is of those who came the year before.
    of_now = found.indicators["indicator"] != "output_change_later"
    assert found.indicators.loc[of_now, "n"].isna().all()
    for interval in (found.rise_share, found.rise, found.other, found.difference, found.fell):
        assert not interval.known


def test_who_got_into_another_group_is_a_difference_too():
    before = pd.DataFrame({"pegawai_id": list("abcd"), "third": list("xxyy"), "v": 1.0})
    now = before.assign(third=list("xyyy"), v=[1.0, 1.0, 1.0, 2.0])
    assert moved(now, before, "third", ["v"]).to_dict() == {"x": 1, "y": 2}


def test_a_group_that_grew_by_few_takes_another_that_grew_with_it():
    groups = [("all", "all"), ("g", "a"), ("g", "b"), ("g", "c")]
    rows = pd.DataFrame(groups, columns=["group_by", "group"]).assign(
        year=2024, indicator="x", value=1.0, ci_low=0.0, ci_high=2.0, n=100.0, unit_label=""
    )
    keys = pd.MultiIndex.from_tuples([("x", *g) for g in groups])
    for people, hidden in (
        ([35, 20, 15, 0], [0, 0, 0, 0]),
        ([38, 20, 15, 3], [0, 0, 1, 1]),
        ([3, 0, 0, 3], [1, 0, 0, 1]),
        ([23, 20, 0, 3], [0, 1, 0, 1]),
    ):
        told = told_by_two(rows, pd.Series(people, index=keys), SMALL)
        assert told.astype(int).tolist() == hidden


def test_few_of_whom_nothing_was_measured_are_not_told_by_two_numbers(study_of):
    """169 beside 166 is three."""
    study = study_of(2024)
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]
    who = came.loc[came["produktivitas_diri"].notna(), "pegawai_id"].unique()
    output = study.kinerja["output"].fillna(1000.0)
    gone = study.kinerja["pegawai_id"].isin(who[:3])
    tests = study.peserta["nilai_pre"].mask(study.peserta["pegawai_id"].isin(who[3:7]))
    days = study.kinerja["hari_kerja"].fillna(200.0)
    kinerja = study.kinerja.assign(output=output.mask(gone), hari_kerja=days)
    asked = study.peserta.assign(nilai_pre=tests, tahun=2023).astype(study.peserta.dtypes)
    study = replace(study, kinerja=kinerja, peserta=asked)
    gains, said = describe.gains(study), describe.self_reports(study)
    assert 0 < gains.attended - gains.tested < SMALL
    assert 0 < gains.attended - said.reported < SMALL and said.reported == said.measured
    shown = said.indicators.query("indicator == 'output_change' and group == 'all'")["n"]
    assert shown.tolist() == [said.measured]
    exactly = learnt.exact(study, gains, said)
    assert not exactly
    for lang in LANGS:
        told = (
            *learnt.learning(study, gains, exactly=exactly),
            learnt.self_report(study, said, exactly=exactly),
        )
        texts = [f.text[lang] for f in told]
        assert str(gains.tested) in texts[0] and str(said.reported) in texts[-1]
        assert not any(str(gains.attended) in t for t in texts)


@pytest.mark.parametrize(
    ("by_year", "told"),
    [((12, 15, 3), "27"), ((12, 15, 0), "27"), ((9, 8, 4), ""), ((0, 0, 0), "")],
)
def test_disciplinary_cases_of_few_are_not_the_difference_of_two_reports(study, by_year, told):
    rows = study.kinerja[study.kinerja["tahun"] >= 2022].copy()
    order = rows.groupby("tahun").cumcount()
    cases = dict(zip((2022, 2023, 2024), by_year, strict=True))
    disciplined = (order < rows["tahun"].map(cases)).astype(rows["hukuman_disiplin"].dtype)
    made = replace(study, kinerja=rows.assign(hukuman_disiplin=disciplined))
    text = described.discipline(made).text.en
    assert [n for n in ("27", "30", "21") if n in text] == [told] * bool(told)
    assert text.startswith("Disciplinary cases are recorded")
