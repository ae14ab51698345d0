"""A plan read from its file: completed from the default, refused by the key's name."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from helpers import project
from helpers.contracts import plan_text
from helpers.contracts.errors import EvaluasiError
from helpers.contracts.plan import WHOLE_KEYS, WHOLE_NUMBER, Plan
from helpers.contracts.plan_text import PlanText
from helpers.contracts.texts import Text

_LONGEST_FOUND: Final = 80


def load(path: str | Path | None = None) -> Plan:
    """The plan, with the default's value for every key that the file leaves out; the default itself
    where
    no path is given.

    Returns
    -------
    The whole plan, checked: `Plan.sha256` is the same however the file was written.

    Raises
    ------
    EvaluasiError : an unreadable file, an unknown key, or a value out of range, by its line
        and the key's name.
    """
    written = plan_text.read(project.DEFAULT_PLAN)
    tree = written.tree
    if path and Path(path).resolve() != project.DEFAULT_PLAN:
        written = plan_text.read(Path(path))
        tree = _merged(tree, written.tree)
    try:
        return Plan.model_validate(tree)
    except ValidationError as e:
        raise EvaluasiError(_refusal(written, e)) from None


def differences(older: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Keys whose value changed between two years' plans, as (before, now).

    Parameters
    ----------
    older, newer : keys joined by dots with their values, as `Plan.values` has them.

    Returns
    -------
    Changed keys in alphabetical order; None stands for a key that a year did not have.

    >>> differences({"clip": 0.01, "cluster": "opd"}, {"clip": 0.05, "cluster": "opd"})
    {'clip': (0.01, 0.05)}
    """
    return {
        k: (older.get(k), newer.get(k))
        for k in sorted({*older, *newer})
        if older.get(k) != newer.get(k)
    }


def _merged(below: Any, above: Any, at: str = "") -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict) or at in WHOLE_KEYS:
        return above
    return below | {k: _merged(below.get(k), v, f"{at}.{k}".lstrip(".")) for k, v in above.items()}


def _refusal(written: PlanText, refused: ValidationError) -> Text:
    """The first key that is refused: its line, its name, what was found, what was expected."""
    first = refused.errors(include_url=False)[0]
    names = [str(part) for part in first["loc"]]
    description, key = _described(names)
    whole = ".".join(names)
    if first["type"] == "extra_forbidden":
        near = get_close_matches(names[-1], _keys(names[:-1]), n=1)
        meant = Text(f"; mungkin {near[0]}", f"; perhaps {near[0]}") if near else Text()
        said = Text(f"{whole}: kunci tidak dikenal{meant.id}", f"{whole}: unknown key{meant.en}")
        return _at(written.place(names), said)
    if first["type"] == "missing":
        said = Text(f"{key}: kunci ini harus ada", f"{key}: this key must be there")
        return _at(written.place(names), said)
    if first["type"] == "value_error" and not description:
        what = str(first["ctx"]["error"])
        inside = what.partition(":")[0].split(".")
        said = Text(f"{key}.{what}: tidak sesuai", f"{key}.{what}: does not fit")
        return _at(written.place([*names, *inside]), said)
    found = Text.same(repr(first["input"])[:_LONGEST_FOUND])
    if first["input"] is None:
        found = Text("kosong", "nothing")
    if description:
        is_whole = description.startswith(WHOLE_NUMBER)
        bounds = description.removeprefix(WHOLE_NUMBER)
        expected = Text(f"{'bilangan bulat ' * is_whole}{bounds}", description)
    else:
        key = key or "plan"
        expected = Text("kunci dan nilai di bawahnya", "keys and values below it")
    said = Text(
        f"{key}: terbaca {found.id}; seharusnya {expected.id}",
        f"{key}: found {found.en}; expected {expected.en}",
    )
    return _at(written.place(names), said)


def _at(place: Text, said: Text) -> Text:
    return Text(f"{place.id}: {said.id}", f"{place.en}: {said.en}")


def _keys(names: list[str]) -> list[str]:
    """The keys that there are below a key."""
    model: Any = Plan
    for name in names:
        field = model.model_fields.get(name) if _is_part(model) else None
        model = field.annotation if field else None
    return list(model.model_fields) if _is_part(model) else []


def _is_part(model: Any) -> bool:
    return isinstance(model, type) and issubclass(model, BaseModel)


def _described(names: list[str]) -> tuple[str, str]:
    """What is expected of a key, and its name without positions in lists."""
    model: Any = Plan
    known: list[str] = []
    for name in names:
        field = model.model_fields.get(name) if _is_part(model) else None
        if field is None:
            break
        known.append(name)
        if field.description:
            return field.description, ".".join(known)
        model = field.annotation
    return "", ".".join(known)
