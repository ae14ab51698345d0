"""The plan: defaults, overrides, and refusal by the key's name."""

from pathlib import Path

import pytest

from helpers import contracts
from helpers.contracts import EvaluasiError
from helpers.contracts.plan import _RULES, differences


def test_every_key_of_the_contract_has_its_default(plan):
    assert (plan.min_jp, plan.min_share, plan.small_cell, plan.jp_target) == (20, 0.30, 10, 20)
    assert plan.productivity_primary == "output_per_day"
    assert plan.negative_controls == ("persyaratan", "biaya", "sarana")
    assert plan.seed == 20170514


def test_a_file_with_one_key_changes_that_key_only(tmp_path: Path, plan):
    file = tmp_path / "p.yml"
    file.write_text("treatment: {productivity: {min_jp: 8}}\n")
    changed = contracts.load_plan(file)
    assert changed.min_jp == 8
    assert changed.min_share == plan.min_share
    assert changed.sha256 != plan.sha256


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("tretment: 1\n", "tretment"),
        ("treatment: {productivity: {min_hours: 3}}\n", "treatment.productivity.min_hours"),
        ("privacy: {small_cell: 0}\n", "privacy.small_cell"),
        ("privacy: {small_cell: ten}\n", "privacy.small_cell"),
        ("treatment: {satisfaction: {min_share: 3}}\n", "treatment.satisfaction.min_share"),
        ("skm: {order: [waktu]}\n", "skm.order"),
        ("skm: {weights: 0.5}\n", "skm.weights"),
        ("covariates: [zodiac]\n", "covariates"),
        ("outcomes: {productivity: {primary: ip_asn}}\n", "outcomes.productivity.primary"),
        ("region: 5\n", "region"),
        ("- a list\n", "plan"),
    ],
)
def test_a_wrong_plan_stops_with_the_keys_name(tmp_path: Path, text: str, key: str):
    file = tmp_path / "p.yml"
    file.write_text(text)
    with pytest.raises(EvaluasiError, match=key.replace(".", r"\.")):
        contracts.load_plan(file)


def test_an_unreadable_plan_is_named(tmp_path: Path):
    (tmp_path / "p.yml").write_text("a: [1\n")
    with pytest.raises(EvaluasiError, match=r"p\.yml"):
        contracts.load_plan(tmp_path / "p.yml")


def test_changes_between_two_plans_are_told():
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": (2, 3), "c": (None, 4)}


def test_every_key_has_a_rule_and_every_rule_a_default():
    import yaml

    def flat(tree, at=""):
        if at in _RULES or not isinstance(tree, dict):
            return {at}
        return {k for name, below in tree.items() for k in flat(below, f"{at}.{name}" if at else name)}

    assert flat(yaml.safe_load(contracts.project.DEFAULT_PLAN.read_text())) == set(_RULES)
