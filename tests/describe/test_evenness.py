"""How evenly invitations and hours fall: by other formulas, other libraries and resampling."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.contingency_tables import Table2x2

from helpers import describe
from helpers.contracts import Study
from helpers.describe.evenness import concentration, ratio


def _people(n: int = 600, units: int = 30, seed: int = 3) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    unit = rng.integers(0, units, n)
    chance = np.clip(0.35 + 0.15 * rng.standard_normal(units)[unit], 0.02, 0.98)
    group = rng.random(n) < 0.4
    return pd.DataFrame(
        {
            "hit": (rng.random(n) < chance + 0.1 * group).astype(float),
            "group": group,
            "hours": rng.gamma(0.6, 20 * (0.5 + chance)),
            "unit": unit,
        }
    )


def _resampled(people: pd.DataFrame, figure, draws: int = 1500) -> np.ndarray:
    """The figure of regions of whole units drawn from these with replacement."""
    rng = np.random.default_rng(8)
    parts = [p for _, p in people.groupby("unit")]
    picked = (rng.integers(0, len(parts), len(parts)) for _ in range(draws))
    return np.array([figure(pd.concat([parts[i] for i in drawn])) for drawn in picked])


def test_a_ratio_without_units_is_katz_interval():
    people = _people(4000, 4000).assign(unit=range(4000))
    found = ratio(people["hit"], people["group"], people["unit"])
    table = pd.crosstab(~people["group"], people["hit"] == 0).to_numpy()
    known = Table2x2(table)
    assert found.value == pytest.approx(known.riskratio)
    assert found.std_error == pytest.approx(known.log_riskratio_se, rel=1e-3)
    assert (found.low, found.high) == pytest.approx(known.riskratio_confint(), rel=1e-3)


def test_a_ratio_of_people_in_units_is_as_uncertain_as_units_drawn_again():
    people = _people()
    found = ratio(people["hit"], people["group"], people["unit"])

    def logarithm(p: pd.DataFrame) -> float:
        return np.log(p.loc[p["group"], "hit"].mean() / p.loc[~p["group"], "hit"].mean())

    assert found.std_error == pytest.approx(_resampled(people, logarithm).std(), rel=0.1)


def test_concentration_is_half_the_relative_mean_difference_of_any_two():
    hours = _people(150)["hours"]
    apart = np.abs(hours.to_numpy()[:, None] - hours.to_numpy()[None, :]).mean()
    found = concentration(hours, pd.Series(range(150)))
    assert found.value == pytest.approx(apart / 2 / hours.mean())
    assert concentration(hours * 7, pd.Series(range(150))).value == pytest.approx(found.value)
    assert concentration(pd.Series([3.0] * 8), pd.Series(range(8))).value == pytest.approx(0)
    assert concentration(pd.Series([0.0] * 99 + [5.0]), pd.Series(range(100))).value == (
        pytest.approx(0.99)
    )


def test_concentration_is_as_uncertain_as_units_drawn_again():
    people = _people()
    found = concentration(people["hours"], people["unit"])

    def index(p: pd.DataFrame) -> float:
        ordered = np.sort(p["hours"].to_numpy())
        n = len(ordered)
        return 2 * (np.arange(1, n + 1) * ordered).sum() / (n * ordered.sum()) - (n + 1) / n

    drawn = _resampled(people, index)
    assert found.std_error == pytest.approx(drawn.std(), rel=0.1)
    assert (found.low, found.high) == pytest.approx(
        tuple(np.quantile(drawn, (0.025, 0.975))), abs=0.012
    )


@pytest.mark.parametrize("amounts", [[], [0.0, 0.0]])
def test_nothing_to_spread_is_not_a_figure(amounts):
    where = pd.Series(range(len(amounts)), dtype=int)
    assert not concentration(pd.Series(amounts, dtype=float), where).known
    assert not ratio(pd.Series(amounts, dtype=float), where > 0, where).known


def test_ratios_are_by_hand_and_few_are_hidden(study: Study):
    found = describe.invitation_parity(study)
    roll = study.pegawai[study.pegawai["tahun"] == study.year]
    now = study.peserta.loc[study.peserta["tahun"] == study.year, "pegawai_id"]
    roll = roll.assign(hit=roll["pegawai_id"].isin(now)).dropna(subset=["jenis_kelamin"])
    by_sex = roll.groupby("jenis_kelamin")["hit"].mean()
    rows = found[found["group_by"] == "jenis_kelamin"].set_index("group")
    assert rows.loc["L", "value"] == pytest.approx(by_sex["L"] / by_sex["P"])
    assert set(found["group_by"]) > {"jenis_jabatan", "kelompok_umur", "kecamatan"}
    privacy = study.plan.privacy.model_copy(update={"small_cell": len(roll) + 200})
    closed = replace(study, plan=study.plan.model_copy(update={"privacy": privacy}))
    for frame in (describe.invitation_parity(closed), describe.hours_concentration(closed)):
        assert len(frame) and frame[["value", "ci_low", "ci_high", "n"]].isna().all(axis=None)


def test_hours_are_each_persons_mean_a_year(study: Study):
    found = describe.hours_concentration(study).set_index(["group_by", "group"])
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]
    hours = came.merge(study.kegiatan[["kode_kegiatan", "jp"]], on="kode_kegiatan")
    total = hours.groupby(["pegawai_id", "tahun"])["jp"].sum()
    roll = study.pegawai[study.pegawai["tahun"] >= study.peserta["tahun"].min()]
    jp = pd.Series(
        [total.get((p, t), 0.0) for p, t in zip(roll["pegawai_id"], roll["tahun"], strict=True)]
    )
    mean = jp.groupby(roll["pegawai_id"].to_numpy()).mean()
    now = study.pegawai.loc[study.pegawai["tahun"] == study.year, "pegawai_id"]
    x = mean.loc[now].to_numpy(float)
    apart = np.abs(x[:, None] - x[None, :]).mean()
    assert found.loc[("all", "all"), "value"] == pytest.approx(apart / 2 / x.mean())
    known = found.dropna(subset=["value"])
    assert known["ci_low"].ge(0).all() and known["ci_high"].le(1).all()
