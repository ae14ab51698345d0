"""A draw of the order in which units are trained: said on the screen, since units are no people;
the table that next year's data folder needs; and a record of one page to sign.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path

import pandas as pd

from helpers import cli_draw, intake
from helpers.cli_draws_made import MadeDraw, signed_for
from helpers.cli_words import both, say
from helpers.contracts import EvaluasiError, Lang, Study, Text, WrongUsage, project
from helpers.contracts.lottery import FEWEST_YEARS_OF_UNITS
from helpers.contracts.units import number
from helpers.describe import order_of_units as in_turn


def ordered(study: Study, places: int, seed: int, lang: Lang, in_data: Sequence[Path]) -> list[str]:
    """Draw in which year each unit that serves the public is trained, and write it down.

    ``undian_unit_{year + 1}.csv``, for next year's data folder, and a record to sign lie in
    ``data/private``.

    Parameters
    ----------
    study : of the year before the first turn.
    places : units trained in a year.
    seed : of the lots; public, so that anybody can repeat them.
    lang : of the record and of what is said.
    in_data : the files of the data folder that hold an order from that year on.

    Returns
    -------
    Lines with every unit and its turn.

    Raises
    ------
    EvaluasiError : the study's year has no survey form, or only of units trained already.
    WrongUsage : no place, or one for every unit, which leaves none to compare with; an order of
        which too little could be compared; another draw of it lies in data/private or in the data
        folder; or an earlier order has some of the units still to come.
    """
    units, trained = in_turn.units_in_draw(study), len(in_turn.trained_units(study))
    if units.empty:
        raise EvaluasiError(
            both("order.all_trained" if trained else "order.no_forms", year=study.year)
        )
    _refuse_where_one_runs(study, units["kode_unit"])
    if not 1 <= places < len(units):
        raise WrongUsage(both("order.places", places=places, units=len(units), year=study.year))
    made = in_turn.draw_order(units, places, seed, study.year + 1)
    if (fewest := in_turn.compared_years(made)) < FEWEST_YEARS_OF_UNITS:
        needed, enough = FEWEST_YEARS_OF_UNITS, _enough(units, seed, study.year + 1)
        told_of = {"places": places, "fewest": fewest, "needed": needed, "enough": enough}
        raise WrongUsage(both("order.too_few", **told_of))
    content, plan_seed = _table(study, made), study.plan.inference.seed
    where = cli_draw.kept_privately(
        signed_for(
            MadeDraw("undian_unit", study.year + 1, content, str(made.seed), plan_seed),
            lang,
            lambda written, now: _record(study, made, written, now, lang),
            in_data,
        )
    )
    return [
        _facts(study, made, lang),
        *([say("order.trained", lang, trained=number(trained, lang, 0))] if trained else ()),
        *(f"  {turn} ({n}): {names}" for turn, n, names in _by_turn(study, made)),
        say("order.repeat", lang, seed=seed),
        say("order.next_year", lang, year=study.year + 1),
        say("invitations.written", lang, files=where),
    ]


def _enough(units: pd.DataFrame, seed: int, first: int) -> Text:
    """With how many units a year enough could be compared, most of them at once; or that none
    is enough.
    """
    for places in range(len(units) - 1, 0, -1):
        made = in_turn.draw_order(units, places, seed, first)
        if in_turn.compared_years(made) >= FEWEST_YEARS_OF_UNITS:
            return both("order.enough", places=places)
    return both("order.never_enough", units=len(units))


def _refuse_where_one_runs(study: Study, units: pd.Series) -> None:
    """Raise where an earlier order has one of the units still to come, be it in the data or only
    where it was written down.
    """
    own, in_data = f"undian_unit_{study.year + 1}.csv", set(study.undian_unit["tahun"])
    _refuse(study, units, study.undian_unit, "order.running")
    for file, table in intake.kept_orders(project.PRIVATE, study.plan.skm.order):
        if file == own:
            continue
        if table is None:
            raise WrongUsage(both("order.unread", file=file))
        _refuse(study, units, table[~table["tahun"].isin(in_data)], "order.not_in_data", file=file)


def _refuse(study: Study, units: pd.Series, table: pd.DataFrame, why: str, **told: str) -> None:
    to_come = table[table["kode_unit"].isin(units) & (table["giliran"] > study.year)]
    if len(to_come):
        first, last = int(to_come["tahun"].max()), int(to_come["giliran"].max())
        raise WrongUsage(both(why, first=first, last=last, **told))


def _facts(study: Study, made: in_turn.OrderDrawn, lang: Lang) -> str:
    turns = made.units["turn"]
    return say(
        "order.facts",
        lang,
        units=number(len(made.units), lang, 0),
        places=number(int(turns.value_counts().max()), lang, 0),
        first=study.year + 1,
        last=int(turns.max()),
    )


def _by_turn(study: Study, made: in_turn.OrderDrawn) -> list[tuple[str, str, str]]:
    """Each turn's year, how many units it has, and which."""
    names = dict(zip(study.unit["kode_unit"], study.unit["nama_unit"], strict=True))
    rows = []
    for turn, part in made.units.groupby("turn"):
        told = (f"{k} {names[k]}" if names.get(k) else str(k) for k in part["kode_unit"])
        rows.append((str(turn), str(len(part)), "; ".join(told)))
    return rows


def _table(study: Study, made: in_turn.OrderDrawn) -> str:
    """The table ``undian_unit``, those of an earlier turn first."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(("tahun", "kode_unit", "strata", "giliran", "benih"))
    for row in made.units.itertuples():
        writer.writerow((study.year + 1, row.kode_unit, row.stratum, row.turn, made.seed))
    return held.getvalue()


def _record(
    study: Study, made: in_turn.OrderDrawn, written: MadeDraw, now: datetime, lang: Lang
) -> bytes:
    """The record of the draw as a DOCX of one page, with the digest of its table."""
    from helpers.present import Sentence, Table

    def tell(key: str, **fields: object) -> str:
        return say(f"order.{key}", lang, **fields)

    turns = Table(
        (tell("turn"), tell("number"), tell("units")),
        tuple(_by_turn(study, made)),
        numeric=(0, 1),
        caption=tell("by_turn"),
    )
    by = made.by_stratum()
    strata = Table(
        (tell("stratum"), *(str(turn) for turn in by)),
        tuple(_stratum_row(str(name), row, lang) for name, row in by.iterrows()),
        numeric=tuple(range(1, len(by.columns) + 1)),
        caption=tell("by_stratum"),
    )
    said = (
        Sentence(_facts(study, made, lang)),
        Sentence(tell("repeat", seed=made.seed)),
        turns,
        strata,
    )
    return cli_draw.to_sign(study, written, "order.title", said, now, lang)


def _stratum_row(name: str, row: pd.Series, lang: Lang) -> tuple[str, ...]:
    said = say(f"order.stratum_{name.replace(' ', '_')}", lang)
    return (said, *(number(n, lang, 0) for n in row))
