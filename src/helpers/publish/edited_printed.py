"""What a year's own pages printed, as their executed notebooks hold it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from helpers.contracts import LANGS
from helpers.present import MIME
from helpers.publish.edited_files import plain
from helpers.publish.edited_held import key
from helpers.publish.edited_words import sentences
from helpers.publish.index import pages_folder


def printed(folder: Path) -> frozenset[str]:
    """Sentences and cells of tables that the year's pages show, as `key` makes them.

    Parameters
    ----------
    folder : the year's own; what is not there, or cannot be read, adds nothing. The pages
        themselves are not read: they may be the very files that somebody edited.
    """
    return frozenset(
        key(said)
        for lang in LANGS
        for path in sorted((pages_folder(folder, lang) / "notebooks").glob("*.ipynb"))
        for text in _texts(path)
        for said in sentences(plain(text))
    )


def _texts(path: Path) -> Iterator[str]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        outputs = [o for c in cells for o in c.get("outputs", [])]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return
    for output in outputs:
        yield from strings(output.get("data", {}).get(MIME))
        yield from strings("".join(output.get("text", [])))


def strings(tree: object) -> Iterator[str]:
    """Every text of a block, but for its picture.

    Parameters
    ----------
    tree : the block as it travels in a notebook's output.
    """
    if isinstance(tree, dict):
        for name, below in tree.items():
            if name not in ("png", "picture"):
                yield from strings(below)
    elif isinstance(tree, list):
        for below in tree:
            yield from strings(below)
    elif isinstance(tree, str):
        yield tree
