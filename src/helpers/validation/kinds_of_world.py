"""Kinds of simulated regions, by who is sent and what training does."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from helpers.contracts import Text
from helpers.simulate import World
from helpers.validation.kind import Kind

# No effect at all, and the smallest of interest: 3% of output per day, 2.5 IKM points.
_NOTHING: Final = World(effect_productivity=0.0, effect_satisfaction=0.0)
_SMALLEST: Final = World(effect_productivity=0.03, effect_satisfaction=2.5)


def _few(world: World) -> World:
    return replace(world, units=16, employees=600, forms_per_year=1200, selection="observed")


def _of_small_units(world: World) -> World:
    return replace(world, employees=400, selection="observed")


def _large(world: World) -> World:
    return replace(world, units=80, employees=4000, forms_per_year=6000, selection="observed")


def _untellable(name: str, about: Text, world: World) -> Kind:
    return Kind.nothing(name, about, False, world, tellable=False)


_nothing, _works, _N, _S = Kind.nothing, Kind.works, _NOTHING, _SMALLEST
KINDS: Final[tuple[Kind, ...]] = (
    _nothing(
        "by lot",
        Text("peserta diundi", "people are sent by lot"),
        True,
        replace(_N, selection="none"),
    ),
    _nothing(
        "observed",
        Text(
            "pendidikan dan jabatan menentukan siapa dikirim",
            "education and post decide who is sent",
        ),
        True,
        _N,
    ),
    _nothing("few units", Text("16 unit, 600 pegawai", "16 units, 600 employees"), True, _few(_N)),
    _nothing(
        "dip",
        Text("dikirim sesudah tahun buruk", "sent after a bad year"),
        False,
        replace(_N, selection="dip"),
    ),
    _nothing(
        "lasting dip",
        Text("dikirim sesudah penurunan yang menetap", "sent after a fall that lasts"),
        False,
        replace(_N, selection="lasting_dip"),
    ),
    _nothing(
        "two-year dip",
        Text("dikirim sesudah dua tahun buruk", "sent after two bad years"),
        False,
        replace(_N, selection="two_year_dip"),
    ),
    _nothing(
        "peak",
        Text("dikirim sesudah tahun baik", "sent after a good year"),
        False,
        replace(_N, selection="peak"),
    ),
    _nothing(
        "trend",
        Text("yang datang memang sedang membaik", "those who improve anyway come"),
        False,
        replace(_N, selection="trend"),
    ),
    _nothing(
        "dip and trend",
        Text("keduanya sekaligus", "both at once"),
        False,
        replace(_N, selection="dip_and_trend"),
    ),
    _nothing(
        "unit shocks",
        Text(
            "perubahan yang menetap datang ke unit saat stafnya dikirim",
            "a lasting change comes to a unit as it sends its people",
        ),
        False,
        replace(_N, selection="unit_shock"),
    ),
    _nothing(
        "leavers",
        Text("yang terlatih dengan tahun terburuk pergi", "the trained with the worst years leave"),
        False,
        replace(_N, leavers=0.06),
    ),
    _nothing(
        "three sending units",
        Text("hanya tiga unit yang mengirim orang", "only three units send anybody"),
        True,
        replace(_N, selection="none", sending=3),
    ),
    _nothing(
        "large",
        Text("80 unit, 4.000 pegawai", "80 units, 4,000 employees"),
        True,
        _large(_N),
    ),
    _nothing(
        "work passed on",
        Text(
            "yang terlatih mengambil alih pekerjaan rekan seunit",
            "the trained take over work of colleagues in their unit",
        ),
        False,
        replace(_N, selection="none", displaced=0.04),
    ),
    _nothing(
        "some work passed on",
        Text(
            "yang terlatih mengambil alih separuh dari itu",
            "the trained take over half as much",
        ),
        False,
        replace(_N, selection="none", displaced=0.02),
    ),
    _nothing(
        "better posts",
        Text(
            "tiga dari sepuluh yang dilatih pindah ke jabatan yang lebih baik",
            "three in ten of the trained move to a better post",
        ),
        False,
        replace(_N, selection="none", moving=0.3),
    ),
    _nothing(
        "unrecorded bad years",
        Text(
            "tahun-tahun terburuk yang terlatih tidak tercatat",
            "the worst years of the trained are not recorded",
        ),
        False,
        replace(_N, selection="none", unrecorded=0.2),
    ),
    _nothing(
        "staff dip",
        Text(
            "unit mengirim sesudah tahun yang buruk bagi stafnya saja",
            "units send after a year that was bad for their staff alone",
        ),
        False,
        replace(_N, selection="dip", staff_only=True),
    ),
    _nothing(
        "staff trend",
        Text(
            "unit yang stafnya memang membaik mengirim lebih banyak",
            "units whose staff improve anyway send more",
        ),
        False,
        replace(_N, selection="trend", staff_only=True),
    ),
    _untellable(
        "this year",
        Text(
            "dikirim pada tahun yang sedang baik; data tidak dapat membedakannya",
            "sent in a year that is going well; no data could tell it",
        ),
        replace(_N, selection="this_year"),
    ),
    _untellable(
        "staff shocks",
        Text(
            "perubahan pada staf saja datang bersama pelatihan; data tidak dapat membedakannya",
            "a change of the staff alone comes with training; no data could tell it",
        ),
        replace(_N, selection="unit_shock", staff_only=True),
    ),
    _untellable(
        "counted kindly",
        Text(
            "hasil yang terlatih dicatat 3% lebih tinggi; data tidak dapat membedakannya",
            "what the trained do is counted 3% higher; no data could tell it",
        ),
        replace(_N, selection="none", flattered=0.03),
    ),
    _works(
        "by lot",
        Text("pengaruh terkecil yang berarti, diundi", "smallest effect of interest, by lot"),
        True,
        replace(_S, selection="none"),
    ),
    _works(
        "observed",
        Text(
            "pengaruh terkecil, dikirim menurut yang tampak",
            "smallest effect, sent by what is seen",
        ),
        True,
        _S,
    ),
    _works(
        "growing",
        Text("dari separuhnya menjadi lebih", "from half of it to more"),
        True,
        replace(_S, path="growing"),
    ),
    _works(
        "by cohort",
        Text("yang pertama naik tiga kali yang terakhir", "the first gain three times the last"),
        True,
        replace(_S, path="by_cohort"),
    ),
    _works(
        "delayed",
        Text("mulai setahun sesudah pelatihan", "from the year after training on"),
        True,
        replace(_S, path="delayed"),
    ),
    _works(
        "fading",
        Text("tinggal separuh setiap tahun", "halved every year"),
        True,
        replace(_S, path="fading"),
    ),
    _works(
        "few units",
        Text("16 unit, 600 pegawai", "16 units, 600 employees"),
        True,
        _few(_S),
    ),
    _works(
        "misrecorded",
        Text("satu dari sepuluh kehadiran keliru", "one attendance in ten wrong"),
        False,
        replace(_S, misrecorded=0.1),
    ),
    _works(
        "spillover",
        Text("rekan kerja ikut naik sampai 30%-nya", "colleagues gain up to 30% of it"),
        False,
        replace(_S, spillover=0.3),
    ),
    _works(
        "peak",
        Text("yang baik dikirim sesudah tahun baik", "the good are sent after a good year"),
        False,
        replace(_S, selection="peak"),
    ),
    _works(
        "large",
        Text("80 unit, 4.000 pegawai", "80 units, 4,000 employees"),
        True,
        _large(_S),
    ),
    _works(
        "twice",
        Text("dua kali pengaruh terkecil", "twice the smallest effect"),
        True,
        replace(_S, effect_productivity=0.06, effect_satisfaction=4.0),
    ),
    # Seeds go by place in this list: what is new stands last.
    _nothing(
        "small units",
        Text("40 unit, 400 pegawai", "40 units, 400 employees"),
        True,
        _of_small_units(_N),
    ),
    _works(
        "small units",
        Text("40 unit, 400 pegawai", "40 units, 400 employees"),
        True,
        _of_small_units(_S),
    ),
    _nothing(
        "leaving at once",
        Text(
            "yang terlatih dan paling turun pergi pada tahun pelatihannya",
            "the trained who fell most leave in the year of their training",
        ),
        False,
        replace(_N, selection="none", leaving_at_once=0.15),
    ),
    _nothing(
        "some leaving at once",
        Text("separuh dari itu yang pergi", "half as many leave"),
        False,
        replace(_N, selection="none", leaving_at_once=0.075),
    ),
)
BY_NAME: Final = {kind.name: kind for kind in KINDS}
