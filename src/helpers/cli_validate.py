"""What ``evaluasi validate`` asks and prints: the proof, or one of the trials alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang

Tell = Callable[[str], None]


class TrialsAsked(NamedTuple):
    """How many of each kind are asked for; the first that is not 0 is made."""

    faults: int
    edits: int
    privacy: int
    draws: int
    kills: int


def tried_alone(
    asked: TrialsAsked,
    record: bool,
    jobs: int,
    folder: Path,
    lang: Lang,
    tell: Tell,
) -> int | None:
    """One of the trials without the proof.

    Parameters
    ----------
    asked : which, and how many.
    record : whether the record of draws is kept.
    jobs : how many processes ask draws.
    folder : where the tables are written.
    lang : of the lines.
    tell : prints a line.

    Returns
    -------
    The exit code; None where no trial was asked for.
    """
    faults, edits, privacy, draws, kills = asked
    if faults:
        from helpers.validation import faulty_folders

        told = faulty_folders.ask(faults)
        tell(faulty_folders.summary(told, folder))
        return 0 if all(t.well for t in told) else 1
    if edits:
        from helpers.cli_edited import tried

        lines, code = tried(edits, folder, lang)
        tell(lines)
        return code
    if privacy:
        from helpers.validation import privacy as attack

        found = attack.ask(privacy, kept=folder / attack.KEPT)
        tell(attack.write(found, folder)[lang])
        return 0 if attack.holds(found) else 1
    if draws:
        from helpers.contracts.plan_file import load
        from helpers.findings import draw_records
        from helpers.validation import draw_tables
        from helpers.validation import draws as of_seats

        plan = load(None)
        of_draws = of_seats.ask(draws, plan, jobs)
        if record:
            draw_records.write(of_seats.tried(of_draws, plan))
        tell(draw_tables.summary(of_draws, folder)[lang])
        return 0 if draw_tables.holds(of_draws) else 1
    if kills:
        from helpers.bench import killed_runs

        killed = killed_runs.ask(kills)
        tell(killed_runs.write(killed, folder)[lang])
        return 0 if all(k.well for k in killed) else 1
    return None


def proved(worlds: int, jobs: int, record: bool, folder: Path, lang: Lang, tell: Tell) -> int:
    """The proof, and then the simulated regions, each told when it is done.

    Parameters
    ----------
    worlds : regions of each kind; 0 for none.
    jobs : how many processes.
    record : whether each grade's record is kept.
    folder : where the tables are written.
    lang : of the lines.
    tell : prints a line.

    Returns
    -------
    The exit code.
    """
    from helpers import validation

    proof = validation.prove()
    tell("\n".join(proof.lines(lang)))
    validation.write(proof, folder)
    if worlds:
        tell(validation.simulated(worlds, folder, jobs=jobs, record=record)[lang])
    return 0 if proof.holds else 1
