"""What the docs say is there: links, commands, answers, and the words that reports use themselves."""

from __future__ import annotations

import ast
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer
import typer.main
from distributed.cli import dask_scheduler, dask_worker
from typer.testing import CliRunner

from helpers import explore
from helpers.cli import app
from helpers.contracts import Lang, load_plan, project
from helpers.findings.words import templates

DOCS = sorted(p for p in (project.ROOT / "docs").rglob("*.md"))
READMES = [project.ROOT / "README.md", project.ROOT / "README.id.md"]
HOW_TO = project.ROOT / "docs" / "how-to"
SHOWN = [pytest.param(p, id=p.name) for p in (*DOCS, *READMES)]
# Pages that stand in one language only: an index of both, and what is made from English docstrings.
ALONE = {"README", "house"}


def blocks(page: Path, *kinds: str) -> list[str]:
    """The blocks of a page that are marked as one of the kinds."""
    marked = "|".join(kinds)
    return re.findall(rf"(?ms)^```(?:{marked})\n(.*?)^```", page.read_text(encoding="utf-8"))


def commands(page: Path) -> list[list[str]]:
    """Every line that a page tells to type, in words."""
    lines = [line for b in blocks(page, "sh", "bat") for line in b.splitlines() if line.strip()]
    # A folder of Windows is one of ours: the shell's own reading would take its bars for escapes.
    return [shlex.split(line.replace("\\", "/"), comments=True) for line in lines]


def slug(heading: str) -> str:
    """The anchor of a heading, as pages of the repository are shown."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("page", SHOWN)
def test_links_lead_somewhere(page: Path):
    for link in re.findall(r"\]\(([^)]+)\)", page.read_text(encoding="utf-8")):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), link
        if anchor:
            headings = re.findall(r"(?m)^#+ (.*)$", target.read_text(encoding="utf-8"))
            assert anchor in map(slug, headings), link


@pytest.mark.parametrize("page", SHOWN)
def test_commands_and_their_options_are_there(page: Path):
    known = typer.main.get_command(app).commands
    for name, rest in re.findall(
        r"(?m)(?:^|`)evaluasi ([a-z-]+)([^`\n]*)", page.read_text(encoding="utf-8")
    ):
        assert name in known, name
        options = {o for p in known[name].params for o in p.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest.partition("#")[0])) <= options


# The family of the command line's errors, which typer's face does not name.
WRONG = typer.BadParameter.__mro__[2]


def parsed(words: list[str]) -> None:
    """Read what follows ``evaluasi`` as the command line itself does, without doing it."""
    group = typer.main.get_command(app)
    with group.make_context("evaluasi", list(words)) as above:
        name, command, rest = group.resolve_command(above, [*above._protected_args, *above.args])
        command.make_context(name, rest, parent=above).close()


# How each program that the docs name is looked at; one that is not here is none of the docs'.
def _make(words: list[str]) -> None:
    targets = re.findall(r"(?m)^([a-z]+):", (project.ROOT / "Makefile").read_text())
    asked = [w for w in words if "=" not in w]
    variables = re.findall(r"(?m)^([A-Z]+) \?=", (project.ROOT / "Makefile").read_text())
    assert asked and set(asked) <= set(targets), words
    assert {w.partition("=")[0] for w in words if "=" in w} <= set(variables), words


def _papermill(words: list[str]) -> None:
    notebook = project.ROOT / words[0]
    assert notebook.exists(), words
    given = words[words.index("-p") + 1]
    assert re.search(rf"\b{given} = ", notebook.read_text(encoding="utf-8")), given


def _files_are_there(words: list[str]) -> None:
    named = [words[i + 1] for i, w in enumerate(words[:-1]) if w in ("-r", "-f")]
    assert all((project.ROOT / name).exists() for name in named), words


def _dask(words: list[str]) -> None:
    what, *rest = words
    {"scheduler": dask_scheduler, "worker": dask_worker}[what].main.make_context(what, rest)


def _loop(words: list[str]) -> None:
    """A line of a shell's: what is done each time is looked at."""
    inside = " ".join(words[words.index("do") + 1 :]).partition(";")[0].split()
    assert words[1] == "in" and words[-1] == "done" and inside, words
    PROGRAMS[inside[0]](inside[1:])


PROGRAMS = {
    "dask": _dask,
    "for": _loop,
    "evaluasi": parsed,
    "make": _make,
    "papermill": _papermill,
    "conda": _files_are_there,
    "py": _files_are_there,
    ".venv/Scripts/python": _files_are_there,
    ".venv/Scripts/activate": _files_are_there,
    ".": _files_are_there,
    "set": _files_are_there,
    "cd": _files_are_there,
}


@pytest.mark.parametrize("page", SHOWN)
def test_every_command_that_is_printed_is_understood(page: Path):
    for words in commands(page):
        for part in " ".join(words).split(" && "):
            program, *rest = part.split()
            assert program in PROGRAMS, part
            PROGRAMS[program](rest)


def test_a_command_that_is_not_there_is_found_out():
    for wrong in ("chek", "check --folder x", "run --year next", "check-report x.docx", "sample"):
        with pytest.raises(WRONG):
            parsed(wrong.split())
    with pytest.raises(WRONG):
        _loop(["x", "in", "a", "b;", "do", "evaluasi", "run", "--yeer", "$x;", "done"])
    for asked in (["reports"], ["report", "JAHR=2024"], []):
        with pytest.raises(AssertionError):
            _make(asked)


TUTORIALS = sorted((project.ROOT / "docs" / "tutorial").glob("explore*.md"))


@pytest.mark.parametrize("page", TUTORIALS, ids=lambda p: p.name)
def test_lines_of_python_that_a_tutorial_prints_run(page: Path, small_study):
    """After notebook 80 has been run: with what its cells have named."""
    lang: Lang = "id" if page.name.endswith(".id.md") else "en"
    (lines,) = blocks(page, "python")
    *before, last = lines.splitlines()
    names = {"explore": explore, "people": explore.people(small_study(2024), lang)}
    exec("\n".join(before), names)
    assert "SKP" in str(eval(last, names))


@pytest.fixture
def region(tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder as the docs suppose it: own exports in data/raw, and everything else elsewhere than
    in the project.
    """
    folder = tmp_path / "project"
    shutil.copytree(tiny(), folder / "data" / "raw")
    shutil.copytree(project.ROOT / "tests" / "second_agency", folder / "tests" / "second_agency")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(project, "PREPARED", folder / "data" / "prepared")
    monkeypatch.setattr(project, "PRIVATE", folder / "data" / "private")
    return folder


def _plans(page: Path) -> Iterator[tuple[str, str]]:
    """The plans that a page prints, under the names that its commands give them."""
    names = {w[w.index("--plan") + 1] for w in commands(page) if "--plan" in w}
    yield from ((name, block) for name in names for block in blocks(page, "yaml"))


@pytest.mark.parametrize("page", [p for p in SHOWN if list(_plans(p.values[0]))])
def test_plans_that_are_printed_can_be_read(page: Path, tmp_path: Path):
    for name, written in _plans(page):
        (tmp_path / name).write_text(written, encoding="utf-8")
        assert load_plan(tmp_path / name) != load_plan()


# Each once, however many pages print it.
LOOKS = {
    tuple(words[1:]): p.values[0]
    for p in SHOWN
    for words in commands(p.values[0])
    if words[:2] == ["evaluasi", "check"]
}


@pytest.mark.parametrize("words", LOOKS, ids=" ".join)
def test_every_look_at_a_folder_runs(words: tuple[str, ...], region: Path):
    for name, written in _plans(LOOKS[words]):
        (region / name).write_text(written, encoding="utf-8")
    done = CliRunner().invoke(app, list(words))
    stopped = "tests/second_agency" in words
    assert done.exit_code == int(stopped), done.output


AGENCY = [("read-other-exports.md", "en"), ("read-other-exports.id.md", "id")]


def _answer(folder: Path, lang: str) -> list[str]:
    done = CliRunner().invoke(app, ["check", "--data", str(folder), "--lang", lang])
    return done.output.splitlines()


def _as_printed(told: str, printed: str) -> bool:
    """Whether a page prints a line, which it may cut short with dots."""
    cut = printed.removesuffix("…")
    return told.startswith(cut) if cut != printed else told == printed


@pytest.mark.parametrize(("name", "lang"), AGENCY)
def test_the_second_agency_is_answered_as_the_page_prints(name: str, lang: str, region: Path):
    folder = region / "tests" / "second_agency"
    before, after = (b.splitlines() for b in blocks(HOW_TO / name, "text"))
    told = _answer(folder, lang)
    assert len(told) == len(before)
    assert [p for t, p in zip(told, before, strict=True) if not _as_printed(t, p)] == []
    survey = folder / "Survei Kepuasan (jawaban).csv"
    mended = survey.read_text(encoding="utf-8").replace("Tempat Layanan", "Unit Layanan")
    survey.write_text(mended, encoding="utf-8")
    told = _answer(folder, lang)
    assert [p for p in after if not any(_as_printed(t, p) for t in told)] == []


def _named(page: Path) -> set[str]:
    """The source files that a page's tables name first."""
    return set(re.findall(r"(?m)^\| `(src/helpers/[^`]+)`", page.read_text(encoding="utf-8")))


def _naming(name: str) -> set[str]:
    """The source files in which an outcome stands as a word of its own, not in a docstring."""
    found = set()
    for path in (project.ROOT / "src" / "helpers").rglob("*.py"):
        if name not in (text := path.read_text(encoding="utf-8")):
            continue
        constants = (n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant))
        # A docstring writes the name between marks; a list of words may stand in one text.
        if any(name in str(value).split() for value in constants):
            found.add(path)
    found |= set((project.ROOT / "src" / "helpers" / "findings" / "catalogue").glob("*.yml"))
    return {
        str(p.relative_to(project.ROOT).as_posix())
        for p in found
        if p.parent.name not in ("simulate", "validation")
    }


@pytest.mark.parametrize("name", ["add-an-outcome.md", "add-an-outcome.id.md"])
def test_a_new_outcome_goes_where_the_pattern_stands(name: str):
    assert _named(HOW_TO / name) - {"src/helpers/contracts/tables.py"} == _naming("on_time_share")


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


def test_every_page_is_in_both_languages_and_says_as_much():
    for page in DOCS:
        name = page.stem.removesuffix(".id")
        if name in ALONE or page.parent.name == "reference":
            continue
        pages = [page.with_name(f"{name}{end}") for end in (".md", ".id.md")]
        assert all(p.exists() for p in pages), name
        one, two = (p.read_text(encoding="utf-8") for p in pages)
        for mark in ("\n| ", "\n## ", "\n```", "\n- "):
            assert one.count(mark) == two.count(mark), (name, mark)


def test_the_index_leads_to_every_page():
    index = project.ROOT / "docs" / "README.md"
    linked = {
        (index.parent / link).resolve()
        for link in re.findall(r"\]\(([^)#]+)\)", index.read_text(encoding="utf-8"))
    }
    assert [p.name for p in DOCS if p != index and p.resolve() not in linked] == []
