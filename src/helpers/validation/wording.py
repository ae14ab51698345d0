"""Columns, targets, claimants and kinds of the tables of simulated regions, in both languages."""

from __future__ import annotations

import re
from typing import Final

from helpers.contracts import Text

_WORDS: Final = {
    "question": Text("pertanyaan", "question"),
    "productivity": Text("produktivitas", "productivity"),
    "satisfaction": Text("kepuasan", "satisfaction"),
    "methods_dose": Text("satu tema", "one theme"),
    "world": Text("jenis daerah", "world"),
    "about": Text("artinya", "about"),
    "target": Text("sasaran", "target"),
    "figure": Text("angka", "figure"),
    "low": Text("batas bawah", "low"),
    "high": Text("batas atas", "high"),
    "least": Text("sedikitnya", "least"),
    "most": Text("sebanyaknya", "most"),
    "met": Text("tercapai", "met"),
    "coverage where assumptions hold": Text(
        "rentang memuat kebenaran bila asumsinya berlaku", "coverage where assumptions hold"
    ),
    "false causal claims": Text("klaim sebab yang salah", "false causal claims"),
    "all kinds that data can tell": Text(
        "semua jenis yang dapat dibedakan oleh data", "all kinds that data can tell"
    ),
    "power at the smallest effect": Text(
        "daya pada pengaruh terkecil", "power at the smallest effect"
    ),
    "where the oracle finds it": Text("di tempat orakel menemukannya", "where the oracle finds it"),
    "oracle": Text("orakel", "oracle"),
    "known": Text("tertaksir", "estimable"),
    "outcome": Text("hasil", "outcome"),
    "output_per_day": Text("output per hari kerja", "output per working day"),
    "staff_unsur": Text("unsur staf", "staff elements"),
    "treated": Text("yang dilatih", "treated"),
    "clusters": Text("unit", "clusters"),
    "grade": Text("tingkat bukti", "grade"),
    "strong": Text("kuat", "strong"),
    "moderate": Text("sedang", "moderate"),
    "weak": Text("lemah", "weak"),
    "none": Text("tidak ada", "none"),
    "regions": Text("daerah", "regions"),
    "wrong": Text("salah", "wrong"),
    "assumptions_hold": Text("asumsi berlaku", "assumptions hold"),
    "effect": Text("ada pengaruh", "effect"),
    "truth": Text("kebenaran", "truth"),
    "bias": Text("bias", "bias"),
    "bias_mc_error": Text("galat Monte Carlo bias", "Monte Carlo error of bias"),
    "rmse": Text("RMSE", "RMSE"),
    "coverage": Text("cakupan", "coverage"),
    "false_cause": Text("sebab yang salah", "false cause"),
    "overlooked": Text("pengaruh disangkal", "effect denied"),
    "power": Text("daya", "power"),
    "found": Text("ditemukan", "found"),
    "claimant": Text("yang mengatakan", "claimant"),
    "cause": Text("laporan ini", "this report"),
    "before_after": Text("sebelum–sesudah", "before–after"),
    "two_way_fixed_effects": Text("efek tetap dua arah", "two-way fixed effects"),
    "pre_tested": Text("taksiran utama dan uji sebelumnya", "primary with a pre-test"),
    "business_report": Text("`BusinessReport` diff-diff", "diff-diff `BusinessReport`"),
    "empty": Text("daerah tanpa pengaruh", "regions without an effect"),
    "claimed_of_empty": Text("diklaim di situ", "claimed of them"),
    "effective": Text("daerah dengan pengaruh", "regions with an effect"),
    "claimed_of_effective": Text("diklaim di situ", "claimed of them"),
    "nothing": Text("tanpa pengaruh", "nothing"),
    "works": Text("berhasil", "works"),
    "by lot": Text("diundi", "by lot"),
    "observed": Text("menurut yang tampak", "observed"),
    "few units": Text("sedikit unit", "few units"),
    "small units": Text("unit kecil", "small units"),
    "dip": Text("penurunan", "dip"),
    "lasting dip": Text("penurunan menetap", "lasting dip"),
    "two-year dip": Text("penurunan dua tahun", "two-year dip"),
    "peak": Text("puncak", "peak"),
    "trend": Text("kecenderungan", "trend"),
    "dip and trend": Text("penurunan dan kecenderungan", "dip and trend"),
    "unit shocks": Text("guncangan unit", "unit shocks"),
    "three sending units": Text("tiga unit pengirim", "three sending units"),
    "leavers": Text("yang pergi", "leavers"),
    "growing": Text("membesar", "growing"),
    "by cohort": Text("menurut angkatan", "by cohort"),
    "delayed": Text("tertunda", "delayed"),
    "fading": Text("memudar", "fading"),
    "misrecorded": Text("salah catat", "misrecorded"),
    "spillover": Text("rembesan", "spillover"),
    "twice": Text("dua kali", "twice"),
    "large": Text("besar", "large"),
    "work passed on": Text("pekerjaan beralih", "work passed on"),
    "some work passed on": Text("sebagian pekerjaan beralih", "some work passed on"),
    "better posts": Text("jabatan lebih baik", "better posts"),
    "unrecorded bad years": Text("tahun buruk tak tercatat", "unrecorded bad years"),
    "staff dip": Text("penurunan staf", "staff dip"),
    "staff trend": Text("kecenderungan staf", "staff trend"),
    "this year": Text("tahun itu juga", "this year"),
    "staff shocks": Text("guncangan staf", "staff shocks"),
    "counted kindly": Text("dicatat terlalu baik", "counted kindly"),
    "several kinds alike": Text("beberapa jenis sama", "several kinds alike"),
}
_BETWEEN: Final = re.compile(r"(, |: )")


def word(name: str) -> Text:
    """The words for a column, a code, or several of them; what has none is shown as it is.

    Parameters
    ----------
    name : as the CSV files write it, its parts after commas and colons.
    """
    parts = [_WORDS.get(part, Text.same(part)) for part in _BETWEEN.split(name)]
    return Text.made(lambda lang: "".join(part[lang] for part in parts))
