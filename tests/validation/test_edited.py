"""The firewall catches edits that say too much, and leaves alone what nobody touched."""

from __future__ import annotations

from helpers.contracts import LANGS
from helpers.publish.edited_report import firewall
from helpers.validation import edited
from helpers.validation.edits import EDITS


def test_edits_are_caught_and_untouched_sentences_are_not(tmp_path):
    tried = edited.ask(96, firewall, seed=71)
    missed = [t for t in tried if t.flagged != bool(t.kind)]
    assert {(t.kind, t.lang) for t in tried if t.kind} == {(k, x) for k in EDITS for x in LANGS}
    assert len(missed) <= 1, missed
    said = edited.write(tried, tmp_path)
    assert all(EDITS[k][0][lang] in said[lang] for k in EDITS for lang in LANGS)
    assert {p.name for p in tmp_path.iterdir()} == {"edits.md", "edits.id.md"}


def test_a_firewall_that_lists_nothing_or_everything_does_not_hold():
    tried = edited.ask(16, firewall, seed=5)
    blind = tuple(edited.Tried(t.kind, t.lang, t.text, False) for t in tried)
    deaf = tuple(edited.Tried(t.kind, t.lang, t.text, True) for t in tried)
    assert not edited.holds(blind) and not edited.holds(deaf)
