"""Code lists: the nine unsur, the predikat matrix, categories and the words that exports use.

Sources: PermenPANRB 14/2017 (unsur and answers), PermenPANRB 6/2022 (predikat), domain.md sections
1, 2 and 6.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import Final

from helpers.contracts.texts import Text

UNSUR: Final = (
    "persyaratan",
    "prosedur",
    "waktu",
    "biaya",
    "produk",
    "kompetensi",
    "perilaku",
    "sarana",
    "pengaduan",
)

UNSUR_WORDS: Final[dict[str, Text]] = {
    "persyaratan": Text("Persyaratan", "Requirements"),
    "prosedur": Text("Sistem, mekanisme, prosedur", "Procedure"),
    "waktu": Text("Waktu penyelesaian", "Time to completion"),
    "biaya": Text("Biaya/tarif", "Cost"),
    "produk": Text("Produk layanan", "Service product"),
    "kompetensi": Text("Kompetensi pelaksana", "Staff competence"),
    "perilaku": Text("Perilaku pelaksana", "Staff behaviour"),
    "sarana": Text("Sarana dan prasarana", "Facilities"),
    "pengaduan": Text("Penanganan pengaduan", "Complaint handling"),
}

# Words by which a question text is recognised; the first that fits wins (domain.md 1.1).
UNSUR_KEYWORDS: Final = (
    ("persyaratan", "persyaratan"), ("prosedur", "prosedur"), ("kecepatan", "waktu"), ("waktu", "waktu"),
    ("biaya", "biaya"), ("tarif", "biaya"), ("produk", "produk"), ("kompetensi", "kompetensi"),
    ("kemampuan", "kompetensi"), ("perilaku", "perilaku"), ("kesopanan", "perilaku"), ("sarana", "sarana"),
    ("prasarana", "sarana"), ("pengaduan", "pengaduan"),
)  # fmt: skip

ANSWERS: Final[dict[str, tuple[str, str, str, str]]] = {
    "persyaratan": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "prosedur": ("Tidak mudah", "Kurang mudah", "Mudah", "Sangat mudah"),
    "waktu": ("Tidak cepat", "Kurang cepat", "Cepat", "Sangat cepat"),
    "biaya": ("Sangat mahal", "Cukup mahal", "Murah", "Gratis"),
    "produk": ("Tidak sesuai", "Kurang sesuai", "Sesuai", "Sangat sesuai"),
    "kompetensi": ("Tidak kompeten", "Kurang kompeten", "Kompeten", "Sangat kompeten"),
    "perilaku": (
        "Tidak sopan dan ramah",
        "Kurang sopan dan ramah",
        "Sopan dan ramah",
        "Sangat sopan dan ramah",
    ),
    "sarana": ("Buruk", "Cukup", "Baik", "Sangat baik"),
    "pengaduan": (
        "Tidak ada",
        "Ada tetapi tidak berfungsi",
        "Berfungsi kurang maksimal",
        "Dikelola dengan baik",
    ),
}

# Labels that any unsur may have instead of its own; each of four, worst first.
ANSWERS_OF_ANY: Final[dict[str, int]] = {
    f"{word}{stem}": level
    for stem in (
        "baik",
        "puas",
        "memuaskan",
        "setuju",
        "mudah",
        "cepat",
        "sesuai",
        "jelas",
        "ramah",
        "kompeten",
    )
    for level, word in enumerate(("tidak", "kurang", "", "sangat"), start=1)
}
# Answers that only a scale other than 1–4 has.
OTHER_SCALE: Final = re.compile(
    r"^(?:sangat(?:tidak|kurang|buruk|jelek)\w*|netral|biasa(?:saja)?|raguragu|5|5\D\w*|\D+5"
    r"|cukup\w*|sedang|lumayan|buruk|jelek)$"
)
# Faces from worst to best; two of the second or third kind side by side make a scale of five.
FACES: Final[dict[str, float]] = {
    **dict.fromkeys("😡😠🤬😢😭😞☹", 1), **dict.fromkeys("🙁😕😟", 2), **dict.fromkeys("😐😑", 2.5),
    **dict.fromkeys("🙂😊☺", 3), **dict.fromkeys("😀😃😄😁😍🤩😆", 4),
}  # fmt: skip
STARS: Final = "⭐★"
SIGNS: Final[dict[str, str]] = {**dict.fromkeys("✓✔✅☑√", "ya"), **dict.fromkeys("✗✘❌✖", "tidak")}

# Words that a message may repeat from a cell: they belong to lists and scales, never to a person.
WORDS_SHOWN: Final = frozenset(
    key_
    for label in (*(a for four in ANSWERS.values() for a in four), """
        ya tidak hadir menolak absen izin sakit cuti alpa lulus selesai ikut mengikuti batal mundur tunda belum sudah diundang
        baik buruk cukup kurang sangat lebih sekali puas memuaskan setuju netral biasa saja ragu mudah cepat sesuai jelas ramah
        kompeten lambat sulit jelek bagus istimewa sempurna memadai tinggi rendah sedang butuh perbaikan ekspektasi di atas bawah
        pns pppk cpns honorer kontrak tks aktif pensiun meninggal pindah laki perempuan pria wanita struktural fungsional
        pelaksana pengawas administrator jabatan sd smp sma smk d1 d2 d3 d4 s1 s2 s3 diploma sarjana magister doktor lainnya lain
        true false na kosong null data kode unit""")
    for key_ in re.findall(r"[a-z0-9]+", label.lower())
)  # fmt: skip

PREDIKAT: Final = ("sangat baik", "baik", "butuh perbaikan", "kurang", "sangat kurang")
RATING: Final = ("di atas ekspektasi", "sesuai ekspektasi", "di bawah ekspektasi")

# (hasil kerja, perilaku kerja) -> predikat; not symmetric (PermenPANRB 6/2022).
PREDIKAT_MATRIX: Final[dict[tuple[str, str], str]] = {
    (RATING[0], RATING[2]): "kurang", (RATING[0], RATING[1]): "baik", (RATING[0], RATING[0]): "sangat baik",
    (RATING[1], RATING[2]): "kurang", (RATING[1], RATING[1]): "baik", (RATING[1], RATING[0]): "baik",
    (RATING[2], RATING[2]): "sangat kurang", (RATING[2], RATING[1]): "butuh perbaikan",
    (RATING[2], RATING[0]): "butuh perbaikan",
}  # fmt: skip

# First year of PermenPANRB 6/2022: SKP figures before and after are on different scales.
SKP_BREAK_YEAR: Final = 2022
_NOT_COMPARED: Final = {n: None for n in range(128) if not chr(n).isalnum()}


def key(text: object) -> str:
    """A word reduced to what is compared: lower case, letters and digits only, accents folded.

    >>> key("Nama Unit_Kerja."), key("Café 1")
    ('namaunitkerja', 'cafe1')
    """
    folded = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return folded.lower().translate(_NOT_COMPARED)


# What a training history tells of has no code of its own. It tells who attended, and seldom who was
# invited and stayed away.
_OF_HISTORY: Final = re.compile(r"R[0-9A-F]{10}")


def history_code(what: str, *, answered: bool) -> str:
    """The code of an activity that a training history tells of.

    Parameters
    ----------
    what : all that tells one activity from another.
    answered : whether the history says how invitations were answered, not only who attended.
    """
    return ("U" if answered else "R") + hashlib.sha256(what.encode()).hexdigest()[:10].upper()


def attendance_alone(code: str) -> bool:
    """Whether of an activity attendances alone are recorded, and no invitations.

    Parameters
    ----------
    code : of an activity.
    """
    return _OF_HISTORY.fullmatch(code) is not None


def _choices(**names: str) -> dict[str, str]:
    """``code="word|word"`` to a look-up from every spelling to its code."""
    return {key(w): code for code, words in names.items() for w in (code, *words.split("|"))}


SEX: Final = _choices(L="M|Laki-laki|Laki|Pria|Male|1|LK", P="F|Perempuan|Wanita|Female|2|PR")
YES_NO: Final = _choices(ya="y|yes|true|1|1.0|benar", tidak="t|n|no|false|0|0.0|bukan")
STATUS: Final = _choices(
    PNS="P|C|CPNS|PNS Aktif|PNS Pusat|PNS Daerah|PNS Daerah Kab/Kota",
    PPPK="PPPK Aktif|P3K|PPPK Paruh Waktu|Pegawai Pemerintah dengan Perjanjian Kerja",
)
# Says how somebody serves, not as what.
IN_SERVICE: Final = frozenset(
    {"aktif", "cltn", "tugasbelajar", "masapersiapanpensiun", "pemberhentiansementara"}
)
POST: Final = _choices(
    struktural="Jabatan Struktural|JPT|JPT Pratama|JPT Madya|Jabatan Pimpinan Tinggi|Administrator|Jabatan Administrator"
    "|Pengawas|Jabatan Pengawas|Eselon II|Eselon III|Eselon IV",
    fungsional="Jabatan Fungsional|JF|JFT|Fungsional Tertentu|Jabatan Fungsional Tertentu",
    pelaksana="Jabatan Pelaksana|JFU|Fungsional Umum|Jabatan Fungsional Umum|Staf",
)
EDUCATION: Final = _choices(
    SD="Sekolah Dasar",
    SMP="SLTP|SLTP/Sederajat|Sekolah Menengah Pertama",
    SMA="SLTA|SMK|SLTA Kejuruan|SLTA/Sederajat|SLTA Keguruan|Sekolah Menengah Atas|SMA/SMK|SMA/Sederajat",
    D1="D-1|D-I|DI|Diploma I|Diploma 1",
    D2="D-2|D-II|DII|Diploma II|Diploma 2",
    D3="D-3|D-III|DIII|Diploma III|Diploma 3|Diploma III/Sarjana Muda|Sarjana Muda",
    D4="D-4|D-IV|DIV|Diploma IV|Diploma 4|Sarjana Terapan",
    S1="S-1|S-I|S-1/Sarjana|Sarjana|Strata 1|D4/S1|S1/D4",
    S2="S-2|S-II|S-2/Magister|Magister|Strata 2",
    S3="S-3|S-III|S-3/Doktor|Doktor|Strata 3",
)
EDUCATION_LEVEL: Final = {
    **dict.fromkeys(("SD", "SMP", "SMA"), "SMA ke bawah"),
    **dict.fromkeys(("D1", "D2", "D3"), "diploma"),
    **dict.fromkeys(("D4", "S1", "S2", "S3"), "sarjana ke atas"),
}
ATTENDANCE: Final = _choices(
    # Whoever passed or failed was there.
    hadir="Ya|1|Attended|Mengikuti|Ikut|Lulus|Tidak Lulus|Selesai|H|Hadir Penuh|Hadir Lengkap|Present|Telah Mengikuti",
    tidak_hadir="Tidak Hadir|Tidak|0|Absen|Alpa|Alpha|Tanpa Keterangan|Berhalangan|Tidak Mengikuti|Tidak Ikut|TH|Izin|Sakit"
    "|Cuti|Mangkir|Absent|Dinas Luar",
    menolak="Tolak|Ditolak|Menolak Undangan|Refused|Menolak Hadir|Tidak Bersedia|Tidak Berminat",
)
PREDIKAT_WORDS: Final = {
    **{key(p): p for p in PREDIKAT},
    # SIASN's codes run the wrong way round: 1 is best.
    **{str(i): p for i, p in enumerate(PREDIKAT, start=1)},
    "cukup": "butuh perbaikan", "buruk": "kurang", "cukupbutuhperbaikan": "butuh perbaikan",
    "perluperbaikan": "butuh perbaikan", "kurangmisconduct": "kurang",
}  # fmt: skip
RATING_WORDS: Final = {
    **{key(r): r for r in RATING},
    **{str(i): r for i, r in enumerate(RATING, start=1)},
    "diatas": RATING[0], "sesuai": RATING[1], "dibawah": RATING[2],
}  # fmt: skip

# Reasons for staying away, by words that occur in them; free text goes no further than these codes.
REASON_KEYWORDS: Final = (
    ("tidak perlu", "merasa tidak perlu"), ("tidak butuh", "merasa tidak perlu"),
    ("tak perlu", "merasa tidak perlu"), ("sudah bisa", "merasa tidak perlu"),
    ("beban", "beban kerja"), ("sibuk", "beban kerja"), ("tugas", "beban kerja"), ("dinas", "beban kerja"),
    ("pelayanan", "beban kerja"), ("jarak", "jarak"), ("jauh", "jarak"), ("transport", "jarak"),
    ("sakit", "sakit atau cuti"), ("cuti", "sakit atau cuti"), ("izin", "sakit atau cuti"),
    ("atasan", "tidak diizinkan atasan"), ("keluarga", "keluarga"), ("anak", "keluarga"),
)  # fmt: skip
REASON_OTHER: Final = "lainnya"

PERSONAL_COLUMNS: Final = frozenset(
    [
        "nik",
        "nonik",
        "nomornik",
        "noktp",
        "ktp",
        "nomorhp",
        "nohp",
        "hp",
        "handphone",
        "nomorhandphone",
        "notelp",
        "notelepon",
        "telepon",
        "telp",
        "nomortelepon",
        "nowa",
        "whatsapp",
        "email",
        "emailgov",
        "emailpribadi",
        "alamat",
        "alamatrumah",
        "alamatlengkap",
        "alamatktp",
        "domisili",
        "npwp",
        "npwpnomor",
        "nomornpwp",
        "nonpwp",
        "bpjs",
        "nobpjs",
        "nomorbpjs",
        "agama",
        "agamaid",
        "agamanama",
        "jeniskawin",
        "jeniskawinid",
        "jeniskawinnama",
        "statuskawin",
        "statusperkawinan",
        "statuspernikahan",
        "namaibu",
        "namaibukandung",
        "golongandarah",
        "norekening",
        "nomorrekening",
        "nokk",
        "nomorkk",
        "suku",
        "tempatlahir",
        "tempatlahirid",
        "tempatlahirnama",
    ]
)

MISSING_MARKERS: Final = frozenset(
    {"-", "--", "---", "–", "—", "n/a", "na", "n.a.", "n.a", "#n/a", "#na", "#null!", "kosong", "(kosong)", "null", "none",
     "nan", "nihil", "tidak diisi", "belum diisi", "?"}
)  # fmt: skip
# What a spreadsheet shows where a formula failed; the value itself is lost. ``#N/A`` is also how a
# formula says that there is none, and so is a marker.
SPREADSHEET_ERRORS: Final = frozenset(
    {"#ref!", "#div/0!", "#value!", "#name?", "#num!", "#spill!", "#calc!", "#field!", "#getting_data", "err:502", "err:504",
     "err:508", "err:509", "err:519", "err:522", "err:523", "err:524"}
)  # fmt: skip
