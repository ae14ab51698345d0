"""A draw of seats: who is drawn, for the evaluator alone; the table that next year's data folder
needs; and a record of one page to sign.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from helpers.cli_draws_made import MadeDraw, signed_for
from helpers.cli_words import both, say
from helpers.contracts import (
    EvaluasiError,
    Lang,
    Plan,
    Study,
    Text,
    WrongUsage,
    project,
    write_whole,
)
from helpers.contracts.units import number
from helpers.describe import draw_of_seats as lots
from helpers.findings.words import label, thing, trait
from helpers.findings.words import say as of_report
from helpers.measures import lotteries

if TYPE_CHECKING:  # pages are slow to import, and help must not be
    from helpers.publish.parts import Part


def drawn(
    study: Study, people: pd.DataFrame, nips: pd.Series, seats: int, seed: int
) -> lots.SeatsDrawn:
    """Draw the seats within the plan's strata and balance.

    Parameters
    ----------
    study : its plan states both.
    people : everybody in the draw, one row a person.
    nips : their NIP, by which the lots are made.
    seats : fewer than there are people.
    seed : of the lots; public, so that anybody can repeat them.

    Raises
    ------
    WrongUsage : a seat for everybody, which leaves nobody to compare with.
    EvaluasiError : no draw keeps the plan's balance.
    """
    if seats >= len(people):
        raise WrongUsage(both("draw.everybody", people=len(people)))
    plan = study.plan.draw
    of = people.assign(stratum=lotteries.strata(people, tuple(plan.strata)))
    made = lots.draw(
        of, nips, lotteries.alike(study, people, study.year), seats, seed, plan.balance
    )
    if made.farthest > plan.balance:
        draws, bound = _written(made.draws, 0), _written(plan.balance, 2)
        nearest = _written(made.farthest, 3)
        raise EvaluasiError(both("draw.unbalanced", draws=draws, bound=bound, nearest=nearest))
    return made


def _written(value: float, decimals: int) -> Text:
    return Text.made(lambda lang: number(value, lang, decimals))


def files(
    study: Study,
    nips: pd.Series,
    made: lots.SeatsDrawn,
    by_rule: tuple[int, int],
    lang: Lang,
    in_data: Sequence[Path],
) -> dict[str, str | bytes]:
    """The draw's table for next year's data folder, and its record to sign, by file name.

    Parameters
    ----------
    study : the year before the seats'.
    nips : of the people drawn among.
    made : the draw.
    by_rule : how many a rule seated, and left out.
    lang : of the record.
    in_data : the files of the data folder that hold a draw of that year.

    Raises
    ------
    WrongUsage : another draw of that year lies in data/private or in the data folder.
    """
    content, plan_seed = table(study, nips, made), study.plan.inference.seed
    return signed_for(
        MadeDraw("undian", study.year + 1, content, made.seed, plan_seed),
        lang,
        lambda written, now: record(study, made, written, by_rule, now, lang),
        in_data,
    )


def told(study: Study, made: lots.SeatsDrawn, by_rule: tuple[int, int], lang: Lang) -> list[str]:
    """What the screen says of a draw; it names nobody.

    Parameters
    ----------
    study : the year before the seats'.
    made : the draw.
    by_rule : how many a rule seated, and left out.
    lang : of what is said.
    """
    balance = say(
        "draw.balanced",
        lang,
        draws=number(made.draws, lang, 0),
        farthest=number(made.farthest, lang, 2),
        bound=number(study.plan.draw.balance, lang, 2),
    )
    next_year = say("draw.next_year", lang, year=study.year + 1)
    if any(by_rule):
        balance += f" {_apart(by_rule, study.plan.privacy.small_cell, lang)}"
    repeat = say("draw.repeat", lang, seed=made.seed)
    return [balance, *_not_compared(made, lang), repeat, next_year]


def _not_compared(made: lots.SeatsDrawn, lang: Lang) -> list[str]:
    """In how many strata the lot decided nothing; empty where in none."""
    by = made.by_stratum()
    alone = int(((by["seats"] == 0) | (by["seats"] == by["people"])).sum())
    return [say("draw.not_compared", lang, strata=alone, all=len(by))] if alone else []


def _apart(by_rule: tuple[int, int], small_cell: int, lang: Lang) -> str:
    """How many a rule took out of the draw; of few people that they are few."""
    few = say("by_rule.few", lang, small=number(small_cell, lang, 0))
    seated, left_out = (few if 0 < n < small_cell else number(n, lang, 0) for n in by_rule)
    return say("by_rule.counts", lang, seated=seated, left_out=left_out)


def table(study: Study, nips: pd.Series, made: lots.SeatsDrawn) -> str:
    """The table ``undian`` of the year of the seats, everybody in it in the order of their NIP.

    Parameters
    ----------
    study : the year before the seats'.
    nips : of the people drawn among.
    made : the draw.

    Source: contracts, section 3.
    """
    rows = made.people.assign(nip=nips).sort_values("nip")
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(("tahun", "nip", "strata", "terpilih", "benih"))
    for row in rows.itertuples():
        yes = "ya" if row.drawn else "tidak"
        writer.writerow((study.year + 1, row.nip, row.stratum, yes, made.seed))
    return held.getvalue()


def kept_privately(made: dict[str, str | bytes]) -> str:
    """Write what was made where the evaluator alone may read, and name the files.

    Parameters
    ----------
    made : contents by file name; all are made before one is written.
    """
    for file, content in made.items():
        write_whole(project.PRIVATE / file, content).chmod(0o600)
    return ", ".join(f"data/private/{file}" for file in made)


def record(
    study: Study,
    made: lots.SeatsDrawn,
    written: MadeDraw,
    by_rule: tuple[int, int],
    now: datetime,
    lang: Lang,
) -> bytes:
    """The record of the draw as a DOCX of one page; it names nobody.

    Parameters
    ----------
    study : the year before the seats'.
    made : the draw.
    written : as it is written down, whose digest the record states.
    by_rule : how many a rule seated, and left out.
    now : the time that it states.
    lang : of the record.
    """
    from helpers.present import Sentence, Table

    def tell(key: str, **fields: object) -> str:
        return say(f"draw.{key}", lang, **fields)

    by = made.by_stratum()
    strata = Table(
        (tell("stratum"), tell("people"), tell("seats")),
        tuple(
            (
                _stratum(str(name), lang),
                number(row["people"], lang, 0),
                number(row["seats"], lang, 0),
            )
            for name, row in by.iterrows()
        ),
        numeric=(1, 2),
        caption=tell("by_stratum"),
    )
    apart = Table(
        (tell("trait"), tell("apart")),
        tuple(
            (_named(str(n), study.plan, lang), number(v, lang, 2)) for n, v in made.apart.items()
        ),
        numeric=(1,),
        caption=tell("how_alike"),
    )
    facts = tell(
        "facts",
        seats=number(by["seats"].sum(), lang, 0),
        people=number(by["people"].sum(), lang, 0),
        year=study.year + 1,
        seed=made.seed,
        draws=number(made.draws, lang, 0),
        bound=number(study.plan.draw.balance, lang, 2),
    )
    said = (
        Sentence(facts),
        *([Sentence(_apart(by_rule, study.plan.privacy.small_cell, lang))] if any(by_rule) else ()),
        Sentence(tell("repeat", seed=made.seed)),
        strata,
        apart,
    )
    return to_sign(study, written, "draw.title", said, now, lang)


def to_sign(
    study: Study,
    made: MadeDraw,
    title: str,
    said: Sequence[Part],
    now: datetime,
    lang: Lang,
) -> bytes:
    """A draw's record as a DOCX: what is said of it, whose seed it takes, the digest of its table,
    and lines to sign.

    Parameters
    ----------
    study : the year before the draw's first.
    made : the draw that the record speaks for.
    title : the key of its title.
    said : in its order.
    now : the time that it states.
    lang : of the record.
    """
    from helpers import publish
    from helpers.present import Sentence
    from helpers.publish.parts import Read
    from helpers.publish.word import docx

    open_lines = (*made.to_explain(), "place", "signed", "witness")
    parts = (
        *said,
        *map(Sentence, made.stated(lang)),
        Sentence(say("draw.digest", lang, file=f"{made.name}.csv", digest=made.digest)),
        *(Sentence(f"{say(f'draw.{k}', lang)} {'_' * 22}") for k in open_lines),
    )
    region = publish.region_name(study.plan)
    named = say(title, lang, year=made.year, region=region)
    notice = of_report("report.synthetic", lang) if study.synthetic else ""
    written = now.strftime("%Y-%m-%d %H:%M")
    stated = publish.Document(named, region, region, lang, written, notice)
    return docx(stated, [Read(made.table, named, parts)])


def _stratum(name: str, lang: Lang) -> str:
    return " / ".join(label(part)[lang] for part in name.split(" / "))


def _named(name: str, plan: Plan, lang: Lang) -> str:
    return (thing(name) if name in plan.outcomes.productivity.all else trait(name))[lang]
