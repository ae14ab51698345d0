"""Whether last year's advice was followed: by hand, hidden where few, and never more than its range."""

from __future__ import annotations

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import describe
from helpers.contracts import LANGS, Interval, Study
from helpers.describe import Followed, as_advised
from helpers.describe.invitation_rules import entitled, entitled_before
from helpers.findings.followed import followed

FIRST, OTHERS = "advised_first", "advised_later"


@pytest.fixture(scope="module")
def plain(small_study) -> Study:
    return small_study(2024)


def test_last_years_advice_is_what_last_years_data_gave(plain: Study, small_study):
    then = entitled(small_study(2023))
    now = entitled_before(plain)
    columns = ["pegawai_id", "kode_unit", "met", "missing", "ever"]
    pd.testing.assert_frame_equal(then[columns], now[columns])


def test_shares_are_by_hand(study: Study):
    found = as_advised(study)
    roll, came = study.pegawai, study.peserta
    hours = came.merge(study.kegiatan[["kode_kegiatan", "jp"]], on="kode_kegiatan")
    attended = hours[(hours["kehadiran"] == "hadir") & (hours["jp"] > 0)]
    then = set(roll.loc[roll["tahun"] == study.year - 1, "pegawai_id"])
    now = set(roll.loc[roll["tahun"] == study.year, "pegawai_id"])
    met = set(attended.loc[attended["tahun"] < study.year, "pegawai_id"])
    invited = set(came.loc[came["tahun"] == study.year, "pegawai_id"]) & now
    rows = found.rows.set_index("group")
    for group, people in ((FIRST, then - met), (OTHERS, (then | now) - (then - met))):
        assert rows.loc[group, "n"] == len(people)
        assert rows.loc[group, "value"] == pytest.approx(len(invited & people) / len(people))
    shares = rows["value"]
    assert found.difference.value == pytest.approx(shares[FIRST] - shares[OTHERS])
    assert found.difference.n == len(then | now)


def test_numbers_of_people_are_those_that_last_years_report_told(plain: Study, small_study):
    """So that the two reports together tell of nobody who left."""
    then = describe.invite_first(small_study(2023)).set_index("group_by")
    told = round(float(then.loc["all", "value"] * then.loc["all", "n"]))
    assert as_advised(plain).rows.set_index("group").loc[FIRST, "n"] == told


def _invited_now(study: Study, first: int, others: int) -> Study:
    """The study where so many of each group were invited this year, and came."""
    before = entitled_before(study)
    on_roll = set(study.pegawai.loc[study.pegawai["tahun"] == study.year, "pegawai_id"])
    wanted = [
        p
        for nothing, most in ((True, first), (False, others))
        for p in [p for p in before.loc[(before["met"] == 0) == nothing, "pegawai_id"] if p in on_roll][:most]
    ]  # fmt: skip
    rows = study.peserta
    one = rows[rows["tahun"] == study.year].iloc[[0]]
    made = pd.concat([one.assign(pegawai_id=p) for p in wanted], ignore_index=True)
    kept = pd.concat([rows[rows["tahun"] < study.year], made], ignore_index=True)
    return replace(study, peserta=kept.astype(rows.dtypes.to_dict()))


@pytest.mark.parametrize(
    ("first", "others", "hidden"), [(40, 40, False), (4, 40, True), (40, 4, True), (10, 10, False)]
)
def test_few_who_were_invited_are_not_told(plain: Study, first, others, hidden):
    found = as_advised(_invited_now(plain, first, others))
    assert (found.obstacle == "few") == hidden
    assert found.difference.known != hidden
    for side in (found.rows["value"] * found.rows["n"]).dropna():
        assert side >= plain.plan.privacy.small_cell


def test_few_who_were_invited_in_vain_are_not_told(plain: Study):
    """Beside the share never invited, the number of those to come first would tell of them."""
    earlier = plain.peserta["tahun"] < plain.year
    on_roll = plain.pegawai.loc[plain.pegawai["tahun"] == plain.year - 1, "pegawai_id"]
    invited = plain.peserta.loc[earlier, "pegawai_id"].drop_duplicates()
    first_three = invited[invited.isin(on_roll)][:3]
    away = plain.peserta["pegawai_id"].isin(first_three)
    came = plain.peserta["kehadiran"].mask(earlier, "hadir").mask(earlier & away, "menolak")
    found = as_advised(replace(plain, peserta=plain.peserta.assign(kehadiran=came)))
    assert found.obstacle == "few" and found.rows.empty


def test_without_a_predecessor_or_invitations_it_cannot_be_told(plain: Study):
    rows = plain.peserta
    for kept, obstacle in (
        (rows["tahun"] == plain.year, "no_advice"),
        (rows["tahun"] < plain.year, "none_invited"),
        (rows["tahun"] < 0, "no_advice"),
    ):
        made = replace(plain, peserta=rows[kept])
        found = as_advised(made)
        assert found.obstacle == obstacle and found.rows.empty and not found.difference.known
        text = followed(made, found).text
        assert "tidak dapat dikatakan" in text.id and "cannot be told" in text.en
        assert not re.search(r"nan|–[^\d]", text.id + text.en)
    new = replace(plain, pegawai=plain.pegawai[plain.pegawai["tahun"] == plain.year])
    assert as_advised(new).obstacle == "no_advice"


WAYS = {
    "id": ("lebih sering", "lebih jarang", "tidak dapat dibedakan"),
    "en": ("more often", "less often", "cannot be told apart"),
}


@given(st.floats(-0.9, 0.9), st.floats(0.001, 0.5), st.floats(0.001, 0.5))
def test_a_difference_whose_range_holds_zero_is_none(plain: Study, value, down, up):
    found = replace(as_advised(plain), difference=Interval(value, value - down, value + up, n=300))
    text = followed(plain, found).text
    sign = 1 if value - down > 0 else -1 if value + up < 0 else 0
    for lang in LANGS:
        said = [w in text[lang] for w in WAYS[lang]]
        assert said == [sign == 1, sign == -1, sign == 0]


def test_the_answer_of_the_year_says_it_in_both_languages(plain: Study):
    found = as_advised(plain)
    text = followed(plain, found).text
    for group in (FIRST, OTHERS):
        share = 100 * found.rows.set_index("group").loc[group, "value"]
        assert f"{share:.1f}%" in text.en and f"{share:.1f}%".replace(".", ",") in text.id
    assert "2023" in text.id and "2024" in text.en


def test_an_unknown_difference_is_told_as_few(plain: Study):
    nothing = Followed(as_advised(plain).rows, Interval(math.nan, math.nan, math.nan))
    assert "tidak dapat dikatakan" in followed(plain, nothing).text.id
