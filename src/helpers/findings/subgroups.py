"""What may be said of effects in groups of people: that they explore."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from helpers.contracts import Estimate, Text, number
from helpers.findings.words import label, told

# How `group` of estimates.csv names a group, as in ``jenis_kelamin=P``.
_IS: Final = "="
_ALPHA: Final = 0.05


def code(by: str, group: str) -> str:
    """A group's name in estimates.csv.

    Parameters
    ----------
    by : a column of the roll.
    group : one of its values.

    >>> code("jenis_kelamin", "P")
    'jenis_kelamin=P'
    """
    return f"{by}{_IS}{group}"


def column(group: str) -> str:
    """The column of the roll of which a group is one value.

    Parameters
    ----------
    group : as `code` names it.

    >>> column("jenis_kelamin=P")
    'jenis_kelamin'
    """
    return group.partition(_IS)[0]


def named(estimate: Estimate) -> Text:
    """The group of an estimate in words: the column and its value."""
    by, _, group = estimate.about.group.partition(_IS)
    return Text.made(lambda lang: f"{label(by)[lang]}: {label(group)[lang]}")


def those_of(estimates: Sequence[Estimate]) -> list[Estimate]:
    """The estimates that are of groups of people.

    Parameters
    ----------
    estimates : of any role.
    """
    return [e for e in estimates if e.role == "subgroup" and _IS in e.about.group]


def sentence(shown: Sequence[Estimate], asked: int, small: int) -> Text:
    """In how many groups a change can be told from chance, and what that does not mean.

    Parameters
    ----------
    shown : estimates of groups, with p-values for their number.
    asked : how many groups were asked about.
    small : groups with fewer trained, or fewer to compare them with, are not shown.
    """
    left_out = (
        told("subgroups.left_out", n=asked - len(shown), small=small)
        if asked > len(shown)
        else Text()
    )
    if not shown:
        return told("subgroups.none") + left_out
    clear = sum(e.p_adjusted < _ALPHA for e in shown)
    counts = {
        "n": Text.made(lambda lang: number(clear, lang, 0)),
        "all": Text.made(lambda lang: number(len(shown), lang, 0)),
    }
    return told("subgroups.told", **counts) + left_out
