"""The faults that real exports have, and what happens: the table of the contract, as code.

The data-quality report, ``evaluasi check``, data/README.md and the tests are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.contracts.errors import Action
from helpers.contracts.texts import Text


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault's code, what happens to the data, what it is, how to mend it, and what was expected
    (Indonesian, English).
    """

    code: str
    action: Action
    what: Text
    remedy: Text
    expected: Text = Text()


_AS_TEXT = Text(
    "di Excel ubah kolom NIP menjadi Teks sebelum menyimpan, lalu ekspor ulang dari sumbernya",
    "in Excel set the NIP column to Text before saving, then export again from the source",
)
NIP_AS_TEXT = Text("18 angka sebagai teks", "18 digits as text")
ONE_ROW_A_KEY = Text("satu baris untuk setiap kunci", "one row a key")
DAY_FIRST = Text(
    "hari mendahului bulan: hh/bb/tttt, atau tttt-bb-hh",
    "day before month: dd/mm/yyyy, or yyyy-mm-dd",
)
NOTHING_TO_DO = Text("tidak perlu tindakan", "nothing to do")

FAULTS: dict[str, Fault] = {
    f.code: f
    for f in (
        Fault("nip_format", "repaired",
              Text("NIP dengan spasi, titik, apostrof atau akhiran .0", "NIP with spaces, dots, an apostrophe or a trailing .0"),
              Text("tulis NIP sebagai 18 angka tanpa spasi", "write the NIP as 18 digits without blanks"),
              NIP_AS_TEXT),
        Fault("nip_rounded", "excluded",
              Text("NIP dibulatkan oleh lembar kerja; NIP asli sudah hilang dari berkas ini", "NIP rounded by a spreadsheet; the true one is no longer in this file"), _AS_TEXT,
              NIP_AS_TEXT),
        Fault("nip_contradicts", "warned",
              Text("tanggal lahir, TMT atau jenis kelamin tidak sesuai dengan NIP", "birth date, start date or sex contradict the NIP"),
              Text("periksa kolom itu dan NIP-nya pada sumber", "check that column and the NIP at the source"),
              Text("sama dengan yang tertulis dalam NIP", "the same as the NIP says")),
        Fault("duplicate_identical", "repaired",
              Text("baris yang sama persis lebih dari sekali", "the same row more than once"),
              Text("hapus baris ganda", "delete the copies"),
              ONE_ROW_A_KEY),
        Fault("duplicate_conflicting", "excluded",
              Text("baris ganda yang isinya berbeda", "the same key twice with different content"),
              Text("tentukan baris yang benar pada sumber dan hapus yang lain", "decide at the source which row is right and delete the other"),
              ONE_ROW_A_KEY),
        Fault("column_not_needed", "dropped",
              Text("kolom data pribadi yang tidak boleh disimpan untuk evaluasi", "a column of personal data that an evaluation must not hold"),
              Text("hapus kolom itu sebelum mengirim berkas", "delete the column before sending the file"),
              Text("tanpa kolom ini", "without this column")),
        Fault("nip_unknown", "excluded",
              Text("NIP tidak ada dalam daftar pegawai tahun mana pun", "NIP that the roll knows in no year"),
              Text("periksa NIP, atau lengkapi daftar pegawai", "check the NIP, or complete the roll"),
              Text("NIP yang ada dalam tabel pegawai", "a NIP that the pegawai table has")),
        Fault("nip_not_on_roll", "excluded",
              Text("pegawai tidak ada dalam daftar pegawai tahun itu", "employee not on that year's roll"),
              Text("periksa tahun, atau lengkapi daftar pegawai tahun itu", "check the year, or complete that year's roll"),
              Text("pegawai yang ada dalam tabel pegawai tahun itu", "an employee on the roll of that year")),
        Fault("unit_unknown", "excluded",
              Text("kode atau nama unit tidak ada dalam tabel unit", "unit code or name that the unit table does not have"),
              Text("tambahkan unit itu ke tabel unit, atau betulkan kodenya", "add the unit to the unit table, or correct the code"),
              Text("kode atau nama dalam tabel unit", "a code or name of the unit table")),
        Fault("out_of_scale", "excluded",
              Text("nilai di luar skala atau daftar pilihannya", "value outside its scale or list of choices"),
              Text("betulkan nilai pada sumber", "correct the value at the source"),
              Text("nilai dalam skalanya", "a value in its scale")),
        Fault("date_impossible", "excluded",
              Text("tanggal yang tidak mungkin", "impossible date"),
              Text("tulis tanggal sebagai hh/bb/tttt atau tttt-bb-hh", "write dates as dd/mm/yyyy or yyyy-mm-dd"),
              DAY_FIRST),
        Fault("date_order", "excluded",
              Text("tanggal selesai mendahului tanggal mulai", "end before start"),
              Text("betulkan salah satu tanggal", "correct one of the dates"),
              Text("selesai pada atau sesudah mulai", "an end on or after the start")),
        Fault("number_format", "repaired",
              Text("koma desimal, titik ribuan, rupiah, persen, label bernomor atau gambar wajah dibaca sebagai angka", "decimal comma, thousands dot, rupiah, per cent, numbered label or face read as a number"), NOTHING_TO_DO,
              Text("angka", "a number")),
        Fault("missing_marker", "repaired",
              Text("tanda kosong (-, n/a, kosong) dibaca sebagai tidak ada nilai", "a marker (-, n/a, kosong) read as no value"), NOTHING_TO_DO,
              Text("sel kosong", "an empty cell")),
        Fault("row_not_data", "dropped",
              Text("baris kosong, catatan kaki, jumlah, atau judul yang terulang", "blank line, footer, total, or repeated header"), NOTHING_TO_DO,
              Text("baris data", "a row of data")),
        Fault("text_escaped", "repaired",
              Text("rumus atau HTML dalam teks bebas diperlakukan sebagai teks", "formula or HTML in free text is kept as text"), NOTHING_TO_DO,
              Text("teks biasa", "plain text")),
        Fault("table_missing", "stopped",
              Text("tabel wajib tidak ada dalam folder", "a required table is not in the folder"),
              Text("tambahkan berkas tabel itu (lihat data/README.md)", "add a file of that table (see data/README.md)"),
              Text("unit, pegawai, dan kinerja atau skm", "unit, pegawai, and kinerja or skm")),
        Fault("column_missing", "stopped",
              Text("kolom wajib tidak ada", "a required column is absent"),
              Text("tambahkan kolom itu, atau pakai salah satu nama lain di data/README.md", "add the column, or use one of the names in data/README.md"),
              Text("kolom itu, dengan salah satu namanya", "the column, under one of its names")),
        Fault("header_duplicate", "stopped",
              Text("dua kolom bernama sama, atau satu kolom untuk setiap tahun", "two columns of one name, or one column for each year"),
              Text("hapus atau ganti nama salah satu kolom; data beberapa tahun ditulis satu baris setiap tahun, dengan kolom tahun",
                   "delete or rename one of the columns; several years are written one row a year, with a column tahun"),
              Text("satu kolom untuk setiap nama", "one column a name")),
        Fault("file_unreadable", "stopped",
              Text("berkas rusak, terkunci sandi, atau bukan tabel", "broken, encrypted, or not a table"),
              Text("buka berkas di Excel, hilangkan sandi, simpan ulang sebagai XLSX atau CSV", "open the file in Excel, remove the password, save again as XLSX or CSV"),
              Text("CSV, XLSX, XLS, ODS, HTML atau Parquet yang utuh", "a whole CSV, XLSX, XLS, ODS, HTML or Parquet file")),
        Fault("file_empty", "stopped",
              Text("berkas tidak berisi baris data", "the file holds no rows of data"),
              Text("ekspor ulang berkas, atau keluarkan dari folder", "export the file again, or take it out of the folder"),
              Text("judul kolom dan sedikitnya satu baris data", "a header and at least one row of data")),
        Fault("year_missing", "stopped",
              Text("tahun yang diminta tidak mempunyai baris", "the year asked for has no rows"),
              Text("tambahkan berkas tahun itu, atau pilih tahun lain", "add that year's files, or ask for another year"),
              Text("pegawai, dan kinerja atau skm, pada tahun itu", "pegawai, and kinerja or skm, of that year")),
        Fault("years_too_few", "stopped",
              Text("kurang dari dua tahun data", "fewer than two years of data"),
              Text("tambahkan berkas tahun sebelumnya", "add the files of an earlier year"),
              Text("sedikitnya dua tahun", "at least two years")),
        Fault("year_conflict", "stopped",
              Text("judul, nama lembar dan nama berkas, dua judul, atau judul di tengah data, menyebut tahun yang berbeda", "title, sheet name and file name, two titles, or a title among the data, state different years"),
              Text("betulkan judul atau namanya; data beberapa tahun: beri kolom tahun, atau satu lembar setiap tahun", "correct the title or the name; of several years, give a column tahun, or a sheet for each year"),
              Text("satu tahun", "one year")),
        Fault("month_first", "stopped",
              Text("tanggal hanya masuk akal sebagai bulan/hari", "dates that make sense only as month/day"),
              Text("ekspor ulang tanggal sebagai hh/bb/tttt atau tttt-bb-hh", "export the dates again as dd/mm/yyyy or yyyy-mm-dd"),
              DAY_FIRST),
        Fault("mass_loss", "stopped",
              Text("terlalu banyak nilai kolom ini tidak dapat dipakai pada satu tahun (batasnya intake.most_lost dalam rencana)",
                   "too many values of this column cannot be used in one year (the plan's intake.most_lost says how many)"),
              Text("betulkan nilainya pada sumber (sebabnya disebut pada masalah lain kolom ini), atau pakai salah satu pilihan di data/README.md",
                   "correct the values at the source (other problems of this column say why), or use one of the choices of data/README.md"),
              Text("nilai yang dikenal dalam kolom ini", "values that are known in this column")),
    )
}  # fmt: skip
