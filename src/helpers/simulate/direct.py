"""A synthetic region as a study, without a detour over files: many worlds in the time of one."""

from __future__ import annotations

import pandas as pd

from helpers.contracts import Plan, Study, codes, measure_shapes, schemas
from helpers.contracts.prepared_tables import typed
from helpers.simulate.region import Region

_REASON_GROUPS = {"sakit": "sakit atau cuti"}


def study(region: Region, plan: Plan) -> Study:
    """The study that reading the region's files would give, up to its last year.

    A person's pseudonym is the NIP itself, since nobody in a synthetic region exists.

    Parameters
    ----------
    region : as `make` gives it.
    plan : what is analysed.
    """
    t = region.tables
    activity_year = t["kegiatan"].set_index("kode_kegiatan")["tanggal_mulai"].str[:4].astype(int)
    roll = t["pegawai"].assign(
        pegawai_id=t["pegawai"]["nip"],
        tahun_lahir=t["pegawai"]["tanggal_lahir"].str[:4].astype(float),
        tahun_mulai=t["pegawai"]["tmt"].str[:4].astype(float),
    )
    kegiatan = _dates(t["kegiatan"], "tanggal_mulai", "tanggal_selesai")
    peserta = t["peserta"].assign(
        pegawai_id=t["peserta"]["nip"],
        tahun=t["peserta"]["kode_kegiatan"].map(activity_year),
        alasan=t["peserta"]["alasan"].replace(_REASON_GROUPS),
    )
    answers = {
        name: pd.to_numeric(t["skm"][f"u{k}"], errors="coerce")
        for k, name in enumerate(codes.UNSUR, start=1)
    }
    skm = _dates(t["skm"], "tanggal").assign(
        tahun=t["skm"]["tanggal"].str[:4].astype(int),
        pekerjaan=t["skm"]["pekerjaan"].str.lower(),
        **answers,
    )
    undian = t["undian"] if "undian" in t else pd.DataFrame()
    if len(undian):
        undian = undian.assign(pegawai_id=undian["nip"])
    return Study(
        year=int(roll["tahun"].max()),
        plan=plan,
        unit=typed(t["unit"], "unit"),
        pegawai=typed(roll, "pegawai"),
        kegiatan=typed(kegiatan.assign(tahun=activity_year.to_numpy()), "kegiatan"),
        peserta=typed(peserta, "peserta"),
        kinerja=typed(t["kinerja"].assign(pegawai_id=t["kinerja"]["nip"]), "kinerja"),
        skm=typed(skm, "skm"),
        undian=typed(undian, "undian"),
        undian_unit=typed(t.get("undian_unit", pd.DataFrame()), "undian_unit"),
        exclusions=schemas.no_exclusions(),
        linkage=schemas.empty(measure_shapes.LINKAGE),
        synthetic=True,
    )


def _dates(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    return frame.assign(**{c: pd.to_datetime(frame[c]) for c in columns})
