"""The catalogues: every sentence in Indonesian and English, looked up by one key."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from helpers.contracts import Lang

LANGS: tuple[Lang, ...] = ("id", "en")


def say(key: str, lang: Lang, **values: object) -> str:
    """The sentence under a dotted key; ``Outcome``-like names are filled with a capital first letter.

    Raises
    ------
    KeyError : a key that the catalogue does not have.
    """
    capital = {name.capitalize(): str(v)[:1].upper() + str(v)[1:] for name, v in values.items() if isinstance(v, str)}
    return str(_flat(lang)[key]).format(**capital, **values)


def word(key: str, lang: Lang) -> str:
    """A label of tables and pictures; a name that the catalogue does not have is shown as it is."""
    return _flat(lang).get(f"word.{key}", key)


@cache
def _flat(lang: Lang) -> dict[str, str]:
    text = (Path(__file__).parent / "catalogue" / f"{lang}.yml").read_text(encoding="utf-8")
    out: dict[str, str] = {}
    _into(out, yaml.safe_load(text), "")
    return out


def _into(out: dict[str, str], tree: dict[str, Any], at: str) -> None:
    for name, below in tree.items():
        key = f"{at}.{name}" if at else str(name)
        if isinstance(below, dict):
            _into(out, below, key)
        else:
            out[key] = str(below)


def vocabulary() -> list[str]:
    """Every text of both catalogues: words that the reports say of themselves."""
    return [text for lang in LANGS for text in _flat(lang).values()]
