"""Of whose right nothing is met: by hand, and hidden where two tables would tell of few."""

from __future__ import annotations

from dataclasses import replace

import pytest

from helpers import describe
from helpers.contracts import Study


def test_shares_are_by_hand(study: Study):
    came = study.peserta[study.peserta["kehadiran"] == "hadir"]["pegawai_id"]
    now = study.pegawai[study.pegawai["tahun"] == study.year]
    first = ~now["pegawai_id"].isin(came)
    rows = describe.invite_first(study).set_index(["group_by", "group"])
    assert rows.loc[("all", "all"), "value"] == pytest.approx(first.mean())
    for sex in ("L", "P"):
        group = now["jenis_kelamin"] == sex
        assert rows.loc[("jenis_kelamin", sex), "value"] == pytest.approx(first[group].mean())
        assert rows.loc[("jenis_kelamin", sex), "n"] == group.sum()


@pytest.mark.parametrize(("few", "hidden"), [(3, True), (30, False)])
def test_two_tables_do_not_tell_how_many_were_invited_in_vain(study: Study, few, hidden):
    """Never invited and nothing met differ by those who were invited and came to nothing."""
    now = study.pegawai[study.pegawai["tahun"] == study.year]
    rows = study.peserta.sort_values("pegawai_id")
    women = set(now.loc[now["jenis_kelamin"] == "P", "pegawai_id"])
    # All who were invited came, but for a few women.
    invited = rows.loc[rows["pegawai_id"].isin(women), "pegawai_id"].drop_duplicates()
    away = rows["pegawai_id"].isin(invited[:few])
    men = rows.loc[rows["pegawai_id"].isin(set(now["pegawai_id"]) - women), "pegawai_id"]
    away |= rows["pegawai_id"].isin(men.drop_duplicates()[:30])
    made = replace(
        study,
        peserta=rows.assign(kehadiran=rows["kehadiran"].mask(~away, "hadir").mask(away, "menolak")),
    )
    found = describe.invite_first(made).set_index(["group_by", "group"])
    assert found.loc[("jenis_kelamin", "P"), "value"] != found.loc[("all", "all"), "value"]
    assert found.loc[[("jenis_kelamin", s) for s in "LP"], "n"].isna().all() == hidden
