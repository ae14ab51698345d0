"""The catalogues of sentences, as they are written."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

# Ten times as fast, where PyYAML was built with it: every command reads a catalogue.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def written(file: Path) -> dict[str, Any]:
    """Sections of keys, each with its sentences.

    Parameters
    ----------
    file : a catalogue in YAML.
    """
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _LOADER)
    return loaded
