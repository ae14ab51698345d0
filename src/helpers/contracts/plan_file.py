"""A plan read from its file: completed from the default, refused by the key's name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from helpers.contracts import project
from helpers.contracts.errors import EvaluasiError
from helpers.contracts.plan import WHOLE_KEYS, WHOLE_NUMBER, Plan
from helpers.contracts.texts import Text

_LARGEST_FILE: Final = 100_000


def load(path: str | Path | None = None) -> Plan:
    """The plan, with the default's value for every key that the file leaves out; the default itself
    where
    no path is given.

    Returns
    -------
    The whole plan, checked: `Plan.sha256` is the same however the file was written.

    Raises
    ------
    EvaluasiError : an unreadable file, an unknown key, or a value out of range, by the key's name.
    """
    tree, name = _yaml(project.DEFAULT_PLAN), project.DEFAULT_PLAN.name
    if path and Path(path).resolve() != project.DEFAULT_PLAN:
        name = Path(path).name
        tree = _merged(tree, _yaml(Path(path)))
    try:
        return Plan.model_validate(tree)
    except ValidationError as e:
        raise EvaluasiError(_refusal(name, e)) from None


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


def _yaml(path: Path) -> Any:
    try:
        text = path.read_text(encoding="utf-8")
        if len(text) > _LARGEST_FILE:
            raise ValueError("large")
        tree = yaml.safe_load(text)
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as e:
        place = getattr(e, "problem_mark", None)
        line = (
            Text()
            if place is None
            else Text(f" (baris {place.line + 1})", f" (line {place.line + 1})")
        )
        raise EvaluasiError(
            Text(
                f"{path.name}: rencana tidak terbaca{line.id}",
                f"{path.name}: the plan cannot be read{line.en}",
            )
        ) from None
    return {} if tree is None else tree


def _merged(below: Any, above: Any, at: str = "") -> Any:
    if not isinstance(below, dict) or not isinstance(above, dict) or at in WHOLE_KEYS:
        return above
    return below | {k: _merged(below.get(k), v, f"{at}.{k}".lstrip(".")) for k, v in above.items()}


def _refusal(file: str, refused: ValidationError) -> Text:
    """The first key that is refused: its name, what was found, what was expected."""
    first = refused.errors(include_url=False)[0]
    names = [str(part) for part in first["loc"]]
    description, key = _described(names)
    if first["type"] == "extra_forbidden":
        known = ".".join(names)
        return Text(f"{file}: {known}: kunci tidak dikenal", f"{file}: {known}: unknown key")
    found = repr(first["input"])[:80]
    if first["type"] == "missing":
        return Text(f"{file}: {key}: kunci ini harus ada", f"{file}: {key}: this key must be there")
    if first["type"] == "value_error" and not description:
        what = first["ctx"]["error"]
        return Text(f"{file}: {key}.{what}: tidak sesuai", f"{file}: {key}.{what}: does not fit")
    if not description:
        return Text(
            f"{file}: {key or 'plan'}: terbaca {found}; seharusnya kunci dan nilai di bawahnya",
            f"{file}: {key or 'plan'}: found {found}; expected keys and values below it",
        )
    whole = description.startswith(WHOLE_NUMBER)
    expected = description.removeprefix(WHOLE_NUMBER)
    return Text(
        f"{file}: {key}: terbaca {found}; seharusnya {'bilangan bulat ' * whole}{expected}",
        f"{file}: {key}: found {found}; expected {WHOLE_NUMBER * whole}{expected}",
    )


def _described(names: list[str]) -> tuple[str, str]:
    """What is expected of a key, and its name without positions in lists."""
    model: Any = Plan
    known: list[str] = []
    for name in names:
        field = (
            model.model_fields.get(name)
            if isinstance(model, type) and issubclass(model, BaseModel)
            else None
        )
        if field is None:
            break
        known.append(name)
        if field.description:
            return field.description, ".".join(known)
        model = field.annotation
    return "", ".".join(known)
