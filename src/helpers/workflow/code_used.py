"""Which of the helpers' files a notebook rests on, told from its code without running it: what it
asks of each room's face, and whatever that imports.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import nbformat

from helpers import project

_PACKAGE: Final = "helpers"
_FACE: Final = "__init__.py"
# Endings of what says and shapes a page beside code.
_DATA: Final = (".yml", ".j2", ".css", ".js", ".json", ".typ")


def code_used(notebook: Path) -> dict[str, str]:
    """The hash of every file of the helpers on which a notebook rests.

    A name that a room's face gives leads to the module that makes it; texts and rules that lie in a
    room count for all of its modules, and those of a folder below it for all where one names it.
    What cannot be told from the code counts as used: a face that is handed on whole is all of its
    room, and a cell that is not Python (a magic of another language, a slip) is all helpers. What
    is not there at all counts when it comes.

    Parameters
    ----------
    notebook : as it is stored.

    Returns
    -------
    By path below the helpers' folder, in the order of the paths.
    """
    cells = nbformat.read(str(notebook), as_version=4).cells
    sources = (c.source for c in cells if c.cell_type == "code")
    found: set[Path] = set()
    waiting = list(
        _asked_in("\n".join(line for s in sources for line in map(_plain, s.split("\n"))))
    )
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += _leads_to(path, path.stat().st_mtime_ns)
    data = (p for room in {p.parent for p in found} for p in _texts_of(room, found))
    return {
        p.relative_to(_source()).as_posix(): _sum(p, p.stat().st_mtime_ns)
        for p in sorted({*found, *data})
    }


def _texts_of(room: Path, found: Collection[Path]) -> Iterator[Path]:
    """What lies in a room beside code: of a folder below it, where a module in use names it."""
    if room == _source():
        return
    said = {word for p in found if p.parent == room for word in _said(p, p.stat().st_mtime_ns)}
    for path in room.rglob("*"):
        below = path.relative_to(room).parts[:-1]
        if path.suffix in _DATA and (not below or said.intersection(below)):
            yield path


@functools.lru_cache(4096)
def _said(path: Path, changed: int) -> frozenset[str]:
    constants = (n.value for n in ast.walk(_parsed(path, changed)) if isinstance(n, ast.Constant))
    return frozenset(c for c in constants if isinstance(c, str))


def _plain(line: str) -> str:
    """A line of a cell as Python; IPython's own commands import nothing of ours."""
    return "pass" if line.startswith(("%", "!")) else line


def _source() -> Path:
    return project.ROOT / "src" / _PACKAGE


@functools.lru_cache(4096)
def _sum(path: Path, _changed: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@functools.lru_cache(4096)
def _parsed(path: Path, _changed: int) -> ast.Module:
    return ast.parse(path.read_bytes())


@functools.lru_cache(4096)
def _leads_to(path: Path, changed: int) -> frozenset[Path]:
    return frozenset(_asked_for(_parsed(path, changed)))


def _asked_in(code: str) -> Iterator[Path]:
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError):
        return _everything(_source())
    return _asked_for(tree)


def _asked_for(tree: ast.Module) -> Iterator[Path]:
    """The files behind every import of ours, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == _PACKAGE:
                    yield from _everything(_source().joinpath(*alias.name.split(".")[1:]))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            package, *parts = node.module.split(".")
            if package == _PACKAGE:
                for alias in node.names:
                    called = alias.asname or alias.name
                    yield from _behind(_source().joinpath(*parts), alias.name, called, tree)


def _behind(place: Path, name: str, called: str, tree: ast.Module) -> Iterator[Path]:
    """The files behind ``from PLACE import NAME as CALLED``."""
    if place.with_suffix(".py").is_file():
        yield place.with_suffix(".py")
        return
    module, room = place / f"{name}.py", place / name
    if module.is_file():
        yield module
    elif (room / _FACE).is_file():
        asked = _attributes(tree, called)
        yield from _everything(room) if asked is None else _from_face(room, asked)
    elif (place / _FACE).is_file():
        yield from _from_face(place, {name})


def _attributes(tree: ast.Module, called: str) -> set[str] | None:
    """What is asked of a room by name; None where it is handed on whole."""
    inside = {
        id(node.value): node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == called
    }
    names = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == called]
    return {inside[id(n)] for n in names} if all(id(n) in inside for n in names) else None


def _from_face(room: Path, names: Iterable[str]) -> Iterator[Path]:
    """The modules that make the names of a face; a face that does more than name counts itself."""
    face = room / _FACE
    tree = _parsed(face, face.stat().st_mtime_ns)
    if not _only_names(tree):
        yield face
    given = {
        alias.asname or alias.name: (node.module or "", alias.name)
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    for name in names:
        if name not in given:
            yield from _everything(room)
            continue
        module, original = given[name]
        yield from _behind(_source().joinpath(*module.split(".")[1:]), original, name, tree)


def _only_names(face: ast.Module) -> bool:
    return all(isinstance(n, ast.ImportFrom | ast.Assign | ast.Expr) for n in face.body)


def _everything(room: Path) -> Iterator[Path]:
    if room.with_suffix(".py").is_file():
        yield room.with_suffix(".py")
        return
    for place, _, files in os.walk(room):
        yield from (Path(place, name) for name in files if name.endswith(".py"))
