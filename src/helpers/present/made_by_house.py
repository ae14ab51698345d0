"""Which blocks the workspace itself made: of a notebook that becomes a page these alone leave,
since it hides groups of few people where a block put together by hand may show anybody.

While a page is being made each block is noted as it is made, if the workspace's code makes it of
an answer or a comparison. A noted block carries a seal that only the page's own run can put on.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import sys
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any, Final

# The name of the seal beside what a block carries.
SEAL: Final = "sealed"
_HOUSE: Final = __name__.partition(".")[0]
_PRESENT: Final = __name__.rpartition(".")[0]
_BLOCKS: Final = f"{_PRESENT}.blocks"
# Their rows may be anybody's: what they draw is by hand where they are called by hand.
_GIVEN_ROWS: Final = frozenset({"trend_of", "dots", "lines"})

_key: str | None = None
_noted: set[bytes] = set()


def begin(key: str) -> None:
    """From here on a page is being made.

    Parameters
    ----------
    key : of its seals, known to the page's run alone.
    """
    global _key  # noqa: PLW0603  a notebook's blocks know of their page by it alone
    _key = key
    _noted.clear()


def note(carried: Callable[[], Mapping[str, Any]]) -> None:
    """Keep in mind a block that has just been made, if it was the workspace that made it.

    Parameters
    ----------
    carried : tells what the block carries; asked only where a page is being made.
    """
    if _key is not None and _by_the_house():
        _noted.add(_digest(carried()))


def sealed(carried: dict[str, Any]) -> dict[str, Any]:
    """What a block carries, with a seal where every part of it was noted.

    Parameters
    ----------
    carried : by the block; where no page is being made, it stays as it is.
    """
    parts = carried.get("blocks", [carried])
    if _key is None or not all(_digest(part) in _noted for part in parts):
        return carried
    return carried | {SEAL: seal(carried, _key)}


def seal(carried: Mapping[str, Any], key: str) -> str:
    """The seal that a block has if it was noted.

    Parameters
    ----------
    carried : by the block, without any seal.
    key : from `begin`.
    """
    return hmac.new(key.encode(), _digest(carried), hashlib.sha256).hexdigest()


def _digest(carried: Mapping[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps(carried, sort_keys=True).encode()).digest()


def _by_the_house() -> bool:
    """Whether whoever is outside called one of the workspace's own functions, and not what blocks
    are made of.
    """
    frame: FrameType | None = sys._getframe(2)
    entered = _BLOCKS, ""
    while frame is not None and (inside := _module(frame)).partition(".")[0] == _HOUSE:
        if inside != _BLOCKS:
            entered = inside, frame.f_code.co_name
        frame = frame.f_back
    module, name = entered
    inner = name.startswith("_") and not name.endswith("_")
    return module != _BLOCKS and name not in _GIVEN_ROWS and not inner


def _module(frame: FrameType) -> str:
    return str(frame.f_globals.get("__name__", ""))
