"""The declared graph of notebooks: which there are, what each needs, in which order they
may run.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import yaml

from helpers import catalogues
from helpers.contracts import EvaluasiError, Text, WrongUsage, project


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Notebooks in the order of the report, with what each needs."""

    needs: dict[str, tuple[str, ...]]
    folder: Path

    def path(self, name: str) -> Path:
        return self.folder / f"{name}.ipynb"

    def chosen(self, only: Collection[str]) -> tuple[str, ...]:
        """The notebooks asked for and whatever they need, in order; all where none is named.

        Raises
        ------
        WrongUsage : a name that is not in the pipeline, with the names that are.
        """
        wanted = {n.removesuffix(".ipynb").split("/")[-1] for n in only}
        unknown = sorted(w for w in wanted if not self._match(w))
        if unknown:
            known = ", ".join(self.needs)
            names = ", ".join(unknown)
            raise WrongUsage(
                Text(
                    f"--only: {names}: notebook tidak dikenal; yang ada: {known}",
                    f"--only: {names}: unknown notebook; there are: {known}",
                )
            )
        todo = {m for w in wanted for m in self._match(w)} or set(self.needs)
        while True:
            more = {n for name in todo for n in self.needs[name]} - todo
            if not more:
                return tuple(n for n in self.needs if n in todo)
            todo |= more

    def _match(self, wanted: str) -> list[str]:
        """A notebook by its name or its number alone."""
        return [n for n in self.needs if n == wanted or n.split("_")[0] == wanted]

    def steps_after(self, name: str) -> int:
        """How many notebooks must run one after another once this one is done."""
        return max(
            (1 + self.steps_after(n) for n, needs in self.needs.items() if name in needs), default=0
        )

    def order(self, names: Sequence[str]) -> TopologicalSorter[str]:
        """The graph of some of the notebooks, ready to be worked off."""
        sorter = TopologicalSorter({n: [m for m in self.needs[n] if m in names] for n in names})
        sorter.prepare()
        return sorter


def load(folder: Path = project.NOTEBOOKS) -> Pipeline:
    """The pipeline of a notebooks folder.

    Raises
    ------
    EvaluasiError : a pipeline.yml of another form, or a notebook that needs an unknown one, has no
        file, or needs itself in a circle.
    """
    needs = _needs(folder / "pipeline.yml")
    lost = sorted({n for ns in needs.values() for n in ns} - set(needs))
    absent = sorted(n for n in needs if not (folder / f"{n}.ipynb").exists())
    if lost or absent:
        names = ", ".join(lost + absent)
        raise EvaluasiError(
            Text(
                f"pipeline.yml: notebook tidak ada: {names}",
                f"pipeline.yml: no such notebook: {names}",
            )
        )
    try:
        tuple(TopologicalSorter(needs).static_order())
    except CycleError as e:
        circle = " - ".join(e.args[1])
        raise EvaluasiError(
            Text(f"pipeline.yml: lingkaran: {circle}", f"pipeline.yml: a circle: {circle}")
        ) from None
    return Pipeline(needs, folder)


def _needs(file: Path) -> dict[str, tuple[str, ...]]:
    try:
        listed = catalogues.written(file)["notebooks"]
        return {str(name): tuple(map(str, entry["needs"])) for name, entry in listed.items()}
    except (yaml.YAMLError, AttributeError, KeyError, TypeError, ValueError):
        form = "notebooks: {10_data_quality: {needs: []}, …}"
        raise EvaluasiError(
            Text(
                f"pipeline.yml: tidak terbaca; seharusnya {form}",
                f"pipeline.yml: cannot be read; expected {form}",
            )
        ) from None
