"""The catalogues: every sentence in Indonesian and English, looked up by one key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from helpers import catalogues
from helpers.contracts import LANGS, EvaluasiError, Lang, Text


def told(key: str, **values: object) -> Text:
    """The sentence under a dotted key, in both languages; a value that is a `Text` is said in the
    sentence's language.

    ``{Outcome}`` is filled as ``{outcome}`` is, with a capital first letter.

    Parameters
    ----------
    key : dotted, as the catalogue nests it.
    values : what the sentence has slots for; numbers come as ready-made texts.

    Raises
    ------
    KeyError : a key that the catalogue does not have.
    """

    def in_language(lang: Lang) -> str:
        said = {name: v[lang] if isinstance(v, Text) else v for name, v in values.items()}
        capital = {
            name.capitalize(): v[:1].upper() + v[1:]
            for name, v in said.items()
            if isinstance(v, str)
        }
        return _catalogue(lang)[key].format(**capital, **said)

    return Text.made(in_language)


def listed(several: Sequence[Text], between: str = ", ") -> Text:
    """Texts with commas between them, or what else tells them apart.

    Parameters
    ----------
    several : in their order; none gives nothing.
    between : a semicolon where texts have commas of their own.
    """
    return Text.made(lambda lang: between.join(one[lang] for one in several))


def label(name: str) -> Text:
    """A label of tables and pictures; a name that the catalogues do not have is shown as it is."""
    return Text.made(lambda lang: _catalogue(lang).get(f"word.{name}", name))


def thing(outcome: str) -> Text:
    """An outcome in as few words as the first screen has room for; its full name where it has no
    shorter one.

    Parameters
    ----------
    outcome : its code in the plan.

    Raises
    ------
    KeyError : there is no such outcome.
    """
    short = f"thing.{outcome}"
    return told(short if short in _catalogue("id") else f"outcome.{outcome}")


def with_amount(outcome: str, value: Text, grade: str) -> Text:
    """An outcome, as `thing` names it, with how much it changed.

    Parameters
    ----------
    outcome : as the plan names it.
    value : the change with its unit.
    grade : what is only seen is worded as a rise of so much, a cause as raising by so much.
    """
    seen = "_seen" if grade == "weak" else ""
    return told(f"verdict.amount{seen}", thing=thing(outcome), value=value)


def trait(name: str) -> Text:
    """A covariate in words: a trait, or a trait and one of its categories.

    Parameters
    ----------
    name : as panels call it, ``umur`` or ``jenis_kelamin_P``.
    """
    of, _, category = name.rpartition("_")
    if not of or of == "masa":
        return label(name)
    return Text.made(lambda lang: f"{label(of)[lang]}: {label(category)[lang]}")


def say(key: str, lang: Lang, **values: object) -> str:
    """`told` in one language.

    Parameters
    ----------
    key : dotted, as the catalogue nests it.
    lang : the language of the sentence and of every `Text` in it.
    values : what the sentence has slots for.

    Raises
    ------
    KeyError : a key that the catalogue does not have.
    EvaluasiError : there is no such language.

    >>> say("quality.ignored", "en", files="notes.csv")
    'Files that were not recognised and left alone: notes.csv.'
    """
    return told(key, **values)[known(lang)]


def word(name: str, lang: Lang) -> str:
    """`label` in one language.

    Parameters
    ----------
    name : a column, a code or a group; shown as it is where the catalogues do not have it.
    lang : of the label.

    Raises
    ------
    EvaluasiError : there is no such language.

    >>> word("jenis_kelamin", "en"), word("U001", "en")
    ('sex', 'U001')
    """
    return label(name)[known(lang)]


def known(lang: str) -> Lang:
    """The language that a person asked for.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    for have in LANGS:
        if lang == have:
            return have
    found, have_all = repr(str(lang)[:20]), " | ".join(LANGS)
    raise EvaluasiError(
        Text(
            f"lang: terbaca {found}; seharusnya {have_all}",
            f"lang: found {found}; expected {have_all}",
        )
    )


@cache
def _catalogue(lang: Lang) -> dict[str, str]:
    out: dict[str, str] = {}
    _into(out, catalogues.written(Path(__file__).parent / "catalogue" / f"{lang}.yml"), "")
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
    return [
        text for lang in LANGS for k, text in templates(lang).items() if not k.startswith("edited.")
    ]


def templates(lang: Lang) -> dict[str, str]:
    """One catalogue: sentences with their slots, by dotted key.

    Parameters
    ----------
    lang : of the sentences.
    """
    return dict(_catalogue(lang))
