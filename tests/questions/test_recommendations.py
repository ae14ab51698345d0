"""Recommendations follow from findings, keep their ids, and say no more than those allow."""

from __future__ import annotations

from dataclasses import replace
from math import nan

import pandas as pd
import pytest

from helpers import describe, measures, questions
from helpers.contracts import Answer, Finding, Study
from helpers.contracts.panel import NEVER
from helpers.describe import Cost
from helpers.findings import recommended, words
from helpers.questions.recommendations import recommendations

IDS = (
    "participation.invite_first.level",
    "participation.invitation_rules.difference",
    "participation.reasons_to_change.level",
    "participation.examples.level",
    "participation.value_for_money.level",
    "participation.as_advised.difference",
)


def test_recommendations_describe_under_ids_that_stay(answers: dict[str, Answer]):
    answer = answers["recommendations"]
    assert tuple(f.id for f in answer.findings) == IDS
    assert {(f.claim, f.grade) for f in answer.findings} == {("descriptive", "none")}
    first = answer.indicators[answer.indicators["group_by"] == "all"]
    assert first["indicator"].tolist() == ["invite_first"]


def test_steps_are_short(answers: dict[str, Answer]):
    said = answers["recommendations"].sentences
    assert said and all(len(t[lang].split()) <= 25 for t in said.values() for lang in ("id", "en"))


def test_answers_of_other_pages_are_read_and_not_asked_again(study: Study, answers, tmp_path):
    came = answers["participation"]
    fewer = (
        came.frames["reasons"]
        .iloc[:1]
        .assign(group="jarak", value=0.4, ci_low=0.3, ci_high=0.5, n=40.0)
    )
    told = replace(came, frames={**came.frames, "reasons": fewer})
    told.write(tmp_path / "needs" / "20_participation")
    found = recommendations(study, tmp_path)
    assert found.frames["reasons"]["group"].tolist() == ["jarak"]
    assert "40,0%" in found.say(recommended.REASONS).id


def _money(answers: dict[str, Answer], grade: str, cost: Cost) -> Finding:
    effect = answers["productivity_effect"]
    row = effect.rows("primary", effect.findings[0].outcome)[0]
    interval = replace(row.interval, value=0.3, low=0.2, high=0.6)
    graded = replace(effect.findings[0], grade=grade, claim="increase", interval=interval)
    return recommended.money([(graded, row)], cost)


@pytest.mark.parametrize("grade", ["weak", "none"])
def test_no_cost_of_an_effect_without_evidence(answers, grade):
    assert "Rp" not in _money(answers, grade, Cost(1e6, 9e6, 10, 10)).text.id


def test_the_cost_of_an_effect_has_the_range_of_the_effect(answers):
    effect = answers["productivity_effect"]
    scale = effect.rows("primary", effect.findings[0].outcome)[0].unit.scale
    said = _money(answers, "moderate", Cost(1e6, 9e6, 10, 7)).text.en
    for amount in (0.3, 0.6, 0.2):
        assert f"Rp {round(1e6 / (amount * scale), -3):,.0f}" in said
    assert "7 of 10" in said
    assert "Rp" not in _money(answers, "moderate", Cost(nan, nan, 10, 0)).text.en


def test_the_cost_of_satisfaction_is_that_of_a_unit_s_whole_staff(answers, study):
    effect = answers["satisfaction_effect"]
    row = effect.rows("primary", effect.findings[0].outcome)[0]
    interval = replace(row.interval, value=4.0, low=2.0, high=8.0)
    graded = replace(effect.findings[0], grade="moderate", claim="increase", interval=interval)
    said = recommended.money([(graded, row)], Cost(1e6, 9e6, 10, 7)).text.en
    for amount in (4.0, 8.0, 2.0):
        assert f"Rp {round(9e6 / amount, -3):,.0f}" in said
    assert "one service unit" in said and "one person" not in said
    assert "Rp" not in recommended.money([(graded, row)], Cost(1e6, nan, 10, 7)).text.en


def test_what_training_cost_is_that_of_the_hours_attended(study: Study):
    found = describe.cost_of_training(study)
    held = study.kegiatan.set_index("kode_kegiatan")
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]
    hours = came["kode_kegiatan"].map(held["jp"]).astype(float)
    each = held["biaya"].astype(float).sum() / hours.sum()
    first = measures.unit_year(study).frame.drop_duplicates("unit").set_index("unit")["cohort"]
    units = first.index[(first != NEVER) & (first <= study.year)]
    roll = study.pegawai[study.pegawai["tahun"] == study.year]
    staff = came["pegawai_id"].isin(roll.loc[roll["kode_unit"].isin(units), "pegawai_id"])
    assert len(units)
    assert found.per_unit == pytest.approx(each * hours[staff].sum() / len(units))


def test_examples_are_named_only_where_they_stand():
    rows = pd.DataFrame(
        {
            "group_by": ["unit", "unit"],
            "group": ["U1", "U2"],
            "seen": [0.9, 0.8],
            "value": [0.5, 0.4],
            "ci_low": [0.2, 0.1],
            "ci_high": [0.8, 0.7],
            "n": [20.0, 20.0],
            "stands": [True, False],
        }
    )
    names = {"U1": "Kantor Satu", "U2": "Kantor Dua"}
    said = recommended.examples(rows, names, "output/day", 10).text
    assert "Kantor Satu" in said.id and "Kantor Dua" not in said.id
    none = recommended.examples(rows.assign(stands=False), names, "output/day", 10).text
    assert not any(n in none.id for n in names.values())


def test_where_everybody_was_invited_no_group_was_passed_over(study: Study):
    everyone = study.pegawai.loc[study.pegawai["tahun"] == study.year, "pegawai_id"]
    one = study.peserta.iloc[[0] * len(everyone)].assign(pegawai_id=everyone.to_numpy())
    rows = pd.concat([study.peserta, one]).drop_duplicates(["pegawai_id", "kode_kegiatan"])
    held = replace(study, peserta=rows.reset_index(drop=True))
    gap = [
        f.text
        for f in questions.participation(held).findings
        if f.id == "participation.never_invited.level"
    ]
    assert [text["en"] for text in gap] == [words.told("participation.nobody")["en"]]
