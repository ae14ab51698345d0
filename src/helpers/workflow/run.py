"""The main job: check, run the graph of notebooks for every year, publish what ran."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from helpers import intake, saving
from helpers.contracts import (
    EvaluasiError,
    Text,
    load_plan,
    project,
)
from helpers.publish.earlier import replaced
from helpers.workflow import cache, memory, pipeline, places, report
from helpers.workflow.execute import NotebookFailed, execute
from helpers.workflow.input_texts import input_texts
from helpers.workflow.pipeline import Pipeline
from helpers.workflow.planned import Planned, Request, RunOne, inputs_used, planned, studies

Progress = Callable[[str], None]


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
    saving.heeded()
    graph = pipeline.load(request.notebooks)
    names = graph.chosen(request.only)
    # A scheduler that nobody answers at is told before anything is read.
    with _where(request) as where, _bar((len(names) + 1) * len(request.years)) as bar:
        return _run(request, graph, names, progress, notice, where, bar)


_Where = Callable[[Callable[[], None]], contextlib.AbstractContextManager[RunOne]]


@contextlib.contextmanager
def _where(request: Request) -> Iterator[_Where]:
    """Where notebooks run: on a cluster, or else here."""
    if not request.scheduler:
        from helpers.workflow.kernels import begun

        # The warm parent starts while the data are read.
        with contextlib.ExitStack() as held:
            yield functools.partial(_here, request, held, held.enter_context(begun()))
        return
    from helpers.workflow import cluster

    with cluster.connected(request.scheduler) as there:
        # Each worker looks itself whether its files are still the same.
        yield lambda _still: there.runs(request)


@contextlib.contextmanager
def _here(
    request: Request,
    held: contextlib.ExitStack,
    warm: Callable[[], str],
    still: Callable[[], None],
) -> Iterator[RunOne]:
    """Each notebook in a kernel of this machine; the kernels end with the block."""
    with held:
        kernel = warm()
        yield lambda one, needs: execute(
            one.path,
            request.parameters(one.study.year),
            one.key,
            needs=needs,
            kernel=kernel,
            time_limit=request.time_limit,
            still=still,
            rests_on=one.rests_on,
        )


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
    where: _Where,
    bar: Any,
) -> list[Path]:
    places.must_lie_apart(request.out, request.data)
    plan_file = request.plan_file or project.DEFAULT_PLAN
    seen = intake.FilesSeen.now(request.data, plan_file, *(graph.path(n) for n in names))
    plan = load_plan(request.plan_file)
    studied = studies(request, plan)
    inputs = inputs_used(request, plan, studied)
    must_fit = functools.partial(
        places.must_fit,
        request.out,
        plan,
        synthetic=studied[0].synthetic,
        years=request.years,
        whole=not request.only,
    )
    must_fit()
    with places.held(request.out, notice):
        # Another run may have published there in the meantime.
        must_fit()
        asked = [a for s in studied for a in planned(request, graph, names, s, inputs[s.year])]
        # From here on everything is named by what was hashed.
        seen.still()
        entries, failed = _run_graph(
            request, graph, asked, progress, notice, where(seen.still), bar
        )
        pages, published = [], []
        written = functools.partial(input_texts, request.data, plan)
        identities: intake.Identities | None = None
        for study in studied:
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
                    year, request.out, request.lang, request.shown(study.year), identities, written
                )
            )
            if recall is not None:
                notice(recall)
            if not year.whole:
                notice(_of_some(names, study.year))
            bar.update()
        if failed:
            raise EvaluasiError(_failure(list(failed.values()), published))
    return pages


def _resumed(kept: int, all_of: int) -> Text:
    return Text(
        f"{kept} dari {all_of} notebook sudah selesai sebelumnya dan dipakai kembali.",
        f"{kept} of {all_of} notebooks were finished before and are reused.",
    )


def _of_some(names: Sequence[str], year: int) -> Text:
    """What a run of some notebooks only leaves, so that nobody shares it for the whole."""
    numbers = ", ".join(n.split("_")[0] for n in names)
    return Text(
        f"Hanya halaman {numbers} yang dibuat: results/ dan explore.html {year} kini berisi hanya "
        "angkanya; halaman lain tetap seperti tadinya, dengan menunya yang lama. Semuanya: "
        f"evaluasi run --year {year}",
        f"Only pages {numbers} were made: results/ and explore.html of {year} now hold their "
        "figures alone; other pages stay as they were, with their old menu. All of it: "
        f"evaluasi run --year {year}",
    )


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
    asked: Sequence[Planned],
    progress: Progress,
    notice: Callable[[Text], None],
    runs: contextlib.AbstractContextManager[RunOne],
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
    if 0 < len(entries) < len(asked):
        notice(_resumed(len(entries), len(asked)))
    if len(entries) == len(asked):
        bar.update(len(asked))
        return entries, failed
    sorters = {year: graph.order([n for y, n in by_place if y == year]) for year in request.years}
    running: dict[Future[cache.Entry], _At] = {}
    # A cluster gets whatever is ready, and its scheduler says what waits.
    here = memory.at_once(a.study for a in asked)
    jobs = request.jobs or (len(asked) if request.scheduler else here)
    memory.give_back()
    # The kernels end before the threads that wait for them: who is told to stop does not wait.
    with (
        ThreadPoolExecutor(jobs) as pool,
        _cancelled(running),
        runs as run_one,
    ):
        ready: list[_At] = []
        while True:
            for year, sorter in sorters.items():
                while found := sorter.get_ready() if sorter.is_active() else ():
                    for name in found:
                        if (year, name) in entries:
                            bar.update()
                            sorter.done(name)
                        else:
                            ready.append((year, name))
            # What most waits for begins first, so that nothing long stands alone at the end.
            ready.sort(key=lambda at: -graph.steps_after(at[1]))
            free = jobs - len(running)
            now, ready = ready[:free], ready[free:]
            for year, name in now:
                needs = {n: entries[year, n] for n in graph.needs[name]}
                running[pool.submit(run_one, by_place[year, name], needs)] = (year, name)
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
