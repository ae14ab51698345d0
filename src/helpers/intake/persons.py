"""Who stands behind a pseudonym: for a list that the evaluator alone reads, never for a report."""

from __future__ import annotations

import os

import pandas as pd

from helpers.contracts import Plan
from helpers.intake.prepared import identities
from helpers.intake.pseudonym import pseudonyms


def persons(data: str | os.PathLike[str], plan: Plan | None = None) -> pd.DataFrame:
    """NIP and name of everybody in the inputs by pseudonym, read afresh and never stored.

    Parameters
    ----------
    data : a folder, as the user or else the project has it; folders below it are read, too.
    plan : under which files are read (``skm.order``); the project's own where None.

    Returns
    -------
    ``nip`` (18 digits) and ``name`` (empty where no roll has one), indexed by ``pegawai_id``.

    Raises
    ------
    EvaluasiError : a folder that is not there, or nothing that names one.
    """
    known, keys = identities(data, plan), pseudonyms()
    nips = sorted(known.nips)
    return pd.DataFrame(
        {"nip": nips, "name": [known.named.get(nip, "") for nip in nips]},
        index=pd.Index([keys.of(nip) for nip in nips], name="pegawai_id"),
        dtype=object,
    )
