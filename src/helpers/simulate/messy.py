"""The same region as offices send it: other headers and dialects, and every fault that a run
survives.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from helpers.contracts import codes

Faults = dict[str, int]

_SIASN = {
    "nip": "NIP BARU",
    "nama": "NAMA",
    "kode_unit": "UNOR ID",
    "status": "JENIS PEGAWAI NAMA",
    "jenis_kelamin": "JENIS KELAMIN",
    "tanggal_lahir": "TANGGAL LAHIR",
    "golongan": "GOL AKHIR NAMA",
    "jenis_jabatan": "JENIS JABATAN NAMA",
    "pendidikan": "TINGKAT PENDIDIKAN NAMA",
    "tmt": "TMT CPNS",
}
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def write(files: dict[str, pd.DataFrame], out: Path, seed: int) -> Faults:
    """Write the files in the dialects of offices, with faults.

    Parameters
    ----------
    files : clean tables by file name without ending, as a region has them.
    out : a folder that is there; files of the same names are replaced.
    seed : the world's; rows to be damaged are drawn from it.

    Returns
    -------
    Fault code to count, in alphabetical order.
    """
    rng = np.random.default_rng(seed + 1)
    planted: Faults = {}
    rolls = sorted(n for n in files if n.startswith("pegawai_"))
    for name in rolls:
        year = name[-4:]
        _roll(files[name], out / f"Data Pegawai {year}.xlsx", year, rng, planted)
    _activities(files["kegiatan"], out / "kegiatan.xlsx", planted)
    for name in sorted(n for n in files if n.startswith("kinerja_")):
        _performance(files[name], out / f"{name}.csv", rng, planted)
    for name in sorted(n for n in files if n.startswith("peserta_")):
        _participants(files[name], out / f"{name}.csv", planted)
    surveys = sorted(n for n in files if n.startswith("skm_"))
    for name in surveys[:-1]:
        _survey(files[name], out / f"{name}.csv", planted)
    _questionnaire(
        files[surveys[-1]], files["unit"], out / f"SKM {surveys[-1][-4:]} (formulir).csv"
    )
    _csv(files["unit"], out / "unit.csv", sep="|")
    # Made by this workspace's own command, the table of a draw, of people or of units, comes as it is.
    for name in sorted(n for n in files if n.startswith("undian_")):
        _csv(files[name], out / f"{name}.csv", sep=",")
    return dict(sorted(planted.items()))


def _add(planted: Faults, fault: str, n: int) -> None:
    planted[fault] = planted.get(fault, 0) + n


def _csv(
    frame: pd.DataFrame, path: Path, sep: str = ";", encoding: str = "utf-8", bom: bool = False
) -> None:
    text = frame.to_csv(index=False, sep=sep, lineterminator="\r\n")
    path.write_bytes((b"\xef\xbb\xbf" if bom else b"") + text.encode(encoding))


def _spaced(nip: str) -> str:
    return f"{nip[:8]} {nip[8:14]} {nip[14]} {nip[15:]}"


def _roll(
    frame: pd.DataFrame, path: Path, year: str, rng: np.random.Generator, planted: Faults
) -> None:
    """A SIASN export: title rows with the year, its own headers and values, columns that nobody
    needs.
    """
    from openpyxl import Workbook

    rows = frame.drop(columns=["tahun", "eselon"]).astype(object)
    rows["nip"] = rows["nip"].map(_spaced)
    _add(planted, "nip_format", len(rows))
    rows["jenis_kelamin"] = rows["jenis_kelamin"].map({"L": "M", "P": "F"})
    rows["pendidikan"] = rows["pendidikan"].replace(
        {"SMA": "SLTA", "D3": "Diploma III/Sarjana Muda", "S1": "S-1/Sarjana", "S2": "S-2"}
    )
    rows["jenis_jabatan"] = "Jabatan " + rows["jenis_jabatan"].str.title()
    for column in ("tanggal_lahir", "tmt"):
        rows[column] = rows[column].map(lambda d: f"{d[8:]}-{d[5:7]}-{d[:4]}")
    chosen = [int(i) for i in rng.choice(len(rows), 8, replace=False)]
    # Swapped sex: the NIP contradicts the row.
    swapped = rows.loc[chosen[:2], "jenis_kelamin"].map({"M": "F", "F": "M"})
    rows.loc[chosen[:2], "jenis_kelamin"] = swapped
    _add(planted, "nip_contradicts", 2)
    for i in chosen[2:4]:
        rows.loc[i, "kode_unit"] = "U999"
    _add(planted, "unit_unknown", 2)
    rows.loc[chosen[4], "nip"] = "1.98503E+17"
    _add(planted, "nip_rounded", 1)
    _add(planted, "nip_format", -1)
    copy = rows.loc[[chosen[5]]]
    clash = rows.loc[[chosen[6]]].assign(pendidikan="S-3")
    rows = pd.concat([rows, copy, clash], ignore_index=True)
    _add(planted, "duplicate_identical", 1)
    _add(planted, "duplicate_conflicting", 2)
    _add(planted, "nip_format", 2)
    rows = rows.rename(columns=_SIASN)
    rows.insert(0, "NO", range(1, len(rows) + 1))
    rows["NIK"] = [f"1302{int(x):012d}" for x in rng.integers(0, 10**12, len(rows))]
    rows["NOMOR HP"] = [f"08{int(x):010d}" for x in rng.integers(0, 10**10, len(rows))]
    rows["AGAMA NAMA"] = "Islam"
    _add(planted, "column_not_needed", 3)
    book = Workbook()
    sheet = book.active
    sheet.title = "Pegawai"
    width = len(rows.columns)
    for line in (
        "PEMERINTAH KABUPATEN CONTOH",
        "DAFTAR PEGAWAI (DATA SINTETIS)",
        f"PER 31 DESEMBER {year}",
    ):
        sheet.append([line])
        sheet.merge_cells(
            start_row=sheet.max_row, start_column=1, end_row=sheet.max_row, end_column=width
        )
    sheet.append([])
    sheet.append(list(rows.columns))
    for row in rows.itertuples(index=False):
        sheet.append([x if x == x else None for x in row])
    sheet.append([None])
    sheet.append([None] * width)
    sheet.append(["Sumber: data sintetis"])
    _add(planted, "row_not_data", 3)
    note = book.create_sheet("Keterangan")
    note.append(["Kode", "Arti"])
    book.save(path)


def _activities(frame: pd.DataFrame, path: Path, planted: Faults) -> None:
    from openpyxl import Workbook

    def words(day: str) -> str:
        return f"{int(day[8:])} {_MONTHS[int(day[5:7]) - 1]} {day[:4]}"

    first = frame.iloc[0]
    backwards = first.copy()
    backwards[["kode_kegiatan", "tanggal_mulai", "tanggal_selesai"]] = [
        "KX01",
        first["tanggal_selesai"],
        first["tanggal_mulai"],
    ]
    book = Workbook()
    sheet = book.active
    sheet.append(["REKAPITULASI KEGIATAN (DATA SINTETIS)"])
    sheet.append(
        [
            "Kode Kegiatan",
            "Nama Kegiatan",
            "Metode",
            "Tema",
            "Tanggal Mulai",
            "Tanggal Selesai",
            "JP",
            "Biaya",
        ]
    )
    for _, row in pd.concat([frame, backwards.to_frame().T], ignore_index=True).iterrows():
        sheet.append(
            [
                row["kode_kegiatan"],
                row["nama_kegiatan"],
                row["metode"].title(),
                row["tema"].title(),
                words(row["tanggal_mulai"]),
                words(row["tanggal_selesai"]),
                int(row["jp"]),
                f"Rp {int(row['biaya']):,}".replace(",", ".") + ",00",
            ]
        )
    impossible = [first[c] for c in ("nama_kegiatan", "metode", "tema")]
    sheet.append(["KX02", *impossible, "31 Februari 2022", "2 Maret 2022", int(first["jp"]), None])
    _add(planted, "date_order", 1)
    _add(planted, "date_impossible", 1)
    book.save(path)


def _performance(
    frame: pd.DataFrame, path: Path, rng: np.random.Generator, planted: Faults
) -> None:
    rows = frame.astype(object)
    ids = [int(i) for i in rng.choice(len(rows), 6, replace=False)]
    rows.loc[ids[0], "nilai_skp"] = 640
    rows.loc[ids[1], "tepat_waktu"] = 1.7
    _add(planted, "out_of_scale", 2)
    for i in ids[2:4]:
        rows.loc[i, "output"] = "-"
    _add(planted, "missing_marker", 2)
    stranger = rows.loc[[ids[4]]].assign(nip="190001012000011001")
    _add(planted, "nip_unknown", 1)
    numbers = rows["nilai_skp"].map(lambda x: str(x).replace(".", ","))
    rows["nilai_skp"] = numbers
    stranger["nilai_skp"] = stranger["nilai_skp"].map(lambda x: str(x).replace(".", ","))
    rows["output"] = rows["output"].map(
        lambda x: f"{x:,}".replace(",", ".") if isinstance(x, int) else x
    )
    rows["tepat_waktu"] = rows["tepat_waktu"].map(lambda x: str(x).replace(".", ","))
    stranger["tepat_waktu"] = stranger["tepat_waktu"].map(lambda x: str(x).replace(".", ","))
    rows["predikat"] = rows["predikat"].str.upper()
    _csv(pd.concat([rows, stranger], ignore_index=True), path)


def _participants(frame: pd.DataFrame, path: Path, planted: Faults) -> None:
    rows = frame.astype(object)
    came = rows.index[rows["kehadiran"] == "hadir"]
    rows.loc[came[0], "nilai_post"] = 640
    _add(planted, "out_of_scale", 1)
    rows["kehadiran"] = rows["kehadiran"].replace(
        {"tidak_hadir": "Tidak Hadir", "hadir": "Hadir", "menolak": "Menolak"}
    )
    _csv(rows, path, sep=",", bom=True)


def _survey(frame: pd.DataFrame, path: Path, planted: Faults) -> None:
    rows = frame.astype(object)
    rows.loc[3, "u4"] = 7
    _add(planted, "out_of_scale", 1)
    rows.loc[5, "saran"] = "<script>alert(1)</script>"
    rows.loc[6, "saran"] = '=HYPERLINK("x")'
    _add(planted, "text_escaped", 2)
    rows.loc[8, "kode_unit"] = "U998"
    _add(planted, "unit_unknown", 1)
    rows.loc[9, "tanggal"] = str(rows["tanggal"].iloc[9])[:4] + "-02-31"
    _add(planted, "date_impossible", 1)
    # A word that UTF-8 and Windows-1252 write differently.
    rows.loc[10, "pekerjaan"] = "café"
    _csv(rows, path, encoding="cp1252")


def _questionnaire(frame: pd.DataFrame, units: pd.DataFrame, path: Path) -> None:
    """A survey form as a form service exports it: question texts, answer labels, unit names, time
    stamps.
    """
    names = units.set_index("kode_unit")["nama_unit"]
    rows = pd.DataFrame(
        {
            "Timestamp": frame["tanggal"].map(lambda d: f"{d[8:]}/{d[5:7]}/{d[:4]} 10:15:00"),
            "Unit Layanan": frame["kode_unit"].map(names),
            "Jenis Kelamin": frame["jenis_kelamin"].map({"L": "Laki-laki", "P": "Perempuan"}),
            "Usia": frame["umur"],
            "Pendidikan": frame["pendidikan"],
            "Pekerjaan": frame["pekerjaan"],
        }
    )
    for k, unsur in enumerate(codes.UNSUR, start=1):
        labels = dict(enumerate(codes.ANSWERS[unsur], start=1))
        rows[f"Bagaimana pendapat Saudara tentang {codes.UNSUR_WORDS[unsur].id.lower()}?"] = frame[
            f"u{k}"
        ].map(labels)
    rows["Saran"] = frame["saran"]
    _csv(rows, path, sep=",")
