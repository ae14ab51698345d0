"""The faults that real exports have, and what happens: the table of the contract, as code.

The data-quality report, ``evaluasi check``, data/README.md and the tests are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

from helpers.contracts.errors import Action


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault's code, what happens to the data, what it is, how to mend it, and what was expected (Indonesian, English)."""

    code: str
    action: Action
    what: tuple[str, str]
    remedy: tuple[str, str]
    expected: tuple[str, str] = ("", "")


_AS_TEXT = (
    "di Excel ubah kolom NIP menjadi Teks sebelum menyimpan, lalu ekspor ulang dari sumbernya",
    "in Excel set the NIP column to Text before saving, then export again from the source",
)
_NIP = ("18 angka sebagai teks", "18 digits as text")
_ONCE = ("satu baris untuk setiap kunci", "one row a key")
_DATE = ("hari mendahului bulan: hh/bb/tttt, atau tttt-bb-hh", "day before month: dd/mm/yyyy, or yyyy-mm-dd")
_NOTHING = ("tidak perlu tindakan", "nothing to do")

FAULTS: dict[str, Fault] = {
    f.code: f
    for f in (
        Fault("nip_format", "repaired",
              ("NIP dengan spasi, titik, apostrof atau akhiran .0", "NIP with spaces, dots, an apostrophe or a trailing .0"),
              ("tulis NIP sebagai 18 angka tanpa spasi", "write the NIP as 18 digits without blanks"),
              _NIP),
        Fault("nip_rounded", "excluded",
              ("NIP dibulatkan oleh lembar kerja; NIP asli sudah hilang dari berkas ini",
               "NIP rounded by a spreadsheet; the true one is no longer in this file"), _AS_TEXT,
              _NIP),
        Fault("nip_contradicts", "warned",
              ("tanggal lahir, TMT atau jenis kelamin tidak sesuai dengan NIP",
               "birth date, start date or sex contradict the NIP"),
              ("periksa kolom itu dan NIP-nya pada sumber", "check that column and the NIP at the source"),
              ("sama dengan yang tertulis dalam NIP", "the same as the NIP says")),
        Fault("duplicate_identical", "repaired",
              ("baris yang sama persis lebih dari sekali", "the same row more than once"),
              ("hapus baris ganda", "delete the copies"),
              _ONCE),
        Fault("duplicate_conflicting", "excluded",
              ("baris ganda yang isinya berbeda", "the same key twice with different content"),
              ("tentukan baris yang benar pada sumber dan hapus yang lain",
               "decide at the source which row is right and delete the other"),
              _ONCE),
        Fault("column_not_needed", "dropped",
              ("kolom data pribadi yang tidak boleh disimpan untuk evaluasi",
               "a column of personal data that an evaluation must not hold"),
              ("hapus kolom itu sebelum mengirim berkas", "delete the column before sending the file"),
              ("tanpa kolom ini", "without this column")),
        Fault("nip_unknown", "excluded",
              ("NIP tidak ada dalam daftar pegawai tahun mana pun", "NIP that the roll knows in no year"),
              ("periksa NIP, atau lengkapi daftar pegawai", "check the NIP, or complete the roll"),
              ("NIP yang ada dalam tabel pegawai", "a NIP that the pegawai table has")),
        Fault("nip_not_on_roll", "excluded",
              ("pegawai tidak ada dalam daftar pegawai tahun itu", "employee not on that year's roll"),
              ("periksa tahun, atau lengkapi daftar pegawai tahun itu", "check the year, or complete that year's roll"),
              ("pegawai yang ada dalam tabel pegawai tahun itu", "an employee on the roll of that year")),
        Fault("unit_unknown", "excluded",
              ("kode atau nama unit tidak ada dalam tabel unit", "unit code or name that the unit table does not have"),
              ("tambahkan unit itu ke tabel unit, atau betulkan kodenya",
               "add the unit to the unit table, or correct the code"),
              ("kode atau nama dalam tabel unit", "a code or name of the unit table")),
        Fault("out_of_scale", "excluded",
              ("nilai di luar skala atau daftar pilihannya", "value outside its scale or list of choices"),
              ("betulkan nilai pada sumber", "correct the value at the source"),
              ("nilai dalam skalanya", "a value in its scale")),
        Fault("date_impossible", "excluded",
              ("tanggal yang tidak mungkin", "impossible date"),
              ("tulis tanggal sebagai hh/bb/tttt atau tttt-bb-hh", "write dates as dd/mm/yyyy or yyyy-mm-dd"),
              _DATE),
        Fault("date_order", "excluded",
              ("tanggal selesai mendahului tanggal mulai", "end before start"),
              ("betulkan salah satu tanggal", "correct one of the dates"),
              ("selesai pada atau sesudah mulai", "an end on or after the start")),
        Fault("number_format", "repaired",
              ("koma desimal, titik ribuan, rupiah atau persen", "decimal comma, thousands dot, rupiah or per cent"), _NOTHING,
              ("angka", "a number")),
        Fault("missing_marker", "repaired",
              ("tanda kosong (-, n/a, kosong) dibaca sebagai tidak ada nilai",
               "a marker (-, n/a, kosong) read as no value"), _NOTHING,
              ("sel kosong", "an empty cell")),
        Fault("row_not_data", "dropped",
              ("baris kosong, catatan kaki, jumlah, atau judul yang terulang",
               "blank line, footer, total, or repeated header"), _NOTHING,
              ("baris data", "a row of data")),
        Fault("text_escaped", "repaired",
              ("rumus atau HTML dalam teks bebas diperlakukan sebagai teks",
               "formula or HTML in free text is kept as text"), _NOTHING,
              ("teks biasa", "plain text")),
        Fault("table_missing", "stopped",
              ("tabel wajib tidak ada dalam folder", "a required table is not in the folder"),
              ("tambahkan berkas tabel itu (lihat data/README.md)", "add a file of that table (see data/README.md)"),
              ("unit, pegawai, dan kinerja atau skm", "unit, pegawai, and kinerja or skm")),
        Fault("column_missing", "stopped",
              ("kolom wajib tidak ada", "a required column is absent"),
              ("tambahkan kolom itu, atau pakai salah satu nama lain di data/README.md",
               "add the column, or use one of the names in data/README.md"),
              ("kolom itu, dengan salah satu namanya", "the column, under one of its names")),
        Fault("header_duplicate", "stopped",
              ("dua kolom bernama sama", "two columns of one name"),
              ("hapus atau ganti nama salah satu kolom", "delete or rename one of the columns"),
              ("satu kolom untuk setiap nama", "one column a name")),
        Fault("file_unreadable", "stopped",
              ("berkas rusak, terkunci sandi, atau bukan tabel", "broken, encrypted, or not a table"),
              ("buka berkas di Excel, hilangkan sandi, simpan ulang sebagai XLSX atau CSV",
               "open the file in Excel, remove the password, save again as XLSX or CSV"),
              ("CSV, XLSX atau Parquet yang utuh", "a whole CSV, XLSX or Parquet file")),
        Fault("file_empty", "stopped",
              ("berkas tidak berisi baris data", "the file holds no rows of data"),
              ("ekspor ulang berkas, atau keluarkan dari folder", "export the file again, or take it out of the folder"),
              ("judul kolom dan sedikitnya satu baris data", "a header and at least one row of data")),
        Fault("year_missing", "stopped",
              ("tahun yang diminta tidak mempunyai baris", "the year asked for has no rows"),
              ("tambahkan berkas tahun itu, atau pilih tahun lain", "add that year's files, or ask for another year"),
              ("pegawai, dan kinerja atau skm, pada tahun itu", "pegawai, and kinerja or skm, of that year")),
        Fault("years_too_few", "stopped",
              ("kurang dari dua tahun data", "fewer than two years of data"),
              ("tambahkan berkas tahun sebelumnya", "add the files of an earlier year"),
              ("sedikitnya dua tahun", "at least two years")),
        Fault("year_conflict", "stopped",
              ("judul dan nama berkas menyebut tahun yang berbeda", "title and file name state different years"),
              ("betulkan judul atau nama berkas", "correct the title or the file name"),
              ("satu tahun", "one year")),
        Fault("month_first", "stopped",
              ("tanggal hanya masuk akal sebagai bulan/hari", "dates that make sense only as month/day"),
              ("ekspor ulang tanggal sebagai hh/bb/tttt atau tttt-bb-hh",
               "export the dates again as dd/mm/yyyy or yyyy-mm-dd"),
              _DATE),
    )
}  # fmt: skip
