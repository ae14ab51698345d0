"""The rule of the firewall: what a sentence of an edited file may not say, given a year's results.

A sentence that is the findings' own, or a catalogue's, is fine. One that is nearly so must keep the
words and figures that carry its meaning. Any other is held against the findings of the outcomes
that it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from helpers.publish.edited_effects import causal, none_at_all
from helpers.publish.edited_findings import Results
from helpers.publish.edited_held import Held, bag, key
from helpers.publish.edited_words import Said, numbers, uncited

Why = Literal[
    "cause",
    "sure",
    "number",
    "zero",
    "range",
    "grade",
    "none",
    "direction",
    "altered",
    "hidden",
    "absent",
]
# From this share of common words on, a sentence is taken for one of the report's own, changed.
_ALIKE: Final = 0.6
_CARRYING: Final = ("cause", "raise", "lower", "rise", "fall", "works", "not", "by", "perhaps")
_PRIMARY: Final = {"productive": "output_per_day", "served": "staff_unsur"}
_YEARS: Final = range(1900, 2101)
_FEW: Final = 4
# Whole numbers up to this count pages, steps and lists.
_SMALL: Final = 60
_LONGEST: Final = 10**9
_PAGE: Final = re.compile(r"^\d\d\s")
_SIGNED: Final = re.compile(r"(?<!\d)\+\d")
_CODE: Final = re.compile(r"\w\.\w+\(|\bfrom \w+ import\b")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a sentence, and which finding says what may be said instead."""

    why: Why
    finding: Held | None = None
    figures: tuple[str, ...] = ()


def judge(sentence: str, around: str, results: Results) -> Verdict | None:
    """What one sentence says too much; None where it may stand.

    Parameters
    ----------
    sentence : as `edited_files.plain` gives it.
    around : the passage that it stands in, and the next: where a caveat may follow.
    results : of the year.
    """
    whole = key(sentence)
    if not whole or whole in results.said_before or _CODE.search(sentence):
        return None
    if whole in results.own:
        return _alone(results.own[whole], sentence, around)
    said = Said.of(sentence)
    hidden = _of_hidden(said, results)
    if hidden:
        return hidden
    forms = [(m, elsewhere) for form, elsewhere in results.forms if (m := form.fullmatch(whole))]
    unheld = any(elsewhere for _, elsewhere in forms)
    changed = None if unheld else _changed(sentence, said, around, results)
    if changed:
        return changed
    asks = sentence.endswith("?") and not said.has("rhetoric")
    # A page's title stands behind its number in a menu.
    if asks and all(_is_small(n) for n in numbers(_PAGE.sub("", sentence))):
        return None
    if not forms:
        return _claim(said, around, results) or _figures(sentence, said, results, around)
    slots = [_unquoted(s, results) for s in max((m.groups() for m, _ in forms), key=len)]
    claim = _first(_claim(Said.of(s), "", results) for s in slots)
    return claim or (None if unheld else _figures(sentence, said, results))


def _unquoted(text: str, results: Results) -> str:
    """What fills a slot, without statements of the brief beside their grade."""
    for quoted in results.quoted:
        text = re.sub(rf"{re.escape(quoted)}: [\w ()]+(?=;|$)", "", text)
    return text


def _is_small(number: frozenset[float]) -> bool:
    return any(v == int(v) and 0 <= v <= _SMALL for v in number)


def _alone(f: Held, sentence: str, around: str) -> Verdict | None:
    """A weak finding's first sentence needs the second."""
    said = Said.of(sentence)
    moves = said.has("rise") or said.has("fall")
    needs = f.grade == "weak" and f.is_effect and moves
    return Verdict("grade", f) if needs and not Said.of(around).has("proof") else None


def _of_hidden(said: Said, results: Results) -> Verdict | None:
    if not numbers(said.text):
        return None
    for name, indicator in results.hidden:
        if len(name) < 4 or not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said.text):
            continue
        if any(o in indicator or indicator in o for o in said.outcomes):
            return Verdict("hidden")
    return None


def _changed(sentence: str, said: Said, around: str, results: Results) -> Verdict | None:
    """A sentence of the report in which a figure or a carrying word was changed."""
    mine = bag(sentence)
    if len(mine) < _FEW:
        return None
    near = [
        (
            len(mine & words) / len(mine | words),
            len(_figures_in(own) & _figures_in(sentence)),
            own,
            f,
        )
        for words, own, f in results.bags
        if 2 * len(mine & words) >= len(mine)
    ]
    if not near:
        return None
    alike, _, own, f = max(near, key=lambda n: n[:2])
    if alike < _ALIKE:
        return None
    was = Said.of(own)
    lost = [n for n in numbers(sentence) if not n & f.figures and not n & _figures_in(own)]
    if lost:
        return Verdict("number", f, tuple(_written(n) for n in lost))
    if said.outcomes != was.outcomes:
        return Verdict("none" if said.outcomes else "altered", f)
    if was.words("perhaps") - said.words("perhaps"):
        return Verdict("sure", f)
    if any(said.words(k) != was.words(k) for k in _CARRYING):
        return Verdict("altered", f)
    if f.is_effect and any(
        was.has(k) and not Said.of(around).has(k) for k in ("strong", "moderate")
    ):
        return Verdict("grade", f)
    if len(numbers(sentence)) < len(numbers(own)):
        return Verdict("range", f)
    if numbers(sentence) != numbers(own):
        return Verdict("number", f)
    return None


def _figures_in(text: str) -> frozenset[float]:
    return frozenset().union(*numbers(text))


def _written(meanings: Iterable[float]) -> str:
    least = min(meanings, key=abs)
    # A long number may be somebody's.
    return f"{least:g}" if abs(least) < _LONGEST else "9" * len(f"{abs(least):.0f}")


def _claim(said: Said, around: str, results: Results) -> Verdict | None:
    """An effect or a movement that is named, held against the findings of its outcomes."""
    before = Said.of(around)
    about_training = said.has("training") or before.has("training")
    outcomes = said.outcomes
    for kind, outcome in _PRIMARY.items():
        if not outcomes and said.has(kind):
            outcomes = frozenset({outcome})
    if none_at_all(said):
        return _absent(said, [_of_outcome(o, said, results, effect=True) for o in sorted(outcomes)])
    moves = said.asserted("rise") or said.asserted("fall") or bool(_SIGNED.search(said.text))
    if causal(said, bool(outcomes)):
        found = [_of_outcome(o, said, results, effect=True) for o in sorted(outcomes)]
        if not found or None in found:
            return Verdict("none")
        return _first(_cause(said, around, f) for f in found if f)
    if not moves or not outcomes:
        return None
    effect = said.has("trained")
    found = [_of_outcome(o, said, results, effect=effect) for o in sorted(outcomes)]
    if not any(found):
        return Verdict("none") if not effect or about_training else None
    return _first(_moved(said, around, f) for f in found if f)


def _absent(said: Said, found: Sequence[Held | None]) -> Verdict | None:
    """That there is no effect; no effect that matters may be said where this is what was found."""
    for f in found:
        if f is None or f.claim != "no_meaningful_effect" or not said.has("matters"):
            return Verdict("absent", f)
    return None if found else Verdict("absent")


def _first(verdicts: Iterable[Verdict | None]) -> Verdict | None:
    return next((v for v in verdicts if v), None)


def _of_outcome(outcome: str, said: Said, results: Results, *, effect: bool) -> Held | None:
    """The finding that a sentence on an outcome must agree with."""
    ending = ".effect" if effect else ".trend"
    found = [f for f in results.findings if f.outcome == outcome and f.id.endswith(ending)]
    themed = [f for f in found if f.question == "methods_dose" and _names_theme(said, f)]
    plain = [f for f in found if f.question != "methods_dose"]
    return next(iter(themed or plain or found), None)


def _names_theme(said: Said, f: Held) -> bool:
    from helpers.findings import label

    theme = label(f.id.split(".")[1].replace("_", " "))
    return any(t.casefold() in said.text for t in (theme.id, theme.en))


def _cause(said: Said, around: str, f: Held) -> Verdict | None:
    if not f.may_claim_cause:
        return Verdict("cause", f)
    wrong = _against(said, f.sign)
    if wrong:
        return Verdict("direction", f)
    return _complete(said, around, f)


def _complete(said: Said, around: str, f: Held) -> Verdict | None:
    """Whether figures, range and strength are the finding's and are all there."""
    lost = [n for n in _amounts(said.text) if not n & f.figures]
    if lost:
        return Verdict("number", f, tuple(_written(n) for n in lost))
    if f.main and not all(any(m & n for n in numbers(said.text)) for m in f.main):
        return Verdict("range", f)
    near = Said.of(f"{said.text} {around}")
    if f.grade in ("strong", "moderate") and not near.has(f.grade):
        return Verdict("grade", f)
    if f.grade == "moderate" and not said.has("perhaps"):
        return Verdict("sure", f)
    if f.grade == "weak" and not near.has("proof"):
        return Verdict("grade", f)
    return None


def _moved(said: Said, around: str, f: Held) -> Verdict | None:
    if f.sign == 0:
        return Verdict("zero", f)
    if _against(said, f.sign):
        return Verdict("direction", f)
    return _complete(said, around, f)


def _against(said: Said, sign: int) -> bool:
    """Whether only the other direction is named."""
    up = said.has("rise") or said.has("raise")
    down = said.has("fall") or said.has("lower")
    return (up and not down and sign < 0) or (down and not up and sign > 0)


def _amounts(text: str) -> list[frozenset[float]]:
    return [n for n in numbers(text) if not any(v in _YEARS for v in n)]


def _figures(sentence: str, said: Said, results: Results, around: str = "") -> Verdict | None:
    """Figures that no file of the year has; small whole ones count pages and steps."""
    # A few words with a figure say it of what stands beside them.
    beside = around if len(bag(sentence)) < _FEW else ""
    outcomes = said.outcomes or Said.of(beside).outcomes
    # Beside the name of an outcome only its own figures stand.
    known = frozenset().union(*(results.of_outcome.get(o, ()) for o in outcomes)) or results.figures
    lost = [
        n
        for n in _amounts(uncited(sentence))
        if not any(round(v, 6) in known for v in n) and not _is_small(n)
    ]
    lost = lost or results.stated.wrong(uncited(sentence))
    if not lost:
        return None
    near: Sequence[Held] = [f for f in results.findings if f.outcome in outcomes]
    return Verdict("number", near[0] if near else None, tuple(_written(n) for n in lost))
