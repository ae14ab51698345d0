"""A region of which a training history is all that is known up to some year."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd


def with_history(region: Path, folder: Path, last: int) -> Path:
    """The region, where up to a year a history tells who attended, and nothing else does."""
    shutil.copytree(region, folder)
    held = pd.read_csv(folder / "kegiatan.csv", dtype=str)
    asked = pd.concat([pd.read_csv(p, dtype=str) for p in sorted(folder.glob("peserta*.csv"))])
    early = set(held.loc[held["tanggal_mulai"].str[:4].astype(int) <= last, "kode_kegiatan"])
    old = asked["kode_kegiatan"].isin(early)
    came = asked[old & (asked["kehadiran"] == "hadir")].merge(held, on="kode_kegiatan")
    history = came[["nip", "nama_kegiatan", "metode", "tanggal_mulai", "tanggal_selesai", "jp"]]
    history.columns = [
        "NIP",
        "Nama Diklat",
        "Jenis Diklat",
        "Tanggal Mulai",
        "Tanggal Selesai",
        "JP",
    ]
    for path in (folder / "kegiatan.csv", *folder.glob("peserta*.csv")):
        path.unlink()
    history.to_csv(folder / "riwayat_diklat.csv", index=False)
    if not old.all():
        asked[~old].to_csv(folder / "peserta.csv", index=False)
        held[~held["kode_kegiatan"].isin(early)].to_csv(folder / "kegiatan.csv", index=False)
    return folder
