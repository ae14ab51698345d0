"""Ranks of civil servants as offices write them: golongan ruang, with or without the pangkat."""

from __future__ import annotations

import re
from typing import Final

from helpers.contracts import codes

# PP 7/1977, appendix; the pangkat of each golongan ruang from I/a on.
_PANGKAT: Final = {
    codes.key(name): golongan
    for golongan, name in (
        ("I/a", "Juru Muda"),
        ("I/b", "Juru Muda Tingkat I"),
        ("I/c", "Juru"),
        ("I/d", "Juru Tingkat I"),
        ("II/a", "Pengatur Muda"),
        ("II/b", "Pengatur Muda Tingkat I"),
        ("II/c", "Pengatur"),
        ("II/d", "Pengatur Tingkat I"),
        ("III/a", "Penata Muda"),
        ("III/b", "Penata Muda Tingkat I"),
        ("III/c", "Penata"),
        ("III/d", "Penata Tingkat I"),
        ("IV/a", "Pembina"),
        ("IV/b", "Pembina Tingkat I"),
        ("IV/c", "Pembina Utama Muda"),
        ("IV/d", "Pembina Utama Madya"),
        ("IV/e", "Pembina Utama"),
    )
}
# Beside a pangkat, in brackets or after a line: ``Penata Muda Tk. I (III/b)``, ``III / b``.
_GOLONGAN: Final = re.compile(r"\b(IV|I{1,3})\s*/\s*([a-e])\b", re.IGNORECASE)


def golongan(written: str) -> str:
    """The golongan ruang that is meant; what is none of them stays, less the word golongan.

    Parameters
    ----------
    written : as a roll has it.

    >>> [golongan(w) for w in ("Penata Muda Tk. I (III/b)", "Golongan IX", "Pembina")]
    ['III/b', 'IX', 'IV/a']
    """
    found = _GOLONGAN.search(written)
    if found:
        return f"{found[1].upper()}/{found[2].lower()}"
    named = re.sub(r"\bTk\.?(?=\s)", "Tingkat", written, flags=re.IGNORECASE)
    rest = re.sub(r"^gol(?:ongan\b|\.)\s*", "", written, flags=re.IGNORECASE)
    return _PANGKAT.get(codes.key(named), rest)
