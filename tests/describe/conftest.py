"""A small region's study, with answers and scores that some people did not give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

from helpers.contracts import Study, codes


@pytest.fixture(scope="session")
def study_of(small_study) -> Callable[[int], Study]:
    """The region up to a year; one in nine scores and answers is not there."""

    @cache
    def until(year: int) -> Study:
        study = small_study(year)
        rng = np.random.default_rng(5)
        scores = ("nilai_skp", "output", "tepat_waktu", "hukuman_disiplin", "predikat")
        return replace(
            study,
            kinerja=_holed(study.kinerja, scores, rng),
            skm=_holed(study.skm, codes.UNSUR, rng),
            pegawai=_holed(study.pegawai, ("jenis_jabatan", "tahun_lahir"), rng),
        )

    return until


def _holed(frame: pd.DataFrame, columns, rng: np.random.Generator) -> pd.DataFrame:
    return frame.assign(**{c: frame[c].mask(rng.random(len(frame)) < 1 / 9) for c in columns})


@pytest.fixture(scope="session")
def study(study_of) -> Study:
    return study_of(2024)
