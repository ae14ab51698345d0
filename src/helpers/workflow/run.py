"""The main job: check, run the graph, put a year's report together aside, scan it, move it into place."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat
from filelock import FileLock

from helpers import intake, publish
from helpers.contracts import EvaluasiError, Lang, Plan, Problem, Tables, load_plan, project
from helpers.contracts.plan import differences
from helpers.findings import say
from helpers.findings.words import vocabulary
from helpers.workflow import cache, pipeline
from helpers.workflow.pipeline import Pipeline

ANNUAL = "90_annual_report"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line."""

    years: tuple[int, ...]
    data: Path
    out: Path
    plan_file: Path | None = None
    lang: Lang = "id"
    only: tuple[str, ...] = ()
    jobs: int = 0
    fresh: bool = False
    notebooks: Path = field(default=project.NOTEBOOKS)


@dataclass(frozen=True, slots=True)
class _Year:
    """One year on its way to a report."""

    year: int
    tables: Tables
    inputs: dict[str, str]
    names: tuple[str, ...]


def run(request: Request, progress: Progress = lambda _: None) -> list[Path]:
    """Make the report of every year asked for; returns the pages to open.

    Raises
    ------
    EvaluasiError : the data or the plan is at fault (nothing is written), a notebook failed, or the leak scan hit.
    """
    plan = load_plan(request.plan_file)
    graph = pipeline.load(request.notebooks)
    names = graph.chosen(request.only)
    years = _all_readable(request, plan, names)
    request.out.mkdir(parents=True, exist_ok=True)
    with _only_run(request.out):
        _restore(request.out)
        failures: list[str] = []
        pages = []
        entries, failed = _run_graph(request, plan, graph, years, progress)
        identities: intake.Identities | None = None
        for year in years:
            done = {n: entries[year.year, n] for n in names if (year.year, n) in entries}
            broken = [failed[year.year, n] for n in names if (year.year, n) in failed]
            failures += broken
            target = request.out / str(year.year)
            if broken and (target.exists() or not done):
                continue
            identities = identities or intake.identities(request.data, plan)
            pages.append(_publish_year(request, plan, graph, year, done, identities, broken))
        if failures:
            kept = "laporan sebelumnya tetap utuh / earlier reports are untouched"
            raise EvaluasiError("\n".join([*failures, kept]))
    return pages


def _all_readable(request: Request, plan: Plan, names: Sequence[str]) -> list[_Year]:
    """Every year's tables, or every fault of all of them in one go, before anything is written."""
    hashes = intake.input_hashes(request.data)
    years: list[_Year] = []
    problems: dict[Problem, None] = {}
    for year in request.years:
        try:
            tables = intake.load(request.data, year, plan)
        except EvaluasiError as e:
            if not e.problems:
                raise
            problems |= dict.fromkeys(e.problems)
            continue
        used = intake.files_used(request.data, year, plan)
        years.append(_Year(year, tables, {f: hashes[f] for f in used}, tuple(names)))
    if problems:
        raise EvaluasiError(list(problems))
    return years


def _only_run(out: Path) -> FileLock:
    """Two runs on one folder take turns; the lock lies outside the report."""
    locks = project.PREPARED / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    return FileLock(locks / hashlib.sha256(str(out.resolve()).encode()).hexdigest()[:16])


def _restore(out: Path) -> None:
    """Put back what a killed run had moved away, and clear what it left aside."""
    for old in out.glob(".old-*"):
        place = out / old.name.removeprefix(".old-")
        if not place.exists():
            old.rename(place)
        else:
            shutil.rmtree(old, ignore_errors=True)
    for aside in out.glob(".new-*"):
        shutil.rmtree(aside, ignore_errors=True)


def _run_graph(
    request: Request, plan: Plan, graph: Pipeline, years: Sequence[_Year], progress: Progress
) -> tuple[dict[tuple[int, str], cache.Entry], dict[tuple[int, str], str]]:
    """Every notebook of every year, several at once; what needs a failed one is left out."""
    from tqdm import tqdm

    asked = {(y.year, n): (graph.path(n), _parameters(request, y)) for y in years for n in y.names}
    keys = {(y.year, n): _key(graph.path(n), request, plan, y) for y in years for n in y.names}
    entries = {} if request.fresh else {at: e for at, key in keys.items() if (e := cache.find(key)) is not None}
    failed: dict[tuple[int, str], str] = {}
    if len(entries) == len(asked):
        return entries, failed
    from helpers.workflow.execute import NotebookFailed, execute
    from helpers.workflow.kernels import kernels

    sorters = {y.year: graph.order(y.names) for y in years}
    running: dict[Future[cache.Entry], tuple[int, str]] = {}
    jobs = request.jobs or min(3, (os.cpu_count() or 1) + 1)
    with kernels() as kernel, tqdm(total=len(asked), disable=None, unit="notebook") as bar, ThreadPoolExecutor(jobs) as pool:
        while True:
            for year, sorter in sorters.items():
                while ready := sorter.get_ready() if sorter.is_active() else ():
                    for name in ready:
                        if (year, name) in entries:
                            bar.update()
                            sorter.done(name)
                            continue
                        path, parameters = asked[year, name]
                        running[pool.submit(execute, path, parameters, keys[year, name], kernel=kernel)] = (year, name)
            if not running:
                return entries, failed
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                year, name = running.pop(future)
                bar.update()
                try:
                    entries[year, name] = future.result()
                    sorters[year].done(name)
                    progress(f"{year} {name}")
                except NotebookFailed as e:
                    failed[year, name] = e.message()
                    progress(f"{year} {name}: ×")


def _parameters(request: Request, year: _Year) -> dict[str, Any]:
    plan_file = request.plan_file or project.DEFAULT_PLAN
    return {"year": year.year, "data": str(request.data), "plan": str(plan_file), "lang": request.lang}


def _key(path: Path, request: Request, plan: Plan, year: _Year) -> str:
    shown = {k: Path(v).name if k in ("data", "plan") else v for k, v in _parameters(request, year).items()}
    facts = {"synthetic": year.tables.synthetic, "notes": year.tables.notes, "plan_sha256": plan.sha256}
    return cache.key(path, inputs=year.inputs, **facts, **shown)


def _publish_year(
    request: Request,
    plan: Plan,
    graph: Pipeline,
    year: _Year,
    done: Mapping[str, cache.Entry],
    identities: intake.Identities,
    broken: Sequence[str],
) -> Path:
    """A year's report, written aside, scanned, and moved into place with the index over years."""
    target = request.out / str(year.year)
    aside = request.out / f".new-{year.year}-{os.getpid()}"
    made = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    try:
        (aside / "notebooks").mkdir(parents=True)
        notebooks = {name: nbformat.read(str(entry.notebook), as_version=4) for name, entry in done.items()}
        for name, notebook in notebooks.items():
            _write(aside / f"{name}.html", publish.render(notebook, _page(name, notebooks, request, plan, year, made)))
            nbformat.write(notebook, str(aside / "notebooks" / f"{name}.ipynb"))
        front = _page(ANNUAL, notebooks, request, plan, year, made)
        if ANNUAL in notebooks:
            _write(aside / "index.html", publish.render(notebooks[ANNUAL], front))
        else:
            _write(aside / "index.html", _partial(front, request.lang, broken))
        publish.join([entry.part for entry in done.values()], aside / "results")
        manifest = _manifest(request, plan, year, done)
        _write(aside / "manifest.json", json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
        own_words = [*vocabulary(), *(c.source for n in notebooks.values() for c in n.cells), *year.tables.unit["nama_unit"]]
        publish.scan(aside, identities, own_words)
        _move(aside, target)
    except BaseException:
        shutil.rmtree(aside, ignore_errors=True)
        raise
    index = publish.years_index(request.out, plan, request.lang, made, publish.is_synthetic(request.out))
    _write_whole(request.out / "index.html", index)
    return target / "index.html"


def _page(name: str, notebooks: Mapping[str, nbformat.NotebookNode], request: Request, plan: Plan, year: _Year, made: str) -> publish.Page:
    lang = request.lang
    region = publish.region_name(plan)
    question = publish.title(notebooks[name], lang) if name in notebooks else ""
    heading = say("report.title", lang, region=region, year=year.year)
    links = [publish.Link("../index.html", say("report.all_years", lang))]
    links += [publish.Link(f"{n}.html", f"{n[:2]} {publish.title(nb, lang)}", n == name) for n, nb in notebooks.items()]
    notice = say("report.synthetic", lang) if year.tables.synthetic and name not in notebooks else ""
    return publish.Page(f"{question} — {heading}" if question else heading, heading, lang, plan.sha256, made, notice, links)


def _partial(page: publish.Page, lang: Lang, broken: Sequence[str]) -> str:
    lines = [*broken] or [say("report.partial", lang)]
    return publish.fill("partial.html.j2", publish.Page(page.title, page.heading, lang, page.plan_sha256, page.made, page.notice,
                                                        page.links, {"lines": lines}))  # fmt: skip


def _manifest(request: Request, plan: Plan, year: _Year, done: Mapping[str, cache.Entry]) -> dict[str, Any]:
    values = {k: v for k, v in asdict(plan).items() if k != "sha256"}
    values = json.loads(json.dumps(values, default=list))
    before = request.out / str(year.year - 1) / "manifest.json"
    older = json.loads(before.read_text(encoding="utf-8")).get("plan", values) if before.exists() else values
    return {
        "year": year.year,
        "inputs": year.inputs,
        "plan_sha256": plan.sha256,
        "code_sha256": cache.code_sha256(),
        "parameters": {"data": request.data.name, "lang": request.lang, "only": list(request.only), "year": year.year},
        "seeds": {"inference": plan.seed},
        "packages": cache.packages(),
        "durations": {name: entry.seconds for name, entry in done.items()},
        "plan": values,
        "plan_changes": {k: list(v) for k, v in differences(older, values).items()},
        "synthetic": year.tables.synthetic,
    }


def _move(aside: Path, target: Path) -> None:
    """Swap the new report in; a kill between the two moves is mended by the next run."""
    old = target.parent / f".old-{target.name}"
    if target.exists():
        target.rename(old)
    aside.rename(target)
    shutil.rmtree(old, ignore_errors=True)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_whole(path: Path, text: str) -> None:
    aside = path.with_name(f".new-{path.name}")
    _write(aside, text)
    aside.replace(path)
