"""Which code a grade rests on, as a short hash: a record of grades holds for that code alone."""

from __future__ import annotations

import ast
import functools
import hashlib
from pathlib import Path
from typing import Final

_HERE: Final = Path(__file__).parent
# On these no grade rests: they make what is shown beside the primary estimate.
_ONLY_SHOWN: Final = (
    "__init__.py",
    "balancing.py",
    "borrowed.py",
    "exploring.py",
    "later_years.py",
    "multivalued.py",
    "one_cohort.py",
    "promised.py",
    "rule_code.py",
    "told_before.py",
)
# A draw's grade has a rule of its own.
_OF_DRAWS: Final = ("ancova.py", "by_lot.py", "draw_checks.py", "draw_losses.py", "replayed.py")


@functools.cache
def rule_hash() -> str:
    """A short hash of the code that a grade rests on: everything of this room but what is only
    shown; words about it do not count.
    """
    return _hash(rule_files())


@functools.cache
def draw_rule_hash() -> str:
    """The same of the code that a draw's grade rests on."""
    return _hash(tuple(_HERE / name for name in _OF_DRAWS))


def _hash(files: tuple[Path, ...]) -> str:
    digest = hashlib.sha256()
    for path in files:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(
                node
            ):
                node.body = node.body[1:]
        digest.update(ast.dump(tree).encode())
    return digest.hexdigest()[:12]


def rule_files() -> tuple[Path, ...]:
    """The files of `rule_hash`, in its order."""
    rooms = (p.relative_to(_HERE).as_posix() for p in _HERE.rglob("*.py"))
    return tuple(_HERE / name for name in sorted(rooms) if name not in {*_ONLY_SHOWN, *_OF_DRAWS})
