"""Signs that take no room: they come along when text is copied, and nobody sees them."""

from __future__ import annotations

import re
from typing import Final

_INVISIBLE: Final = re.compile("[\u00ad\u034f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


def visible(text: str) -> str:
    r"""A text without them.

    >>> visible("U001\u200b")
    'U001'

    Parameters
    ----------
    text : any.
    """
    return text if text.isascii() else _INVISIBLE.sub("", text)
