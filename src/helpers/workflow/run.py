"""The main job: check, run the graph of notebooks for every year, publish what ran."""

from __future__ import annotations

import contextlib
import functools
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers import intake
from helpers.contracts import (
    EvaluasiError,
    Lang,
    Plan,
    Problem,
    Study,
    Text,
    load_plan,
    project,
)
from helpers.publish.earlier import replaced
from helpers.workflow import cache, pipeline, places, report
from helpers.workflow.execute import TIME_LIMIT, NotebookFailed, execute
from helpers.workflow.pipeline import Pipeline

Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line; ``lang`` is of the page to open, since pages are made
    in every language, and ``time_limit`` in seconds a notebook.
    """

    years: tuple[int, ...]
    data: Path
    out: Path
    plan_file: Path | None = None
    lang: Lang = "id"
    only: tuple[str, ...] = ()
    jobs: int = 0
    fresh: bool = False
    formats: tuple[str, ...] = ("html",)
    time_limit: float = TIME_LIMIT
    notebooks: Path = field(default=project.NOTEBOOKS)

    def parameters(self, year: int) -> dict[str, Any]:
        """The values of a notebook's parameters cell; ``lang`` and ``out`` are set where it
        runs.
        """
        return {
            "year": year,
            "data": str(self.data),
            "plan": str(self.plan_file or project.DEFAULT_PLAN),
        }

    def shown(self, year: int) -> dict[str, Any]:
        """What the manifest tells of the request: names, no paths."""
        return {"data": self.data.name, "lang": self.lang, "only": list(self.only), "year": year}


@dataclass(frozen=True, slots=True)
class _Asked:
    """One notebook of one year, on its way to be run or found."""

    study: Study
    notebook: str
    path: Path
    key: str


def run(
    request: Request,
    progress: Progress = lambda _: None,
    notice: Callable[[Text], None] = lambda _: None,
) -> list[Path]:
    """Make the report of every year asked for; returns the pages to open.

    Parameters
    ----------
    request : what was asked for; its folders are whole paths.
    progress : told a line when a notebook has ended, well or not.
    notice : told what the user should know meanwhile: that another run is waited for.

    Raises
    ------
    EvaluasiError : the data or the plan is at fault (nothing is written), a notebook failed, or the
        leak scan hit.
    WrongUsage : a notebook that there is not, or a folder that cannot take the reports.
    """
    graph = pipeline.load(request.notebooks)
    names = graph.chosen(request.only)
    with _bar((len(names) + 1) * len(request.years)) as bar:
        return _run(request, graph, names, progress, notice, bar)


def _bar(steps: int) -> Any:
    """A bar where somebody looks on, without words of any language."""
    from tqdm import tqdm

    form = "{percentage:3.0f}%|{bar}| {n_fmt}/{total_fmt} {elapsed}"
    return tqdm(total=steps, disable=None, bar_format=form)


def _run(
    request: Request,
    graph: Pipeline,
    names: Sequence[str],
    progress: Progress,
    notice: Callable[[Text], None],
    bar: Any,
) -> list[Path]:
    plan_file = request.plan_file or project.DEFAULT_PLAN
    seen = intake.FilesSeen.now(request.data, plan_file, *(graph.path(n) for n in names))
    plan = load_plan(request.plan_file)
    studies = _studies(request, plan)
    hashes = intake.input_hashes(request.data)
    inputs = {
        s.year: {f: hashes[f] for f in intake.files_used(request.data, s.year, plan)}
        for s in studies
    }
    must_fit = functools.partial(
        places.must_fit,
        request.out,
        plan,
        synthetic=studies[0].synthetic,
        years=request.years,
        whole=not request.only,
    )
    must_fit()
    with places.held(request.out, notice):
        # Another run may have published there in the meantime.
        must_fit()
        asked = [a for s in studies for a in _asked(request, graph, names, s, inputs[s.year])]
        # From here on everything is named by what was hashed.
        seen.still()
        entries, failed = _run_graph(request, graph, asked, progress, seen.still, bar)
        pages, published = [], []
        identities: intake.Identities | None = None
        for study in studies:
            if any(year == study.year for year, _ in failed):
                continue
            done = {n: entries[study.year, n] for n in names}
            identities = identities or intake.identities(request.data, plan)
            seen.still()
            published.append(str(study.year))
            recall = replaced(request.out, study.year, inputs[study.year])
            year = report.YearRun(
                study, inputs[study.year], done, not request.only, request.formats
            )
            pages.append(
                report.put_together(
                    year, request.out, request.lang, request.shown(study.year), identities
                )
            )
            if recall is not None:
                notice(recall)
            bar.update()
        if failed:
            raise EvaluasiError(_failure(list(failed.values()), published))
    return pages


def _failure(said: Sequence[Text], published: Sequence[str]) -> Text:
    """What failed, and what became of the rest."""
    kept = Text(
        "Tidak ada yang diterbitkan untuk tahun itu; laporan sebelumnya tetap utuh.",
        "Nothing was published for that year; earlier reports are untouched.",
    )
    others = ", ".join(published)
    if others:
        kept += Text(f"Sudah diterbitkan: {others}.", f"Published: {others}.")
    return Text.made(lambda lang: "\n".join(t[lang] for t in (*said, kept)))


def _studies(request: Request, plan: Plan) -> list[Study]:
    """Every year's study, or every fault of all of them in one go, before anything is written."""
    studies: list[Study] = []
    problems: dict[Problem, None] = {}
    for year in request.years:
        try:
            studies.append(intake.study(request.data, year, plan))
        except EvaluasiError as e:
            if not e.problems:
                raise
            problems |= dict.fromkeys(e.problems)
    if problems:
        raise EvaluasiError(list(problems))
    return studies


def _asked(
    request: Request, graph: Pipeline, names: Sequence[str], study: Study, inputs: dict[str, str]
) -> list[_Asked]:
    """The notebooks of a year, each with the name under which its run is kept."""
    shown = {
        k: Path(v).name if k in ("data", "plan") else v
        for k, v in request.parameters(study.year).items()
    }

    @functools.cache
    def key(name: str) -> str:
        # An edge carries the answer, so that a notebook depends on whatever those before it do.
        return cache.key(
            graph.path(name),
            needs={n: key(n) for n in graph.needs[name]},
            inputs=inputs,
            synthetic=study.synthetic,
            notes=study.notes,
            plan_sha256=study.plan.sha256,
            **shown,
        )

    return [_Asked(study, n, graph.path(n), key(n)) for n in names]


_At = tuple[int, str]


@contextlib.contextmanager
def _cancelled(running: Mapping[Future[cache.Entry], _At]) -> Iterator[None]:
    """What waits for its turn when the block is left does not get it."""
    try:
        yield
    finally:
        for future in running:
            future.cancel()


def _run_graph(
    request: Request,
    graph: Pipeline,
    asked: Sequence[_Asked],
    progress: Progress,
    still: Callable[[], None],
    bar: Any,
) -> tuple[dict[_At, cache.Entry], dict[_At, Text]]:
    """Every notebook of every year, several at once; what needs a failed one is left out."""
    by_place = {(a.study.year, a.notebook): a for a in asked}
    entries = (
        {}
        if request.fresh
        else {at: e for at, a in by_place.items() if (e := cache.find(a.key)) is not None}
    )
    failed: dict[_At, Text] = {}
    if len(entries) == len(asked):
        bar.update(len(asked))
        return entries, failed
    from helpers.workflow.kernels import kernels

    sorters = {year: graph.order([n for y, n in by_place if y == year]) for year in request.years}
    running: dict[Future[cache.Entry], _At] = {}
    jobs = request.jobs or min(3, (os.cpu_count() or 1) + 1)
    # The kernels end before the threads that wait for them: who is told to stop does not wait.
    with (
        ThreadPoolExecutor(jobs) as pool,
        _cancelled(running),
        kernels() as kernel,
    ):
        while True:
            for year, sorter in sorters.items():
                while ready := sorter.get_ready() if sorter.is_active() else ():
                    for name in ready:
                        if (year, name) in entries:
                            bar.update()
                            sorter.done(name)
                            continue
                        one = by_place[year, name]
                        needs = {n: entries[year, n] for n in graph.needs[name]}
                        future = pool.submit(
                            execute,
                            one.path,
                            request.parameters(year),
                            one.key,
                            needs=needs,
                            kernel=kernel,
                            time_limit=request.time_limit,
                            still=still,
                        )
                        running[future] = (year, name)
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
                    failed[year, name] = e.text
                    progress(f"{year} {name}: ×")
