"""Folders with one to four faults beyond the contract's table: no crash, no row lost without a
count, no fault unnamed; and the judge sees each of these where it happens.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers.contracts import Problem
from helpers.validation import faulty_folders
from helpers.validation.damage import KINDS, File, Folder, Planted


def test_a_seeded_few_are_read_or_said():
    told = faulty_folders.ask(12, seed=1000)
    assert [t for t in told if not t.well] == []
    assert len({p.kind for t in told for p in t.planted}) > 15


def test_the_kinds_are_wider_than_the_contracts_table():
    assert len(KINDS) > 55


def test_the_judge_sees_what_nobody_names():
    folder = Folder({"kinerja": File("kinerja", ["nip"], [["1"], ["2"]])})
    planted = Planted("NIP cut", frozenset({"nip_format"}), "kinerja", 1)
    problem = Problem("nip_format", "excluded", "kinerja", "kinerja.csv", rows=(3,))
    assert faulty_folders._named(planted, folder, [problem])
    for other in ([], [replace(problem, rows=(2,))], [replace(problem, fault="number_format")]):
        assert not faulty_folders._named(planted, folder, other)


@pytest.mark.parametrize(
    ("told", "well"),
    [
        ({}, True),
        ({"crash": "KeyError"}, False),
        ({"lost": ("skm",)}, False),
        ({"leaks": True}, False),
    ],
)
def test_a_folder_in_which_anything_went_wrong_is_listed_by_its_seed(told, well, tmp_path):
    planted = (Planted("archive", frozenset(), "", file="a.zip"),)
    one = faulty_folders.FolderTold(7, planted, **told)
    text = faulty_folders.summary([one], tmp_path)
    assert one.well == well and ("seed 7" in text) != well
    assert (tmp_path / "faults.md").read_text().count("| archive | 1 |") == 1
