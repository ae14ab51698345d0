"""Blocks that the workspace made carry a seal while a page is being made; those put together by hand do not."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator

import pandas as pd
import pytest

from helpers import explore, present
from helpers.findings import say
from helpers.present import MIME, Sentence, Table, made_by_house


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(made_by_house, "_key", None)
    made_by_house.begin("kunci")


@pytest.fixture
def people() -> pd.DataFrame:
    frame = pd.DataFrame({"person": range(40), "year": 2024, "unit": "u", "skp": range(40)})
    frame.attrs["evaluasi"] = {
        "rows": "people", "lang": "en", "small_cell": 5, "level": 0.95, "synthetic": False,
    }  # fmt: skip
    return frame


def _sealed(block: present.Block | explore.Shown) -> bool:
    carried = block._repr_mimebundle_()[MIME]
    seal = carried.pop(made_by_house.SEAL, None)
    assert seal in (None, made_by_house.seal(carried, "kunci"))
    return seal is not None


def test_a_comparison_is_sealed_and_each_of_its_parts_is(page: None, people: pd.DataFrame):
    seen = explore.over_time(people, "skp")
    assert _sealed(seen) and all(map(_sealed, seen.blocks.blocks))


def test_blocks_by_hand_are_not_sealed_nor_is_what_holds_one(page: None, people: pd.DataFrame):
    by_hand = Sentence(say("explore.mark", "en") + " x")
    assert not _sealed(by_hand) and not _sealed(Table(("a",), (("1",),)))
    seen = explore.over_time(people, "skp").blocks
    assert _sealed(present.Blocks(seen.blocks))
    assert not _sealed(present.Blocks((*seen.blocks, by_hand)))


def test_what_was_made_for_another_page_is_not_sealed(page: None, people: pd.DataFrame):
    seen = explore.over_time(people, "skp").blocks
    made_by_house.begin("kunci")
    assert not _sealed(seen)


def test_away_from_a_page_blocks_carry_no_seal(
    monkeypatch: pytest.MonkeyPatch, people: pd.DataFrame
):
    monkeypatch.setattr(made_by_house, "_key", None)
    seen = explore.over_time(people, "skp")
    assert made_by_house.SEAL not in seen._repr_mimebundle_()[MIME]


def test_a_seal_is_of_what_the_block_carries_and_of_the_key():
    carried = Sentence("x").carried()
    one = made_by_house.seal(carried, "kunci")
    assert one == made_by_house.seal(dict(reversed(carried.items())), "kunci")
    assert one != made_by_house.seal(carried, "kunci2")
    assert one != made_by_house.seal(carried | {"text": "y"}, "kunci")


def _public() -> Iterator[tuple[str, Callable[..., object]]]:
    for room in (present, explore):
        for module in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            found = vars(importlib.import_module(module.name)).items()
            for name, member in found:
                own = inspect.isfunction(member) and member.__module__ == module.name
                if own and not name.startswith("_"):
                    yield name, member


def test_whoever_draws_rows_that_are_handed_over_is_known_to_draw_by_hand():
    """A block of rows that may be anybody's is the workspace's only where the workspace asked."""
    of_rows = {
        name
        for name, made in _public()
        if "Block" in str(inspect.signature(made).return_annotation)
        and "DataFrame"
        in "".join(str(p.annotation) for p in inspect.signature(made).parameters.values())
    }
    assert of_rows == made_by_house._GIVEN_ROWS
