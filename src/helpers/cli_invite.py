"""The list of who is invited: written for the evaluator alone, under data/private; what is told on
the screen names nobody.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Final, Literal

import pandas as pd

from helpers import cli_draw, cli_order, intake
from helpers.cli_by_rule import set_apart
from helpers.cli_run import region_line
from helpers.cli_words import both, say
from helpers.contracts import (
    EvaluasiError,
    Lang,
    Study,
    WrongUsage,
    load_plan,
    resolve,
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
    plan: Path | None,
    year: int,
    seats: int,
    rule: InvitationRule,
    seed: int | None,
    apart: Path | None,
    lang: Lang,
) -> list[str]:
    """Write who is invited in the year after, and say what it gives each group.

    The list lies in ``data/private/undangan_{year + 1}_{rule}``, as ``.csv`` for programs and as
    ``.xlsx`` for spreadsheets, which would round a NIP of the other. Of a draw its table for next
    year's data folder (``undian_{year + 1}.csv``) and a record to sign lie beside them, and a list
    of those left out by rule.

    Parameters
    ----------
    data : the data folder.
    plan : its target of hours is the right; the project's own where None.
    year : its roll is whom the seats are for.
    seats : from 1 to as many as are on the roll; of an order, the units of a year.
    rule : one of `rules.RULES`, a draw within the plan's strata, or a draw of the order in which
        units are trained (see `cli_order.ordered`), which invites nobody.
    seed : of the lot among the tied, the plan's where None; who has it and the roll can repeat the
        lot.
    apart : a list of those whom a rule seats or leaves out of a draw (see `intake.by_rule`).
    lang : of the list and of what is said.

    Returns
    -------
    Lines without a person.

    Raises
    ------
    WrongUsage : no seat, or more than there are people; another draw of that year lies there or in
        the data folder; or a list of those apart where no seats are drawn.
    EvaluasiError : nobody on the year's roll, no activities or participants, a fault that stops a
        run, or no draw that keeps the plan's balance.
    """
    if apart is not None and rule != "draw":
        raise WrongUsage(both("by_rule.of_draws", rule=rule))
    folder, chosen = resolve(data), load_plan(resolve(plan) if plan else None)
    lot = chosen.inference.seed if seed is None else seed
    study = intake.study(folder, year, chosen)
    by_lot = rule in ("draw", "order")
    in_data: list[Path] = []
    if by_lot:
        sheets = [s for s in intake.sheets_read(folder, chosen) if s.years]
        _refuse_where_known(sheets, year + 1)
        lots = "undian" if rule == "draw" else "undian_unit"
        in_data = [folder / s.file for s in sheets if s.table == lots and _covers(s, year + 1)]
    about = [region_line(chosen, plan, lang)]
    if by_lot and seed is None:
        about.append(say("draw.seed_of_plan", lang))
    if rule == "order":
        return [*cli_order.ordered(study, seats, lot, lang, in_data), *about]
    if not study.trained:
        raise EvaluasiError(both("invitations.no_participants"))
    people = rules.entitled(study)
    if people.empty:
        raise EvaluasiError(both("invitations.no_roll", year=year))
    if not 1 <= seats <= len(people):
        raise WrongUsage(both("invitations.seats", seats=seats, people=len(people), year=year))
    persons = intake.persons(folder, chosen)
    nips = people["pegawai_id"].map(persons["nip"])
    name = f"undangan_{year + 1}_{rule}"
    made: dict[str, str | bytes] = {}
    lines = _told(study, len(people), seats, rule, lang)
    if rule == "draw":
        split = set_apart(resolve(apart) if apart else None, people, nips, seats)
        among = split.drawn_among
        of = cli_draw.drawn(study, among, nips[among.index], seats - len(split.seated), lot)
        first = people.loc[of.people.index[of.people["drawn"]]]
        first = first.iloc[nips[first.index].argsort()]
        by_rule = len(split.seated), len(split.left_out)
        made |= cli_draw.files(study, nips[among.index], of, by_rule, lang, in_data)
        lines += cli_draw.told(study, of, by_rule, lang)
        first = pd.concat([split.seated, first.assign(why="")])
        if len(split.left_out):
            out = _listed(study, split.left_out, persons, rule, lang)
            out_name = f"{name}_{say('by_rule.left_out', lang)}"
            made |= _files(out_name, out, say("by_rule.why_left_out", lang), lang)
    else:
        first = people.loc[rules.seated(people, nips, seats, rule, lot)].assign(why="")
        lines.append(say("invitations.seed", lang, seed=lot))
    invited = _listed(study, first, persons, rule, lang)
    made |= _files(name, invited, say("invitations.reason", lang), lang)
    where = cli_draw.kept_privately(made)
    return [*lines, say("invitations.written", lang, files=where), *about]


def _covers(sheet: intake.SheetRead, year: int) -> bool:
    return sheet.years is not None and sheet.years[0] <= year <= sheet.years[1]


def _refuse_where_known(sheets: Sequence[intake.SheetRead], year: int) -> None:
    """Raise where the data hold outcomes of the year that would be drawn for: who knows them can
    look for a seed that suits.
    """
    of_year = [
        f"{sheet.file} ({sheet.table})"
        for sheet in sheets
        if sheet.table in ("kinerja", "skm") and sheet.years and sheet.years[1] >= year
    ]
    if of_year:
        raise WrongUsage(both("draw.known", year=year, files=", ".join(of_year[:3])))


def _listed(
    study: Study,
    first: pd.DataFrame,
    persons: pd.DataFrame,
    rule: _RuleOfSeats,
    lang: Lang,
) -> pd.DataFrame:
    """One row a person, first one first, with the reason: the rule's own, or that of the lot."""
    units = dict(zip(study.unit["kode_unit"], study.unit["nama_unit"], strict=True))
    target = f"{study.plan.jp.target:g}"
    reasons = [
        say("by_rule.reason", lang, why=why)
        if why
        else say("invitations.lot" if rule == "equal" else "invitations.drawn", lang)
        if rule != "gap"
        else say(
            f"invitations.{'met' if ever else 'never'}",
            lang,
            met=number(100 * met, lang, 0),
            target=target,
            missing=number(missing, lang, 0),
        )
        for why, ever, met, missing in zip(
            *(first[c] for c in ("why", "ever", "met", "missing")), strict=True
        )
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


def _files(name: str, rows: pd.DataFrame, why: str, lang: Lang) -> dict[str, str | bytes]:
    """A list for programs and for spreadsheets; ``why`` heads the column of reasons."""
    head = [*(say(f"invitations.{c}", lang) for c in _COLUMNS[:-1]), why]
    return {f"{name}.csv": _delimited(rows, head), f"{name}.xlsx": _workbook(rows, head)}


def _delimited(rows: pd.DataFrame, head: list[str]) -> str:
    """Text of a CSV file in which no cell is a formula."""
    held = StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(head)
    for row in rows.itertuples(index=False):
        cells = [str(value) for value in row]
        writer.writerow(["'" * cell.startswith(_FORMULA) + cell for cell in cells])
    return held.getvalue()


def _workbook(rows: pd.DataFrame, head: list[str]) -> bytes:
    """A workbook whose texts stay texts: no NIP is rounded, no name is a formula."""
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.append(head)
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
    if rule == "draw":
        # What an equal chance promises a group is not what the lot gave it.
        return lines
    found = of_seats.seats_by_group(study, seats)
    for _, row in found[found["rule"] == rule].iterrows():
        group = f"{word(str(row['group_by']), lang)}: {word(str(row['group']), lang)}"
        if pd.isna(row["of_seats"]):
            lines.append(f"  {group}: {word('hidden', lang)}")
            continue
        of_seats_of, of_staff = (SHARE.level(row[c])[lang] for c in ("of_seats", "of_staff"))
        lines.append(say("invitations.group", lang, group=group, seats=of_seats_of, staff=of_staff))
    return lines
