"""Whoever calls a public function can read what each argument means, and what it may refuse with.

A summary line stands on every public function by ruff's own rules; here are the sections.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from helpers.contracts import project

SRC = project.ROOT / "src" / "helpers"
# Rooms whose functions are not yet all told in sections. A room that is leaves this list.
NOT_YET: set[str] = set()
Function = ast.FunctionDef | ast.AsyncFunctionDef


def rooms() -> dict[str, list[Path]]:
    """The modules of each room; a module that stands by itself is a room of its own."""
    found: dict[str, list[Path]] = {}
    for path in sorted(SRC.rglob("*.py")):
        found.setdefault(path.relative_to(SRC).parts[0], []).append(path)
    return found


@cache
def our_errors() -> set[str]:
    """Every class of ours that descends from an exception, by name."""
    bases = {
        node.name: {b.id for b in node.bases if isinstance(b, ast.Name)}
        for path in SRC.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    known = {"Exception", "ValueError", "RuntimeError"}
    while more := {name for name, of in bases.items() if of & known} - known:
        known |= more
    return known & set(bases)


def public(body: list[ast.stmt]) -> Iterator[Function]:
    """Public functions of a module and methods of its public classes; a method without a docstring
    in a class that has a base has that base's.
    """
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            own = (f for f in public(node.body) if not node.bases or ast.get_docstring(f))
            yield from own
        elif isinstance(node, Function) and not node.name.startswith("_"):
            yield node


def decorators(function: Function) -> set[str]:
    """The last name of each decorator: ``command`` of ``@app.command()``."""
    bare = (d.func if isinstance(d, ast.Call) else d for d in function.decorator_list)
    return {d.attr if isinstance(d, ast.Attribute) else ast.unparse(d) for d in bare}


def arguments(function: Function) -> list[str]:
    """Names of what a caller passes."""
    spec = function.args
    named = [*spec.posonlyargs, *spec.args, *filter(None, [spec.vararg]), *spec.kwonlyargs]
    named += filter(None, [spec.kwarg])
    return [a.arg for a in named if a.arg not in ("self", "cls")]


def section(function: Function, title: str) -> str | None:
    """The text of a docstring's section; None where it has none."""
    doc = ast.get_docstring(function) or ""
    match = re.search(rf"^{title}\n-{{{len(title)}}}\n(.*?)(?=^\S+\n-{{3,}}$|\Z)", doc, re.M | re.S)
    return match[1] if match else None


def unnamed(function: Function) -> list[str]:
    """Arguments that the ``Parameters`` section does not name; none where there is one argument."""
    asked = arguments(function)
    if len(asked) < 2 or "command" in decorators(function):
        return []
    lines = re.findall(r"^([\w*, ]+) : \S", section(function, "Parameters") or "", re.M)
    told = {name.strip(" *") for line in lines for name in line.split(",")}
    return [name for name in asked if name not in told]


def raised(function: Function) -> set[str]:
    """Names of what the body itself raises, not the functions within it."""
    inner = [
        n for n in ast.walk(function) if isinstance(n, Function | ast.Lambda) and n is not function
    ]
    within = {id(n) for f in inner for n in ast.walk(f)}
    errors = (
        n.exc.func if isinstance(n.exc, ast.Call) else n.exc
        for n in ast.walk(function)
        if isinstance(n, ast.Raise) and n.exc is not None and id(n) not in within
    )
    return {e.attr if isinstance(e, ast.Attribute) else ast.unparse(e) for e in errors}


def faults(path: Path, errors: set[str]) -> list[str]:
    """What is not told of a module's public functions."""
    found = []
    for function in public(ast.parse(path.read_text()).body):
        place = f"{path.relative_to(SRC)}:{function.lineno} {function.name}"
        found += [f"{place}: parameter {name}" for name in unnamed(function)]
        told = section(function, "Raises") or ""
        found += [
            f"{place}: raises {name}"
            for name in sorted(raised(function) & errors)
            if not re.search(rf"\b{name}\b", told)
        ]
    return found


@pytest.mark.parametrize("room", rooms())
def test_every_argument_and_every_error_of_ours_is_told(room: str):
    errors = our_errors()
    missing = [fault for path in rooms()[room] for fault in faults(path, errors)]
    if room in NOT_YET:
        assert missing, f"{room} is told now: take it out of NOT_YET"
    else:
        assert not missing, "\n".join(missing)


def test_rooms_not_yet_told_are_rooms():
    assert set(rooms()) >= NOT_YET


def of(text: str) -> Function:
    function = ast.parse(text).body[0]
    assert isinstance(function, Function)
    return function


def test_a_section_must_name_every_argument():
    head = 'def f(a, *rest, b=1, **more):\n    """One.\n\n    Parameters\n    ----------\n'
    assert unnamed(of("def f(a, b): ...")) == ["a", "b"]
    assert unnamed(of("def f(self, a): ...")) == []
    assert unnamed(of(head + '    a, b : metres.\n    """')) == ["rest", "more"]
    assert unnamed(of(head + '    a, b : metres.\n    *rest, **more : others.\n    """')) == []
    assert unnamed(of(head + '    a :\n    """')) == ["a", "rest", "b", "more"]
    after = '    a, b : m.\n\n    Returns\n    -------\n    rest, more : m.\n    """'
    assert unnamed(of(head + after)) == ["rest", "more"]
    assert unnamed(of("@app.command()\ndef f(a, b): ...")) == []


def test_errors_are_found_where_the_function_itself_raises_them():
    body = "def f(a):\n    def g(): raise Inner\n    if a: raise x.Ours(a)\n    raise ValueError"
    assert raised(of(body)) == {"Ours", "ValueError"}
    assert {"EvaluasiError", "WrongUsage", "UnreadableFile", "NotEstimable"} <= our_errors()
