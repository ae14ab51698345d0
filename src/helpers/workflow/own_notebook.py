"""A notebook of somebody's own: read, run afresh, and published as one page or not at all."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import nbformat
import pandas as pd

from helpers import intake, publish
from helpers.contracts import (
    LANGS,
    Lang,
    Study,
    WrongUsage,
    load_plan,
    project,
)
from helpers.contracts.tables import YEARS_READ
from helpers.explore import one_page
from helpers.explore.one_page import OnePage
from helpers.explore.reported import reported
from helpers.findings import say, told
from helpers.intake.prepared import content_of
from helpers.publish.edited_findings import results
from helpers.publish.edited_report import Overclaim
from helpers.publish.own_outputs import leaving
from helpers.publish.own_page import nobody_named, own_page
from helpers.publish.own_words import ReportSays, must_be_plain, too_much
from helpers.workflow import cache, languages, own_pages, places
from helpers.workflow.execute import ADDED, TIME_LIMIT, clean, run_whole, whole, without_folders

# Below the folder of reports: beside the years, and in none of them.
FOLDER: Final = "own"
_FIRST, _LAST = "one-page", "page-ends"
_ENDING: Final = ".ipynb"
# What leads by the hand where there are hands; on a page it would stand for nothing.
_ONLY_IN_LAB: Final = "only-in-lab"
_TEMPLATE: Final = project.NOTEBOOKS / "80_my_own_question.ipynb"


@dataclass(frozen=True, slots=True)
class OwnNotebook:
    """A notebook with what its parameters cell says.

    Parameters
    ----------
    path : of the file, which is only read.
    year, lang : of the question, and of its page.
    data, plan : whole paths.
    """

    path: Path
    year: int
    lang: Lang
    data: Path
    plan: Path


@dataclass(frozen=True, slots=True)
class OwnPage:
    """What became of it.

    Parameters
    ----------
    page : where it was published; None where its words say too much.
    unknown : names of pages beside it that it could not be held against.
    overclaims : the sentences that say too much.
    """

    page: Path | None
    unknown: tuple[str, ...] = ()
    overclaims: tuple[Overclaim, ...] = ()


def read(path: Path, data: Path | None = None, plan: Path | None = None) -> OwnNotebook:
    """What a notebook of somebody's own asks for.

    Parameters
    ----------
    path : of the file.
    data, plan : in place of those of its parameters cell, where not None.

    Raises
    ------
    WrongUsage : there is no such file, or it is no notebook with the Lab's parameters cell.
    """
    if not path.is_file():
        raise WrongUsage(told("own.no_file", file=path.name))
    if path.suffix.lower() != _ENDING:
        raise WrongUsage(told("own.no_notebook", file=path.name))
    given = _parameters(whole(path))
    year, lang = given.get("year"), given.get("lang")
    low, high = YEARS_READ
    sought = [data or given.get("data"), plan or given.get("plan")]
    if type(year) is not int or not low <= year <= high:
        raise WrongUsage(told("own.no_parameters", file=path.name, name="year"))
    if lang not in LANGS:
        raise WrongUsage(told("own.no_parameters", file=path.name, name="lang"))
    for name, value in zip(("data", "plan"), sought, strict=True):
        if not isinstance(value, (str, Path)) or not str(value):
            raise WrongUsage(told("own.no_parameters", file=path.name, name=name))
    where = [project.resolve(str(value)) for value in sought]
    return OwnNotebook(path, year, lang, *where)


def _parameters(notebook: nbformat.NotebookNode) -> dict[str, Any]:
    """The plain values of the parameters cell; whatever else stands there has none."""
    found: dict[str, Any] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code" or "parameters" not in cell.metadata.get("tags", []):
            continue
        try:
            lines = ast.parse(cell.source).body
        except SyntaxError:
            continue
        for line in lines:
            match line:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                    found[name] = value
    return found


def make(own: OwnNotebook, out: Path, *, time_limit: float = TIME_LIMIT) -> OwnPage:
    """Run the notebook and publish it as one page below ``out``, if everything on it may be shown.

    Parameters
    ----------
    own : from `read`.
    out : the folder of all years' reports, with that of the notebook's year; the page goes into
        `FOLDER` below it.
    time_limit : seconds that the notebook may take.

    Raises
    ------
    EvaluasiError : the data are at fault, a cell failed, or somebody is named; nothing is
        published.
    WrongUsage : ``out`` holds reports of other data, or none of that year, or lies in the data.
    """
    from helpers.workflow.kernels import kernels

    places.must_lie_apart(out, own.data)
    held = results(out / str(own.year))
    seen = intake.FilesSeen.now(own.data, own.plan, own.path)
    plan = load_plan(own.plan)
    study = intake.study(own.data, own.year, plan)
    places.must_fit(out, plan, synthetic=study.synthetic, years=(), whole=False)
    parameters = {"year": own.year, "lang": own.lang, "data": str(own.data), "plan": str(own.plan)}
    folder = out / FOLDER
    of_report = pd.read_csv(out / str(own.year) / "results" / "indicators.csv")
    content = content_of(own.data, plan)
    others = own_pages.standing(folder, study, content)
    lies_beside = [*reported(study, of_report), *others.compared]
    one = OnePage(str(own.data), own.year, plan.privacy.small_cell, lies_beside)
    with kernels() as kernel:
        ran, compared = once(own.path, parameters, one, kernel=kernel, time_limit=time_limit)
    must_be_plain(ran, own.lang)
    for cell in ran.cells:
        if cell.cell_type == "code":
            cell.source = without_folders(cell.source)
    shown, left_out = leaving(ran, own.lang, ReportSays(held), one.key)
    name = f"{own.path.stem}.html"
    around = _around(own, study, shown)
    page = own_page(shown, around, _about(own, left_out), out / str(own.year), folder)
    nobody_named(
        shown,
        name,
        page,
        intake.identities(own.data, plan),
        study.pegawai["pegawai_id"],
        publish.names_of_nobody(study),
        own.lang,
    )
    # What is listed is printed: only what names nobody.
    overclaims = too_much(shown, held, own.lang)
    if overclaims:
        return OwnPage(None, overclaims=overclaims)
    seen.still()
    written = own_pages.publish_one(folder / name, page, compared, study, content)
    return OwnPage(written, others.unknown)


def once(
    path: Path,
    parameters: Mapping[str, Any],
    page: OnePage,
    *,
    kernel: str,
    time_limit: float = TIME_LIMIT,
) -> tuple[nbformat.NotebookNode, pd.DataFrame]:
    """Run a notebook of somebody's own, each cell once; nothing of it is kept.

    Parameters
    ----------
    path : the notebook, which is not written to; what was saved in it counts for nothing.
    parameters : values of the parameters cell, ``data`` as a whole path; ``out`` is set here.
    page : that it becomes.
    kernel : the kernel to start, from `kernels.kernels`.
    time_limit : seconds that the whole notebook may take.

    Returns
    -------
    The notebook, and what it compares, as of `explore.beside.together`.

    Raises
    ------
    NotebookFailed : it is no whole notebook, a cell raised, the kernel died, or the time limit
        passed.
    """
    asked = languages.paged(whole(path))
    to_the_author = _to_the_author()
    for cell in asked.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if cell.source in to_the_author:
            # Emptied, not taken out: cells keep the numbers that they have in the Lab.
            cell.source = ""
    with cache.workplace() as aside:
        first, last = map(_around_it, page.cells(aside), (_FIRST, _LAST))
        asked.cells = [first, *asked.cells, last]
        ran = run_whole(path.stem, asked, aside, parameters, kernel, time_limit)
        ran.cells = [cell for cell in ran.cells if cell.get("id") not in (_FIRST, _LAST)]
        return clean(ran, {str(aside / cache.PART): ""}), one_page.shown(aside)


def _to_the_author() -> frozenset[str]:
    """What the Lab's own notebook tells whoever writes in it; whatever else somebody put in such a
    cell is theirs.
    """
    cells = whole(_TEMPLATE).cells
    return frozenset(c.source for c in cells if _ONLY_IN_LAB in c.metadata.get("tags", []))


def _around_it(code: str, name: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(code, id=name, metadata={"tags": [ADDED]})


def _around(own: OwnNotebook, study: Study, shown: nbformat.NotebookNode) -> publish.Page:
    lang, plan = own.lang, study.plan
    heading = say("own.heading", lang, region=publish.region_name(plan), year=own.year)
    synthetic = say("report.synthetic", lang) if study.synthetic else ""
    title = publish.title(shown, lang) or own.path.stem
    return publish.Page(
        f"{title} — {heading}",
        heading,
        lang,
        plan.sha256,
        datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        " ".join(filter(None, (say("own.mark", lang), synthetic))),
        [_report(own)],
    )


def _report(own: OwnNotebook) -> publish.Link:
    front = publish.pages_folder(Path("..") / str(own.year), own.lang) / places.FRONT
    return publish.Link(front.as_posix(), say("report.report_of", own.lang, year=own.year))


def _about(own: OwnNotebook, left_out: int) -> tuple[str, ...]:
    named = {"notebook": own.path.name, "data": own.data.name, "plan": own.plan.name}
    return (
        say("own.shown", own.lang, n=left_out),
        say("own.made_from", own.lang, year=own.year, **named),
    )
