"""A year's report put together: pages, notebooks, results and manifest, scanned for leaks and moved
into place whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import nbformat

from helpers import intake, publish
from helpers.contracts import LANGS, Answer, Lang, Study, whole_folder, write_whole
from helpers.contracts.answer import FILE
from helpers.contracts.plan_file import differences
from helpers.findings import say, vocabulary
from helpers.findings.last_report import Comparison
from helpers.workflow import cache, places


@dataclass(frozen=True, slots=True)
class YearRun:
    """One year's run: its study, the input files behind it, what ran, in the order of the pipeline,
    and whether that is all of it.
    """

    study: Study
    inputs: Mapping[str, str]
    done: Mapping[str, cache.Entry]
    whole: bool
    formats: tuple[str, ...] = ("html",)


def put_together(
    run: YearRun,
    out: Path,
    lang: Lang,
    parameters: Mapping[str, Any],
    identities: intake.Identities,
    written: Callable[[], Iterable[publish.Written]],
) -> Path:
    """A year's report below ``out``, and the index over years; returns the page to open.

    Parameters
    ----------
    run : what ran; without an annual page among it, the front page says so. Where it is not all,
        the year's other pages stay, dated.
    out : the folder of all years' reports.
    lang : of the page that is returned; pages are made in every language.
    parameters : what the manifest tells of the request: names, no paths.
    identities : who must not be found in any file.
    written : the texts of the inputs, for the message where somebody is found.

    Raises
    ------
    EvaluasiError : the leak scan hit; nothing is published.
    """
    study = run.study
    target = out / str(study.year)
    made = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
    stay = places.pages_that_stay(target, run.done, whole=run.whole)
    with whole_folder(target) as aside:
        for path in stay:
            (aside / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(target / path, aside / path)
        answers = [Answer.read(e.part) for e in run.done.values() if (e.part / FILE).exists()]
        last = publish.beside(out, study.year, answers, study.plan)
        dates = {
            one: _in_language(run, target, aside, stay, one, made, last, answers) for one in LANGS
        }
        publish.results(answers, aside / "results")
        manifest = {**_manifest(run, out, parameters), "pages": dates}
        write_whole(
            aside / places.MANIFEST,
            json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True) + "\n",
        )
        # What is typed into a notebook is searched like everything else.
        publish.scan(aside, identities, vocabulary(), publish.names_of_nobody(study), written)
    synthetic = publish.is_synthetic(out)
    for place, (_, page) in publish.years_indexes(
        out, study.plan, made, synthetic=synthetic
    ).items():
        write_whole(out / place, page)
    return publish.pages_folder(target, lang) / places.FRONT


def _in_language(
    run: YearRun,
    target: Path,
    aside: Path,
    stay: Sequence[Path],
    lang: Lang,
    made: str,
    last: Comparison | None,
    answers: Sequence[Answer],
) -> dict[str, str]:
    """The pages and notebooks of one language, written; returns when each of its pages was made."""
    notebooks = {name: _notebook(entry.notebook(lang)) for name, entry in run.done.items()}
    if places.ANNUAL in notebooks:
        notebooks[places.ANNUAL] = publish.with_last_report(
            notebooks[places.ANNUAL], last, run.study.year, lang
        )
    earlier = _earlier(target, lang, stay)
    pages = _Pages(run.study, lang, made, notebooks, earlier, run.formats)
    own = publish.pages_folder(aside, lang)
    made_pages = {n: publish.render(book, pages.around(n)) for n, book in notebooks.items()}
    for name, notebook in notebooks.items():
        write_whole(own / f"{name}.html", made_pages[name])
        write_whole(own / "notebooks" / f"{name}.ipynb", nbformat.writes(notebook) + "\n")
    if not (own / places.FRONT).exists():
        write_whole(own / places.FRONT, pages.front())
    write_whole(own / f"{publish.EXPLORE}.html", pages.explored(answers))
    for path, content in publish.documents(notebooks, pages.document(), run.formats):
        write_whole(own / path, content)
    _whole(own, replace(pages, notebooks=_with_earlier(own, notebooks, earlier), earlier={}), stay)
    return {n: e.made for n, e in earlier.items()} | dict.fromkeys(notebooks, made)


def _with_earlier(
    own: Path, notebooks: Mapping[str, nbformat.NotebookNode], earlier: Iterable[str]
) -> dict[str, nbformat.NotebookNode]:
    """All notebooks of a year, those that stay among them, in the order of their pages."""
    stayed = {name: _notebook(own / "notebooks" / f"{name}.ipynb") for name in earlier}
    return dict(sorted({**stayed, **notebooks}.items()))


def _whole(own: Path, pages: _Pages, stay: Sequence[Path]) -> None:
    """The year in one file, in every format that was asked for or is there from before: a page that
    was made again is a new one there, too.
    """
    if places.ANNUAL not in pages.notebooks:
        return
    names = (places.ANNUAL, *(n for n in pages.notebooks if n != places.ANNUAL))
    written = {n: (own / f"{n}.html").read_text(encoding="utf-8") for n in names}
    around = replace(pages.around(places.ANNUAL), formats=())
    write_whole(own / f"{publish.WHOLE}.html", publish.one_file(written, around))
    kept = {path.suffix[1:] for path in stay if path.stem == publish.WHOLE}
    formats = {*pages.formats, *kept}
    for path, content in publish.whole_report(
        pages.notebooks, pages.document(), formats, places.ANNUAL
    ):
        write_whole(own / path, content)


def _notebook(path: Path) -> nbformat.NotebookNode:
    return nbformat.read(str(path), as_version=4)


@dataclass(frozen=True, slots=True)
class _Earlier:
    """A page that stays: what it is called, and when it was made."""

    title: str
    made: str


def _earlier(target: Path, lang: Lang, stay: Sequence[Path]) -> dict[str, _Earlier]:
    """The notebooks' pages of the language that stay, by name."""
    own = publish.pages_folder(target, lang)
    dates = _dates_told(target).get(lang, {})
    found = {}
    for path in stay:
        notebook = own / "notebooks" / f"{path.stem}.ipynb"
        if target / path == own / f"{path.stem}.html" and notebook.exists():
            title = publish.title(_notebook(notebook), lang)
            found[path.stem] = _Earlier(title, dates.get(path.stem, ""))
    return found


def _dates_told(target: Path) -> dict[str, dict[str, str]]:
    """When each page of an earlier report was made, by language and name."""
    told = publish.manifest(target).get("pages")
    return told if isinstance(told, dict) else {}


@dataclass(frozen=True, slots=True)
class _Pages:
    """What surrounds the pages of a year: heading, menu, notice."""

    study: Study
    lang: Lang
    made: str
    notebooks: Mapping[str, nbformat.NotebookNode]
    earlier: Mapping[str, _Earlier]
    formats: Sequence[str]

    def around(self, name: str) -> publish.Page:
        question = publish.title(self.notebooks[name], self.lang) if name in self.notebooks else ""
        heading = say(
            "report.title",
            self.lang,
            region=publish.region_name(self.study.plan),
            year=self.study.year,
        )
        up = "../../en" if self.lang == "en" else ".."
        links = [publish.Link(f"{up}/index.html", say("report.all_years", self.lang))]
        links += [publish.Link(f"{n}.html", self._called(n), n == name) for n in self._names()]
        notice = (
            say("report.synthetic", self.lang)
            if self.study.synthetic and name not in self.notebooks
            else ""
        )
        title = f"{question} — {heading}" if question else heading
        down = f"{name}.html" if name in self.notebooks else places.FRONT
        return publish.Page(
            title,
            heading,
            self.lang,
            self.study.plan.sha256,
            self.made,
            notice,
            links,
            f"../{down}" if self.lang == "en" else f"en/{down}",
            self._other_formats(name),
        )

    def _other_formats(self, name: str) -> list[publish.Link]:
        """The page in the formats that were asked for, the annual one as the whole report; beside
        the first page stands the one to explore.
        """
        annual = name == places.ANNUAL
        explore = publish.Link(f"{publish.EXPLORE}.html", say("browse.link", self.lang))
        if name not in self.notebooks:
            return [explore] if annual else []
        file = publish.WHOLE if annual else name
        links = [publish.Link(f"{file}.{f}", f.upper()) for f in self.formats if f != "html"]
        one = publish.Link(f"{file}.html", say("report.in_one_file", self.lang))
        return [explore, one, *links] if annual else links

    def document(self) -> publish.Document:
        """What surrounds a document: the same heading and notice."""
        page = self.around("")
        region = publish.region_name(self.study.plan)
        return publish.Document(
            page.heading, page.heading, region, self.lang, self.made, page.notice
        )

    def front(self) -> str:
        """The first page: the annual one, or else a list of those that there are."""
        page = self.around(places.ANNUAL)
        if places.ANNUAL in self.notebooks:
            here = replace(page, other=page.other.replace(f"{places.ANNUAL}.html", places.FRONT))
            return publish.render(self.notebooks[places.ANNUAL], here)
        lines = [say("report.partial", self.lang)]
        return publish.fill("partial.html.j2", replace(page, extra={"lines": lines}))

    def explored(self, answers: Sequence[Answer]) -> str:
        """The page to explore what these answers hold."""
        page = self.around(publish.EXPLORE)
        here = replace(page, other=page.other.replace(places.FRONT, f"{publish.EXPLORE}.html"))
        return publish.explore_page(answers, here, self.study.plan.privacy.small_cell)

    def _names(self) -> list[str]:
        return sorted({*self.notebooks, *self.earlier})

    def _called(self, name: str) -> str:
        """A page in the menu: one that was not made now tells when it was."""
        if name in self.notebooks:
            return f"{name[:2]} {publish.title(self.notebooks[name], self.lang)}"
        page = self.earlier[name]
        return f"{name[:2]} {page.title}" + (f" ({page.made})" if page.made else "")


def _manifest(run: YearRun, out: Path, parameters: Mapping[str, Any]) -> dict[str, Any]:
    study = run.study
    values = study.plan.values
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
        "synthetic": study.synthetic,
        **_compared(out, study.year - 1, values),
    }


def _compared(out: Path, before: int, values: Mapping[str, Any]) -> dict[str, Any]:
    """What changed in the plan since the year before, and which report that is told from."""
    path = out / str(before) / places.MANIFEST
    older = publish.manifest(path.parent).get("plan")
    if not isinstance(older, dict):
        return {"compared_with": None, "plan_changes": {}}
    return {
        "compared_with": {
            "file": path.relative_to(out).as_posix(),
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        },
        "plan_changes": {k: list(v) for k, v in differences(older, values).items()},
    }
