"""``evaluasi``: one thin function a command. Heavy imports wait until a command needs them."""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path
from typing import Annotated, Literal

import typer

from helpers.cli_check import checked, record
from helpers.cli_faults import fails_politely, wrong_usage
from helpers.cli_run import (
    first_lines,
    formats_named,
    notebooks_named,
    region_line,
    reports_folder,
    several_years_asked,
    status_lines,
    years_asked,
)
from helpers.cli_words import Command, Group, say

app = typer.Typer(
    name="evaluasi",
    cls=Group,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
Language = Literal["id", "en"]
Listing = Literal["text", "json"]
InvitationRule = Literal["gap", "equal", "draw", "order"]
Selection = Literal["none", "observed", "dip", "trend"]
DataFolder = Annotated[Path, typer.Option("--data")]
PlanFile = Annotated[Path | None, typer.Option("--plan")]
OneYear = Annotated[int | None, typer.Option("--year", min=1990, max=2100)]
SeveralYears = Annotated[str, typer.Option("--years")]
Several = Annotated[list[str] | None, typer.Option("--only")]
EffectOnProductivity = Annotated[float, typer.Option("--effect-productivity", min=-0.5, max=1)]
EffectOnSatisfaction = Annotated[float, typer.Option("--effect-satisfaction", min=-20, max=20)]
AskedLang = Annotated[Language, typer.Option("--lang", show_default=False)]


@app.callback()
def evaluasi(lang: AskedLang = "id") -> None:
    """Every command, and the language of its help."""


@app.command(cls=Command)
@fails_politely
def run(
    year: OneYear = None,
    years: SeveralYears = "",
    data: DataFolder = Path("data/sample"),
    out: Annotated[Path | None, typer.Option("--out")] = None,
    plan: PlanFile = None,
    lang: AskedLang = "id",
    only: Several = None,
    formats: Annotated[str, typer.Option("--formats")] = "html",
    jobs: Annotated[int, typer.Option("--jobs", min=0)] = 0,
    fresh: Annotated[bool, typer.Option("--fresh")] = False,
    time_limit: Annotated[int, typer.Option("--time-limit", min=1)] = 600,
    scheduler: Annotated[str, typer.Option("--scheduler")] = "",
) -> None:
    """Make a year's report: read, run the notebooks, render, index."""
    wanted = formats_named(formats)
    asked, named = years_asked(year, years), notebooks_named(only)
    from helpers import project
    from helpers.receipts import Order

    plan_file, folder = project.resolve(plan) if plan else None, project.resolve(data)
    reports = (out or reports_folder(folder)).expanduser().resolve()
    order = Order(asked, folder, reports, plan_file or project.DEFAULT_PLAN, lang, named, wanted)
    rested_on = order.rests_on()
    if not fresh and (known := order.held(rested_on)):
        for line in (*known.said, say("words.unchanged", lang)):
            typer.echo(line, err=True)
        typer.echo("\n".join(known.pages))
        return
    from helpers import contracts

    said = tuple(first_lines(contracts.load_plan(plan_file), plan_file, folder, lang))
    for line in said:
        typer.echo(line, err=True)
    from helpers import workflow

    request = workflow.Request(
        years=asked,
        data=folder,
        out=reports,
        plan_file=plan_file,
        lang=lang,
        only=named,
        jobs=jobs,
        fresh=fresh,
        formats=wanted,
        time_limit=time_limit,
        scheduler=scheduler,
    )
    progress = (lambda _: None) if sys.stderr.isatty() else partial(typer.echo, err=True)
    pages = workflow.run(request, progress, lambda told: typer.echo(told[lang], err=True))
    typer.echo("\n".join(map(str, pages)))
    order.keep(rested_on, pages, said)


@app.command(cls=Command)
@fails_politely
def status(
    year: OneYear = None,
    years: SeveralYears = "",
    data: DataFolder = Path("data/sample"),
    plan: PlanFile = None,
    lang: AskedLang = "id",
    only: Several = None,
) -> None:
    """What a run would do now, notebook by notebook, and why."""
    from helpers import project, workflow

    request = workflow.Request(
        years=years_asked(year, years),
        data=project.resolve(data),
        out=Path(),
        plan_file=project.resolve(plan) if plan else None,
        only=notebooks_named(only),
    )
    typer.echo("\n".join(status_lines(workflow.would_run(request), lang)))


@app.command(cls=Command)
@fails_politely
def check(
    data: DataFolder = Path("data/sample"),
    form: Annotated[Listing, typer.Option("--format")] = "text",
    year: OneYear = None,
    plan: PlanFile = None,
    lang: AskedLang = "id",
) -> None:
    """List every problem of a data folder; change nothing."""
    from helpers import contracts, intake

    plan_file, folder = contracts.resolve(plan) if plan else None, contracts.resolve(data)
    chosen = contracts.load_plan(plan_file)
    problems = intake.check(folder, chosen, year)
    if form == "json":
        typer.echo(json.dumps([record(p, lang) for p in problems], indent=1, ensure_ascii=False))
    else:
        read, region = intake.sheets_read(folder, chosen), region_line(chosen, plan_file, lang)
        typer.echo("\n".join(checked(problems, read, region, lang)))
    raise typer.Exit(1 if any(p.stops for p in problems) else 0)


@app.command(cls=Command)
@fails_politely
def check_report(
    file: Annotated[Path, typer.Argument(show_default=False)],
    year: Annotated[int, typer.Option("--year", min=1990, max=2100, show_default=False)],
    out: Annotated[Path, typer.Option("--out")] = Path("reports"),
    form: Annotated[Listing, typer.Option("--format")] = "text",
    lang: AskedLang = "id",
) -> None:
    """Hold an edited report against its year's findings: list each sentence that says more."""
    from helpers.cli_edited import held

    lines, code = held(file, year, out, form, lang)
    typer.echo(lines)
    raise typer.Exit(code)


@app.command(cls=Command)
@fails_politely
def sample(
    out: Annotated[Path, typer.Option("--out")],
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    employees: Annotated[int, typer.Option("--employees", min=30, max=2_000_000)] = 1500,
    units: Annotated[int, typer.Option("--units", min=1, max=5000)] = 40,
    years: Annotated[str, typer.Option("--years")] = "2018-2024",
    forms: Annotated[int, typer.Option("--forms", min=20)] = 2500,
    effect_productivity: EffectOnProductivity = 0.05,
    effect_satisfaction: EffectOnSatisfaction = 2.0,
    selection: Annotated[Selection, typer.Option("--selection")] = "observed",
    draw: Annotated[int, typer.Option("--draw", min=0)] = 0,
    order: Annotated[int, typer.Option("--order", min=0)] = 0,
    messy: Annotated[bool, typer.Option("--messy")] = False,
    lang: AskedLang = "id",  # noqa: ARG001  read where faults are told
) -> None:
    """Write a synthetic region, with truth.json beside the tables."""
    span = several_years_asked(years)
    from helpers import simulate

    world = simulate.World(
        seed=seed,
        employees=employees,
        units=units,
        first_year=span[0],
        last_year=span[-1],
        forms_per_year=forms,
        effect_productivity=effect_productivity,
        effect_satisfaction=effect_satisfaction,
        selection=selection,
        draw=draw,
        order=order,
    )
    simulate.write(world, out.expanduser().resolve(), with_faults=messy)
    typer.echo(str(out))


@app.command(cls=Command)
@fails_politely
def invitations(
    year: Annotated[int, typer.Option("--year", min=1990, max=2100)],
    seats: Annotated[int, typer.Option("--seats")],
    rule: Annotated[InvitationRule, typer.Option("--rule")] = "gap",
    seed: Annotated[int | None, typer.Option("--seed")] = None,
    apart: Annotated[Path | None, typer.Option("--apart")] = None,
    data: DataFolder = Path("data/sample"),
    plan: PlanFile = None,
    lang: AskedLang = "id",
) -> None:
    """Write who to invite next year, for the evaluator alone."""
    from helpers.cli_invite import invite

    typer.echo("\n".join(invite(data, plan, year, seats, rule, seed, apart, lang)))


@app.command(cls=Command)
@fails_politely
def validate(
    worlds: Annotated[int, typer.Option("--worlds", min=0)] = 0,
    record: Annotated[bool, typer.Option("--record")] = False,
    faults: Annotated[int, typer.Option("--faults", min=0)] = 0,
    edits: Annotated[int, typer.Option("--edits", min=0)] = 0,
    privacy: Annotated[int, typer.Option("--privacy", min=0)] = 0,
    draws: Annotated[int, typer.Option("--draws", min=0)] = 0,
    kills: Annotated[int, typer.Option("--kills", min=0)] = 0,
    jobs: Annotated[int, typer.Option("--jobs", min=1)] = 2,
    out: Annotated[Path, typer.Option("--out")] = Path("reports/validation"),
    lang: AskedLang = "id",
) -> None:
    """Prove the methods: reproduce published results on real data, then ask simulated regions."""
    if record and not (worlds or draws):
        wrong_usage("--record: perlu --worlds/--draws N", "--record: needs --worlds/--draws N")
    from helpers import project
    from helpers.cli_validate import TrialsAsked, proved, tried_alone

    folder = project.resolve(out)
    asked = TrialsAsked(faults, edits, privacy, draws, kills)
    code = tried_alone(asked, record, jobs, folder, lang, typer.echo)
    proof = (worlds, jobs, record, folder, lang, typer.echo)
    raise typer.Exit(proved(*proof) if code is None else code)


@app.command(cls=Command)
@fails_politely
def bench(
    pairs: Several = None,
    rounds: Annotated[int, typer.Option("--rounds", min=1)] = 2,
    data: Annotated[Path | None, typer.Option("--data")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: AskedLang = "id",
) -> None:
    """Measure speed and memory as ratios against named baselines of the same run."""
    from helpers.cli_bench import measured

    typer.echo(measured(pairs, rounds, data, as_json, lang))


@app.command(cls=Command)
@fails_politely
def page(
    ctx: typer.Context,
    notebook: Annotated[Path, typer.Argument(show_default=False)],
    data: Annotated[Path | None, typer.Option("--data")] = None,
    plan: PlanFile = None,
    out: Annotated[Path | None, typer.Option("--out")] = None,
    time_limit: Annotated[int, typer.Option("--time-limit", min=1)] = 600,
    lang: AskedLang = "id",
) -> None:
    """Publish a notebook of one's own as a page, if everything on it may be shown."""
    from helpers.cli_page import published

    lines, code = published(notebook, data, plan, out, reports_folder, time_limit, ctx, lang)
    typer.echo(lines)
    raise typer.Exit(code)


@app.command(cls=Command)
@fails_politely
def lab(
    data: DataFolder = Path("data/sample"), plan: PlanFile = None, year: OneYear = None,
    lang: AskedLang = "id",
) -> None:  # fmt: skip
    """Open JupyterLab on the start notebook, among copies that git never sees."""
    from helpers.cli_lab import opened

    raise typer.Exit(opened(lang, data, plan, year))
