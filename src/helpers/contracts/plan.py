"""The analysis plan: read, completed from the default, checked key by key."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from helpers.contracts import codes, project
from helpers.contracts.errors import EvaluasiError

PRODUCTIVITY_OUTCOMES: Final = ("output_per_day", "skp", "on_time_share")
SATISFACTION_OUTCOMES: Final = ("ikm", *codes.UNSUR)
COVARIATES: Final = ("jenis_kelamin", "umur", "pendidikan", "jenis_jabatan", "golongan", "status", "masa_kerja", "eselon")
SUBGROUPS: Final = ("jenis_kelamin", "jenis_jabatan", "kelompok_umur", "pendidikan", "status", "golongan")
CLUSTERS: Final = ("kode_unit", "opd")
WEIGHTS: Final = ("exact", "0.11", "0.111")


@dataclass(frozen=True, slots=True)
class Plan:
    """What is analysed. Field names are the plan's keys, joined by an underscore where nested."""

    region_name: str
    region_kind: str
    productivity_primary: str
    productivity_secondary: tuple[str, ...]
    productivity_smallest_effect: float
    satisfaction_primary: str
    satisfaction_secondary: tuple[str, ...]
    satisfaction_smallest_effect: float
    negative_controls: tuple[str, ...]
    min_jp: float
    min_share: float
    covariates: tuple[str, ...]
    cluster: str
    subgroups: tuple[str, ...]
    theory_of_change: Mapping[str, tuple[str, ...]]
    skm_weights: str
    skm_order: tuple[str, ...]
    skm_min_respondents: int
    jp_target: float
    jp_per_hour: float
    small_cell: int
    level: float
    draws: int
    seed: int
    sha256: str


def _number(low: float, high: float, *, whole: bool = False) -> Callable[[Any], bool]:
    kinds = (int,) if whole else (int, float)
    return lambda v: isinstance(v, kinds) and not isinstance(v, bool) and low <= v <= high


def _one_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda v: isinstance(v, str) and v in allowed


def _list_of(*allowed: str) -> Callable[[Any], bool]:
    return lambda v: isinstance(v, list) and all(isinstance(x, str) and x in allowed for x in v) and len(set(v)) == len(v)


def _text(v: Any) -> bool:
    return isinstance(v, str) and bool(v.strip()) and len(v) <= 200


def _theory(v: Any) -> bool:
    outcomes = {*PRODUCTIVITY_OUTCOMES, *SATISFACTION_OUTCOMES}
    return isinstance(v, dict) and all(isinstance(k, str) and isinstance(o, list) and set(o) <= outcomes for k, o in v.items())


# Every key of the plan with its test and what is expected of it; nothing else may stand in a plan.
_RULES: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "region.name": (_text, "text"),
    "region.kind": (_one_of("kabupaten", "kota"), "kabupaten | kota"),
    "outcomes.productivity.primary": (_one_of(*PRODUCTIVITY_OUTCOMES), " | ".join(PRODUCTIVITY_OUTCOMES)),
    "outcomes.productivity.secondary": (_list_of(*PRODUCTIVITY_OUTCOMES), f"[{', '.join(PRODUCTIVITY_OUTCOMES)}]"),
    "outcomes.productivity.smallest_effect": (_number(0.0001, 1), "0.0001 … 1"),
    "outcomes.satisfaction.primary": (_one_of(*SATISFACTION_OUTCOMES), " | ".join(SATISFACTION_OUTCOMES)),
    "outcomes.satisfaction.secondary": (_list_of(*SATISFACTION_OUTCOMES), f"[{', '.join(SATISFACTION_OUTCOMES)}]"),
    "outcomes.satisfaction.smallest_effect": (_number(0.01, 75), "0.01 … 75"),
    "outcomes.satisfaction.negative_controls": (_list_of(*codes.UNSUR), f"[{', '.join(codes.UNSUR)}]"),
    "treatment.productivity.min_jp": (_number(0.5, 2000), "0.5 … 2000"),
    "treatment.satisfaction.min_share": (_number(0.01, 1), "0.01 … 1"),
    "covariates": (_list_of(*COVARIATES), f"[{', '.join(COVARIATES)}]"),
    "cluster": (_one_of(*CLUSTERS), " | ".join(CLUSTERS)),
    "subgroups": (_list_of(*SUBGROUPS), f"[{', '.join(SUBGROUPS)}]"),
    "theory_of_change": (_theory, "tema: [outcome, …]"),
    "skm.weights": (lambda v: str(v) in WEIGHTS, " | ".join(WEIGHTS)),
    "skm.order": (lambda v: isinstance(v, list) and sorted(map(str, v)) == sorted(codes.UNSUR), "the nine unsur, each once"),
    "skm.min_respondents": (_number(1, 100000, whole=True), "1 … 100000"),
    "jp.target": (_number(0.5, 2000), "0.5 … 2000"),
    "jp.per_hour": (_number(0.01, 10), "0.01 … 10"),
    "privacy.small_cell": (_number(2, 1000, whole=True), "2 … 1000"),
    "inference.level": (lambda v: v == 0.95, "0.95"),
    "inference.draws": (_number(99, 100000, whole=True), "99 … 100000"),
    "inference.seed": (_number(0, 2**32 - 1, whole=True), "0 … 4294967295"),
}


def load(path: str | Path | None = None) -> Plan:
    """The plan, with the default's value for every key that the file leaves out.

    Raises
    ------
    EvaluasiError : an unreadable file, an unknown key, or a value out of range, by the key's name.
    """
    values = _flat(_yaml(project.DEFAULT_PLAN), project.DEFAULT_PLAN.name)
    if path and Path(path).resolve() != project.DEFAULT_PLAN:
        values |= _flat(_yaml(Path(path)), Path(path).name)
    return _plan(values)


def differences(older: Mapping[str, Any], newer: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Keys whose value changed between two years' plans, as (before, now)."""
    return {k: (older.get(k), newer.get(k)) for k in sorted({*older, *newer}) if older.get(k) != newer.get(k)}


def _yaml(path: Path) -> Any:
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as e:
        raise EvaluasiError(f"{path.name}: rencana tidak terbaca / the plan cannot be read: {type(e).__name__}") from e


def _flat(tree: Any, file: str, at: str = "") -> dict[str, Any]:
    """The plan's tree as dotted keys, each checked."""
    if at in _RULES:
        test, expected = _RULES[at]
        if not test(tree):
            raise EvaluasiError(f"{file}: {at}: terbaca / found {tree!r}; seharusnya / expected {expected}")
        return {at: tree}
    if not isinstance(tree, dict) or (at and not any(k.startswith(at + ".") for k in _RULES)):
        raise EvaluasiError(f"{file}: {at or 'plan'}: kunci tidak dikenal / unknown key")
    out: dict[str, Any] = {}
    for name, below in tree.items():
        out |= _flat(below, file, f"{at}.{name}" if at else str(name))
    return out


def _plan(v: Mapping[str, Any]) -> Plan:
    digest = hashlib.sha256(json.dumps(v, sort_keys=True, default=str).encode()).hexdigest()
    return Plan(
        region_name=v["region.name"],
        region_kind=v["region.kind"],
        productivity_primary=v["outcomes.productivity.primary"],
        productivity_secondary=tuple(v["outcomes.productivity.secondary"]),
        productivity_smallest_effect=float(v["outcomes.productivity.smallest_effect"]),
        satisfaction_primary=v["outcomes.satisfaction.primary"],
        satisfaction_secondary=tuple(v["outcomes.satisfaction.secondary"]),
        satisfaction_smallest_effect=float(v["outcomes.satisfaction.smallest_effect"]),
        negative_controls=tuple(v["outcomes.satisfaction.negative_controls"]),
        min_jp=float(v["treatment.productivity.min_jp"]),
        min_share=float(v["treatment.satisfaction.min_share"]),
        covariates=tuple(v["covariates"]),
        cluster=v["cluster"],
        subgroups=tuple(v["subgroups"]),
        theory_of_change={k: tuple(o) for k, o in v["theory_of_change"].items()},
        skm_weights=str(v["skm.weights"]),
        skm_order=tuple(v["skm.order"]),
        skm_min_respondents=v["skm.min_respondents"],
        jp_target=float(v["jp.target"]),
        jp_per_hour=float(v["jp.per_hour"]),
        small_cell=v["privacy.small_cell"],
        level=float(v["inference.level"]),
        draws=v["inference.draws"],
        seed=v["inference.seed"],
        sha256=digest,
    )
