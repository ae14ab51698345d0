"""The answers of a survey as forms give them: numbers, labels, numbered labels, faces and stars."""

from __future__ import annotations

import re
from typing import Final

from helpers.contracts import codes
from helpers.intake.numbers import number
from helpers.intake.values import is_empty, text

_NUMBER_FIRST = re.compile(
    r"^\(?(?P<number>\d)\)?\s*[-–—.:=)(\[\s]\s*[(\[]?(?P<beside>[^\W\d].*?)[)\]]?$"
)
_NUMBER_LAST = re.compile(r"^(?P<beside>[^\W\d].*?)\s*[(\[=:-]\s*(?P<number>\d)\s*[)\]]?$")
_NUMBER_DRAWN = re.compile(r"^(?P<number>\d\d?)\s*(?P<beside>[^\w\s.,%()\[\]:=+/-][^\w]*)$")

_LEVELS: Final = (1, 2, 3, 4)
# A face between the second and the third of four has a level that only a scale of five has.
_BETWEEN: Final = 2.5
# As forms on paper have their four answers: "a. Tidak sesuai".
_LETTER_FIRST = re.compile(r"^\s*\(?[a-dA-D]\s*[.):]\s*(?=\w)")


def answer(raw: object, unsur: str) -> tuple[float | None, str | None]:
    """An answer of the survey: 1–4, or the label of that unsur; anything else is no answer, never
    0.

    Parameters
    ----------
    raw : a cell; numbers with a fraction are no answer.
    unsur : whose four labels apply (PermenPANRB 14/2017).

    Returns
    -------
    The value; and ``missing_marker``, ``number_format``, ``out_of_scale`` or None.
    """
    if is_empty(raw):
        return None, None
    if isinstance(raw, str):
        level = _label(raw, unsur)
        if level is not None:
            return float(level), None
        read = _level(*_apart(text(raw)), unsur)
        if read is not None:
            return (read, "number_format") if read in _LEVELS else (None, "out_of_scale")
    value, fault = number(raw, "number", (1, 4))
    if value is not None and not value.is_integer():
        return None, "out_of_scale"
    return value, fault


def _label(written: str, unsur: str) -> int | None:
    """The level of an unsur's own label, else of one that any may have."""
    said = codes.key(_LETTER_FIRST.sub("", written))
    own = [codes.key(label) for label in codes.ANSWERS[unsur]]
    return own.index(said) + 1 if said in own else codes.ANSWERS_OF_ANY.get(said)


def _apart(written: str) -> tuple[int | None, str]:
    """The number before or behind a label or a drawing, and what stands beside it; else the whole.

    >>> _apart("4 - Sangat baik"), _apart("3🙂"), _apart("Baik")
    ((4, 'Sangat baik'), (3, '🙂'), (None, 'Baik'))
    """
    bare = written.replace("\ufe0f", "")
    for form in (_NUMBER_FIRST, _NUMBER_LAST, _NUMBER_DRAWN):
        if (said := form.match(bare)) is not None:
            return int(said["number"]), said["beside"].strip()
    return None, bare.strip()


def _drawn(drawing: str) -> float | None:
    """The level of a face, between two of four where it is one of five, or of a row of stars."""
    bare = drawing.replace(" ", "")
    return float(len(bare)) if bare and set(bare) <= set(codes.STARS) else codes.FACES.get(bare)


def _level(said: int | None, beside: str, unsur: str) -> float | None:
    """The level of a drawing, or of a number beside one or beside a label; 0 where the two differ,
    None where neither is known.
    """
    seen = _drawn(beside)
    if said is None:
        return seen
    if seen is None:
        if not beside[0].isalnum():
            return None
        seen = _label(beside, unsur)
    # An unknown label is the number's, and one star says what the number counts.
    agrees = seen is None or seen == said or beside in codes.STARS
    return float(said) if agrees else 0.0


def says_two(raw: object, unsur: str) -> bool:
    """Whether a cell holds a number from 1 to 4 and beside it a label or a drawing that says
    another answer, or none that is known.

    Parameters
    ----------
    raw : a cell.
    unsur : whose four labels apply.

    >>> [says_two(answer, "waktu") for answer in ("4 🙂", "1 - Sangat cepat", "3 🙂", "4 🦄", "7")]
    [True, True, False, True, False]
    """
    number_beside, beside = _apart(text(raw)) if isinstance(raw, str) else (None, "")
    return number_beside in _LEVELS and _level(number_beside, beside, unsur) in (None, 0.0)


def of_other_scale(raw: object, unsur: str) -> bool:
    """Whether an answer is one that only a scale other than that unsur's 1–4 has.

    Parameters
    ----------
    raw : a cell.
    unsur : whose own labels, numbered or not, are of its scale.

    >>> [of_other_scale(answer, "waktu") for answer in (5.0, "Sangat tidak puas", "4", 7)]
    [True, True, False, False]
    >>> of_other_scale("Cukup", "waktu"), of_other_scale("Cukup", "sarana")
    (True, False)
    """
    if is_empty(raw) or answer(raw, unsur)[0] is not None:
        return False
    written = text(raw)
    said, beside = _apart(written)
    level = _drawn(beside)
    if level is not None:
        return (said or 0) > 4 or level == _BETWEEN or level > len(_LEVELS)
    return bool(codes.OTHER_SCALE.match(codes.key(written)))
