"""Files and sheets that are none of the tables: told by the reason, and left alone."""

from __future__ import annotations

from helpers.contracts.faults import Fault
from helpers.contracts.texts import Text

UNREAD: dict[str, Fault] = {
    why: Fault("file_unread", "warned", what, remedy)
    for why, what, remedy in (
        ("archive", Text("berkas tidak dibaca: arsip tidak dibuka", "file not read: an archive is not opened"),
         Text("ekstrak dulu, lalu letakkan isinya di folder ini", "extract it first, then put its content into this folder")),
        ("link", Text("berkas tidak dibaca: tautan ke yang tidak ada, atau ke folder", "file not read: a link to nothing, or to a folder"),
         Text("salin berkasnya ke folder ini", "copy the file itself into this folder")),
        ("special", Text("berkas tidak dibaca: bukan berkas biasa (pipa, soket, perangkat)", "file not read: no plain file (a pipe, a socket, a device)"),
         Text("ganti dengan berkas biasa", "replace it by a plain file")),
        ("kind", Text("berkas tidak dibaca: jenis ini bukan tabel", "file not read: this kind is no table"),
         Text("kalau ini tabel, simpan sebagai CSV, XLSX, ODS atau Parquet", "if it is a table, save it as CSV, XLSX, ODS or Parquet")),
        ("table", Text("tidak dibaca: tidak satu barisnya berisi semua kolom yang perlu bagi sebuah tabel", "not read: no row of it names the columns that a table needs"),
         Text("kalau ini tabel, pakai nama kolom di data/README.md", "if it is a table, use the column names of data/README.md")),
    )
}  # fmt: skip
