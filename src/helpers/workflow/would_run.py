"""What a run would do now, notebook by notebook, and why: nothing is run and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from helpers.contracts import Text, load_plan
from helpers.workflow import cache, pipeline
from helpers.workflow.planned import Planned, Request, inputs_used, planned, studies

_SHOWN: Final = 4
# What makes two runs ones of the same notebook of the same year.
_SAME: Final = ("name", "year", "data", "plan")
_NEVER: Final = Text("belum pernah dijalankan", "has not run yet")


@dataclass(frozen=True, slots=True)
class WouldRun:
    """One notebook of one year.

    Attributes
    ----------
    year, notebook : which.
    why : what has changed since it last ran, each; empty where its run is kept and reused.
    """

    year: int
    notebook: str
    why: tuple[Text, ...]


def would_run(request: Request) -> list[WouldRun]:
    """The notebooks asked for, in the order of the years and of the pipeline.

    Parameters
    ----------
    request : as of a run.

    Raises
    ------
    EvaluasiError : the data or the plan is at fault, so that a run would stop.
    WrongUsage : a notebook that there is not.
    """
    graph = pipeline.load(request.notebooks)
    names = graph.chosen(request.only)
    plan = load_plan(request.plan_file)
    studied = studies(request, plan)
    inputs = inputs_used(request, plan, studied)
    asked = [a for s in studied for a in planned(request, graph, names, s, inputs[s.year])]
    found = {id(a): cache.find(a.key) for a in asked}
    # Read only where something is asked of them, since they are many.
    earlier = _latest() if not all(found.values()) else {}
    told = []
    for one in asked:
        before = earlier.get(_same(one.rests_on))
        why = _changed(before, one) if found[id(one)] is None else ()
        told.append(WouldRun(one.study.year, one.notebook, why))
    return told


def _same(state: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(state.get(key) for key in _SAME)


def _latest() -> dict[tuple[Any, ...], Mapping[str, Any]]:
    """What the newest kept run of each notebook and year rests on."""
    latest: dict[tuple[Any, ...], Mapping[str, Any]] = {}
    for entry in cache.every():
        latest.setdefault(_same(entry.rests_on), entry.rests_on)
    return latest


def _changed(before: Mapping[str, Any] | None, now: Planned) -> tuple[Text, ...]:
    # Where nothing differs, its run was as it should be, and was forgotten or damaged since.
    return (before is not None and differences(before, now.rests_on)) or (_NEVER,)


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[Text, ...]:
    """What differs between two states that a run may rest on, each by its name.

    Parameters
    ----------
    old, new : from `cache.rests_on`, of one notebook and year.
    """
    needs = [n for n in new["needs"] if old["needs"].get(n) != new["needs"][n]]
    said = [
        _listed(old, new, "inputs", "data", "data"),
        _listed(old, new, "code", "kode", "code"),
        _listed(old, new, "packages", "versi", "versions"),
        Text(f"perlu: {', '.join(needs)}", f"needs: {', '.join(needs)}") if needs else Text(),
        _word(old, new, "notebook", Text("notebook-nya sendiri", "the notebook itself")),
        _word(old, new, "plan_sha256", Text("rencana", "the plan")),
        _word(old, new, "notes", Text("berkas yang tidak dibaca", "files that are not read")),
        _word(old, new, "synthetic", Text("tanda data sintetis", "the mark of synthetic data")),
    ]
    return tuple(t for t in said if t.id)


def _word(old: Mapping[str, Any], new: Mapping[str, Any], key: str, word: Text) -> Text:
    return word if old[key] != new[key] else Text()


def _listed(
    old: Mapping[str, Any], new: Mapping[str, Any], key: str, indonesian: str, english: str
) -> Text:
    """Which of several things differ; the first few by name."""
    names = sorted(n for n in {*old[key], *new[key]} if old[key].get(n) != new[key].get(n))
    if not names:
        return Text()
    more = f" (+{len(names) - _SHOWN})" if len(names) > _SHOWN else ""
    shown = ", ".join(names[:_SHOWN]) + more
    return Text(f"{indonesian}: {shown}", f"{english}: {shown}")
