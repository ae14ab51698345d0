"""The proofs that ``evaluasi validate`` makes: one of them alone, or the methods' own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang


def proven(
    worlds: int,
    faults: int,
    edits: int,
    privacy: int,
    jobs: int,
    out: Path,
    lang: Lang,
    tell: Callable[[str], None],
    *,
    record: bool,
) -> int:
    """Make the proof asked for, and tell each part of it when it is there.

    Parameters
    ----------
    worlds : simulated regions of each kind; none where 0.
    faults, edits, privacy : faulty folders, edited reports, attacked regions; the first above 0 is
        the only proof that is made.
    jobs : how many processes ask simulated regions.
    out : where tables are written.
    lang : of what is told.
    tell : takes lines as they come.
    record : whether each grade's record is kept.

    Returns
    -------
    The exit code: 0 where everything held.
    """
    from helpers import contracts, validation

    folder = contracts.resolve(out)
    if faults:
        told = validation.faulty_folders.ask(faults)
        tell(validation.faulty_folders.summary(told, folder))
        return int(not all(t.well for t in told))
    if edits:
        from helpers.cli_edited import tried

        lines, code = tried(edits, folder, lang)
        tell(lines)
        return code
    if privacy:
        from helpers.validation import privacy as attack

        found = attack.ask(privacy)
        tell(attack.write(found, folder)[lang])
        return int(not attack.holds(found))
    proof = validation.prove()
    tell("\n".join(proof.lines(lang)))
    validation.write(proof, folder)
    if worlds:
        tell(validation.simulated(worlds, folder, jobs=jobs, record=record)[lang])
    return int(not proof.holds)
