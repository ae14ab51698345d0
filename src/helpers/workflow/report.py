"""A year's report put together: pages, notebooks, results and manifest, scanned for leaks and moved
into place whole.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import nbformat

from helpers import intake, publish
from helpers.contracts import Answer, Lang, Study, Text, whole_folder, write_whole
from helpers.contracts.answer import FILE
from helpers.contracts.plan_file import differences
from helpers.findings import say, vocabulary
from helpers.workflow import cache

ANNUAL: Final = "90_annual_report"


@dataclass(frozen=True, slots=True)
class YearRun:
    """One year's run: its study, the input files behind it, what ran in the order of the pipeline,
    and what failed.
    """

    study: Study
    inputs: Mapping[str, str]
    done: Mapping[str, cache.Entry]
    broken: Mapping[str, Text]


def put_together(
    run: YearRun,
    out: Path,
    lang: Lang,
    parameters: Mapping[str, Any],
    identities: intake.Identities,
) -> Path:
    """A year's report below ``out``, and the index over years; returns the page to open.

    Parameters
    ----------
    run : what ran and what failed; without an annual page among it, the front page says so.
    out : the folder of all years' reports.
    lang : of the pages; ``results/`` is the same in each.
    parameters : what the manifest tells of the request: names, no paths.
    identities : who must not be found in any file.

    Raises
    ------
    EvaluasiError : the leak scan hit; nothing is published.
    """
    study = run.study
    target = out / str(study.year)
    made = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    notebooks = {
        name: nbformat.read(str(entry.notebook), as_version=4) for name, entry in run.done.items()
    }
    pages = _Pages(study, lang, made, notebooks)
    with whole_folder(target) as aside:
        for name, notebook in notebooks.items():
            write_whole(aside / f"{name}.html", publish.render(notebook, pages.around(name)))
            write_whole(aside / "notebooks" / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
        front = pages.around(ANNUAL)
        whole = ANNUAL in notebooks
        write_whole(
            aside / "index.html",
            publish.render(notebooks[ANNUAL], front)
            if whole
            else _partial(front, lang, list(run.broken)),
        )
        publish.results(
            [Answer.read(e.part) for e in run.done.values() if (e.part / FILE).exists()],
            aside / "results",
        )
        manifest = _manifest(run, out, parameters)
        write_whole(
            aside / "manifest.json",
            json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        )
        # What is typed into a notebook is searched like everything else.
        nobodys = (*study.unit["nama_unit"], *study.kegiatan["tema"].dropna().unique())
        publish.scan(aside, identities, vocabulary(), (*nobodys, study.plan.region.name))
    write_whole(
        out / "index.html",
        publish.years_index(out, study.plan, lang, made, publish.is_synthetic(out)),
    )
    return target / "index.html"


@dataclass(frozen=True, slots=True)
class _Pages:
    """What surrounds the pages of a year: heading, menu, notice."""

    study: Study
    lang: Lang
    made: str
    notebooks: Mapping[str, nbformat.NotebookNode]

    def around(self, name: str) -> publish.Page:
        question = publish.title(self.notebooks[name], self.lang) if name in self.notebooks else ""
        heading = say(
            "report.title",
            self.lang,
            region=publish.region_name(self.study.plan),
            year=self.study.year,
        )
        links = [publish.Link("../index.html", say("report.all_years", self.lang))]
        links += [
            publish.Link(f"{n}.html", f"{n[:2]} {publish.title(b, self.lang)}", n == name)
            for n, b in self.notebooks.items()
        ]
        notice = (
            say("report.synthetic", self.lang)
            if self.study.synthetic and name not in self.notebooks
            else ""
        )
        title = f"{question} — {heading}" if question else heading
        return publish.Page(
            title, heading, self.lang, self.study.plan.sha256, self.made, notice, links
        )


def _partial(page: publish.Page, lang: Lang, broken: Sequence[str]) -> str:
    """The front page of a report without its annual page; a failure is named, its message is for
    the terminal.
    """
    lines = (
        [say("report.broken", lang, names=", ".join(broken))]
        if broken
        else [say("report.partial", lang)]
    )
    return publish.fill(
        "partial.html.j2",
        publish.Page(
            page.title,
            page.heading,
            lang,
            page.plan_sha256,
            page.made,
            page.notice,
            page.links,
            {"lines": lines},
        ),
    )


def _manifest(run: YearRun, out: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    study = run.study
    values = study.plan.values
    older = publish.manifest(out / str(study.year - 1)).get("plan")
    older = older if isinstance(older, dict) else values
    return {
        "year": study.year,
        "inputs": dict(run.inputs),
        "plan_sha256": study.plan.sha256,
        "code_sha256": cache.code_sha256(),
        "parameters": dict(parameters),
        "seeds": {"inference": study.plan.inference.seed},
        "packages": cache.packages(),
        "durations": {name: entry.seconds for name, entry in run.done.items()},
        "plan": values,
        "plan_changes": {k: list(v) for k, v in differences(older, values).items()},
        "synthetic": study.synthetic,
    }
