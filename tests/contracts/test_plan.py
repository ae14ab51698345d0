"""The plan: defaults, overrides, and refusal by the key's name."""

import time
from pathlib import Path

import pytest

from helpers import contracts
from helpers.contracts import EvaluasiError
from helpers.contracts.plan import _dotted
from helpers.contracts.plan_file import differences


def test_every_key_of_the_contract_has_its_default(plan):
    assert (
        plan.treatment.productivity.min_jp,
        plan.treatment.satisfaction.min_share,
        plan.privacy.small_cell,
        plan.jp.target,
    ) == (
        20,
        0.30,
        10,
        20,
    )
    assert plan.outcomes.productivity.primary == "output_per_day"
    assert plan.outcomes.satisfaction.negative_controls == ("persyaratan", "biaya", "sarana")
    assert plan.inference.seed == 20170514


def test_a_file_with_one_key_changes_that_key_only(tmp_path: Path, plan):
    file = tmp_path / "p.yml"
    file.write_text("treatment: {productivity: {min_jp: 8}}\n")
    changed = contracts.load_plan(file)
    assert changed.treatment.productivity.min_jp == 8
    assert changed.treatment.satisfaction.min_share == plan.treatment.satisfaction.min_share
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
        ("treatment: {productivity: {latest: 02-30}}\n", "treatment.productivity.latest"),
        ("intake: {most_lost: 2}\n", "intake.most_lost"),
        ("clip: yes\n", "clip"),
        (
            "outcomes: {productivity: {smallest_effect: {skp: 3}}}\n",
            "outcomes.productivity.smallest_effect",
        ),
        (
            "outcomes: {satisfaction: {negative_controls: [waktu]}}\n",
            "outcomes.satisfaction.negative_controls: waktu",
        ),
        ("outcomes: {satisfaction: {movable: [waktu, waktu]}}\n", "outcomes.satisfaction.movable"),
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


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("# ours\n\nprivacy:\n  small_cell: 0\n", 4, "privacy.small_cell"),
        ("clip: 0.01\nprivacy: {small_cel: 9}\n", 2, "privacy.small_cel"),
        ("jp: {target: 20}\ncovariates:\n  - umur\n  - zodiac\n", 4, "covariates"),
        ("clip: 0.01\noutcomes:\n  satisfaction:\n    smallest_effect:\n      ikm: 2 pp\n", 5,
         "outcomes.satisfaction.smallest_effect.ikm"),
        ("jp:\n  target: 20\n\njp:\n  target: 30\n", 4, "jp"),
        ("jp: {target: 20, target: 30}\n", 1, "jp.target"),
        ("\nregion:\n", 2, "region"),
        ("clip: 0.01\na: [1\n", 3, ""),
    ],
)  # fmt: skip
def test_a_wrong_plan_names_its_line(tmp_path: Path, text: str, line: int, key: str):
    (tmp_path / "p.yml").write_text(text)
    with pytest.raises(EvaluasiError) as refused:
        contracts.load_plan(tmp_path / "p.yml")
    assert refused.value.message("id").startswith(f"p.yml, baris {line}: {key}")
    assert refused.value.message("en").startswith(f"p.yml, line {line}: {key}")


def test_an_unknown_key_gets_the_nearest_that_there_is(tmp_path: Path):
    (tmp_path / "p.yml").write_text("privacy: {smal_cell: 9}\n")
    with pytest.raises(EvaluasiError, match="perhaps small_cell"):
        contracts.load_plan(tmp_path / "p.yml")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{low}: &{low} [{', '.join([f'*{high}'] * 9)}]\n"
    for high, low in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (BOMB, "too large; at most 5,000 values"),
        ("a: &a [*a]\n", "too large"),
        ("[" * 3000, "line 1: the plan is too large; at most 20 levels"),
        ("a: " + "{b: " * 3000, "at most 20 levels"),
        ("\n" + "- " * 3000 + "x", "line 2: the plan is too large; at most 20 levels"),
        ("# a comment that goes on\n" * 2_000_000, "too large; at most 100 kB"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("clip: 2024-02-30\n", "cannot be read as YAML"),
        ("clip: !!python/object:os.system x\n", "line 1: the plan cannot be read as YAML"),
        (f"clip: {'9' * 5000}\n", "cannot be read as YAML"),
    ],
    ids=["aliases", "itself", "brackets", "braces", "dashes", "50 MB", "bytes", "day", "tag", "digits"],
)  # fmt: skip
def test_a_plan_that_would_hang_or_crash_is_refused_in_one_sentence_at_once(
    tmp_path: Path, content: str | bytes, said: str
):
    file = tmp_path / "p.yml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    started = time.monotonic()
    with pytest.raises(EvaluasiError) as refused:
        contracts.load_plan(file)
    assert time.monotonic() - started < 2
    message = refused.value.message("en")
    assert said in message and len(message.splitlines()) == 1 and len(message) < 200
    assert message.startswith("p.yml")


def test_a_plan_that_is_no_file_is_named(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.yml"):
        with pytest.raises(EvaluasiError, match=f"{path.name}: the plan file does not exist"):
            contracts.load_plan(path)


def test_changes_between_two_plans_are_told():
    assert differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 4}) == {"b": (2, 3), "c": (None, 4)}


def test_the_default_names_every_key():
    import yaml

    tree = yaml.safe_load(contracts.project.DEFAULT_PLAN.read_text())
    assert set(_dotted(tree)) == set(contracts.load_plan().values)


@pytest.mark.parametrize(
    ("written", "size", "of"),
    [
        ("3%", 0.03, "baseline"),
        ("0.10 SD", 0.1, "spread"),
        ("2.5 points", 2.5, "unit"),
    ],
)
def test_the_smallest_effect_says_its_unit(tmp_path: Path, written: str, size: float, of: str):
    file = tmp_path / "p.yml"
    file.write_text(f"outcomes: {{productivity: {{smallest_effect: {{skp: {written}}}}}}}\n")
    found = contracts.load_plan(file).outcomes.productivity.smallest_effect
    assert (found["skp"].size, found["skp"].of) == (pytest.approx(size), of)
    assert (found["on_time_share"].size, found["on_time_share"].of) == (0.02, "unit")
    assert (
        found["output_per_day"]
        == contracts.load_plan().outcomes.productivity.smallest_effect["output_per_day"]
    )


def test_equal_values_have_one_hash_however_they_are_written(tmp_path: Path, plan):
    (tmp_path / "p.yml").write_text("jp: {target: 20.0}\ntheory_of_change: {etika pelayanan publik: [perilaku, pengaduan], manajemen waktu: [output_per_day, on_time_share, waktu]}\n")  # fmt: skip
    assert contracts.load_plan(tmp_path / "p.yml").sha256 == plan.sha256


@pytest.mark.parametrize(
    ("question", "outcome", "written"),
    [
        ("satisfaction", "ikm", "2 pp"),
        ("productivity", "on_time_share", "2 points"),
        ("productivity", "output_per_day", "2 points"),
        ("productivity", "skp", "1 pp"),
    ],
)
def test_an_amount_stands_in_the_outcomes_own_unit(tmp_path: Path, question, outcome, written):
    file = tmp_path / "p.yml"
    file.write_text(f"outcomes: {{{question}: {{smallest_effect: {{{outcome}: {written}}}}}}}\n")
    with pytest.raises(EvaluasiError, match=rf"smallest_effect\.{outcome}"):
        contracts.load_plan(file)


def test_a_refusal_speaks_the_language_asked_for(tmp_path: Path):
    (tmp_path / "p.yml").write_text("privacy: {small_cell: 1}\n")
    with pytest.raises(EvaluasiError) as refused:
        contracts.load_plan(tmp_path / "p.yml")
    assert "terbaca 1; seharusnya bilangan bulat 2 … 1000" in refused.value.message("id")
    assert "found 1; expected whole number 2 … 1000" in refused.value.message("en")


def test_a_changed_copy_of_a_plan_has_a_hash_of_its_own(plan):
    before = plan.sha256
    assert plan.model_copy(update={"clip": plan.clip / 2}).sha256 != before == plan.sha256
