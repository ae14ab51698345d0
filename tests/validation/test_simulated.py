"""Tables of simulated regions are said in both languages, and nothing is worded that is not used."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from helpers.contracts import LANGS
from helpers.validation import battery, recorded
from helpers.validation.kinds_of_world import KINDS
from helpers.validation.simulated import simulated, tabled
from helpers.validation.wording import _BETWEEN, _WORDS, word
from helpers.validation.worlds import Told

FOREIGN = {
    "id": re.compile(r"\b(the|of|with|effect|regions|claimed|figure|world|met)\b"),
    "en": re.compile(r"\b(dan|yang|dengan|pengaruh|daerah|diklaim|angka|sasaran)\b"),
}


def told(kind: str) -> list[Told]:
    grades = ("strong", "moderate", "weak", "none")
    asked = ("output_per_day", "jp>=20", "digest", 400, 40, 0.18)
    one = Told(kind, 1, "productivity", *asked, 0.18, 0.2, 0.1, 0.3, "increase", "none", "", True, True, False, False, True)  # fmt: skip
    beside = dict.fromkeys(battery.OTHERS, None)
    theme = replace(one, question="methods_dose", **beside)
    both = (one, replace(one, question="satisfaction", outcome="staff_unsur"), theme)
    return [replace(t, seed=seed, grade=g) for seed, g in enumerate(grades) for t in both]


EVERY = [t for kind in KINDS for t in told(kind.name)]


def test_the_pages_are_in_both_languages(tmp_path, monkeypatch):
    monkeypatch.setattr(battery, "run", lambda *_, **__: EVERY)
    page = simulated(4, tmp_path, jobs=1, record=False)
    assert (tmp_path / "worlds.md").read_text() == page["en"]
    assert (tmp_path / "worlds.id.md").read_text() == page["id"]
    for lang in LANGS:
        assert FOREIGN[lang].findall(re.sub(r"`[^`]*`", "", page[lang])) == []
        assert page[lang].count("\n## ") == 7
        assert all(f"| {word(k.name)[lang]} | {k.about[lang]} |" in page[lang] for k in KINDS)
    assert "evaluasi validate --worlds 4" in page["id"]


def test_every_word_is_used_and_every_column_has_its_word():
    of_record = recorded.frame(recorded.record(EVERY))
    frames = (battery.table(EVERY), battery.targets(EVERY), battery.shoot_out(EVERY), of_record)
    columns = {str(c) for f in frames for c in f} | {"about"}
    assert columns <= set(_WORDS)
    texts = {str(v) for f in frames for c in f for v in f[c] if isinstance(v, str)}
    texts |= {"strong", "moderate", "weak", "none"}
    used = columns | {part for text in texts for part in _BETWEEN.split(text)}
    assert set(_WORDS) <= used
    assert all(text.id and text.en for text in _WORDS.values())


def test_numbers_are_written_as_the_language_does():
    said = tabled(pd.DataFrame({"figure": [0.25], "met": [True], "regions": [1200]}))
    assert "| 0.250 | yes | 1200 |" in said["en"]
    assert "| 0,250 | ya | 1200 |" in said["id"]
