"""The seven input tables: columns, kinds, scales, aliases. The one source of reader, schema and
dictionary.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from helpers.contracts import codes
from helpers.contracts.texts import Text

Kind = Literal[
    "code",
    "nip",
    "text",
    "free_text",
    "year",
    "date",
    "count",
    "number",
    "age",
    "money",
    "choice",
    "words",
    "answer",
]
TableName = Literal[
    "unit", "pegawai", "kegiatan", "peserta", "kinerja", "skm", "undian", "undian_unit"
]
# The first and the last year that anything may be of.
YEARS_READ: Final = (1990, 2100)
# Whose rows are placed in a unit by its code or, for want of one, by its name.
PLACED: Final[tuple[TableName, ...]] = ("pegawai", "skm", "undian_unit")
# Of people for seats, and of the order of units.
DRAWS: Final[tuple[TableName, ...]] = ("undian", "undian_unit")


# What a column without a scale or a list takes.
_EXPECTED: Final[dict[Kind, Text]] = {
    "year": Text("tahun dengan empat angka, mis. 2024", "a year of four digits, e.g. 2024"),
    "code": Text("kode, tidak kosong", "a code, not empty"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an input table.

    ``kind`` decides how a value is read; ``scale`` are its bounds, both included; ``choices`` map
    every spelling to its code; ``aliases`` are further headers, best first; ``kept`` is false for
    what ends at reading (names, free text, NIP).
    """

    name: str
    kind: Kind
    about: Text
    required: bool = False
    scale: tuple[float, float] | None = None
    choices: Mapping[str, str] | None = None
    aliases: tuple[str, ...] = ()
    kept: bool = True

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that means this column, reduced to what is compared."""
        return tuple(dict.fromkeys(codes.key(h) for h in (self.name, *self.aliases)))

    @property
    def expected(self) -> Text:
        """The scale, the choices or the kind in words; empty where any text will do."""
        if self.scale is not None and self.kind != "year":
            low, high = (f"{x:.15g}" for x in self.scale)
            said = Text(f"{low} sampai {high}", f"{low} to {high}")
            # A share, which many write in per cent; the sign tells which it is.
            in_per_cent = Text(
                "(atau persen dengan tandanya: 76%)", "(or per cent with its sign: 76%)"
            )
            return said + in_per_cent if self.about.en.endswith("0–1") else said
        if self.choices:
            return Text.same(" / ".join(self.values))
        return _EXPECTED.get(self.kind, Text())

    @property
    def values(self) -> tuple[str, ...]:
        """The codes of a choice."""
        return tuple(dict.fromkeys((self.choices or {}).values()))


@dataclass(frozen=True, slots=True)
class InputTable:
    """An input table: what a row is, its columns, its key and whether a run needs it."""

    name: TableName
    row: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    one_of: tuple[tuple[str, ...], ...] = ()
    by_column: dict[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_column", {c.name: c for c in self.columns})

    @property
    def required_columns(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns if c.required)

    def says_something(self, columns: Collection[str]) -> bool:
        """Whether the columns hold a whole group of ``one_of``, where the table asks for one.

        Parameters
        ----------
        columns : names of the table's columns that are there.
        """
        return not self.one_of or any(set(group) <= set(columns) for group in self.one_of)


_NIP = Column("nip", "nip", Text("nomor induk pegawai, 18 angka", "employee number, 18 digits"), required=True,
              aliases=("NIP Baru", "NIP PNS", "Nomor Induk Pegawai", "NIP Pegawai", "nipBaru", "NIP Peserta", "NIP/NI PPPK"), kept=False)  # fmt: skip
_UNIT_ALIASES = (
    "UNOR ID", "unorId", "Kode Unor", "Kode Unit Kerja", "Kode Unit Layanan", "ID Unit", "Unit ID", "Kode Unit Organisasi",
    "Kode Unit Pelayanan", "Kode Satuan Kerja", "Kode Satker", "Kode OPD", "ID Unor",
)  # fmt: skip
# Best first: what names a unit for certain, before what may name any.
_UNIT_NAMES: Final = (
    "Nama Unit Kerja", "UNOR NAMA", "unorNama", "Nama Unor", "Unit Kerja", "Nama Unit Organisasi", "Unit Organisasi",
    "Nama Unit Layanan", "Unit Layanan", "Nama Unit Pelayanan", "Unit Pelayanan", "Nama Satuan Kerja", "Satuan Kerja", "Unit",
)  # fmt: skip
UNIT_NAME_HEADERS: Final = tuple(
    codes.key(h) for h in ("nama_unit", *_UNIT_NAMES, "Unit Layanan yang Dikunjungi")
)
_SEX = Column("jenis_kelamin", "choice", Text("jenis kelamin: L laki-laki, P perempuan", "sex: L male, P female"),
              choices=codes.SEX, aliases=("Kelamin", "JK", "L/P", "Gender", "Sex"))  # fmt: skip


def _year(about: Text) -> Column:
    return Column(
        "tahun",
        "year",
        about,
        required=True,
        scale=YEARS_READ,
        aliases=("Tahun Data", "Periode", "Thn", "Tahun Penilaian", "Tahun Kinerja"),
    )


def _of_activity(said: str) -> tuple[str, ...]:
    return tuple(f"{said} {word}" for word in ("Kegiatan", "Diklat", "Pelatihan", "Kursus"))


def _answer(name: str) -> Column:
    label = codes.UNSUR_WORDS[name]
    return Column(name, "answer", Text(f"{label.id}: 1–4, atau labelnya", f"{label.en}: 1–4, or its label"),
                  required=True, scale=(1, 4))  # fmt: skip


TABLES: Final[dict[str, InputTable]] = {
    t.name: t
    for t in (
        InputTable("unit", Text("satu unit kerja", "a work unit"), (
            Column("kode_unit", "code", Text("kode unit kerja", "unit code"), required=True, aliases=_UNIT_ALIASES),
            Column("nama_unit", "text", Text("nama unit kerja", "unit name"), required=True,
                   aliases=(*_UNIT_NAMES, "Nama")),
            Column("opd", "text", Text("organisasi perangkat daerah induk", "parent agency"),
                   aliases=("Nama OPD", "Perangkat Daerah", "SKPD", "UNOR INDUK NAMA")),
            Column("kecamatan", "text", Text("kecamatan", "district"), aliases=("Nama Kecamatan",)),
            Column("layanan_publik", "choice", Text("melayani publik: ya/tidak", "serves the public: ya/tidak"),
                   choices=codes.YES_NO, aliases=("Unit Layanan Publik", "Pelayanan Publik")),
        ), key=("kode_unit",), required=True),
        InputTable("pegawai", Text("seorang pegawai dalam satu tahun (per 31 Desember)", "an employee in a year (as at 31 December)"), (
            _year(Text("tahun daftar pegawai", "year of the roll")),
            _NIP,
            Column("nama", "free_text", Text("nama; hanya untuk pemeriksaan kebocoran", "name; used for the leak scan only"),
                   aliases=("Nama Pegawai", "Nama Lengkap"), kept=False),
            Column("kode_unit", "code", Text("unit kerja: kode, atau nama", "work unit: code, or name"), required=True,
                   aliases=_UNIT_ALIASES),
            Column("status", "choice", Text("PNS atau PPPK", "PNS or PPPK"), choices=codes.STATUS,
                   aliases=("JENIS PEGAWAI NAMA", "Status Pegawai", "Status Kepegawaian", "STATUS CPNS PNS",
                            "KEDUDUKAN HUKUM NAMA", "statusPegawai")),
            _SEX,
            Column("tanggal_lahir", "date", Text("tanggal lahir; hanya tahunnya disimpan", "birth date; only its year is kept"),
                   aliases=("Tgl Lahir", "tglLahir"), kept=False),
            Column("golongan", "text", Text("golongan ruang, mis. III/d atau IX", "rank, e.g. III/d or IX"),
                   aliases=("GOL AKHIR NAMA", "Golru", "Gol Ruang", "Golongan Ruang", "Pangkat Golongan", "golRuangAkhir",
                            "Gol", "Pangkat Gol Ruang", "Pangkat Golongan Ruang", "Pangkat Gol", "Gol Pangkat",
                            "Golongan Pangkat", "Golongan Ruang Pangkat", "Pangkat Terakhir", "Pangkat")),
            Column("jenis_jabatan", "choice", Text("struktural, fungsional atau pelaksana", "structural, functional or general"),
                   choices=codes.POST, aliases=("JENIS JABATAN NAMA", "jenisJabatan", "Jenis Jab")),
            Column("eselon", "text", Text("eselon", "echelon")),
            Column("pendidikan", "choice", Text("pendidikan terakhir: SD … S3", "highest education: SD … S3"),
                   choices=codes.EDUCATION, aliases=("TINGKAT PENDIDIKAN NAMA", "Jenjang Pendidikan", "Tingkat Pendidikan",
                                                     "Pendidikan Terakhir", "tkPendidikanTerakhir")),
            Column("tmt", "date", Text("mulai bekerja (TMT CPNS)", "start of service"), aliases=("TMT CPNS", "tmtCpns", "TMT PPPK"),
                   kept=False),
        ), key=("tahun", "nip"), required=True),
        InputTable("kegiatan", Text("satu kegiatan pelatihan", "a training activity"), (
            Column("kode_kegiatan", "code", Text("kode kegiatan", "activity code"), required=True,
                   aliases=("ID Kegiatan", "Kode Diklat", "Kode Pelatihan")),
            Column("nama_kegiatan", "free_text", Text("nama kegiatan", "activity name"), required=True,
                   aliases=("namaKursus", "Nama Diklat", "Nama Pelatihan", "Judul Diklat", "Nama Diklat/Kursus"), kept=False),
            Column("metode", "words", Text("pelatihan, seminar, workshop, …", "training, seminar, workshop, …"), required=True,
                   aliases=("Jenis Kegiatan", "Bentuk", "Jenis Diklat", "Jenis Kursus", "Jenis Pelatihan", "jenisKursusSertipikat")),
            Column("tema", "words", Text("tema, mis. manajemen waktu", "theme, e.g. time management"), required=True,
                   aliases=("Topik", "Materi")),
            Column("tanggal_mulai", "date", Text("hari pertama", "first day"), required=True,
                   aliases=("Tgl Mulai", "Tanggal Kursus", "Mulai", "Tanggal Diklat", "Tanggal Pelatihan", "Tanggal Kegiatan",
                            *_of_activity("Tanggal Mulai"), *_of_activity("Tgl Mulai"))),
            Column("tanggal_selesai", "date", Text("hari terakhir", "last day"),
                   aliases=("Tgl Selesai", "Selesai", *_of_activity("Tanggal Selesai"), *_of_activity("Tgl Selesai"))),
            Column("jp", "number", Text("jam pelajaran", "training hours"), required=True, scale=(0, 2000),
                   aliases=("Jumlah JP", "Jam Pelajaran", "jumlahJam", "Jumlah Jam", "Jumlah Jam Pelajaran", "Durasi JP", "Lama Jam")),
            Column("biaya", "money", Text("biaya dalam rupiah", "cost in rupiah"), scale=(0, 1e12), aliases=("Biaya (Rp)", "Anggaran")),
        ), key=("kode_kegiatan",)),
        InputTable("peserta", Text("seorang pegawai yang diundang ke satu kegiatan", "an employee invited to an activity"), (
            Column("kode_kegiatan", "code", Text("kode kegiatan", "activity code"), required=True,
                   aliases=("ID Kegiatan", "Kode Diklat", "Kode Pelatihan")),
            _NIP,
            Column("kehadiran", "choice", Text("hadir, tidak_hadir atau menolak", "attended, absent or refused"), required=True,
                   choices=codes.ATTENDANCE, aliases=("Status Kehadiran", "Presensi", "Status Peserta", "Status Kelulusan")),
            Column("alasan", "free_text", Text("alasan tidak hadir; disimpan sebagai kelompok alasan", "reason when not attending; kept as a group of reasons"),
                   aliases=("Alasan Tidak Hadir", "Keterangan")),
            Column("nilai_pre", "number", Text("nilai tes awal, 0–100", "pre-test, 0–100"), scale=(0, 100),
                   aliases=("Pre Test", "Nilai Pretest", "Nilai Awal")),
            Column("nilai_post", "number", Text("nilai tes akhir, 0–100", "post-test, 0–100"), scale=(0, 100),
                   aliases=("Post Test", "Nilai Posttest", "Nilai Akhir")),
            Column("nilai_reaksi", "number", Text("reaksi peserta, 1–4", "reaction, 1–4"), scale=(1, 4), aliases=("Reaksi",)),
            Column("produktivitas_diri", "number", Text("perubahan produktivitas menurut diri, −2…+2", "self-reported change of productivity, −2…+2"), scale=(-2, 2)),
        ), key=("kode_kegiatan", "nip")),
        InputTable("kinerja", Text("kinerja seorang pegawai dalam satu tahun", "an employee's performance in a year"), (
            _year(Text("tahun penilaian", "year of appraisal")),
            _NIP,
            Column("nilai_skp", "number", Text("nilai SKP, 0–120", "SKP score, 0–120"), scale=(0, 120),
                   aliases=("SKP", "Nilai SKP Akhir", "nilaiSkp")),
            Column("hasil_kerja", "choice", Text("hasil kerja terhadap ekspektasi", "work result against expectation"),
                   choices=codes.RATING_WORDS, aliases=("hasilKinerja", "Rating Hasil Kerja")),
            Column("perilaku_kerja", "choice", Text("perilaku kerja terhadap ekspektasi", "work behaviour against expectation"),
                   choices=codes.RATING_WORDS, aliases=("perilakuKerja", "Rating Perilaku Kerja")),
            Column("predikat", "choice", Text("predikat kinerja", "performance rating"), choices=codes.PREDIKAT_WORDS,
                   aliases=("Predikat Kinerja", "kuadranKinerja", "Kuadran Kinerja", "Predikat Kinerja Pegawai", "Predikat SKP",
                            "Predikat Kinerja Tahunan")),
            Column("output", "count", Text("layanan atau tugas yang selesai", "services or tasks completed"), scale=(0, 1e7),
                   aliases=("Jumlah Output", "Jumlah Layanan")),
            Column("hari_kerja", "count", Text("hari bekerja", "days worked"), scale=(1, 366), aliases=("Jumlah Hari Kerja",)),
            Column("tepat_waktu", "number", Text("bagian yang tepat waktu, 0–1", "share on time, 0–1"), scale=(0, 1),
                   aliases=("Ketepatan Waktu", "Persen Tepat Waktu")),
            Column("hukuman_disiplin", "number", Text("hukuman disiplin, 0/1", "disciplinary case, 0/1"), scale=(0, 1),
                   aliases=("Hukdis", "Disiplin")),
        ), key=("tahun", "nip"), one_of=(("nilai_skp",), ("output", "hari_kerja"), ("predikat",))),
        InputTable("skm", Text("satu formulir survei", "one respondent's survey form"), (
            Column("id_respon", "text", Text("nomor formulir", "form number"), aliases=("ID Responden", "No Responden"), kept=False),
            Column("tanggal", "date", Text("tanggal survei", "date of the survey"), required=True,
                   aliases=("Timestamp", "Tanggal Survei", "Tgl Survei", "Cap Waktu", "tanggal_survei", "Waktu Pengisian", "Stempel Waktu",
                            "Tanggal Pengisian", "Tgl Pengisian", "Tanggal Isi", "Submitted At")),
            Column("kode_unit", "code", Text("unit pelayanan: kode, atau nama", "service unit: code, or name"), required=True,
                   aliases=_UNIT_ALIASES),
            *(_answer(u) for u in codes.UNSUR),
            _SEX,
            Column("umur", "age", Text("umur responden, atau kelompok umurnya", "respondent's age, or age class"), scale=(5, 110), aliases=("Usia", "usia_responden")),
            Column("pendidikan", "choice", Text("pendidikan responden", "respondent's education"), choices=codes.EDUCATION,
                   aliases=("Pendidikan Terakhir", "pendidikan_responden")),
            Column("pekerjaan", "words", Text("pekerjaan responden", "respondent's occupation"), aliases=("pekerjaan_responden",)),
            Column("saran", "free_text", Text("saran; tidak disimpan", "suggestion; not kept"),
                   aliases=("Saran Anda", "Saran dan Masukan", "Kritik dan Saran", "Saran/Masukan", "Masukan"), kept=False),
        ), key=("id_respon",)),
        InputTable("undian", Text("seorang pegawai dalam undian kursi", "an employee in a draw for seats"), (
            _year(Text("tahun kursi", "year of the seats")),
            _NIP,
            Column("strata", "text", Text("kelompok undian", "stratum of the draw"), required=True, aliases=("Stratum",)),
            Column("terpilih", "choice", Text("terpilih: ya/tidak", "drawn: ya/tidak"), required=True, choices=codes.YES_NO),
            Column("benih", "text", Text("benih undian", "seed of the draw"), aliases=("Seed",)),
        ), key=("tahun", "nip")),
        InputTable("undian_unit", Text("sebuah unit dalam undian urutan", "a unit in a draw of the order in which units are trained"), (
            _year(Text("tahun giliran pertama", "year of the first turn")),
            Column("kode_unit", "code", Text("unit kerja: kode, atau nama", "work unit: code, or name"), required=True,
                   aliases=_UNIT_ALIASES),
            Column("strata", "text", Text("kelompok undian", "stratum of the draw"), required=True, aliases=("Stratum",)),
            Column("giliran", "year", Text("tahun giliran unit ini", "year of this unit's turn"), required=True, scale=YEARS_READ,
                   aliases=("Tahun Giliran", "Turn")),
            Column("benih", "text", Text("benih undian", "seed of the draw"), aliases=("Seed",)),
        ), key=("tahun", "kode_unit")),
    )
}  # fmt: skip
