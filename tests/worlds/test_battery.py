"""The battery: what it counts, that it can be stopped, and that its regions are what they say."""

from __future__ import annotations

import math
import os
from dataclasses import asdict, replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import intake, measures, simulate
from helpers.contracts.results import Record
from helpers.findings import tried
from helpers.simulate import World
from helpers.validation import battery, oracle, recorded, worlds

ONE = worlds.Told(
    "works: observed", 1, "productivity", "output_per_day", "jp>=20", "digest", 400, 40, 0.18,
    0.18, 0.2, 0.1, 0.3, "increase", "moderate", "symmetric", True, True, True, False, True,
)  # fmt: skip


def test_a_claim_is_wrong_where_the_truth_is_zero_or_of_the_other_sign():
    assert not ONE.wrong
    assert replace(ONE, truth=0.0).wrong
    assert replace(ONE, claim="decrease").wrong
    assert not replace(ONE, truth=0.0, claim="inconclusive").wrong
    assert not replace(ONE, truth=0.0, claim="no_meaningful_effect").wrong


def test_to_deny_an_effect_that_matters_is_counted():
    denied = replace(ONE, claim="no_meaningful_effect", grade="none")
    assert denied.truth >= denied.smallest and denied.overlooked
    assert not replace(denied, truth=denied.smallest * 0.9).overlooked
    assert not replace(denied, claim="inconclusive").overlooked
    table = battery.table([denied, ONE]).set_index("world")
    assert table.loc["works: observed", "overlooked"] == 0.5


def test_the_table_and_the_record_count_what_was_told():
    nothing = replace(ONE, kind="nothing: dip", truth=0.0)
    told = [ONE, replace(ONE, grade="weak"), nothing, replace(nothing, grade="weak")]
    table = battery.table(told).set_index("world")
    assert table.loc["works: observed", "power"] == 0.5
    assert table.loc["works: observed", "coverage"] == 1
    assert table.loc["nothing: dip", "false_cause"] == 0.5
    assert np.isnan(table.loc["nothing: dip", "power"])
    (of,) = recorded.record(told)
    assert {g: (r.regions, r.wrong) for g, r in of.grades.items()} == {
        "moderate": (2, 1),
        "weak": (2, 1),
    }


def test_what_no_data_could_tell_is_in_the_table_and_in_no_target():
    deceived = replace(ONE, kind="nothing: counted kindly", truth=0.0)
    told = [ONE, deceived]
    assert battery.table(told).set_index("world").loc[deceived.kind, "false_cause"] == 1
    found = battery.targets(told).set_index(["question", "target"])["figure"]
    assert found[("productivity", "false causal claims, all kinds that data can tell")] != 1
    alone = battery.targets([ONE]).set_index(["question", "target"])["figure"]
    pd.testing.assert_series_equal(found, alone)
    assert battery.shoot_out(told)["empty"].sum() == 0
    assert recorded.record(told) == recorded.record([ONE])
    weak = replace(deceived, seed=2, grade="weak")
    units = replace(weak, question="satisfaction", grade="moderate")
    theme = replace(deceived, seed=3, question="methods_dose")
    assert recorded.deceived([ONE, deceived, weak, theme]) == (Record(2, 1),)
    assert recorded.deceived([ONE, deceived, weak, units]) == (Record(2, 2),)


def test_the_worst_kind_is_named_where_one_is():
    nothing = replace(ONE, kind="nothing: dip", truth=0.0)
    weak = replace(nothing, kind="nothing: trend", grade="weak")
    names = set(battery.targets([nothing, weak])["target"])
    assert "false causal claims, nothing: dip" in names
    names = set(battery.targets([replace(nothing, grade="weak"), weak])["target"])
    assert "false causal claims, several kinds alike" in names
    assert not any("nothing:" in name for name in names)


def test_each_rule_is_reported_on_seeds_of_its_own():
    rules = ("000000000000", "000000000001", "05de697f47f2")
    seeds = [battery.seeds_of(r) for r in rules]
    assert len(set(seeds)) == len(rules)
    most = max(s for _, s in worlds.tasks(1, 0)) + 1000
    assert min(abs(a - b) for a in seeds for b in seeds if a != b) > most
    assert max(seeds) + most < 2**32


GRADES = ("strong", "moderate", "weak", "none")
OF_REGIONS = st.lists(
    st.builds(
        replace,
        st.just(ONE),
        outcome=st.sampled_from(["output_per_day", "skp"]),
        plan=st.sampled_from(["one", "two"]),
        grade=st.sampled_from(GRADES),
        truth=st.sampled_from([0.0, 0.2]),
        value=st.sampled_from([0.2, math.nan]),
        n_treated=st.integers(0, 900),
        n_clusters=st.integers(0, 60),
    ),
    max_size=40,
)


@given(OF_REGIONS)
def test_records_add_up_to_what_regions_told(told):
    records = recorded.record(told)
    of_grades = [g for t in records for g in t.grades.values()]
    assert sum(g.regions for g in of_grades) == len(told)
    assert sum(g.wrong for g in of_grades) == sum(t.wrong for t in told)
    assert recorded.frame(records)["regions"].sum() == len(told)
    for t in told:
        (of,) = (r for r in records if (r.outcome, r.plan) == (t.outcome, t.plan))
        sizes = of.sizes, of.grades[t.grade].sizes
        # A region whose effect could not be told widens no range.
        if math.isfinite(t.value):
            assert all(s is not None and s.hold(t.trial) for s in sizes)
    known = {(t.n_treated, t.n_clusters) for t in told if math.isfinite(t.value)}
    ends = {n for t in records if t.sizes for n in t.sizes.treated}
    assert ends <= {treated for treated, _ in known}


def test_power_is_held_against_what_the_oracle_finds():
    told = [ONE, replace(ONE, grade="weak"), replace(ONE, grade="weak", oracle=False)]
    found = battery.targets(told).set_index(["question", "target"])
    (power,) = (t for q, t in found.index if q == "productivity" and t.startswith("power"))
    assert found.loc[("productivity", power), "figure"] == 0.5
    assert found.loc[("productivity", power), "least"] == 0.85
    assert not any(q == "methods_dose" and t.startswith("power") for q, t in found.index)


def test_what_could_not_be_told_is_no_failure_of_coverage():
    unknown = replace(ONE, value=math.nan, low=math.nan, high=math.nan, claim="inconclusive")
    row = battery.table([ONE, unknown]).set_index("world").loc["works: observed"]
    assert (row["coverage"], row["known"], row["regions"]) == (1, 1, 2)
    alone = battery.table([unknown]).set_index("world").loc["works: observed"]
    assert np.isnan(alone["coverage"]) and np.isnan(alone["rmse"])


def test_the_shoot_out_counts_what_each_would_have_claimed():
    nothing = replace(ONE, kind="nothing: dip", truth=0.0, grade="none", before_after=False)
    found = battery.shoot_out([ONE, replace(ONE, grade="weak"), nothing]).set_index("claimant")
    found = found[found["question"] == "productivity"]
    assert found.loc["cause", ["claimed_of_empty", "empty"]].tolist() == [0, 1]
    assert found.loc["cause", ["claimed_of_effective", "effective"]].tolist() == [1, 2]
    assert found["claimed_of_empty"].tolist()[1:] == [0, 1, 0, 1]
    assert list(found.index) == ["cause", *battery.OTHERS]


@pytest.fixture
def two_kinds(monkeypatch):
    monkeypatch.setattr(worlds, "KINDS", TWO_KINDS)
    monkeypatch.setattr(battery, "KINDS", TWO_KINDS)


TWO_KINDS = tuple(
    replace(k, world=replace(k.world, employees=300, units=16, forms_per_year=600))
    for k in worlds.KINDS
    if k.name in ("nothing: by lot", "works: twice")
)


@pytest.fixture(scope="module")
def small_battery(plan, tmp_path_factory):
    """Two regions of two kinds, asked once for the whole module: the file, and what was told."""
    kept = tmp_path_factory.mktemp("battery") / "told.csv"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worlds, "KINDS", TWO_KINDS)
        return kept, battery.run(2, plan, kept, first_seed=7)


def test_a_battery_tells_what_was_tried_and_how(small_battery, plan):
    _, whole = small_battery
    assert len(whole) == 2 * 2 * 3
    assert {(t.question, t.outcome) for t in whole} == {
        ("productivity", "output_per_day"),
        ("satisfaction", "staff_unsur"),
        ("methods_dose", "output_per_day"),
    }
    # What the battery's plan leaves out is nothing of what is tried.
    assert all(t.plan == tried.digest(plan, t.question, t.outcome, t.treatment) for t in whole)
    assert all(t.n_treated > 0 and t.n_clusters > 3 for t in whole if math.isfinite(t.value))
    assert all(t.smallest > 0 for t in whole if math.isfinite(t.value))
    assert {t.question: t.business_report is None for t in whole} == {
        "productivity": False,
        "satisfaction": False,
        "methods_dose": True,
    }


def test_a_stopped_battery_goes_on_where_it_was(two_kinds, small_battery, plan, tmp_path):
    first, whole = small_battery
    lines = first.read_text().splitlines(keepends=True)
    kept = tmp_path / "told.csv"
    # Stopped in the middle of a line.
    kept.write_text("".join(lines[:-1]) + lines[-1][:25] + "\n")
    again = battery.run(2, plan, kept, first_seed=7)
    assert [repr(t) for t in again] == [repr(t) for t in whole]
    assert len(kept.read_text().splitlines()) <= len(lines) + 3


def test_processes_of_a_battery_have_one_thread_each(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)
    with battery._pool(1) as pool:
        told = [pool.submit(os.getenv, name).result() for name in battery._THREADS]
    assert told == ["1", "1", "1"]
    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_answers_of_another_rule_are_asked_again(small_battery, monkeypatch):
    kept, whole = small_battery
    assert len(battery.read(kept)) == len(whole)
    monkeypatch.setattr(battery, "rule_hash", lambda: "another")
    assert battery.read(kept) == []


def test_answers_by_another_plan_are_asked_again(small_battery, plan):
    kept, whole = small_battery
    people = plan.treatment.productivity.model_copy(update={"min_jp": 30.0})
    treatment = plan.treatment.model_copy(update={"productivity": people})
    other = plan.model_copy(update={"treatment": treatment})
    assert len(list(battery._of_plan(worlds.battery_plan(plan), whole))) == len(whole)
    left = list(battery._of_plan(worlds.battery_plan(other), battery.read(kept)))
    assert left == []


def test_answers_kept_before_a_column_was_there_are_let_go(plan, tmp_path):
    kept = tmp_path / "told.csv"
    rows = (("rule", *worlds.COLUMNS), (battery.rule_hash(), *asdict(ONE).values()))
    older = "".join(",".join(map(str, row[:-1])) + "\n" for row in rows)
    kept.write_text(older)
    assert battery.read(kept) == []
    assert battery.run(0, plan, kept, jobs=1) == []
    assert kept.read_text().splitlines() == [",".join(("rule", *worlds.COLUMNS))]


def test_a_region_told_directly_is_the_one_that_its_files_give(plan, tmp_path):
    world = World(seed=9, employees=300, units=12, forms_per_year=600)
    region = simulate.write(world, tmp_path / "data")
    direct = simulate.study(region, plan)
    read = intake.study(tmp_path / "data", world.last_year, plan)
    first, second = (
        worlds.questions.productivity_effect(s).findings[0].interval for s in (direct, read)
    )
    assert (first.value, first.low) == pytest.approx((second.value, second.low), rel=1e-9)
    first, second = (
        worlds.questions.satisfaction_effect(s).findings[0].interval for s in (direct, read)
    )
    assert first.value == pytest.approx(second.value, rel=1e-9)


def test_the_oracle_knows_what_training_added(plan):
    """The panel's treated years carry the region's own gains, in the outcome's unit."""
    region = simulate.make(World(seed=5, employees=400, units=16, path="by_cohort"))
    study = simulate.study(region, plan)
    people, units = measures.employee_year(study), measures.unit_year(study)
    gains = oracle.gains_of_people(region, measures.entities(study))["output_per_day"]
    added = oracle.gained(people, gains)
    truth = region.truth["att"]["2024"]
    assert len(added) == truth["treated_employee_years"]
    assert oracle.truth(added) == pytest.approx(truth["output_per_day"], abs=1e-6)
    assert oracle.finds(added)
    of_units = oracle.gained(units, oracle.gains_of_units(region, units)["staff_unsur"])
    assert oracle.truth(of_units) == pytest.approx(truth["staff_unsur"], abs=1e-6)


def test_the_oracle_finds_no_more_than_there_is():
    added = pd.DataFrame({"cluster": [0, 0, 1, 1, 2, 2], "gain": 0.0})
    assert not oracle.finds(added) and oracle.truth(added) == 0
    assert oracle.finds(added.assign(gain=0.2))
    assert not oracle.finds(added.assign(gain=[1, 1, -1.2, -1, 0.3, 0.1]))
    assert not oracle.finds(added[added["cluster"] == 0].assign(gain=0.2))


def test_only_so_many_units_send_anybody():
    region = simulate.make(World(seed=3, employees=400, units=12, sending=3)).tables
    sent = region["peserta"].merge(region["pegawai"].drop_duplicates("nip"), on="nip")
    assert 0 < sent["kode_unit"].nunique() <= 3


def test_troubles_are_in_the_regions_that_name_them(plan):
    def rows(**kind: object) -> dict[str, object]:
        return simulate.make(World(seed=4, employees=400, units=12, **kind)).tables  # type: ignore[arg-type]

    plain = rows()
    assert len(rows(leavers=0.1)["kinerja"]) < len(plain["kinerja"])
    wrong = rows(misrecorded=0.2)["peserta"]["kehadiran"] != plain["peserta"]["kehadiran"]
    assert 0.1 < wrong.mean() < 0.3
    assert rows(spillover=0.5)["kinerja"]["output"].sum() > plain["kinerja"]["output"].sum()
    again = rows()
    assert all(plain[name].equals(again[name]) for name in plain)


@pytest.mark.parametrize(
    ("path", "first", "later"),
    [("constant", 1, 1), ("growing", 0.5, 1.0), ("delayed", 0, 1), ("fading", 1, 0.25)],
)
def test_an_effect_runs_as_its_path_says(path, first, later):
    acts = simulate.world.strength(World(path=path), np.array([2021, 2023]), np.array([2021, 2021]))
    assert acts.tolist() == [first, later]
