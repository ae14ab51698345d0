"""Changes of the data whose answer is known without knowing the truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from helpers.causal import Ask
from helpers.contracts import Text
from helpers.contracts.panel import NEVER
from helpers.validation.following import (
    Relation,
    clusters_doubled,
    follows,
    later_trained_only,
    nobody_to_compare,
)

_SHIFT, _TIMES, _EFFECT, _YEARS = 7.0, 3.0, 0.1, 10


def _of(change: Callable[[pd.DataFrame, str], pd.DataFrame]) -> Callable[[Ask], Ask]:
    """An ask of the same panel with a changed frame."""

    def made(ask: Ask) -> Ask:
        frame = change(ask.panel.frame.copy(), ask.column)
        return replace(ask, panel=replace(ask.panel, frame=frame.reset_index(drop=True)))

    return made


def _rescaled(by: float) -> Callable[[Ask], Ask]:
    change = _of(lambda f, y: f.assign(**{y: by * f[y]}))

    def made(ask: Ask) -> Ask:
        return replace(
            change(ask), smallest=replace(ask.smallest, size=abs(by) * ask.smallest.size)
        )

    return made


def _plus_of(column: str) -> Callable[[Ask], Ask]:
    """Another constant for each value of a column."""

    def change(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
        codes = pd.factorize(frame[column], sort=True)[0]
        constants = np.random.default_rng(1).normal(0, 1, codes.max() + 1)
        return frame.assign(**{outcome: frame[outcome] + constants[codes]})

    return _of(change)


def _trained(frame: pd.DataFrame) -> pd.Series:
    return (frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])


def _renamed(frame: pd.DataFrame, _: str) -> pd.DataFrame:
    """Other numbers for people and clusters, other names for units, in another order."""
    rng = np.random.default_rng(2)
    for column in ("entity", "cluster"):
        old = np.sort(frame[column].unique())
        new = dict(zip(old, rng.permutation(10 * len(old))[: len(old)], strict=True))
        frame[column] = frame[column].map(new)
    return frame.assign(unit="Z" + frame["unit"].astype(str).str[::-1])


def _later_years(ask: Ask) -> Ask:
    dates = ("year", "cohort", "exposed", "first_invited")

    def change(frame: pd.DataFrame, _: str) -> pd.DataFrame:
        moved = {d: frame[d].where(frame[d] == NEVER, frame[d] + _YEARS) for d in dates}
        return frame.assign(**moved)

    return replace(_of(change)(ask), year=ask.year + _YEARS)


def _doubled(clusters: bool) -> Callable[[Ask], Ask]:
    def change(frame: pd.DataFrame, _: str) -> pd.DataFrame:
        twin = frame.assign(entity=frame["entity"] + frame["entity"].max() + 1)
        if clusters:
            twin["cluster"] += frame["cluster"].max() + 1
            twin["unit"] = twin["unit"].astype(str) + "'"
        return pd.concat([frame.assign(unit=frame["unit"].astype(str)), twin])

    return _of(change)


def _with_always_trained(frame: pd.DataFrame, outcome: str) -> pd.DataFrame:
    """A tenth as many people again, trained from the first year on, with outcomes of their own."""
    first = int(frame["year"].min())
    some = frame[frame["entity"] % 10 == 0]
    rng = np.random.default_rng(3)
    always = some.assign(
        entity=some["entity"] + frame["entity"].max() + 1,
        **{outcome: 50 + rng.normal(0, 20, len(some))},
    )
    always.loc[:, [c for c in ("cohort", "exposed") if c in frame]] = first
    return pd.concat([frame, always])


def _one_cohort(ask: Ask) -> Ask:
    """The largest cohort and those without any hour, of people measured in every year, compared by
    means: so that trained and controls enter every year's cell alike.
    """
    frame = ask.panel.frame
    largest = frame.loc[frame["cohort"] != NEVER, "cohort"].mode().iloc[0]
    free = (frame["cohort"] == NEVER) & (frame["exposed"] == NEVER)
    measured = frame.groupby("entity")[ask.column].transform("count")
    whole = measured == frame["year"].nunique()
    panel = ask.panel.only((free | (frame["cohort"] == largest)) & whole)
    return replace(ask, panel=panel, adjusted=False)


def _swapped(frame: pd.DataFrame, _: str) -> pd.DataFrame:
    other = frame["cohort"].max() - frame["cohort"]
    return frame.assign(cohort=other, exposed=other)


def _without_never(frame: pd.DataFrame, _: str) -> pd.DataFrame:
    return frame[frame["cohort"] != NEVER]


_NOTHING_MOVES: Final = Text(
    "taksiran, rentang dan tingkat bukti tetap", "estimate, interval and grade stay"
)
CHANGES: Final[tuple[Relation, ...]] = (
    Relation(
        Text("menambahkan tetapan pada hasil", "adding a constant to the outcome"),
        _NOTHING_MOVES,
        _of(lambda f, y: f.assign(**{y: f[y] + _SHIFT})),
        follows(),
        units=True,
    ),
    Relation(
        Text(
            "menambahkan tetapan bagi tiap pegawai atau unit",
            "adding a constant for each person or unit",
        ),
        _NOTHING_MOVES,
        _plus_of("entity"),
        follows(),
        units=True,
    ),
    Relation(
        Text("menambahkan tetapan bagi tiap tahun", "adding a constant for each year"),
        _NOTHING_MOVES,
        _plus_of("year"),
        follows(),
        units=True,
    ),
    Relation(
        Text("menambahkan 0,1 pada tahun-tahun terlatih", "adding 0.1 to the trained years"),
        Text("taksiran dan rentang bertambah 0,1", "estimate and interval rise by 0.1"),
        _of(lambda f, y: f.assign(**{y: f[y] + _EFFECT * _trained(f)})),
        follows(plus=_EFFECT, graded=False),
    ),
    Relation(
        Text("mengalikan hasil dengan 3", "multiplying the outcome by 3"),
        Text(
            "taksiran dan rentang tiga kali, tingkat bukti tetap",
            "estimate and interval three times, grade stays",
        ),
        _rescaled(_TIMES),
        follows(times=_TIMES),
        units=True,
    ),
    Relation(
        Text("membalik tanda hasil", "reversing the outcome's sign"),
        Text(
            "taksiran, rentang dan arah berbalik, tingkat bukti tetap",
            "estimate, interval and direction reversed, grade stays",
        ),
        _rescaled(-1.0),
        follows(times=-1.0),
        units=True,
    ),
    Relation(
        Text("menomori ulang pegawai dan unit", "renaming people and units"),
        _NOTHING_MOVES,
        _of(_renamed),
        follows(),
    ),
    Relation(
        Text("menggeser semua tahun sepuluh tahun", "moving every year by ten"),
        _NOTHING_MOVES,
        _later_years,
        follows(),
    ),
    Relation(
        Text("mengacak urutan baris", "permuting the rows"),
        _NOTHING_MOVES,
        _of(lambda f, _: f.sample(frac=1.0, random_state=4)),
        follows(),
        units=True,
    ),
    Relation(
        Text("menggandakan daerah dengan unitnya", "doubling the region with its units"),
        Text(
            "taksiran dan arah tetap, galat 1/√2 kali atau sedikit kurang; tingkat boleh berubah",
            "estimate and direction stay, error 1/√2 times or a little less; the grade may change",
        ),
        _doubled(clusters=True),
        clusters_doubled,
    ),
    Relation(
        Text("menggandakan pegawai di unit yang sama", "doubling the people within their units"),
        Text("taksiran dan rentang tetap", "estimate and interval stay"),
        _doubled(clusters=False),
        follows(graded=False),
    ),
    Relation(
        Text("membuang yang tak pernah dilatih", "dropping the never trained"),
        Text(
            "pembandingnya yang dilatih kemudian, angkatan terakhir tak ternilai, galat baku naik",
            "controls are the later trained, the last cohort has no effect, the error grows",
        ),
        _of(_without_never),
        later_trained_only,
    ),
    Relation(
        Text(
            "membuang yang tak pernah dilatih, satu angkatan",
            "dropping the never trained, of one cohort",
        ),
        Text("tak ada pembanding: tidak dapat disimpulkan", "nobody to compare: inconclusive"),
        _of(_without_never),
        nobody_to_compare,
        _one_cohort,
    ),
    Relation(
        Text("menambahkan angkatan yang selalu terlatih", "adding an always-trained cohort"),
        _NOTHING_MOVES,
        _of(_with_always_trained),
        follows(),
        units=True,
    ),
    Relation(
        Text(
            "menukar terlatih dan pembanding, satu angkatan",
            "swapping trained and controls, of one cohort",
        ),
        Text(
            "taksiran, rentang dan arah berbalik, tingkat bukti tetap",
            "estimate, interval and direction reversed, grade stays",
        ),
        _of(_swapped),
        follows(times=-1.0),
        _one_cohort,
    ),
)
