"""The catalogues are whole, say the same in both languages, and never name a cause that the evidence does not carry."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from typing import get_args

import nbformat
import pytest

from helpers import intake, questions, simulate
from helpers.contracts import LANGS, NEEDS, UNITS, Answer, Text, number, project
from helpers.contracts.results import Grade
from helpers.findings import brief
from helpers.findings.followed import AS_ADVISED
from helpers.findings.words import _catalogue
from helpers.questions.annual_report import PAGES

CAUSAL = re.compile(
    r"\b(menaikkan|menurunkan|menyebabkan|mengakibatkan|berdampak|berkat|raised?|lowered|caused?|because of|led to|thanks to)\b",
    re.IGNORECASE,
)

CLAIMLESS = (
    "trend.",
    "participation.",
    "naive.",
    "pre_trend.",
    "quality.",
    "detectable",
    "learning.",
    "contrast.",
    "recommend.",
    "remedy.",
)


def _slots(text: str) -> set[str]:
    return {name.lower() for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_catalogues_have_the_same_sentences_with_the_same_figures():
    one, two = _catalogue("id"), _catalogue("en")
    assert set(one) == set(two)
    different = {k for k in one if _slots(one[k]) != _slots(two[k])}
    assert not different
    assert all(t.strip() for t in (*one.values(), *two.values()))


def _code() -> Iterator[ast.AST]:
    """Every node of the package's and the notebooks' code but docstrings."""
    sources = [p.read_text() for p in (project.ROOT / "src" / "helpers").rglob("*.py")]
    for path in project.NOTEBOOKS.glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        sources += [c.source for c in cells if c.cell_type == "code"]
    for source in sources:
        tree = ast.parse(source)
        said = [n.value for n in ast.walk(tree) if isinstance(n, ast.Expr)]
        bare = {id(v) for v in said if isinstance(v, ast.Constant)}
        yield from (n for n in ast.walk(tree) if id(n) not in bare)


def _asked_for() -> tuple[set[str], list[list[str | None]]]:
    """Texts and names that stand in code, and what is composed there: its fixed parts, None for
    each that is filled in.
    """
    texts: set[str] = set()
    composed: list[list[str | None]] = []
    for node in _code():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        elif isinstance(node, ast.keyword) and node.arg:
            texts.add(node.arg)
        elif isinstance(node, ast.JoinedStr):
            parts = [v.value if isinstance(v, ast.Constant) else None for v in node.values]
            composed.append([None if p is None else str(p) for p in parts])
    return texts, composed


def test_every_sentence_is_said_somewhere():
    """A key is written out in code, or composed there of texts that are."""
    keys = set(_catalogue("id"))
    texts, composed = _asked_for()
    parts = sorted((t for t in texts if t and any(t in k for k in keys)), key=len, reverse=True)
    part = f"(?:{'|'.join(map(re.escape, parts))})"
    forms = [
        re.compile("".join(part if p is None else re.escape(p) for p in form))
        for form in composed
        if form and form[0] and re.match(r"[a-z_]+\.", form[0])
    ]
    said = {k for k in keys if k in texts or any(f.fullmatch(k) for f in forms)}
    # Sentences of a drawn order stand in for those of their names of drawn seats.
    said |= {k for k in keys if k.startswith("order.") and k.replace("order", "draw", 1) in said}
    assert keys - said == set()


@pytest.mark.parametrize("lang", LANGS)
def test_only_strong_and_moderate_sentences_name_a_cause(lang):
    for key, text in _catalogue(lang).items():
        lots = (f"{of}.{grade}_" for of in ("draw", "order") for grade in get_args(Grade))
        if key.startswith(("effect.", *lots)):
            named = bool(CAUSAL.search(text))
            causal = tuple(
                f"{of}.{grade}"
                for of in ("effect", "draw", "order")
                for grade in ("strong", "moderate")
            )
            assert named == key.startswith(causal), key
        if key.startswith(CLAIMLESS):
            assert not CAUSAL.search(text), key


def _said(answer: Answer) -> list[Text]:
    """All that an answer says; the annual report's verdict and points have tests of their own."""
    return [
        *([answer.lead] if answer.question != "annual_report" else []),
        *answer.sentences.values(),
        *(f.text for f in answer.findings),
        *(s.text for s in answer.statements),
    ]


def _without(text: str, sentences: list[str]) -> str:
    for sentence in sentences:
        text = text.replace(sentence, "")
    return text


@pytest.mark.parametrize("effect", [0.0, 0.08])
def test_no_answer_names_a_cause_but_in_a_finding_that_may(effect, tmp_path):
    world = simulate.World(seed=5, employees=700, units=24, effect_productivity=effect)
    simulate.write(world, tmp_path)
    study = intake.study(tmp_path, 2024)
    answers = [question(study) for question in (*PAGES.values(), questions.annual_report)]
    findings = [f for answer in answers for f in answer.findings]
    assert len(findings) > 10
    by_training = [f for f in findings if f.may_claim_cause and f.question == "productivity"]
    assert bool(by_training) == bool(effect)
    for lang in LANGS:
        allowed = [f.text[lang] for f in findings if f.may_claim_cause]
        assert all(CAUSAL.search(text) for text in allowed)
        for answer in answers:
            for text in _said(answer):
                assert not CAUSAL.search(_without(text[lang], allowed)), text
        main = [f for f in findings if f.outcome in ("output_per_day", "staff_unsur")]
        main = [f for f in main if f.question in ("productivity", "satisfaction")]
        may = [f.may_claim_cause for f in main]
        assert bool(CAUSAL.search(answers[-1].lead[lang])) == any(may)


def test_every_statement_of_the_brief_is_answered_or_marked(small_study):
    answer = questions.annual_report(small_study(2024))
    assert [s for s in brief.SECTIONS if s not in {c.section for c in answer.statements}] == []
    assert len(answer.statements) == 13
    assert all(
        c.text.en.startswith("Not answered yet") for c in answer.statements if c.standing == "open"
    )
    standing = {s.key: s.standing for s in answer.statements}
    assert standing["outreach"] == "described"
    assert "open" not in (standing["ethics"], standing["time_management"], standing["self_report"])


def test_of_commitment_is_said_what_became_of_last_year_s_advice(small_study):
    said = {}
    for year in (2021, 2024):
        study = small_study(year)
        (advice,) = (f for f in questions.recommendations(study).findings if f.id == AS_ADVISED)
        statements = questions.annual_report(study).statements
        (said[year],) = (s for s in statements if s.key == "commitment")
        assert said[year].text.en.endswith(advice.text.en)
        assert said[year].standing == ("described" if advice.interval.known else "open")
    assert said[2024].standing == "described"


def test_the_annual_report_says_nothing_that_its_pages_did_not_find(small_study, tmp_path):
    study = small_study(2024)
    for page, question in PAGES.items():
        question(study).write(tmp_path / NEEDS / page)
    changed = tmp_path / NEEDS / "31_productivity_effect" / "answer.json"
    changed.write_text(
        changed.read_text().replace("utput per hari kerja", "utput yang dibaca kembali")
    )
    read = questions.annual_report(study, tmp_path)
    assert any("utput yang dibaca kembali" in s.text.id for s in read.statements)
    said = {f.text.en for page in PAGES for f in Answer.read(tmp_path / NEEDS / page).findings}
    pages = {s.page for s in read.statements if s.standing != "open"}
    # What the report says of itself links to no page.
    assert pages <= {*PAGES, ""}
    for s in read.statements:
        if s.page in PAGES and s.key not in ("goals", "periodic"):
            assert any(text in s.text.en for text in said), s


@pytest.mark.parametrize(
    ("value", "decimals", "indonesian", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (-0.04, 1, "0,0", "0.0"),
        (-3.25, 2, "−3,25", "−3.25"),
        (float("nan"), 1, "–", "–"),
        (0, 0, "0", "0"),
    ],
)
def test_numbers_are_written_as_each_language_writes_them(value, decimals, indonesian, english):
    assert number(value, "id", decimals) == indonesian
    assert number(value, "en", decimals) == english
    assert UNITS["share (0-1)"].level(0.1234).id == "12,3%"
