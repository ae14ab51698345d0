"""What a run is asked for, and what that comes to: its studies, and each notebook with all that it
rests on.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers import intake, project
from helpers.contracts import EvaluasiError, Lang, Plan, Problem, Study
from helpers.workflow import cache
from helpers.workflow.execute import TIME_LIMIT
from helpers.workflow.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line; ``lang`` is of the page to open, since pages are made
    in every language, ``time_limit`` in seconds a notebook, and ``scheduler`` the address of a Dask
    scheduler, empty for this machine.
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
    scheduler: str = ""
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
class Planned:
    """One notebook of one year, to be run or found.

    Attributes
    ----------
    study : of the year.
    notebook : its name in the pipeline.
    path : its file.
    rests_on : from `cache.rests_on`.
    """

    study: Study
    notebook: str
    path: Path
    rests_on: dict[str, Any]

    @property
    def key(self) -> str:
        """The name under which its run is kept."""
        return cache.key(self.rests_on)


# Runs a notebook, given the kept runs of those that it needs, and keeps it; wherever that is.
RunOne = Callable[[Planned, Mapping[str, cache.Entry]], cache.Entry]


def studies(request: Request, plan: Plan) -> list[Study]:
    """Every year's study, or every fault of all of them in one go, before anything is written.

    Parameters
    ----------
    request : of which years, and from which folder.
    plan : the one that the request names.

    Raises
    ------
    EvaluasiError : every fault of every year.
    """
    read: list[Study] = []
    problems: dict[Problem, None] = {}
    for year in request.years:
        try:
            read.append(intake.study(request.data, year, plan))
        except EvaluasiError as e:
            if not e.problems:
                raise
            problems |= dict.fromkeys(e.problems)
    if problems:
        raise EvaluasiError(list(problems))
    return read


def inputs_used(
    request: Request, plan: Plan, studied: Sequence[Study]
) -> dict[int, dict[str, str]]:
    """The files that concern each year, each with the hash of its content.

    Parameters
    ----------
    request : from which folder.
    plan : the one that the request names.
    studied : from `studies`.
    """
    hashes = intake.input_hashes(request.data, plan)
    return {
        s.year: {f: hashes[f] for f in intake.files_used(request.data, s.year, plan)}
        for s in studied
    }


def planned(
    request: Request, graph: Pipeline, names: Sequence[str], study: Study, inputs: dict[str, str]
) -> list[Planned]:
    """The notebooks of a year, each with all that its run rests on.

    Parameters
    ----------
    request : what was asked for.
    graph : which notebook needs which.
    names : the notebooks asked for, with those that they need.
    study : of the year.
    inputs : the content of the files that concern the year, as a hash by name.
    """
    shown = {
        k: Path(v).name if k in ("data", "plan") else v
        for k, v in request.parameters(study.year).items()
    }

    @functools.cache
    def state(name: str) -> dict[str, Any]:
        # An edge carries the answer, so that a notebook depends on whatever those before it do.
        return cache.rests_on(
            graph.path(name),
            name=name,
            needs={n: cache.key(state(n)) for n in graph.needs[name]},
            inputs=inputs,
            synthetic=study.synthetic,
            notes=study.notes,
            plan_sha256=study.plan.sha256,
            **shown,
        )

    return [Planned(study, n, graph.path(n), state(n)) for n in names]
