"""All pages of a year in one HTML file, for sending: links between them lead within it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from helpers.publish.html import Link, Page, fill

_MAIN: Final = re.compile(r'<main id="main">(.*)</main>', re.DOTALL)
_CODE: Final = re.compile(r'<details class="code">.*?</details>', re.DOTALL)
_ID: Final = re.compile(r'(<[a-z]\w*\b[^<>]*?\s)id="([^"]+)"')
_HEADING: Final = re.compile(r"<(/?)h([1-5])\b")
_LINK: Final = re.compile(r'href="(\d\d_\w+)\.html(?:#[^"]*)?"')


def one_file(pages: Mapping[str, str], around: Page) -> str:
    """Pages as one, the first with its title as the file's.

    Parameters
    ----------
    pages : finished HTML by name, in their order.
    around : of the first page; its menu is made to lead within the file.

    Returns
    -------
    HTML that loads nothing and leads to no other file of the report.
    """
    sections = [
        {"name": name, "content": _within(name, page, set(pages), first=i == 0)}
        for i, (name, page) in enumerate(pages.items())
    ]
    known = {f"{name}.html": name for name in pages}
    links = [Link(f"#{known[link.href]}", link.text) for link in around.links if link.href in known]
    # The first place of a menu is for what is not a question: here, the top of the file.
    menu = [Link("#main", around.words["contents"]), *links]
    page = replace(around, links=menu, other="", extra={"sections": sections})
    return fill("whole.html.j2", page)


def _within(name: str, page: str, known: set[str], *, first: bool) -> str:
    found = _MAIN.search(page)
    content = _CODE.sub("", found[1] if found else page)
    content = _ID.sub(lambda m: f'{m[1]}id="{name}-{m[2]}"', content)
    content = re.sub(r'href="#([^"]+)"', lambda m: f'href="#{name}-{m[1]}"', content)
    content = _LINK.sub(lambda m: f'href="#{m[1] if m[1] in known else "main"}"', content)
    if first:
        return content
    # One title a file; what stands under another page's title stands one deeper.
    return _HEADING.sub(lambda m: f"<{m[1]}h{int(m[2]) + 1}", content)
