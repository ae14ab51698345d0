"""A record belongs to what was tried, and is printed nowhere else; it is forgotten with its rule."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake, questions
from helpers.causal.rule_code import rule_hash
from helpers.contracts import LANGS, Estimate, Finding, Interval, Plan, Text, number
from helpers.contracts.plan_file import load
from helpers.contracts.results import About, Record
from helpers.findings import methods, records, tried
from helpers.findings.tried import OfGrade, Sizes, Trial, Trials
from helpers.findings.words import templates

PLAN = load(None)
PACKAGED = records.FILE
# What the battery asks: question, outcome, treatment.
ASKED = (
    ("productivity", "output_per_day", "jp>=20"),
    ("satisfaction", "staff_unsur", "trained_share>=0.3"),
    ("methods_dose", "output_per_day", "manajemen waktu: jp>=20"),
)
SIZES = Sizes((50, 800), (16, 40), 10.0)
SEEN = {"moderate": OfGrade(212, 4, SIZES), "none": OfGrade(9, 0, SIZES), "strong": OfGrade(7, 0, Sizes((300, 500), (40, 40)))}  # fmt: skip
GRADES = ("strong", "moderate", "weak", "none")


def trials(plan: Plan = PLAN) -> tuple[Trials, ...]:
    return tuple(Trials(q, o, t, tried.digest(plan, q, o, t), SIZES, SEEN) for q, o, t in ASKED)


def estimate(question: str, outcome: str, treatment: str, treated: int = 400, clusters: int = 40) -> Estimate:  # fmt: skip
    about = About(question, outcome, "output_per_day", 2024, treatment)  # type: ignore[arg-type]
    return Estimate(about, Interval(0.2, 0.1, 0.3), "primary", "ATT", "callaway_santanna_dr", n_treated=treated, n_clusters=clusters)  # fmt: skip


def trial(asked=ASKED[0], plan: Plan = PLAN, treated: int = 400, clusters: int = 40) -> Trial:
    return Trial.of(estimate(*asked, treated, clusters), plan)


@pytest.mark.parametrize(("staff", "inside"), [(9.9, False), (10.0, True), (70.0, True)])
def test_smaller_units_than_were_tried_have_no_record(written, staff, inside):
    """A single person makes a small unit a trained one; of larger ones the share says more."""
    asked = estimate(*ASKED[1], 20, 20)
    wide = [replace(t, sizes=Sizes((1, 50), (1, 50), 10.0)) for t in trials()]
    of = next(t for t in wide if t.question == "satisfaction")
    assert of.sizes.hold(Trial.of(asked, PLAN, staff)) == inside
    found = tried.untried(Trial.of(asked, PLAN, staff), "none", wide)
    assert found == ("" if inside else "size")


def changed(plan: Plan, key: str, value: object) -> Plan:
    """The plan with another value under a dotted key."""
    name, _, rest = key.partition(".")
    if isinstance(plan, dict):
        return {**plan, name: value}  # type: ignore[return-value]
    inner = changed(getattr(plan, name), rest, value) if rest else value
    return plan.model_copy(update={name: inner})


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "FILE", tmp_path / "record.json")
    records._kept.cache_clear()
    yield records
    records._kept.cache_clear()


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A record of all that the battery asks, kept for the whole module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(records, "FILE", tmp_path_factory.mktemp("record") / "record.json")
        records.write(trials(), ())
        yield records
    records._kept.cache_clear()


def test_a_record_is_kept_for_the_rule_that_it_was_measured_with(kept, monkeypatch):
    assert kept.record(trial(), "moderate") == (None, "rule")
    kept.write(trials(), ())
    assert kept._kept()[1] == trials()
    assert kept.record(trial(), "moderate") == (Record(212, 4), "")
    monkeypatch.setattr(records, "rule_hash", lambda: "another rule")
    assert kept.record(trial(), "moderate") == (None, "rule")


def test_it_says_what_was_not_tried(written):
    def why(grade: str = "moderate", *args: object, **sizes: int) -> str:
        found, untried = written.record(trial(*args, **sizes), grade)
        assert found is None
        return untried

    assert why("moderate", ("productivity", "skp", "jp>=20")) == "outcome"
    assert why("moderate", ("draw", "output_per_day", "jp>=20")) == "outcome"
    assert why("moderate", ("methods_dose", "output_per_day", "etika: jp>=20")) == "theme"
    assert why("moderate", ("productivity", "output_per_day", "jp>=30")) == "plan"
    assert why(treated=49) == why(treated=801) == why(clusters=15) == why(clusters=41) == "size"
    # Regions of this size were tried, but in none of them was the grade given.
    assert why("strong", clusters=39) == why("strong", treated=299) == why("weak") == "grade"
    # Where nothing is claimed there is nothing that could be wrong.
    assert why("none") == ""
    assert why("none", treated=49) == "size"


@given(
    st.sampled_from(ASKED),
    st.sampled_from(GRADES),
    st.integers(0, 2000),
    st.integers(0, 100),
    st.sampled_from(["", "another outcome", "another plan", "another theme"]),
)
def test_what_was_not_tried_has_no_record(written, asked, grade, treated, clusters, other):
    question, outcome, treatment = asked
    plan = PLAN
    match other:
        case "another outcome":
            outcome = "on_time_share"
        case "another plan":
            plan = changed(plan, "jp.per_hour", 0.75)
        case "another theme":
            treatment = f"layanan: {tried.theme(treatment) and treatment}"
    one = trial((question, outcome, treatment), plan, treated, clusters)
    found, untried = written.record(one, grade)
    inside = not other and SIZES.hold(one)
    assert found is None or not untried
    assert (found is not None) == (inside and grade in SEEN and grade != "none" and SEEN[grade].sizes.hold(one))  # fmt: skip
    assert bool(untried) == (found is None and not (inside and grade == "none"))


ALWAYS = {
    "treatment.productivity.min_jp": 30.0,
    "treatment.productivity.latest": "06-30",
    "jp.per_hour": 0.75,
    "inference.level": 0.9,
}
OF_PEOPLE = {
    "outcomes.productivity.smallest_effect": {**PLAN.outcomes.productivity.smallest_effect, "output_per_day": PLAN.outcomes.productivity.smallest_effect["on_time_share"]},
    "covariates": PLAN.covariates[1:],
    "cluster": "opd",
    "clip": 0.02,
}  # fmt: skip
KEYS = {
    "productivity": {**ALWAYS, **OF_PEOPLE, "placebo.productivity": ("skp",), "outcomes.productivity.primary": "skp"},
    "methods_dose": {**ALWAYS, **OF_PEOPLE, "theory_of_change": {"manajemen waktu": ("on_time_share", "output_per_day")}},
    "satisfaction": {
        **ALWAYS,
        "outcomes.satisfaction.smallest_effect": {"ikm": PLAN.outcomes.satisfaction.smallest_effect["ikm"]},
        "outcomes.satisfaction.movable": PLAN.outcomes.satisfaction.movable[1:],
        "outcomes.satisfaction.negative_controls": PLAN.outcomes.satisfaction.negative_controls[1:],
        # An outcome of its own is no longer looked at as one that cannot have moved.
        "outcomes.satisfaction.secondary": ("biaya",),
        "outcomes.satisfaction.primary": "ikm",
        "treatment.satisfaction.min_share": 0.4,
        "skm.min_respondents": 20,
        "inference.draws": 99,
    },
}  # fmt: skip
IDLE = {
    "region.name": "Agam",
    "subgroups": (),
    "privacy.small_cell": 5,
    "intake.most_lost": 0.1,
    "inference.seed": 1,
    "inference.draws": 1999,
    "jp.target": 24,
    "draw.balance": 0.2,
    "outcomes.productivity.secondary": (),
    "covariates": PLAN.covariates[::-1],
    "skm.weights": "0.11",
}


@pytest.mark.parametrize(
    ("asked", "key"), [(asked, key) for asked in ASKED for key in KEYS[asked[0]]]
)
def test_a_plan_that_estimates_or_grades_otherwise_has_no_record(written, asked, key):
    assert written.record(trial(asked), "moderate") == (Record(212, 4), "")
    other = changed(PLAN, key, KEYS[asked[0]][key])
    assert written.record(trial(asked, other), "moderate") == (None, "plan")


@pytest.mark.parametrize("key", IDLE)
@pytest.mark.parametrize("asked", ASKED)
def test_a_plan_that_differs_in_nothing_of_the_effect_has_the_record(written, asked, key):
    other = changed(PLAN, key, IDLE[key])
    assert other.sha256 != PLAN.sha256
    assert written.record(trial(asked, other), "moderate") == (Record(212, 4), "")


def test_every_key_that_counts_is_changed_in_a_test():
    """Whoever lets a further key count says here how it is changed."""
    for asked in ASKED:
        counted = tried.plan_keys(PLAN, *asked)
        moved = set()
        for key, value in KEYS[asked[0]].items():
            other = tried.plan_keys(changed(PLAN, key, value), *asked)
            moved |= {k for k in counted if counted[k] != other.get(k)}
        assert moved == set(counted)


def test_every_outcome_and_grade_of_a_page_is_told_with_its_record(written, small_region):
    answer = questions.productivity_effect(intake.study(small_region, 2024))
    first, *others = answer.findings
    some = replace(first, grade="moderate", record=Record(212, 4), untried="")
    none = replace(first, grade="none", record=None, untried="")
    rest = [replace(f, record=None, untried="outcome") for f in others]
    for lang in LANGS:
        told = records.of_grades([some, none, *rest])[lang]
        assert told.count("212") == 1 and " 4" in told
        assert all(_name(f.outcome, lang) in told for f in rest)
        assert told.count(templates(lang)["untried.outcome"]) == 1
        many = records.of_grades([replace(some, record=Record(1035, 0))])[lang]
        assert number(1035, lang, 0) in many and "1035" not in many
        theme = records.of_grades([some], {some.id: "manajemen waktu"})[lang]
        assert templates(lang)["word.manajemen waktu"] in theme if "word.manajemen waktu" in templates(lang) else "manajemen waktu" in theme  # fmt: skip
        assert (templates(lang)["record.apart"] in told) and records.of_grades(rest)[lang]
        assert templates(lang)["record.apart"] not in records.of_grades(rest)[lang]
    assert records.of_grades([none]).en == records.in_short(none, none.text).en == ""


WHYS = ("outcome", "theme", "plan", "size", "grade", "rule")
OF_EFFECTS = st.lists(
    st.builds(
        lambda outcome, grade, of: Finding(f"productivity.{outcome}.effect", "productivity", outcome, "increase", grade, Interval(0.2, 0.1, 0.3), "output_per_day", Text.same("x"), (), *of),
        st.sampled_from(["output_per_day", "skp", "on_time_share", "staff_unsur", "ikm"]),
        st.sampled_from(GRADES[:3]),
        st.one_of(
            st.builds(lambda n: (Record(1000 + n, 0), ""), st.integers(0, 999)),
            st.builds(lambda why: (None, why), st.sampled_from(WHYS)),
        ),
    ),
    max_size=8,
)  # fmt: skip


@given(OF_EFFECTS)
def test_no_record_is_printed_of_an_effect_that_has_none(effects):
    """As many counts as records; every outcome without one stands beside its reason."""
    for lang in LANGS:
        told = records.of_grades(effects)[lang]
        counts = [number(f.record.regions, lang, 0) for f in effects if f.record is not None]
        assert re.findall(r"\d[\d.,]*\d", told) == counts
        without = [f for f in effects if f.record is None]
        for why in {f.untried for f in without}:
            (sentence,) = (s for s in told.split(". ") if templates(lang)[f"untried.{why}"] in s)
            assert all(_name(f.outcome, lang) in sentence for f in without if f.untried == why)
        assert bool(told) == bool(effects)


@pytest.mark.parametrize("why", WHYS)
def test_the_reader_is_told_why_there_is_no_record(small_region, why):
    finding = questions.productivity_effect(intake.study(small_region, 2024)).findings[0]
    finding = replace(finding, record=None, untried=why)
    for said in (records.of_grades([finding]), records.in_short(finding, finding.text)):
        assert said.id != said.en
        for lang in LANGS:
            assert templates(lang)[f"untried.{why}"] in said[lang]
            assert not re.search(r"\d", said[lang].replace(finding.text[lang], ""))


def test_findings_of_a_study_have_the_records_of_their_trials(written, small_region):
    """The small region lies below the sizes tried; a record of its own sizes is printed for its
    main outcome alone.
    """
    study = intake.study(small_region, 2024, PLAN)

    def asked_again():
        fresh = replace(study)
        return {f.outcome: f for f in questions.productivity_effect(fresh).findings}

    (row,) = questions.productivity_effect(study).rows("primary", "output_per_day")
    main = asked_again()["output_per_day"]
    assert (main.record, main.untried) == (None, "size")
    own = Sizes((row.n_treated,) * 2, (row.n_clusters,) * 2)
    every = dict.fromkeys(GRADES, OfGrade(5, 1, own))
    written.write([replace(t, sizes=own, grades=every) for t in trials()], ())
    found = asked_again()
    main = found.pop("output_per_day")
    assert (main.record, main.untried) == (None if main.grade == "none" else Record(5, 1), "")
    assert {(f.record, f.untried) for f in found.values() if f.interval.known} == {(None, "outcome")}  # fmt: skip
    written.write(trials(), ())


def test_the_packaged_record_is_that_of_todays_rule_and_of_the_project_s_plan():
    """Whoever changes the rule or the plan measures it again: `evaluasi validate --worlds N
    --record`.
    """
    content = json.loads(PACKAGED.read_text(encoding="utf-8"))
    assert content["rule"] == rule_hash()
    of = records._adapter().validate_python(content["tried"])
    assert {(t.question, t.outcome, t.treatment) for t in of} == set(ASKED)
    for one in of:
        assert one.plan == tried.digest(PLAN, one.question, one.outcome, one.treatment)
        assert one.sizes is not None
        for grade in one.grades.values():
            assert 0 <= grade.wrong <= grade.regions
            if grade.sizes is not None:
                both = [p for s in (one.sizes, grade.sizes) for p in zip(s.treated, s.clusters, strict=True)]  # fmt: skip
                assert (
                    Sizes.of(both, min(one.sizes.least_staff, grade.sizes.least_staff)) == one.sizes
                )
        assert sum(g.regions for g in one.grades.values()) > 400


def _name(outcome: str, lang: str) -> str:
    return templates(lang)[f"outcome.{outcome}"]  # type: ignore[arg-type]


def test_what_no_data_could_tell_is_told_with_how_often_it_deceived(kept, monkeypatch):
    assert kept.deceived() == ()
    assert "simulasi" not in methods.methods(PLAN, methods.alike({}))["methods.untellable"].id
    kept.write(trials(), (Record(100, 23), Record(100, 8), Record(90, 71)))
    said = methods.methods(PLAN, methods.alike({}))["methods.untellable"]
    assert said.en.endswith("in 23 of 100, 8 of 100, 71 of 90.")
    assert said.id.endswith("di 23 dari 100, 8 dari 100, 71 dari 90.")
    monkeypatch.setattr(records, "rule_hash", lambda: "another rule")
    assert kept.deceived() == ()


@pytest.mark.parametrize(("wrong", "said"), [(19, "19 had in truth no effect"), (0, "all had")])
def test_of_a_weak_grade_it_is_said_what_can_be_wrong(wrong: int, said: str):
    """It names no cause, so that only whether there is an effect can be wrong."""
    interval = Interval(2.0, 1.0, 3.0, 0.5, 90)
    weak, strong = (
        Finding(
            "productivity.skp.effect", "productivity", "skp", "increase", grade, interval,
            "points", Text("x", "x"), (), Record(35, wrong),
        )
        for grade in ("weak", "strong")
    )  # fmt: skip
    assert (
        said in records.of_grades([weak]).en and "in that direction" in records.of_grades([weak]).en
    )
    assert "ke arah itu" in records.in_short(weak, Text("x", "x")).id
    for text in (records.of_grades([strong]), records.in_short(strong, Text("x", "x"))):
        assert "direction" not in text.en and "wrong" in text.en
