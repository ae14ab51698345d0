"""The list of who is invited: written for the evaluator alone, under data/private; what is told on
the screen names nobody.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from helpers import cli_draw, cli_order, intake
from helpers.cli_words import both, say
from helpers.contracts import (
    EvaluasiError,
    Lang,
    Plan,
    Study,
    WrongUsage,
)
from helpers.contracts.units import SHARE, number
from helpers.describe import invitation_rules as rules
from helpers.describe import seats as of_seats
from helpers.findings import word

_COLUMNS: Final = ("rank", "nip", "name", "unit", "reason")
# What a spreadsheet takes for a formula, or hides one behind.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


_RuleOfSeats = rules.Rule | Literal["draw"]
InvitationRule = _RuleOfSeats | Literal["order"]


def invite(
    data: Path,
    year: int,
    plan: Plan,
    seats: int,
    rule: InvitationRule,
    seed: int,
    lang: Lang,
) -> list[str]:
    """Write who is invited in the year after, and say what it gives each group.

    The list lies in ``data/private/undangan_{year + 1}_{rule}``, as ``.csv`` for programs and as
    ``.xlsx`` for spreadsheets, which would round a NIP of the other. Of a draw its table for next
    year's data folder (``undian_{year + 1}.csv``) and a record to sign lie beside them.

    Parameters
    ----------
    data : the data folder.
    year : its roll is whom the seats are for.
    plan : its target of hours is the right.
    seats : from 1 to as many as are on the roll; of an order, the units of a year.
    rule : one of `rules.RULES`, a draw within the plan's strata, or a draw of the order in which
        units are trained (see `cli_order.ordered`), which invites nobody.
    seed : of the lot among the tied; who has it and the roll can repeat the lot.
    lang : of the list and of what is said.

    Returns
    -------
    Lines without a person.

    Raises
    ------
    WrongUsage : no seat, or more than there are people; or another draw of that year lies there.
    EvaluasiError : nobody on the year's roll, no activities or participants, a fault that stops a
        run, or no draw that keeps the plan's balance.
    """
    study = intake.study(data, year, plan)
    if rule == "order":
        return cli_order.ordered(study, seats, seed, lang)
    if not study.trained:
        raise EvaluasiError(both("invitations.no_participants"))
    people = rules.entitled(study)
    if people.empty:
        raise EvaluasiError(both("invitations.no_roll", year=year))
    if not 1 <= seats <= len(people):
        raise WrongUsage(both("invitations.seats", seats=seats, people=len(people), year=year))
    persons = intake.persons(data, plan)
    nips = people["pegawai_id"].map(persons["nip"])
    name = f"undangan_{year + 1}_{rule}"
    made: dict[str, str | bytes] = {}
    lines = _told(study, len(people), seats, rule, lang)
    if rule == "draw":
        of = cli_draw.drawn(study, people, nips, seats, seed)
        first = people.loc[of.people.index[of.people["drawn"]]]
        first = first.iloc[nips[first.index].argsort()]
        made |= cli_draw.files(study, nips, of, lang)
        lines += cli_draw.told(study, of, lang)
    else:
        first = people.loc[rules.seated(people, nips, seats, rule, seed)]
        lines.append(say("invitations.seed", lang, seed=seed))
    chosen = _listed(study, first, persons, rule, lang)
    made |= {f"{name}.csv": _delimited(chosen, lang), f"{name}.xlsx": _workbook(chosen, lang)}
    where = cli_draw.kept_privately(made)
    return [*lines, say("invitations.written", lang, files=where)]


def _listed(
    study: Study,
    first: pd.DataFrame,
    persons: pd.DataFrame,
    rule: _RuleOfSeats,
    lang: Lang,
) -> pd.DataFrame:
    """One row a seat, first one first."""
    units = dict(zip(study.unit["kode_unit"], study.unit["nama_unit"], strict=True))
    target = f"{study.plan.jp.target:g}"
    reasons = [
        say("invitations.lot" if rule == "equal" else "invitations.drawn", lang)
        if rule != "gap"
        else say(
            f"invitations.{'met' if ever else 'never'}",
            lang,
            met=number(100 * met, lang, 0),
            target=target,
            missing=number(missing, lang, 0),
        )
        for ever, met, missing in zip(first["ever"], first["met"], first["missing"], strict=True)
    ]
    return pd.DataFrame(
        {
            "rank": range(1, len(first) + 1),
            "nip": first["pegawai_id"].map(persons["nip"]).to_numpy(),
            "name": first["pegawai_id"].map(persons["name"]).to_numpy(),
            "unit": first["kode_unit"].map(lambda k: units.get(k) or k).to_numpy(),
            "reason": reasons,
        }
    )


def _delimited(rows: pd.DataFrame, lang: Lang) -> str:
    """Text of a CSV file in which no cell is a formula."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow([say(f"invitations.{c}", lang) for c in _COLUMNS])
    for row in rows.itertuples(index=False):
        cells = [str(value) for value in row]
        writer.writerow(["'" * cell.startswith(_FORMULA) + cell for cell in cells])
    return held.getvalue()


def _workbook(rows: pd.DataFrame, lang: Lang) -> bytes:
    """A workbook whose texts stay texts: no NIP is rounded, no name is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append([say(f"invitations.{c}", lang) for c in _COLUMNS])
    for at, row in enumerate(rows.itertuples(index=False), start=2):
        for column, value in enumerate(row, start=1):
            cell = sheet.cell(at, column)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"
                cell.quotePrefix = True
    for letter, width in zip("ABCDE", (6, 22, 34, 34, 60), strict=True):
        sheet.column_dimensions[letter].width = width
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def _told(study: Study, people: int, seats: int, rule: _RuleOfSeats, lang: Lang) -> list[str]:
    """The counts, then each group's share of the seats beside its share of the staff."""
    lines = [
        say(
            "invitations.counts",
            lang,
            seats=number(seats, lang, 0),
            people=number(people, lang, 0),
            rule=say(f"invitations.rule_{rule}", lang),
            year=study.year + 1,
        )
    ]
    found = of_seats.seats_by_group(study, seats)
    # What a group may expect of a draw is what an equal chance gives it.
    expected = "equal" if rule == "draw" else rule
    for _, row in found[found["rule"] == expected].iterrows():
        group = f"{word(str(row['group_by']), lang)}: {word(str(row['group']), lang)}"
        if pd.isna(row["of_seats"]):
            lines.append(f"  {group}: {word('hidden', lang)}")
            continue
        of_seats_of, of_staff = (SHARE.level(row[c])[lang] for c in ("of_seats", "of_staff"))
        lines.append(say("invitations.group", lang, group=group, seats=of_seats_of, staff=of_staff))
    return lines
