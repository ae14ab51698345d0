"""A name that is not there, and a column that was not named, told in a sentence."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

import pandas as pd

from helpers.contracts import EvaluasiError, Text
from helpers.explore.mistakes import of_numbers, some, that_make_groups


class NoSuchName(EvaluasiError, AttributeError):
    """A name that `helpers.explore` does not have; what asks whether it has it gets its answer."""


def no_such_name(name: str, there: Sequence[str]) -> NoSuchName:
    """A sentence on a name that is not there.

    Parameters
    ----------
    name : that was asked.
    there : the names that there are.
    """
    near = difflib.get_close_matches(name, there, n=1)
    meant_id, meant_en = (
        (f" Maksudnya explore.{near[0]}?", f" Did you mean explore.{near[0]}?")
        if near
        else ("", "")
    )
    listed = ", ".join(there)
    return NoSuchName(
        Text(
            f"explore: tidak ada {name}.{meant_id} Yang ada: {listed}.",
            f"explore: there is no {name}.{meant_en} There are {listed}.",
        )
    )


def outcome_of(frame: pd.DataFrame, outcome: str | None) -> str:
    """The column that is compared.

    Parameters
    ----------
    frame : of this room.
    outcome : as it was given.

    Raises
    ------
    EvaluasiError : it was not named.
    """
    if outcome is None:
        numbers = some(of_numbers(frame))
        example = 'explore.compare(people, "skp", by="tema")'
        raise EvaluasiError(
            Text(
                f"explore: sebut kolom yang dibandingkan, misalnya {example}. Kolom angka: "
                f"{numbers}.",
                f"explore: name the column that is compared, for example {example}. Columns of "
                f"numbers: {numbers}.",
            )
        )
    return outcome


def groups_of(frame: pd.DataFrame, by: str | None) -> str:
    """The column that makes the groups.

    Parameters
    ----------
    frame : of this room.
    by : as it was given.

    Raises
    ------
    EvaluasiError : it was not named.
    """
    if by is None:
        groups = that_make_groups(frame)
        raise EvaluasiError(
            Text(
                f'explore: sebut kelompoknya, misalnya by="tema". Yang dapat dipakai: {groups}.',
                f'explore: name the groups, for example by="tema". What can be used: {groups}.',
            )
        )
    return by
