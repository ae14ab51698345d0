"""What `evaluasi validate` writes: every table in both languages, and a fault of any row told."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd
import pytest

from helpers import measures
from helpers.causal.fit import fit
from helpers.contracts import LANGS, Text
from helpers.questions.productivity_effect import asks as productivity_asks
from helpers.questions.satisfaction_effect import asks as satisfaction_asks
from helpers.validation import proof
from helpers.validation.changes import CHANGES
from helpers.validation.crosscheck import (
    SAMPLE_YEAR,
    Beside,
    chosen_by_library,
    crosschecked,
    sample,
)
from helpers.validation.metamorphic import Transformed, effect, region

FOREIGN = {
    "id": re.compile(r"\b(the|and|of|with|error|grade|stays?|agrees|yes|NO|estimate)\b"),
    "en": re.compile(r"\b(dan|yang|dengan|galat|baku|tetap|cocok|ya|TIDAK|taksiran)\b"),
}


@pytest.fixture(scope="module")
def beside() -> tuple[Beside, ...]:
    return crosschecked(sample())


@pytest.fixture(scope="module")
def made(beside) -> proof.Proof:
    """Two changes of the battery are enough here."""
    found, what = effect(region()[0]), Text("produktivitas", "productivity")
    changed = tuple(Transformed(what, c.name, c.must, found, found, True) for c in CHANGES[:2])
    return proof.Proof(proof.published(), beside, changed)


def test_the_primary_of_the_sample_is_that_of_an_independent_library(beside):
    assert [f"{b.question.en}: {b.figure.en}" for b in beside if not b.agrees] == []
    assert len(beside) >= 20


@pytest.fixture(scope="module")
def sample_study():
    return sample()


def test_the_sample_ends_in_the_year_that_is_asked_for(sample_study):
    assert sample_study.year == SAMPLE_YEAR == sample_study.kinerja["tahun"].max()


def test_what_is_crosschecked_is_the_primary_of_the_pages(beside, sample_study):
    asks = (
        productivity_asks(sample_study)[0],
        satisfaction_asks(sample_study, measures.unit_year(sample_study))[0],
    )
    of = sample_study.plan.outcomes
    assert [a.outcome for a in asks] == [of.productivity.primary, of.satisfaction.primary]
    for ask in asks:
        found = fit(replace(ask, inference="clustered")).estimate.interval
        own = [b for b in beside if b.question.en == ask.question]
        ours = {(b.figure.en, b.library): b.ours for b in own}
        assert ours["average on the treated", "diff-diff"] == found.value
        raw = "its error, clustered, before the correction for few clusters"
        assert 0.9 * found.std_error < ours[raw, "diff-diff"] < found.std_error
        assert (("average on the treated", "statspai") in ours) is ask.adjusted


def test_a_library_that_says_something_else_is_seen(beside):
    assert not replace(beside[0], theirs=beside[0].theirs + 1e-6).agrees
    other = next(b for b in beside if b.library == "statspai")
    assert other.theirs != other.ours
    # Within a hundredth of the error, and no further.
    assert other.within < 0.02 * abs(other.ours)
    assert not replace(other, theirs=other.ours + 1.1 * other.within).agrees


def test_the_library_that_chooses_itself_sees_who_is_compared_with_whom(beside, sample_study):
    title = Text("produktivitas", "productivity")
    assert sum("library chooses" in b.figure.en for b in beside) == 2
    ask = productivity_asks(sample_study)[0]
    frame = ask.panel.frame
    late = frame["cohort"].where(frame["cohort"] == 0, frame["exposed"])
    ours = fit(replace(ask, panel=replace(ask.panel, frame=frame.assign(cohort=late))))
    assert chosen_by_library(title, ours).agrees
    cell = ours.cells[2]
    moved = replace(cell, value=cell.value + 1e-6)
    said = chosen_by_library(title, replace(ours, cells=(*ours.cells[:2], moved, *ours.cells[3:])))
    assert not said.agrees
    assert said.figure.en.startswith(f"cohort {cell.cohort} in {cell.year}, ")
    # People with some hours, taken for controls by the library alone.
    rows = ours.design.frame.assign(exposed=ours.design.frame["cohort"])
    assert not chosen_by_library(
        title, replace(ours, design=replace(ours.design, frame=rows))
    ).agrees


def test_the_page_is_in_both_languages(made, tmp_path):
    proof.write(made, tmp_path)
    pages = {
        "en": (tmp_path / "published.md").read_text(),
        "id": (tmp_path / "published.id.md").read_text(),
    }
    for lang in LANGS:
        # Names of packages and files belong to neither language.
        assert FOREIGN[lang].findall(re.sub(r"`[^`]*`", "", pages[lang])) == []
        assert pages[lang].count("\n## ") == 3
        rows = sum(len(part.rows) for part in made.parts)
        assert pages[lang].count("\n| ") == rows + 2 * 3
    assert "−0.0400" in pages["en"] and "−0,0400" in pages["id"]


def test_lines_are_in_the_language_asked_for_and_count(made):
    for lang in LANGS:
        said = made.lines(lang)
        assert FOREIGN[lang].findall(" ".join(re.sub(r"`[^`]*`", "", s) for s in said)) == []
        for part in made.parts:
            assert f"{part.heading[lang]}: {len(part.rows)}/{len(part.rows)}" in said


def test_printed_figures_are_a_table_for_programs_too(made, tmp_path):
    proof.write(made, tmp_path)
    read = pd.read_csv(tmp_path / "published.csv")
    assert list(read) == ["study", "figure", "printed", "ours", "agrees", "source"]
    assert len(read) == len(made.printed)
    assert read["printed"].dtype == float and read["agrees"].all()


def test_one_row_that_is_not_as_it_must_be_is_told(made, tmp_path):
    assert made.holds
    wrong = replace(made.printed[0], ours=1.0)
    for broken in (
        replace(made, printed=(wrong, *made.printed[1:])),
        replace(made, beside=(replace(made.beside[0], ours=9.0), *made.beside[1:])),
        replace(made, changed=(replace(made.changed[0], kept=False), *made.changed[1:])),
    ):
        assert not broken.holds
        assert sum(line.startswith("≠") for line in broken.lines("id")) == 1
        proof.write(broken, tmp_path)
        assert "| NO |" in (tmp_path / "published.md").read_text()
        assert "| TIDAK |" in (tmp_path / "published.id.md").read_text()
