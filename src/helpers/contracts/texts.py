"""One sentence in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

Lang = Literal["id", "en"]
LANGS: Final[tuple[Lang, ...]] = get_args(Lang)


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """A sentence or a word in Indonesian and in English, asked for by language.

    >>> Text("ya", "yes")["en"]
    'yes'
    """

    id: str = ""
    en: str = ""

    @classmethod
    def made(cls, by: Callable[[Lang], str]) -> Text:
        """What a function says in each language."""
        return cls(**{lang: by(lang) for lang in LANGS})

    @classmethod
    def same(cls, text: object) -> Text:
        """What both languages write alike: a code, a name, a figure without decimals."""
        return cls(**dict.fromkeys(LANGS, str(text)))

    def __getitem__(self, lang: Lang) -> str:
        if lang not in LANGS:
            raise KeyError(lang)
        said: str = getattr(self, lang)
        return said

    def __bool__(self) -> bool:
        return bool(self.id or self.en)

    def __add__(self, other: Any) -> Text:
        if not isinstance(other, Text):
            return NotImplemented
        return Text.made(lambda lang: " ".join(filter(None, (self[lang], other[lang]))))

    def __repr__(self) -> str:
        return f"Text({self.id!r} / {self.en!r})"
