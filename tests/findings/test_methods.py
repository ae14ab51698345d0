"""What the annual report says of its methods is what the plan asks for, in both languages."""

from __future__ import annotations

import re

import pytest

from helpers.contracts import LANGS, load_plan
from helpers.findings.methods import LIMITS, METHODS, alike, methods

ALL = dict.fromkeys(load_plan().covariates, 1.0)


@pytest.mark.parametrize("lang", LANGS)
def test_thresholds_are_those_of_the_plan(lang, tmp_path):
    own = tmp_path / "plan.yml"
    own.write_text(
        'treatment: {productivity: {min_jp: 12, latest: "09-30"}, satisfaction: {min_share: 0.45}}\n'
        "privacy: {small_cell: 15}\n"
    )
    said = methods(load_plan(own), alike(ALL))
    day = {"id": "30 September", "en": "September 30"}[lang]
    assert "12 " in said["methods.who"][lang] and day in said["methods.who"][lang]
    assert {"id": "45,0%", "en": "45.0%"}[lang] in said["methods.satisfaction"][lang]
    assert "15" in said["methods.hidden"][lang]


def test_what_is_not_recorded_is_not_called_alike():
    part = alike(ALL | {"pendidikan": 0.0})
    assert (
        "alike in sex, age, post, rank (not recorded here, and so not made alike: education)"
        in part.en
    )
    assert "tidak disetarakan: pendidikan" in part.id
    none = alike(dict.fromkeys(ALL, 0.0))
    assert "without making" in none.en and "education" in none.en


def test_traits_clusters_and_elements_are_those_of_the_plan(tmp_path):
    usual = methods(load_plan(), alike(ALL))
    assert "alike in sex, age, education, post, rank" in usual["methods.how"].en
    assert "umur" in usual["methods.how"].id and "satu unit " in usual["methods.how"].id
    assert "facilities element" in usual["methods.satisfaction"].en
    own = tmp_path / "plan.yml"
    own.write_text("covariates: []\ncluster: opd\noutcomes: {satisfaction: {primary: ikm}}\n")
    said = methods(load_plan(own), alike({}))
    assert (
        "without making" in said["methods.how"].en and "one agency (OPD)" in said["methods.how"].en
    )
    assert "facilities" not in said["methods.satisfaction"].en
    assert said["methods.satisfaction"].en.endswith("by satisfaction index (IKM).")


@pytest.mark.parametrize(
    ("by_lot", "own"),
    [
        ((), {"methods.unseen"}),
        (("productivity",), {"methods.draw", "methods.unseen_beside_draw"}),
        (("satisfaction",), {"methods.order", "methods.unseen_beside_order"}),
        (
            ("productivity", "satisfaction"),
            {"methods.draw", "methods.order", "methods.unseen_beside_both"},
        ),
    ],
)
def test_methods_come_before_limits_and_each_is_said(by_lot, own):
    said = methods(load_plan(), alike(ALL), by_lot)
    assert list(said) == [n for n in (*METHODS, *LIMITS) if n in said]
    assert all(text[lang] for text in said.values() for lang in LANGS)
    # Where lots were drawn, nothing says that none were.
    lots = re.compile(r"methods\.(draw|order|unseen)")
    assert {name for name in said if lots.match(name)} == own
    assert any("Who was sent was not drawn by lot" in t.en for t in said.values()) != bool(by_lot)
