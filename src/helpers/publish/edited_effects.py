"""What a sentence says of an effect of training: that there is one, how large it is, or none."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from helpers.publish.edited_words import Said, pattern, stands, undenied

_TRANSITIVE: Final = ("cause", "raise", "lower")
_AFTER: Final = 6
_BEFORE: Final = 4
_LEADING: Final = 4
_SAYING: Final = (*_TRANSITIVE, "works", "by", "rise", "fall", "useless")
_FAILED: Final = re.compile(r"(?<!\w)(?:gagal|failed)\s*[.!]?$")
_SIZED: Final = re.compile(r"\d%|(?<![\w.,])[-+]\d|\d[.,]\d")


def causal(said: Said, has_outcome: bool) -> bool:
    """Whether it says that training does, or did, something.

    Parameters
    ----------
    said : one sentence.
    has_outcome : whether it names an outcome that is measured.
    """
    if said.has("otherwise") and any(said.has(k) for k in ("rise", "fall", "raise", "works")):
        return True
    for clause in said.clauses:
        # What happens to seats, hours and money is nothing that training does.
        if not has_outcome and _of_inputs(clause):
            continue
        reached = has_outcome or said.has("training")
        if reached and any(undenied(clause, k) for k in _TRANSITIVE):
            return True
        praised = undenied(clause, "works") or undenied(clause, "thanks")
        if praised and pattern("training").search(clause) and not _felt(clause):
            return True
        if undenied(clause, "by") and _near_training(clause, "by"):
            if _SIZED.search(said.text) or said.has("unit"):
                return True
            # "Thanks to training," says it of what follows.
            leads = len(clause.split()) <= _LEADING
            reach = said.clauses if leads else [clause]
            if any(undenied(c, k) for c in reach for k in ("rise", "fall", "keener")):
                return True
            if has_outcome and not _asked_of(clause):
                return True
    return _sized(said) or _linked(said)


def _of_inputs(clause: str) -> bool:
    """Whether a clause begins with what training takes: seats, hours, money."""
    begins = pattern("inputs").search(clause)
    if begins is None:
        return False
    said = (pattern(kind).search(clause) for kind in _SAYING)
    return not any(each and each.start() < begins.start() for each in said)


def _felt(clause: str) -> bool:
    """Whether a clause tells what people feel of training."""
    whose = pattern("people").search(clause)
    return whose is not None and bool(pattern("feels").search(clause, whose.end()))


def _asked_of(clause: str) -> bool:
    """Whether a clause only tells of a study."""
    return bool(pattern("telling").search(clause)) and not pattern("shows").search(clause)


def _linked(said: Said) -> bool:
    """Training and a measured outcome in one clause that only tells of neither: whatever its verb
    is, it joins them.
    """
    return bool(said.outcomes) and any(
        pattern("training").search(c) and "…" in c and not _asked_of(c) and stands(c)
        for c in said.clauses
    )


def _near_training(clause: str, kind: str) -> bool:
    """Whether a word of a kind stands within a few words of training."""
    for each in pattern(kind).finditer(clause):
        after = " ".join(clause[each.end() :].split()[:_AFTER])
        before = " ".join(clause[: each.start()].split()[-_BEFORE:])
        if pattern("training").search(after) or pattern("training").search(before):
            return True
    return False


def _sized(said: Said) -> bool:
    """Whether it tells how large, good or clear an effect of training is."""
    return any(
        undenied(clause, "large")
        and (_near_training(clause, "effect") or _leading_effect().match(clause.strip()))
        and not any(pattern(k).search(clause) for k in ("telling", "how", "purpose"))
        for clause in said.clauses
    )


def none_at_all(said: Said) -> bool:
    """Whether it says that training changes nothing. That the data do not show an effect, or that
    one was not found, does not say so, nor that somebody feels none.

    Parameters
    ----------
    said : one sentence.

    >>> none_at_all(Said.of("Training had no effect.")), none_at_all(Said.of("It is not known."))
    (True, False)
    """
    return any(
        pattern("training").search(clause)
        and not pattern("seen").search(clause)
        and not _felt(clause)
        and ("…" in clause or not _of_inputs(clause))
        and _denies_effect(pattern("sure").sub(" ", clause))
        for clause in said.clauses
    )


def _denies_effect(clause: str) -> bool:
    """Whether the first denial of a clause is that of an effect."""
    if found := pattern("useless").search(clause):
        return not pattern("not").search(clause[: found.start()])
    effect = _denied_effect().search(clause) or _FAILED.search(clause)
    return effect is not None and not pattern("not").search(clause[: effect.start()])


@cache
def _denied_effect() -> re.Pattern[str]:
    """A denial, words that add nothing to it, and an effect."""
    denies, filler = pattern("denies").pattern, pattern("filler").pattern
    kinds = ("effect", "cause", "raise", "lower", "works", "helps")
    effect = "|".join(pattern(k).pattern for k in kinds)
    return re.compile(rf"{denies}(?:\s+{filler}){{0,3}}\s+(?:{effect})")


@cache
def _leading_effect() -> re.Pattern[str]:
    """An effect that a sentence begins with, of nothing else than what the report is about."""
    effect = pattern("effect").pattern
    return re.compile(rf"(?:(?:the|its|this|that)\s+)?{effect}(?!\s+(?:of|dari|from)(?!\w))")
