"""What came in and how it was read, in sentences."""

from __future__ import annotations

from helpers import measures
from helpers.contracts import Study, Text, count
from helpers.contracts.units import IKM_POINTS, SHARE
from helpers.findings.words import label, listed, told


def linked(study: Study) -> Text:
    """How much of what came in could be used."""
    counts = study.exclusions.groupby("action")["count"].sum()
    excluded, repaired = int(counts.get("excluded", 0)), int(counts.get("repaired", 0))
    shown = {"excluded": count(excluded), "repaired": count(repaired)}
    if study.linkage.empty:
        return told("quality.unlinked", **shown)
    rate = study.linkage["linked"].sum() / study.linkage["rows"].sum()
    return told(
        "quality.headline" if excluded or repaired else "quality.clean",
        linked=SHARE.level(float(rate)),
        **shown,
    )


def contents(study: Study) -> Text:
    """How much the data folder holds."""
    years = study.years
    shown = {
        "people": count(study.pegawai["pegawai_id"].nunique()),
        "units": len(study.unit),
        "forms": count(len(study.skm)),
    }
    return (
        told("quality.contents", first=years[0], last=years[-1], **shown)
        if years
        else told("quality.nothing_left", **shown)
    )


def reading_notes(study: Study) -> dict[str, Text]:
    """How forms and ratings were read, and what stands out in them, by name.

    Returns
    -------
    ``order``, ``contradictions``, ``unrecorded``, ``seldom`` and ``ignored``, each only where there
    is something to say.
    """
    notes: dict[str, Text] = {}
    if len(study.skm):
        order = ", ".join(f"u{i} {u}" for i, u in enumerate(study.plan.skm.order, start=1))
        notes["order"] = told("quality.order", order=Text.same(order))
    contradictions = int(measures.performance.predikat_contradictions(study.kinerja).sum())
    if contradictions >= study.plan.privacy.small_cell:
        notes["contradictions"] = told("quality.contradictions", n=count(contradictions))
    shares = measures.traits.recorded(study)
    unrecorded = [label(name) for name, share in shares.items() if not share]
    seldom = [label(name) for name in measures.traits.seldom(study)]
    if unrecorded:
        notes["unrecorded"] = told("quality.unrecorded", traits=listed(unrecorded))
    if seldom:
        notes["seldom"] = told("quality.seldom", traits=listed(seldom))
    if study.notes:
        notes["ignored"] = told("quality.ignored", files=Text.same(", ".join(study.notes)))
    return notes


def weights(study: Study) -> Text:
    """The year's IKM under the three weights in use, with their letters; empty where some unsur has
    no answer.
    """
    forms = measures.satisfaction.complete(study.skm[study.skm["tahun"] == study.year], ["tahun"])
    if forms.empty:
        return Text()
    names = {"low": "0.11", "mid": "0.111", "exact": "exact"}
    values = {
        k: float(measures.satisfaction.ikm(forms, weights=w)["value"].iloc[0])
        for k, w in names.items()
    }
    letters = {f"{k}_letter": measures.satisfaction.letter(v) for k, v in values.items()}
    return told("quality.weights", **{k: IKM_POINTS.plain(v) for k, v in values.items()}, **letters)


def waits_for(question: str, absent: tuple[str, ...]) -> Text:
    """Which tables a page waits for, and what it would have answered.

    Parameters
    ----------
    question : the name of the question, as `Answer.question` has it.
    absent : names of tables without a row.
    """
    return told(
        "report.missing",
        tables=Text.same(", ".join(absent)),
        question=told(f"report.first_question_{question}"),
    )


def incomplete(study: Study) -> Text:
    """That data were left out and should be completed; empty where none were."""
    excluded = int(study.exclusions.loc[study.exclusions["action"] == "excluded", "count"].sum())
    return told("next.data", n=count(excluded)) if excluded else Text()
