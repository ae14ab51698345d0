"""What is said of a fault where what was done, the table or the reason makes it another story."""

from __future__ import annotations

from typing import Final, Literal

from helpers.contracts.errors import Action
from helpers.contracts.faults import (
    DAY_FIRST,
    FAULTS,
    NIP_AS_TEXT,
    NOTHING_TO_DO,
    ONE_ROW_A_KEY,
    Fault,
)
from helpers.contracts.tables import DRAWS, PLACED
from helpers.contracts.texts import Text

# Somebody's name in a cell that is printed.
OfPerson = Literal["person", "person_in_unit"]
# Of a fault that has several reasons, which: each has a sentence of its own.
Why = (
    Literal["", "empty", "far", "leading_zero", "other_scale", "torn", "two_answers", "twice"]
    | OfPerson
)

# Where what was done differs from the fault's own, and so what is said of it.
_OTHERWISE: dict[tuple[str, Action], Fault] = {
    (f.code, f.action): f
    for f in (
        Fault("row_not_data", "excluded",
              Text("baris yang selnya tidak dapat dipisahkan atau hilang: banyaknya sel lain dari judul, seluruh isinya atau hanya NIP atau kodenya dalam satu sel, atau tanda kutip tidak ditutup; baris ini tidak dibaca",
                   "rows whose cells cannot be told apart or are gone: another number of cells than the header, all of it or a NIP or code alone in one cell, or a quote not closed; they are not read"),
              Text("betulkan baris itu, atau ekspor ulang dari sumbernya; tulis angka berkoma di dalam tanda kutip, dan tutup setiap tanda kutip",
                   "correct the row, or export again from the source; put numbers with a comma in quotes, and close every quote"),
              Text("sel sebanyak judul kolomnya", "as many cells as the header has")),
        Fault("row_not_data", "warned",
              Text("baris lebih pendek dari judul; sel yang tidak ada dibaca kosong", "rows shorter than the header; absent cells are read as empty"),
              Text("periksa apakah sel terakhirnya memang kosong", "check that their last cells are meant to be empty"),
              Text("sel sebanyak judul kolomnya", "as many cells as the header has")),
        Fault("nip_format", "excluded",
              Text("NIP kosong atau bukan 18 angka", "NIP empty or not 18 digits"),
              Text("tulis NIP sebagai 18 angka tanpa spasi", "write the NIP as 18 digits without blanks"),
              NIP_AS_TEXT),
        Fault("duplicate_conflicting", "repaired",
              Text("kode yang sama dengan isian lain di berkas lain; isian terbaru yang dipakai", "the same code with other content in another file; the newest counts"),
              Text("samakan isiannya, atau keluarkan berkas yang lama", "make the content equal, or take the older file out"),
              ONE_ROW_A_KEY),
        Fault("out_of_scale", "warned",
              Text("nama kosong; hanya kodenya yang dipakai", "empty name; only the code is used"),
              Text("lengkapi namanya pada sumber", "complete the name at the source"),
              Text("sebuah nama", "a name")),
        Fault("number_format", "warned",
              Text("output per hari kerja seluruh unit berlipat atau tinggal sepertiga dari tahun sebelumnya: mungkin titik ribuan, atau yang dihitung bukan lagi hal yang sama",
                   "the output per day of a whole unit is several times, or a third of, the year before's: perhaps a thousands dot, or something else is counted now"),
              Text("samakan cara menghitungnya dengan tahun sebelumnya, atau kosongkan output tahun itu; perubahan cara menghitung terbaca sebagai perubahan hasil kerja",
                   "count as in the year before, or leave that year's output empty; a change in counting reads as a change in work"),
              Text("cara menghitung yang sama setiap tahun", "the same way of counting every year")),
        Fault("month_first", "warned",
              Text("tanggal yang dapat dibaca dua arah, sekolom dengan tanggal yang pasti bulan/hari; ini dibaca hari/bulan",
                   "dates that can be read in either order, in a column with some that are month/day for sure; read as day/month"),
              Text("ekspor ulang tanggal sebagai hh/bb/tttt atau tttt-bb-hh", "export the dates again as dd/mm/yyyy or yyyy-mm-dd"),
              DAY_FIRST),
        Fault("unit_unknown", "warned",
              Text("nama milik lebih dari satu unit; baris yang hanya menyebut nama ini tidak dapat ditempatkan", "a name of more than one unit; rows that give nothing but this name cannot be placed"),
              Text("beri kode unit, atau bedakan namanya", "give the unit's code, or make the names differ"),
              Text("satu unit untuk setiap nama", "one unit a name")),
    )
}  # fmt: skip

# Of a draw, whose lots have been dealt again.
CHANGED_DRAW = Fault("nip_contradicts", "warned",
    Text("kursi atau giliran ini bukan yang keluar kalau undian diulang dengan benihnya: mungkin tabelnya diubah, atau NIP-nya dibetulkan, sesudah diundi",
         "this seat or turn is not what the seed gives when the draw is repeated: perhaps the table was changed, or a NIP corrected, after the draw"),
    Text("pakai berkas undian yang asli", "use the draw's own file"),
    Text("hasil undian dengan benih itu", "what the draw gives with that seed"),
)  # fmt: skip

_CODE_AND_NAME = Fault("unit_unknown", "warned",
    Text("kode unit dan nama unit pada baris itu milik dua unit yang berbeda; kodenya yang dipakai", "the unit's code and the unit's name in the row are of two different units; the code counts"),
    Text("periksa mana yang benar pada sumber; kalau namanya, betulkan atau hapus kodenya", "check at the source which is right; if the name is, correct the code or delete it"),
    Text("kode dan nama dari unit yang sama", "code and name of the same unit"),
)  # fmt: skip

_CODE_AS_NUMBER = Fault("number_format", "warned",
    Text("kode unit yang mungkin kehilangan nol di belakang karena disimpan sebagai angka: 5.10 menjadi 5.1, kode unit lain; dipakai seperti tertulis",
         "a unit's code that may have lost a zero at its end because it was stored as a number: 5.10 becomes 5.1, another unit's code; it counts as written"),
    Text("ubah kolom kode menjadi Teks di Excel, isi lagi kode yang berakhiran nol, lalu ekspor ulang", "set the column of codes to Text in Excel, fill in codes that end in zero again, then export again"),
    Text("kode sebagai teks", "a code as text"),
)  # fmt: skip

# Where the table decides what is said of a fault and of what was done.
_OF_TABLE: dict[tuple[str, Action, str], Fault] = {
    **{("unit_unknown", "warned", table): _CODE_AND_NAME for table in PLACED},
    **{("number_format", "warned", table): _CODE_AS_NUMBER for table in ("unit", *PLACED)},
    ("duplicate_conflicting", "warned", "kegiatan"): Fault("duplicate_conflicting", "warned",
        Text("peserta satu kegiatan (nama, jenis dan tanggal mulai yang sama) dengan JP, biaya atau tanggal selesai yang lain atau kosong; yang paling sering disebut yang dipakai untuk semuanya",
             "attendances of one activity (of one name, kind and first day) with other hours, another cost or last day, or none; what most of them say counts for all"),
        Text("samakan JP, biaya dan tanggal selesainya pada sumber; kalau kegiatannya memang lain, beri nama yang lain", "make hours, cost and last day equal at the source; if it was another activity, give it another name"),
        Text("satu JP, satu biaya dan satu tanggal selesai untuk setiap kegiatan", "one number of hours, one cost and one last day an activity")),
    ("duplicate_conflicting", "warned", "unit"): Fault("duplicate_conflicting", "warned",
        Text("unit yang sama beberapa kali dalam satu berkas dengan isian yang berbeda (kolomnya disebut di atas); baris terakhir yang bernama dipakai, dan pegawainya tetap ikut",
             "the same unit more than once in one file with different content (in the columns named above); the last row that has a name counts, and its people stay"),
        Text("samakan isiannya, atau hapus baris yang lama", "make the content equal, or delete the older row"),
        ONE_ROW_A_KEY),
}  # fmt: skip

_WITHOUT_A_NAME: Final = (
    Text("hapus nama orang itu dari selnya; kalau itu nama resmi lembaga (misalnya nama pahlawan), tulis singkat: Puskesmas S. Khadijah", "take the person's name out of the cell; where it is an institution's own (a namesake), write it short: Puskesmas S. Khadijah"),
    Text("sel tanpa nama pegawai", "a cell without an employee's name"),
)  # fmt: skip

# Where the reason decides what is said of a fault.
_FOR_REASON: dict[tuple[str, Why], Fault] = {
    ("out_of_scale", "empty"): Fault("out_of_scale", "warned",
        Text("kolom wajib ini kosong pada semua baris tahun itu, sehingga ukuran yang memerlukannya tidak ada untuk tahun itu", "this required column is empty in every row of that year, so that what is measured by it is missing for that year"),
        Text("isi kolom itu pada sumber lalu ekspor ulang; mungkin isinya tertinggal di kolom lain", "fill the column at the source and export again; perhaps its content was left in another column"),
        Text("nilai dalam kolom ini", "values in this column")),
    ("mass_loss", "other_scale"): Fault("mass_loss", "stopped",
        Text("jawaban dari skala selain 1–4; dalam kolom ini tidak satu jawaban pun pasti artinya, juga yang terbaca 1–4",
             "answers of a scale other than 1–4; in this column no answer is sure, those that read as 1–4 among them"),
        Text("pakai formulir berskala 1–4 (PermenPANRB 14/2017), atau keluarkan berkas ini dari folder; jawaban berskala lain tidak pernah diubah",
             "use a form with the scale 1–4 (PermenPANRB 14/2017), or take this file out of the folder; answers on another scale are never converted"),
        Text("1 sampai 4, atau label unsur itu", "1 to 4, or that unsur's labels")),
    ("mass_loss", "torn"): Fault("mass_loss", "stopped",
        Text("terlalu banyak baris berkas ini terpotong atau bergeser, sehingga tidak dibaca (batasnya intake.most_lost dalam rencana)",
             "too many rows of this file are cut or shifted, and so not read (the plan's intake.most_lost says how many)"),
        Text("ekspor ulang berkas ini dari sumbernya sebagai XLSX, atau sebagai CSV yang selnya dikutip; barisnya disebut pada masalah lain berkas ini",
             "export this file again from its source as XLSX, or as CSV with quoted cells; other problems of this file name the rows"),
        Text("setiap baris dengan sel sebanyak judul kolomnya", "each row with as many cells as there are headers")),
    ("mass_loss", "twice"): Fault("mass_loss", "stopped",
        Text("sebanyak itu berdiri lebih dari sekali pada satu tahun dengan baris yang berbeda; mana yang benar tidak diketahui, "
             "sehingga semua barisnya (dalam kurung, dari semua baris tahun itu) hilang, lebih dari yang dibolehkan intake.most_lost dalam rencana",
             "so many stand more than once in one year with rows that differ; nobody knows which are right, "
             "so that all their rows (in brackets, of all rows of that year) are lost, more than the plan's intake.most_lost allows"),
        Text("mungkin dua ekspor dari tanggal yang berbeda dalam satu folder: simpan yang terbaru, keluarkan yang lama; kalau bukan, tentukan baris yang benar pada sumber",
             "perhaps two exports of different dates in one folder: keep the newer and take the older out; if not, decide at the source which rows are right"),
        ONE_ROW_A_KEY),
    ("row_not_data", "far"): Fault("row_not_data", "excluded",
        Text("baris di bawah lebih dari 1.000 baris kosong; baris ini tidak dibaca", "rows below more than 1,000 empty rows; they are not read"),
        Text("hapus baris kosong di atasnya, atau hapus baris itu kalau bukan data tabel ini", "delete the empty rows above them, or these rows if they are no data of this table"),
        Text("baris data tanpa jarak sejauh itu", "rows of data without such a gap")),
    ("number_format", "leading_zero"): Fault("number_format", "repaired",
        Text("kode unit yang kehilangan nol di depan (5 untuk 05) dibaca sebagai kode unit yang bernomor sama", "a unit's code without the zeros it begins with (5 for 05) read as the unit of that number"),
        NOTHING_TO_DO,
        Text("kode sebagai teks", "a code as text")),
    ("out_of_scale", "person"): Fault("out_of_scale", "excluded",
        Text("nama seorang pegawai berdiri dalam sel yang dicetak laporan; isi sel ini tidak dipakai", "the name of an employee stands in a cell that reports print; the cell is left out"),
        *_WITHOUT_A_NAME),
    ("out_of_scale", "person_in_unit"): Fault("out_of_scale", "warned",
        Text("nama seorang pegawai berdiri dalam nama unit; unit ini disebut dengan kodenya, dan semua barisnya tetap ikut", "the name of an employee stands in a unit's name; the unit goes by its code, and all its rows stay"),
        *_WITHOUT_A_NAME),
    ("out_of_scale", "two_answers"): Fault("out_of_scale", "excluded",
        Text("angka dan gambar atau label dalam satu sel menyebut jawaban yang berbeda, atau gambarnya tidak dikenal",
             "the number and the drawing or label in one cell say different answers, or the drawing is not known"),
        Text("betulkan salah satunya pada sumber, atau tulis angkanya saja", "correct one of the two at the source, or write the number alone"),
        Text("angka 1 sampai 4, atau gambar atau label yang menyebut angka yang sama", "a number from 1 to 4, or a drawing or label that says the same number")),
}  # fmt: skip


def fault_of(code: str, action: Action, table: str = "", why: Why = "") -> Fault:
    """What is said of a fault, given what was done about it.

    Parameters
    ----------
    code : of the fault table.
    action : what was done.
    table : in which it was found; some codes say something else of some tables.
    why : of a fault that has several reasons, which.

    >>> fault_of("nip_format", "excluded").what.en
    'NIP empty or not 18 digits'
    """
    if code == CHANGED_DRAW.code and table in DRAWS:
        return CHANGED_DRAW
    special = _FOR_REASON.get((code, why)) or _OF_TABLE.get((code, action, table))
    return special or _OTHERWISE.get((code, action), FAULTS[code])
