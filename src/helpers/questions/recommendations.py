"""Whom to invite first, what to change, and which examples stand up?"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from helpers import describe
from helpers.contracts import Answer, Study, Text, count, out_folder, remembered
from helpers.findings import label, recommended, told
from helpers.findings.followed import followed
from helpers.questions.methods_and_dose import methods_and_dose
from helpers.questions.needed import needed
from helpers.questions.participation import participation
from helpers.questions.productivity_effect import productivity_effect
from helpers.questions.satisfaction_effect import satisfaction_effect
from helpers.questions.waiting import waiting


@remembered
def recommendations(study: Study, out: str | Path = "") -> Answer:
    """What follows for next year from what the other pages found.

    Parameters
    ----------
    study : its year's roll is who may be invited.
    out : the folder that the notebook was given; the answers lie in ``out/needs/NOTEBOOK/``.

    Returns
    -------
    Six findings with ids that stay from year to year, the indicators ``invite_first`` and
    ``as_advised``, and the frames ``seats``, ``reasons``, ``examples`` and ``unit_names``; it waits
    where there are no activities or no participants.

    Raises
    ------
    EvaluasiError : ``out`` names no folder.
    """
    folder = out_folder(out)
    if not study.trained:
        return waiting(study, "recommendations", "kegiatan", "peserta")
    came = needed(study, folder, "20_participation", participation)
    effects = [
        needed(study, folder, "31_productivity_effect", productivity_effect),
        needed(study, folder, "41_satisfaction_effect", satisfaction_effect),
        needed(study, folder, "50_methods_and_dose", methods_and_dose),
    ]
    first = describe.invite_first(study)
    seats = describe.seats_as_this_year(study)
    advice = describe.as_advised(study)
    by_group, shown = describe.seats_by_group(study, seats), describe.examples(study)
    names = _unit_names(study, shown)
    findings = (
        recommended.invite_first(study, first, came.frames["never_invited"]),
        recommended.rules(by_group, seats),
        recommended.reasons(came.frames["reasons"]),
        recommended.examples(
            shown,
            dict(zip(names["kode_unit"], names["nama_unit"], strict=True)),
            describe.outcome_unit(study),
            study.plan.privacy.small_cell,
        ),
        recommended.money(
            [
                (f, e)
                for a in effects
                for f in a.findings
                if f.question in ("productivity", "satisfaction")
                for e in a.rows("primary", f.outcome)[:1]
            ],
            describe.cost_of_training(study),
        ),
        followed(study, advice),
    )
    rows = [frame for frame in (first, advice.rows) if len(frame)]
    return Answer(
        "recommendations",
        study.year,
        findings[0].text,
        findings=findings,
        indicators=pd.concat(rows, ignore_index=True) if rows else first,
        frames={
            "seats": by_group,
            "reasons": came.frames["reasons"],
            "examples": shown,
            "unit_names": names,
        },
        sentences=_steps(first, came),
    )


def _unit_names(study: Study, shown: pd.DataFrame) -> pd.DataFrame:
    of_units = study.unit[study.unit["kode_unit"].isin(shown.loc[shown["stands"], "group"])]
    names = of_units[["kode_unit", "nama_unit"]].astype("str")
    return names[names["nama_unit"].ne("")].reset_index(drop=True)


def _steps(first: pd.DataFrame, came: Answer) -> dict[str, Text]:
    everyone = first[first["group_by"] == "all"].dropna(subset=["value"])
    if everyone.empty:
        return {}
    row = everyone.iloc[0]
    n = round(float(row["value"]) * float(row["n"]))
    steps = {"next.gap": told("next.first", n=count(n))}
    known = came.frames["reasons"].dropna(subset=["value"]).sort_values("value", ascending=False)
    if len(known):
        reason = str(known.iloc[0]["group"])
        steps["next.reasons"] = told(
            "next.remedy", reason=label(reason), change=recommended.remedy(reason)
        )
    return steps
