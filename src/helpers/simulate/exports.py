"""A region written as the files of a data folder: one CSV a table and year, ``truth.json``, a
notice.
"""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from helpers.contracts import Text, WrongUsage, whole_folder, write_whole
from helpers.simulate import messy
from helpers.simulate.region import Region, make
from helpers.simulate.world import World

NOTICE = (
    "DATA SINTETIS / SYNTHETIC DATA\n\n"
    "Semua pegawai, unit, nilai dan formulir di folder ini dibuat oleh program; tidak ada orang yang nyata.\n"
    "Every employee, unit, score and form in this folder was made by a program; nobody in it exists.\n"
)


def write(world: World, out: Path, *, with_faults: bool = False) -> Region:
    """Write the region; the folder appears whole or not at all, and an existing one is never mixed
    into.

    Parameters
    ----------
    world : what the region is like; the same one gives the same bytes.
    out : an empty or absent folder, or a synthetic region, which is replaced.
    with_faults : as offices send it, with other headers and planted faults; else one clean CSV a
        table
        and year.

    Returns
    -------
    The clean tables, and what is true of them; with faults, how many of each were planted.

    Raises
    ------
    WrongUsage : ``out`` holds files that are not a synthetic region; a draw for seats, or of an
        order, in a year of no training; or both draws.
    """
    _can_be_drawn(world)
    if out.exists() and any(out.iterdir()) and not (out / "truth.json").exists():
        raise WrongUsage(
            Text(
                f"{out.name}: folder berisi berkas lain; pilih folder kosong",
                f"{out.name}: holds other files; choose an empty folder",
            )
        )
    region = make(world)
    files = _files(region.tables)
    truth = dict(region.truth)
    with whole_folder(out) as aside:
        if with_faults:
            truth["faults"] = messy.write(files, aside, world.seed)
        else:
            for name, frame in files.items():
                frame.to_csv(
                    aside / f"{name}.csv", index=False, lineterminator="\n", encoding="utf-8"
                )
        write_whole(aside / "truth.json", json.dumps(truth, indent=2, ensure_ascii=False) + "\n")
        write_whole(aside / "SINTETIS.txt", NOTICE)
    return Region(region.tables, truth)


def _can_be_drawn(world: World) -> None:
    """Refuse draws that the world's years, or each other, do not leave room for."""
    first, last = world.first_training_year, world.last_year
    if world.draw and not first < world.draw <= last:
        raise WrongUsage(
            Text(
                f"--draw {world.draw}: tidak ada kursi untuk diundi; tahun yang bisa: "
                f"{first + 1}–{last}",
                f"--draw {world.draw}: no seats to draw; the years that can be: {first + 1}–{last}",
            )
        )
    if world.order and not first <= world.order <= last:
        raise WrongUsage(
            Text(
                f"--order {world.order}: tidak ada pelatihan tahun itu; tahun yang bisa: "
                f"{first}–{last}",
                f"--order {world.order}: no training in that year; the years that can be: "
                f"{first}–{last}",
            )
        )
    # Seats drawn among everybody would train units before their turn.
    if world.draw and world.order:
        raise WrongUsage(
            Text(
                "--draw, --order: pilih salah satu undian",
                "--draw, --order: choose one of the draws",
            )
        )


def _files(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """One file a table, or a table and year, so that a new year is new files."""
    activity_year = tables["kegiatan"].set_index("kode_kegiatan")["tanggal_mulai"].str[:4]
    years = {
        "pegawai": tables["pegawai"]["tahun"].astype(str),
        "kinerja": tables["kinerja"]["tahun"].astype(str),
        "peserta": tables["peserta"]["kode_kegiatan"].map(activity_year),
        "skm": tables["skm"]["tanggal"].str[:4],
    }
    files = {"unit": tables["unit"], "kegiatan": tables["kegiatan"]}
    for draw in ("undian", "undian_unit"):
        if draw in tables:
            years[draw] = tables[draw]["tahun"].astype(str)
    for name, year in years.items():
        files |= {
            f"{name}_{y}": part.reset_index(drop=True) for y, part in tables[name].groupby(year)
        }
    return files
