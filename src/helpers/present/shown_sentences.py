"""Sentences of an answer; nothing is computed here."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.contracts import Answer, Lang, Statement, Study
from helpers.findings import known, say, word
from helpers.present.blocks import NOTHING, Block, Sentence, several


def headline(answer: Answer, lang: str) -> str:
    """The answer in one sentence, as plain text: what a headline cell prints and nbval checks.

    Parameters
    ----------
    answer : of any question; its ``lead`` is what is said.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return answer.lead[known(lang)]


def sentence(answer: Answer, key: str, lang: str) -> Block:
    """One sentence of an answer: a finding's by its id, or a sentence's by its name.

    Parameters
    ----------
    answer : of any question.
    key : a finding's id, such as ``"satisfaction.ikm.trend"``, or a name among ``sentences``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Nothing where the answer does not have the sentence.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return sentences(answer, (key,), lang)


def sentences(answer: Answer, keys: Sequence[str], lang: str) -> Block:
    """Several sentences, a paragraph each; those that the answer does not have are left out.

    Parameters
    ----------
    answer : of any question.
    keys : ids of findings and names of sentences, in the order of the page.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = [answer.say(key)[known(lang)] for key in keys]
    return several([Sentence(text) for text in said if text])


def other_findings(answer: Answer, lang: str) -> Block:
    """Every finding but the first, which opens the page; a paragraph each.

    Parameters
    ----------
    answer : its findings in the order in which they are told.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return sentences(answer, [f.id for f in answer.findings[1:]], lang)


def notice(study: Study, lang: str) -> Block:
    """The label that synthetic data carry wherever they are shown; nothing for real data.

    Parameters
    ----------
    study : its ``synthetic`` decides.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return Sentence(say("report.synthetic", known(lang)), "notice") if study.synthetic else NOTHING


def statements(answer: Answer, section: str, lang: str) -> Block:
    """One section of the brief: each statement, its answer, and how surely.

    Parameters
    ----------
    answer : of the annual report; other answers have no statements.
    section : a section of the brief, such as ``"tujuan"``.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    Each with a link to the page that works it out, where there is one.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    return several(
        [
            Sentence(
                s.text[said],
                "statement",
                # In the brief's words: nobody may take what it claims for what was found.
                heading=say("report.claim", said, claim=say(f"claim.{s.key}", said)),
                note=_surely(s, said),
                mark=s.standing,
                link=f"{s.page}.html" if s.page else "",
                link_text=f"{word('page', said)} {s.page[:2]}",
            )
            for s in answer.statements
            if s.section == section
        ]
    )


def _surely(statement: Statement, lang: Lang) -> str:
    key = "report.weakest_grade" if statement.weakest else "report.grade"
    return f"{say(key, lang)}: {say(f'grade.{statement.standing}', lang)}"


def methods(answer: Answer, lang: str) -> Block:
    """How the report was made and what it cannot tell, a paragraph each.

    Parameters
    ----------
    answer : its sentences whose names begin with ``methods.``, in their order.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    return sentences(answer, [n for n in answer.sentences if n.startswith("methods.")], lang)


def steps(answer: Answer, lang: str) -> Block:
    """What to do next, as a list.

    Parameters
    ----------
    answer : its sentences whose names begin with ``next.``, in their order.
    lang : the reader's, ``"id"`` or ``"en"``.

    Raises
    ------
    EvaluasiError : there is no such language.
    """
    said = known(lang)
    return several(
        [
            Sentence(text[said], "step")
            for name, text in answer.sentences.items()
            if name.startswith("next.")
        ]
    )
