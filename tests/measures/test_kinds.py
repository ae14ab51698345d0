"""Themes, kinds and hours of training as panels, against the rule told person by person."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import measures
from helpers.contracts import Study
from helpers.contracts.panel import NEVER
from helpers.measures import kinds

THEME = "manajemen waktu"


@pytest.fixture(scope="module")
def study(small_study) -> Study:
    return small_study(2024)


def came(study: Study):
    rows = measures.training.invitations(study)
    return rows[rows["attended"] == 1]


def test_entities_are_those_of_the_panel(study):
    panel = measures.employee_year(study).frame
    roll = measures.training.roll(study)
    roll = roll.assign(entity=roll["pegawai_id"].map(measures.entities(study)), year=roll["tahun"])
    both = panel.merge(roll[["entity", "year", "kode_unit", "cohort"]], on=["entity", "year"])
    assert len(both) == len(panel)
    assert (both["unit"] == both["kode_unit"]).all()
    assert (both["cohort_x"] == both["cohort_y"]).all()


def test_a_theme_is_told_person_by_person(study):
    """Treated by hours of the theme alone; gone once another theme is attended."""
    frame, attended = kinds.theme_people(study, THEME).frame, came(study)
    whole = measures.employee_year(study).frame
    people = {number: name for name, number in measures.entities(study).items()}
    seen = 0
    for entity, rows in whole.groupby("entity"):
        own = attended[attended["pegawai_id"] == people[entity]]
        other = own[own["tema"] != THEME]["tahun"]
        last = other.min() if len(other) else 9999
        expected = [y for y in rows["year"] if y < last]
        left = frame[frame["entity"] == entity]
        assert left["year"].tolist() == expected
        theme = own[own["tema"] == THEME]
        if len(left):
            exposed = theme["tahun"].min() if len(theme) else NEVER
            assert set(left["exposed"]) == {exposed}
            hours = theme.groupby("tahun")["jp"].sum()
            enough = hours[hours >= 20].index
            # Every activity of the sample's theme ends before the plan's latest day.
            assert set(left["cohort"]) == {enough.min() if len(enough) else NEVER}
            seen += len(enough) > 0
    assert seen > 10


def test_case_and_spaces_of_a_theme_do_not_matter(study):
    one, other = (kinds.theme_people(study, t).frame for t in (THEME, " Manajemen Waktu "))
    assert one.equals(other)


def test_a_unit_is_treated_once_enough_of_its_staff_have_the_theme(study):
    panel = kinds.theme_units(study, THEME)
    reached = measures.training.cohorts(
        measures.training.invitations(study).query("tema == @THEME"), study.plan
    )
    roll = measures.training.roll(study)
    from_year = roll["pegawai_id"].map(reached).fillna(9999).astype(int)
    share = (roll["tahun"] >= from_year).groupby([roll["kode_unit"], roll["tahun"]]).mean()
    for unit, rows in panel.frame.groupby("unit"):
        years = [y for (u, y), s in share.items() if u == unit and s >= 0.30]
        assert set(rows["cohort"]) == {min(years) if years else NEVER}


def test_the_first_sufficient_year_says_kind_and_hours(study):
    first, attended = kinds.first_training(study), came(study)
    for person, rows in attended.groupby("pegawai_id"):
        hours = rows.groupby("tahun")["jp"].sum()
        enough = hours[hours >= 20]
        assert (person in first.index) == bool(len(enough))
        if not len(enough):
            continue
        year = enough.index.min()
        methods = set(rows.loc[rows["tahun"] == year, "metode"])
        assert first.loc[person, "metode"] == (methods.pop() if len(methods) == 1 else "")
        jp = first.loc[person, "jp"]
        assert jp == enough[year]
        assert first.loc[person, "band"] == ("20–31" if jp < 32 else "32–47" if jp < 48 else "48+")


def test_a_higher_minimum_moves_the_bands(study):
    hours = study.plan.treatment.productivity.model_copy(update={"min_jp": 40.0})
    plan = study.plan.model_copy(
        update={"treatment": study.plan.treatment.model_copy(update={"productivity": hours})}
    )
    assert set(kinds.first_training(replace(study, plan=plan))["band"]) <= {"40–47", "48+"}


def test_trained_as_keeps_the_untrained_and_the_chosen(study):
    kind = kinds.first_training(study)["metode"]
    chosen = kind.index[kind == "seminar"]
    panel = kinds.trained_as(study, chosen)
    treated = set(panel.frame.loc[panel.frame["cohort"] != NEVER, "entity"])
    assert treated == set(measures.entities(study).reindex(chosen).dropna().astype(int))
    whole = measures.employee_year(study).frame
    assert set(panel.frame["entity"]) - treated == set(
        whole.loc[whole["cohort"] == NEVER, "entity"]
    )


def test_nobody_trained_gives_panels_without_treated(study):
    away = study.peserta[study.peserta["kehadiran"] != "hadir"].reset_index(drop=True)
    bare = replace(study, peserta=away)
    assert kinds.first_training(bare).empty
    assert set(kinds.theme_people(bare, THEME).frame["cohort"]) == {NEVER}
    assert set(kinds.theme_units(bare, THEME).frame["cohort"]) == {NEVER}


def test_holm_by_hand():
    assert measures.holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert measures.holm([]) == []


def test_a_year_with_an_activity_of_no_recorded_kind_is_of_no_kind(study):
    attended = came(study)
    several = attended.groupby(["pegawai_id", "tahun"])["kode_kegiatan"].nunique()
    person, year = several[several > 1].index[0]
    own = attended[(attended["pegawai_id"] == person) & (attended["tahun"] == year)]
    untold = own["kode_kegiatan"].iloc[0]
    kegiatan = study.kegiatan.assign(
        # One kind, so that nothing but the untold activity keeps the year from having it.
        metode=["seminar" if k != untold else None for k in study.kegiatan["kode_kegiatan"]]
    )
    peserta = study.peserta[study.peserta["pegawai_id"] == person]
    peserta = peserta[peserta["kode_kegiatan"].isin(own["kode_kegiatan"])]
    first = kinds.first_training(replace(study, kegiatan=kegiatan, peserta=peserta))
    assert first["metode"].tolist() == [""] and first["jp"].iloc[0] == own["jp"].sum()
