"""Who takes part, who refuses, and who was never invited?"""

from __future__ import annotations

from helpers import describe
from helpers.contracts import Answer, Study, Text, remembered
from helpers.describe import Participation
from helpers.findings import described, evenly, label, told
from helpers.questions.waiting import waiting


@remembered
def participation(study: Study) -> Answer:
    """Who attends, who refuses and why, who was never invited, and whether those who feel no need
    need it least.

    Returns
    -------
    An answer with findings of refusal, reasons, need, the never invited, who attends, how evenly
    invitations and hours fall, and the activities; frames ``answers``, ``reasons``,
    ``never_invited``, ``attending``, ``parity`` and ``concentration``, and the next steps; it waits
    where there are no activities or no participants.
    """
    if not study.trained:
        return waiting(study, "participation", "kegiatan", "peserta")
    found, indicators = describe.who_takes_part(study), describe.participation(study)
    findings = described.participation(study, found, indicators)
    attending, parity = describe.who_attends(study), describe.invitation_parity(study)
    concentration = describe.hours_concentration(study)
    return Answer(
        "participation",
        study.year,
        findings[0].text,
        findings=(
            *findings,
            evenly.attending(attending, asked=found.asked),
            evenly.parity(parity, study.year, asked=found.asked),
            evenly.concentration(concentration),
            described.activities(study),
        ),
        indicators=indicators,
        frames={
            "answers": found.answers,
            "reasons": found.reasons,
            "never_invited": found.never_invited,
            "attending": attending,
            "parity": parity,
            "concentration": concentration,
        },
        sentences=_next(found),
    )


def _next(found: Participation) -> dict[str, Text]:
    if not found.asked:
        return {
            "next.gap": told("next.record_invitations"),
            "refused": told("participation.refused_not_asked"),
        }
    gap, reason = described.widest_gap(found), described.most_frequent_reason(found)
    invite = (
        told("next.no_gap") if gap is None else told("next.gap", group=described.group_name(gap))
    )
    return {"next.gap": invite} | (
        {}
        if reason is None
        else {"next.reasons": told("next.reasons", reason=label(reason["group"]))}
    )
