"""The reference of the helpers (docs/reference/), made from the docstrings of what each room shows:
read as text, so that the ground floor knows nobody above it.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from helpers import project
from helpers.contracts.writing import write_whole

# From the ground up, as docs/explanation/house.md has them.
ROOMS: Final = (
    "contracts",
    "intake",
    "measures",
    "describe",
    "causal",
    "findings",
    "questions",
    "present",
    "explore",
    "publish",
    "workflow",
    "bench",
)
_HELPERS: Final = project.ROOT / "src" / "helpers"
_MADE: Final = (
    "Made from docstrings by `make reference` / Dibuat dari docstring dengan `make reference`.\n"
)
_SECTION: Final = re.compile(r"(?m)^(\w[\w ]*)\n-{3,}$")
_ARGUMENT: Final = re.compile(r"^([\w*]+(?:, [\w*]+)*) : (.*)", re.DOTALL)
_Told = ast.FunctionDef | ast.ClassDef


def pages() -> dict[str, str]:
    """Every page by its file's name: one a room, in Markdown."""
    return {f"{room}.md": _page(room) for room in ROOMS}


def told(room: str) -> list[str]:
    """The names that a room's page tells of, in its order."""
    return [name for name, _ in _shown(_face(room))]


def text(docstring: str) -> str:
    """A numpy-style docstring as Markdown: sections in bold, arguments as a list."""
    marked = _SECTION.sub(r"**\1**\n", inspect.cleandoc(docstring)).replace("``", "`")
    parts = []
    for block in re.split(r"\n(?=[\w*]+(?:, [\w*]+)* : )|\n{2,}", marked.strip()):
        if match := _ARGUMENT.match(block):
            of, about = match.groups()
            parts.append(f"- `{of}`: {' '.join(about.split())}")
        elif block.startswith(">>>"):
            parts.append(f"```python\n{block}\n```")
        else:
            parts.append(" ".join(block.split()))
    return re.sub(r"(?m)(^- .*)\n\n(?=- )", r"\1\n", "\n\n".join(parts)) + "\n"


def _face(room: str) -> ast.Module:
    return _read(_HELPERS / room / "__init__.py")


def _page(room: str) -> str:
    face = _face(room)
    entries = "".join(_entry(name, node) for name, node in _shown(face))
    return f"# `helpers.{room}`\n\n{_MADE}\n{text(ast.get_docstring(face) or '')}{entries}"


def _read(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _shown(face: ast.Module) -> Iterator[tuple[str, _Told]]:
    """What a room's face lists, in the order of its modules; of a module that it lists, whatever is
    public there.
    """
    listed = next(
        [str(e.value) for e in node.value.elts if isinstance(e, ast.Constant)]
        for node in face.body
        if isinstance(node, ast.Assign)
        and ast.unparse(node.targets[0]) == "__all__"
        and isinstance(node.value, ast.List)
    )
    for node in face.body:
        if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("helpers"):
            continue
        place = _HELPERS.parent / (node.module or "").replace(".", "/")
        for alias in node.names:
            name = alias.asname or alias.name
            module = place / f"{alias.name}.py"
            if name not in listed:
                continue
            if module.exists():
                yield from ((f"{name}.{n}", one) for n, one in _public(_read(module)))
            elif place.with_suffix(".py").exists():
                yield from (
                    (name, one)
                    for n, one in _public(_read(place.with_suffix(".py")))
                    if n == alias.name
                )


def _public(module: ast.Module) -> Iterator[tuple[str, _Told]]:
    yield from (
        (node.name, node)
        for node in module.body
        if isinstance(node, _Told) and not node.name.startswith("_")
    )


def _entry(name: str, node: _Told) -> str:
    """One entry: how it is called, and its docstring."""
    said = f"\n## `{name}`\n\n"
    if isinstance(node, ast.FunctionDef):
        back = f" -> {ast.unparse(node.returns)}" if node.returns else ""
        said += f"```python\n{name}({ast.unparse(node.args)}){back}\n```\n\n"
    return said + text(ast.get_docstring(node) or "")


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file, page in pages().items():
        write_whole(folder / file, page)
