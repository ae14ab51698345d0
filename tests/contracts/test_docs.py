"""What the docs say is there: links, commands, and the words that reports use themselves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

from helpers.cli import app
from helpers.contracts import project
from helpers.findings.words import templates

DOCS = sorted(p for p in (project.ROOT / "docs").rglob("*.md"))
READMES = [project.ROOT / "README.md", project.ROOT / "README.id.md"]
HOW_TO = project.ROOT / "docs" / "how-to"
SHOWN = [pytest.param(p, id=p.name) for p in (*DOCS, *READMES)]


@pytest.mark.parametrize("page", SHOWN)
def test_links_lead_somewhere(page: Path):
    links = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", SHOWN)
def test_commands_and_their_options_are_there(page: Path):
    known = typer.main.get_command(app).commands
    for name, rest in re.findall(
        r"(?m)(?:^|`)evaluasi ([a-z-]+)([^`\n]*)", page.read_text(encoding="utf-8")
    ):
        assert name in known, name
        options = {o for p in known[name].params for o in p.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest.partition("#")[0])) <= options


def _table(page: Path, heading: str) -> list[list[str]]:
    section = page.read_text(encoding="utf-8").split(f"## {heading}")[1].split("\n## ")[0]
    rows = [r.strip("|").split(" | ") for r in section.splitlines() if r.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


@pytest.mark.parametrize(
    ("name", "lang", "heading"),
    [
        ("read-the-evidence.md", "en", "Why a grade is not higher"),
        ("read-the-evidence.id.md", "id", "Mengapa tingkatnya tidak lebih tinggi"),
    ],
)
def test_checks_are_called_as_the_reports_call_them(name, lang, heading):
    called = {text for key, text in templates(lang).items() if key.startswith("check.")}
    rows = _table(HOW_TO / name, heading)
    assert len(rows) == 6
    for check, *_ in rows:
        assert any(text.startswith(check) for text in called), check


def test_every_page_of_how_to_do_it_is_in_both_languages():
    english = {p.stem for p in HOW_TO.glob("*.md") if not p.stem.endswith(".id")}
    assert english == {p.stem.removesuffix(".id") for p in HOW_TO.glob("*.id.md")}
    for name in english:
        one, two = (HOW_TO / f"{name}{end}" for end in (".md", ".id.md"))
        sizes = [p.read_text(encoding="utf-8").count("\n| ") for p in (one, two)]
        assert sizes[0] == sizes[1], name
