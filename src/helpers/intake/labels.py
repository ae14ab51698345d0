"""The answers of a survey as forms give them: numbers, labels, numbered labels, faces and stars."""

from __future__ import annotations

import re

from helpers.contracts import codes
from helpers.intake.numbers import number
from helpers.intake.values import is_empty, text

_NUMBER_FIRST = re.compile(r"^\(?(?P<number>\d)\)?\s*[-–—.:=)\s]\s*(?P<label>[^\W\d].*)$")
_NUMBER_LAST = re.compile(r"^(?P<label>[^\W\d].*?)\s*[(\[=:-]\s*(?P<number>\d)\s*[)\]]?$")

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
        other = _numbered_label(text(raw), unsur) or _drawn(text(raw))
        if other is not None:
            return (other, "number_format") if 1 <= other <= 4 else (None, "out_of_scale")
    value, fault = number(raw, "number", (1, 4))
    if value is not None and not value.is_integer():
        return None, "out_of_scale"
    return value, fault


def _label(written: str, unsur: str) -> int | None:
    """The level of an unsur's own label, else of one that any may have."""
    said = codes.key(_LETTER_FIRST.sub("", written))
    own = [codes.key(label) for label in codes.ANSWERS[unsur]]
    return own.index(said) + 1 if said in own else codes.ANSWERS_OF_ANY.get(said)


def _numbered_label(written: str, unsur: str) -> float | None:
    """The number of ``4 - Sangat baik`` or ``Sangat baik (4)``; 0 where label and number differ."""
    said = _NUMBER_FIRST.match(written) or _NUMBER_LAST.match(written)
    if said is None:
        return None
    level = _label(said["label"], unsur)
    return float(said["number"]) if level in (None, int(said["number"])) else 0.0


def _drawn(written: str) -> float | None:
    """The level of a face or of a row of stars, a number before it included; 0 for a face between
    those of four, or one that its number contradicts.
    """
    drawn = written.replace("\ufe0f", "").replace(" ", "")
    if drawn[:1].isdecimal() and (seen := _drawn(drawn[1:])) is not None:
        # One star says what the number counts.
        return float(drawn[0]) if seen == int(drawn[0]) or drawn[1:] in codes.STARS else 0.0
    if drawn and set(drawn) <= set(codes.STARS):
        return float(len(drawn))
    level = codes.FACES.get(drawn)
    return None if level is None else (float(level) if level % 1 == 0 else 0.0)


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
    drawn = text(raw).replace("\ufe0f", "")
    if drawn[:1].isdecimal() and _drawn(drawn[1:]) is not None:
        return int(drawn[0]) > 4 or of_other_scale(drawn[1:], unsur)
    stars = bool(drawn) and set(drawn) <= set(codes.STARS) and len(drawn) > 4
    return stars or codes.FACES.get(drawn) == 2.5 or bool(codes.OTHER_SCALE.match(codes.key(drawn)))
