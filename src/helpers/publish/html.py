"""Executed notebooks to self-contained pages that open with no network."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat

from helpers.contracts import Lang
from helpers.findings import say
from helpers.present import type_cuts
from helpers.publish.carried_tables import with_downloads
from helpers.publish.narrow_tables import as_cards

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a page's menu."""

    href: str
    text: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What surrounds a page's content; ``other`` leads to the same page in the other language,
    ``formats`` to it in other formats.
    """

    title: str
    heading: str
    lang: Lang
    plan_sha256: str
    made: str
    notice: str = ""
    links: Sequence[Link] = ()
    other: str = ""
    formats: Sequence[Link] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def faces(self) -> str:
        """The type that the page carries."""
        return type_cuts.faces()

    @property
    def words(self) -> dict[str, str]:
        own = {
            k: say(f"report.{k}", self.lang)
            for k in ("code", "contents", "plan", "pages", "questions", "trends", "indicator")
        }
        named = {"productivity": "point.", "satisfaction": "point.", "same_people": "last."}
        own |= {k: say(f"{room}{k}", self.lang) for k, room in named.items()}
        own |= {k: say(f"report.{k}", self.lang) for k in ("grade", "over_years", "report")}
        rows = ("search_rows", "all_rows", "first_rows", "rows_found")
        own |= {k: say(f"report.{k}", self.lang) for k in rows}
        there: Lang = "en" if self.lang == "id" else "id"
        own |= {"other_language": say("report.in_this_language", there), "other": there}
        return {**own, "made": say("report.made", self.lang, time=self.made)}

    def __getattr__(self, name: str) -> Any:
        try:
            return self.extra[name]
        except KeyError:
            raise AttributeError(name) from None


def title(notebook: nbformat.NotebookNode, lang: Lang) -> str:
    """The question that a notebook asks: its first heading in the language.

    Parameters
    ----------
    notebook : text cells of one language carry its tag; cells without one belong to both.
    lang : whose heading is looked for.

    Returns
    -------
    The heading without its sign; empty where there is none.
    """
    for cell in in_language(notebook, lang).cells:
        found = (
            re.search(r"^#\s+(.+)$", cell.source, re.MULTILINE)
            if cell.cell_type == "markdown"
            else None
        )
        if found:
            return found.group(1).strip()
    return ""


def in_language(notebook: nbformat.NotebookNode, lang: Lang) -> nbformat.NotebookNode:
    """The notebook without the text cells of the other language.

    Parameters
    ----------
    notebook : text cells of one language carry its tag; cells without one belong to both.
    lang : the language that stays.

    Returns
    -------
    A copy; the given notebook keeps all its cells.
    """
    other = {"id": "en", "en": "id"}[lang]
    kept = nbformat.from_dict(notebook)
    kept.cells = [c for c in notebook.cells if other not in c.metadata.get("tags", [])]
    return kept


def render(notebook: nbformat.NotebookNode, page: Page) -> str:
    """A notebook as one HTML page in the page's language.

    Parameters
    ----------
    notebook : one that has run; what it shows is what the page shows.
    page : the language, the menu and what stands around the content.

    Returns
    -------
    HTML with pictures and styles within it; nothing is loaded from elsewhere.
    """
    body, _ = _exporter().from_notebook_node(
        in_language(notebook, page.lang), resources={"page": page}
    )
    # Pages link to pages; in the Lab the same links lead to notebooks.
    linked = re.sub(r'href="(\d\d_\w+)\.ipynb"', r'href="\1.html"', str(body))
    return _tidy(as_cards(with_downloads(linked, page.lang)))


@functools.cache
def _exporter() -> Any:
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_name="evaluasi", extra_template_basedirs=[str(TEMPLATES)], anchor_link_text=""
    )


def fill(template: str, page: Page) -> str:
    """A page that is no notebook (the index over years, a partial report).

    Parameters
    ----------
    template : its file name among the templates.
    page : what ``extra`` holds is asked for by name.

    Returns
    -------
    HTML that loads nothing from elsewhere.
    """
    return _tidy(_environment().get_template(template).render(page=page))


@functools.cache
def _environment() -> Any:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(TEMPLATES / "evaluasi")), autoescape=False
    )


def _tidy(text: str) -> str:
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"
