"""What people do to a finding's sentences when they edit a report: each edit says too much."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import numpy as np

from helpers.contracts import Finding, Lang, Text
from helpers.findings import say

Edit = Callable[[Finding, str, Lang, np.random.Generator], str | None]
_NUMBER: Final = re.compile(r"(?<![\d.,])\d+[.,]\d+")
_RANGE: Final[Mapping[Lang, str]] = {
    "id": r" \(rentang[^()]*\)|, rentang [^;()]*(?=\))",
    "en": r" \(interval[^()]*\)|, interval [^;()]*(?=\))",
}
_CLAIMS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "id": (
        "Pelatihan terbukti {verb} {outcome}.",
        "Berkat pelatihan, {outcome} pegawai membaik tajam.",
        "Program ini berhasil {verb} {outcome} secara nyata.",
        "{Outcome} meningkat akibat diklat yang diselenggarakan.",
        "Pelatihan berdampak besar pada {outcome}.",
        "Dampak positif pelatihan terhadap {outcome} sudah jelas.",
        "Tidak diragukan lagi, pelatihan {verb} {outcome}.",
        "Peningkatan {outcome} merupakan buah dari program pembinaan.",
        "Pelatihan efektif bagi {outcome}.",
        "{Outcome} terdongkrak oleh bimbingan teknis.",
    ),
    "en": (
        "Training clearly {verb} {outcome}.",
        "Thanks to training, {outcome} improved sharply.",
        "The programme succeeded: it {verb} {outcome}.",
        "{Outcome} improved because of the courses that were held.",
        "Training had a large effect on {outcome}.",
        "The positive impact of training on {outcome} is plain.",
        "There is no doubt that training {verb} {outcome}.",
        "The rise in {outcome} is the result of the programme.",
        "Training is effective for {outcome}.",
        "{Outcome} was boosted by the workshops.",
    ),
}
_ABSENT: Final[Mapping[Lang, tuple[str, ...]]] = {
    "id": (
        "Pelatihan tidak berpengaruh terhadap {outcome}.",
        "Pelatihan sama sekali tidak {verb} {outcome}.",
        "Pelatihan gagal {verb} {outcome}.",
        "Bagi {outcome}, pelatihan sia-sia.",
        "Program pembinaan tidak membawa perbedaan apa pun pada {outcome}.",
    ),
    "en": (
        "Training had no effect on {outcome}.",
        "Training did nothing for {outcome}.",
        "Training made no difference to {outcome}.",
        "Training was useless for {outcome}.",
        "The courses had no measurable impact on {outcome}.",
    ),
}
_VERBS: Final[Mapping[Lang, tuple[str, ...]]] = {
    "id": ("menaikkan", "meningkatkan", "mendongkrak", "memperbaiki"),
    "en": ("raised", "increased", "boosted", "improved"),
}
_STRONGER: Final[Mapping[Lang, tuple[tuple[str, str], ...]]] = {
    "id": (
        ("agaknya ", ""),
        (r"\bnaik (?=\d)", "meningkat berkat pelatihan sebesar "),
        (r"\bturun (?=\d)", "turun akibat pelatihan sebesar "),
        (r"Data belum dapat menjawab apakah", "Data membuktikan bahwa"),
        (r"Tidak terlihat perbedaan yang berarti", "Terlihat pengaruh pelatihan yang berarti"),
        ("; perubahan sejak", "; kenaikan berkat pelatihan sejak"),
        ("buktinya kuat", "sudah terbukti mutlak"),
    ),
    "en": (
        ("probably ", ""),
        (r"\brose by (?=\d)", "increased thanks to training by "),
        (r"\bfell by (?=\d)", "fell because of training by "),
        (r"The data cannot yet tell whether", "The data prove that"),
        (r"No difference that matters is seen", "A clear effect of training is seen"),
        ("; its change since", "; its growth thanks to training since"),
        ("the evidence is strong", "it is proven beyond all else"),
    ),
}
_NEGATIONS: Final[Mapping[Lang, tuple[tuple[str, str], ...]]] = {
    "id": (
        ("Data belum dapat menjawab apakah", "Data menunjukkan bahwa"),
        ("Tidak terlihat perbedaan", "Terlihat perbedaan"),
        ("tidak dapat dibedakan dari", "berbeda nyata dari"),
        ("belum bukti bahwa", "bukti bahwa"),
        ("tidak menunjukkan penyebabnya", "menunjukkan penyebabnya"),
    ),
    "en": (
        ("The data cannot yet tell whether", "The data show that"),
        ("No difference that matters", "A difference that matters"),
        ("cannot be told from", "differs clearly from"),
        ("not proof that", "proof that"),
        ("does not show its reason", "shows its reason"),
    ),
}
_GRADE: Final[Mapping[Lang, str]] = {
    "id": r"; buktinya (?:kuat|sedang)|\. Ini hubungan antarperubahan.*(?=\.$)",
    "en": r"; the evidence is (?:strong|moderate)|\. This is an association of changes.*(?=\.$)",
}
_MOVED: Final[Mapping[Lang, tuple[tuple[str, str], ...]]] = {
    "id": (("menaikkan", "menurunkan"), ("naik", "turun")),
    "en": (("raised", "lowered"), ("rose by", "fell by")),
}


def _first(text: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    for old, new in pairs:
        changed = re.sub(old, new, text, count=1)
        if changed != text:
            return changed[:1].upper() + changed[1:]
    return None


def _stronger(_: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:  # noqa: ARG001
    return _first(text, _STRONGER[lang])


def _without(patterns: Mapping[Lang, str]) -> Edit:
    def edit(_: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:  # noqa: ARG001
        changed = re.sub(patterns[lang], "", text, count=1)
        return None if changed == text else changed

    return edit


def _other_number(_: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:  # noqa: ARG001
    found = list(_NUMBER.finditer(text))
    if not found:
        return None
    at = found[int(rng.integers(len(found)))]
    digits = at[0]
    place = int(rng.integers(len(digits)))
    while not digits[place].isdigit():
        place = int(rng.integers(len(digits)))
    other = (int(digits[place]) + int(rng.integers(1, 9))) % 10
    changed = digits[:place] + str(other) + digits[place + 1 :]
    return text[: at.start()] + changed + text[at.end() :]


def _other_outcome(f: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:
    others = [o for o in ("output_per_day", "ikm", "skp", "sarana", "biaya") if o != f.outcome]
    mine = say(f"outcome.{f.outcome}", lang)
    other = say(f"outcome.{others[int(rng.integers(len(others)))]}", lang)
    changed = text.replace(mine, other)
    capital = mine[:1].upper() + mine[1:]
    changed = changed.replace(capital, other[:1].upper() + other[1:])
    return None if changed == text else changed


def _undenied(_: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:  # noqa: ARG001
    return _first(text, _NEGATIONS[lang])


def _turned(_: Finding, text: str, lang: Lang, rng: np.random.Generator) -> str | None:  # noqa: ARG001
    return _first(text, _MOVED[lang])


def _said_of(claims: Mapping[Lang, tuple[str, ...]]) -> Edit:
    def edit(f: Finding, _: str, lang: Lang, rng: np.random.Generator) -> str | None:
        forms, verbs = claims[lang], _VERBS[lang]
        outcome = say(f"outcome.{f.outcome}", lang)
        return forms[int(rng.integers(len(forms)))].format(
            verb=verbs[int(rng.integers(len(verbs)))],
            outcome=outcome,
            Outcome=outcome[:1].upper() + outcome[1:],
        )

    return edit


EDITS: Final[Mapping[str, tuple[Text, Edit]]] = {
    "stronger": (Text("kata lebih pasti atau bersebab", "surer or causal words"), _stronger),
    "grade": (Text("kekuatan bukti dibuang", "grade dropped"), _without(_GRADE)),
    "range": (Text("rentang dibuang", "range dropped"), _without(_RANGE)),
    "number": (Text("angka diubah", "number changed"), _other_number),
    "outcome": (Text("hasil lain disebut", "outcome swapped"), _other_outcome),
    "denial": (Text("sangkalan dibuang", "denial removed"), _undenied),
    "direction": (Text("arah dibalik", "direction turned"), _turned),
    "paraphrase": (Text("ditulis ulang", "paraphrased"), _said_of(_CLAIMS)),
    "absent": (Text("dikatakan tidak ada pengaruh", "said to have no effect"), _said_of(_ABSENT)),
}
