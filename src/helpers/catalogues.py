"""What comes with the code in YAML, as it is written: sentences, the graph of notebooks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

# Ten times as fast, where PyYAML was built with it: every command reads a catalogue.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def written(file: Path) -> dict[str, Any]:
    """Sections of keys, each with what is said of it.

    Parameters
    ----------
    file : in YAML.

    Raises
    ------
    YAMLError : it is no YAML.
    """
    loaded: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), _LOADER)
    return loaded
