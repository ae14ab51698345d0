"""Names of people where the name of a unit, an agency, a theme or the like should stand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from helpers.contracts import PLACED, TABLES, codes, fault_of
from helpers.contracts.fault_words import OfPerson
from helpers.intake import shapes
from helpers.intake.ledger import Ledger
from helpers.intake.person_words import NamesByWords, words, words_of_name

_KINDS: Final = ("text", "words")
# A name of one word is a place's, or an ordinary word, too often.
_FEWEST_WORDS: Final = 2


def without_names(
    tables: Mapping[str, pd.DataFrame], names: Collection[str], ledger: Ledger
) -> dict[str, pd.DataFrame]:
    """The tables without cells in which the whole name of somebody in the inputs stands.

    Such cells are printed as names of groups, and the leak scan cannot tell them from a group's
    name. The row is kept; a unit is then known by its code, also to rows that give its name.

    Parameters
    ----------
    tables : as read, by name.
    names : of people, as they are written.
    ledger : where each such cell is entered, as a value out of its scale.
    """
    by_words = {_sorted_words(name): name for name in names}
    people = NamesByWords.of({w: n for w, n in by_words.items() if len(w) >= _FEWEST_WORDS})
    # "Siti A." is somebody's whole name, and found as a whole cell alone.
    whole = {_key(name) for name in names if len(name.partition(",")[0].split()) >= _FEWEST_WORDS}
    found = {name: _cleared(name, frame, people, whole, ledger) for name, frame in tables.items()}
    return found | _placed_by_code(found, tables["unit"])


def _cleared(
    table: str,
    frame: pd.DataFrame,
    people: NamesByWords,
    whole: Collection[str],
    ledger: Ledger,
) -> pd.DataFrame:
    for column in TABLES[table].columns:
        if column.kind not in _KINDS or not column.kept or column.name not in frame:
            continue
        distinct = [v for v in frame[column.name].dropna().unique() if v]
        said = [
            v
            for v in distinct
            if _key(v) in whole
            or _sorted_words(v) in people.who
            or next(people.among(words(v)), None)
        ]
        if not said:
            continue
        hit = frame[frame[column.name].isin(said)]
        shown = shapes.counted(hit[column.name].value_counts().items())
        # Without its name a unit goes by its code, and nothing is lost but the name.
        named = table == "unit" and column.name == "nama_unit"
        why: OfPerson = "person_in_unit" if named else "person"
        action = fault_of("out_of_scale", "excluded", table, why).action
        ledger.add_rows(
            "out_of_scale", table, column.name, hit, found=shown, action=action, why=why
        )
        kept = frame[column.name].mask(frame[column.name].isin(said), "")
        frame = frame.assign(**{column.name: kept})
    return frame


def _placed_by_code(
    tables: Mapping[str, pd.DataFrame], named: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Tables whose rows gave a unit by a name that was taken out, with its code in the name's
    place.
    """
    units = tables["unit"]
    if "nama_unit" not in units:
        return {}
    gone = named["nama_unit"].ne(units["nama_unit"]) & named["nama_unit"].notna()
    keys = named.loc[gone, "nama_unit"].map(codes.key)
    owners = units.loc[gone, "kode_unit"].groupby(keys).agg(["nunique", "last"])
    code_of = owners.loc[owners["nunique"] == 1, "last"].to_dict()
    found: dict[str, pd.DataFrame] = {}
    for name in PLACED if code_of else ():
        frame = tables[name]
        if "kode_unit" in frame:
            known = {w: code_of.get(codes.key(w), w) for w in frame["kode_unit"].dropna().unique()}
            frame = frame.assign(kode_unit=frame["kode_unit"].replace(known))
        if "_unit_name" in frame:
            as_names = {key: codes.key(code) for key, code in code_of.items()}
            frame = frame.assign(_unit_name=frame["_unit_name"].replace(as_names))
        found[name] = frame
    return found


def _sorted_words(name: str) -> tuple[str, ...]:
    return tuple(sorted(words_of_name(name)))


def _key(name: str) -> str:
    return codes.key(name.partition(",")[0])
