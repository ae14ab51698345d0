"""What is proved without simulating a truth: printed figures, another library's, and changes whose
answer is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.contracts import Lang, Text, number, write_whole
from helpers.validation import table
from helpers.validation.crosscheck import Beside, crosschecked, sample
from helpers.validation.metamorphic import Transformed, region, shown, transformed
from helpers.validation.published import Printed, published

NAME: Final = "published"
_TITLE: Final = Text("Hasil terbitan, dihasilkan kembali", "Published results, reproduced")
_MADE_BY: Final = Text("Dibuat oleh `evaluasi validate`.", "Made by `evaluasi validate`.")
_PRINTED: Final = Text("Angka tercetak", "Printed figures")
_TO_THE_DIGIT: Final = Text(
    "Cocok berarti sama sampai angka terakhir yang tercetak; untuk batas Rambachan–Roth, yang di "
    "vinyetnya dicari pada kisi, sampai 0,0006 (besaran relatif) dan 0,0001 (kemulusan). Kontrol "
    "NSW terhadap CPS: tak seorang pun dilatih, jadi seluruhnya bias.",
    "Agreement means equal to the last printed digit; for the Rambachan–Roth bounds, which the "
    "vignette searches on a grid, to within 0.0006 (relative magnitudes) and 0.0001 (smoothness). "
    "The NSW controls against CPS: nobody was trained, so that all of it is bias.",
)
_LIBRARY: Final = Text(
    "Taksiran utama data contoh di samping pustaka lain",
    "The sample's primary estimates beside other libraries",
)
_CELL_BY_CELL: Final = Text(
    "Setiap sel dihitung lagi dengan orang dan tahun yang sama, lalu dirata-rata dan dikelompokkan "
    "menurut klaster: oleh `diff-diff`, yang logitnya kami pakai juga, sampai 10⁻⁹; oleh "
    "`statspai`, dengan logitnya sendiri dan bobot yang dinormalkan, sampai seperseratus galat "
    "baku. Di baris terakhir `diff-diff` menerima seluruh panel dan memilih sendiri siapa yang "
    "dibandingkan dengan siapa; hanya pegawai yang sudah berjam sebelum tahun pelatihannya tidak "
    "ikut.",
    "Each cell is made again of the same people and years, then averaged and clustered: by "
    "`diff-diff`, whose logit is ours too, to within 10⁻⁹; by `statspai`, with its own logit and "
    "normalised weights, to within a hundredth of the error. In the last row `diff-diff` is given "
    "the whole panel and chooses itself who is compared with whom; only employees with an hour "
    "before the year of their training are not in it.",
)
_CHANGED: Final = Text("Perubahan yang jawabannya diketahui", "Changes whose answer is known")
_REGION: Final = Text(
    "Daerah simulasi tempat pelatihan berhasil; taksiran (galat baku) dan tingkat bukti sebelum "
    "dan sesudah datanya diubah. Kepuasan di sini tanpa kontrol negatif dan tanpa unit di dekat "
    "ambang, jadi tak pernah lebih dari lemah.",
    "A simulated region where training works; estimate (error) and grade before and after its data "
    "were changed. Satisfaction is asked without its negative controls and without the check of "
    "units near the threshold here, so that it is never above weak.",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One table of a proof: what it shows, its columns, and each row with whether it is as it must
    be.
    """

    heading: Text
    note: Text
    columns: tuple[Text, ...]
    rows: tuple[tuple[tuple[Text, ...], bool], ...]

    @property
    def kept(self) -> int:
        """How many rows are as they must be."""
        return sum(ok for _, ok in self.rows)

    @property
    def table(self) -> Text:
        """The rows as Markdown, the last column telling whether they are as they must be."""
        rows = ((*cells, _MARK[ok]) for cells, ok in self.rows)
        return table.table((*self.columns, _AS_MUST_BE), rows)

    def lines(self, lang: Lang) -> list[str]:
        """The heading with the count, and each row in a line.

        Parameters
        ----------
        lang : of the lines.
        """
        rows = [
            f"{'=' if ok else '≠'} {' · '.join(c[lang] for c in cells)}" for cells, ok in self.rows
        ]
        return [f"{self.heading[lang]}: {self.kept}/{len(self.rows)}", *rows]


_AS_MUST_BE: Final = Text("cocok", "agrees")
# What fails must not be overlooked.
_MARK: Final = {**table.YES_NO, False: Text("TIDAK", "NO")}
_QUESTION: Final = Text("pertanyaan", "question")
_OURS: Final = Text("hasil kami", "ours")
_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Proof:
    """Printed figures, another library's, and changes whose answer is known."""

    printed: tuple[Printed, ...]
    beside: tuple[Beside, ...]
    changed: tuple[Transformed, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        return of_printed(self.printed), of_library(self.beside), of_changes(self.changed)

    @property
    def holds(self) -> bool:
        """Whether every row is as it must be."""
        return all(ok for part in self.parts for _, ok in part.rows)

    def lines(self, lang: Lang) -> list[str]:
        """Every row of every table in a line.

        Parameters
        ----------
        lang : of the lines.
        """
        return [line for part in self.parts for line in part.lines(lang)]


def prove() -> Proof:
    """Every table, made anew."""
    return Proof(
        published(), crosschecked(sample()), tuple(t for ask in region() for t in transformed(ask))
    )


def of_printed(rows: Sequence[Printed]) -> Part:
    """Printed figures beside ours, with the decimals of the print.

    Parameters
    ----------
    rows : as `published` gives them.
    """
    columns = (
        Text("kajian", "study"),
        Text("angka", "figure"),
        Text("tercetak", "printed"),
        _OURS,
        Text("tercetak di", "where printed"),
    )
    told = (
        (
            r.study,
            r.figure,
            _figure(float(r.printed), r.decimals),
            _figure(r.ours, r.decimals),
            r.source,
        )
        for r in rows
    )
    return Part(_PRINTED, _TO_THE_DIGIT, columns, _marked(told, [r.agrees for r in rows]))


def of_library(rows: Sequence[Beside]) -> Part:
    """The primary estimates beside another library's.

    Parameters
    ----------
    rows : as `crosschecked` gives them.
    """
    columns = (
        _QUESTION,
        Text("angka", "figure"),
        Text("pustaka", "library"),
        Text("hasilnya", "theirs"),
        _OURS,
    )
    told = (
        (
            r.question,
            r.figure,
            Text.same(r.library),
            _figure(r.theirs, _DIGITS),
            _figure(r.ours, _DIGITS),
        )
        for r in rows
    )
    return Part(_LIBRARY, _CELL_BY_CELL, columns, _marked(told, [r.agrees for r in rows]))


def of_changes(rows: Sequence[Transformed]) -> Part:
    """Changes of the data, what must happen, and what happened.

    Parameters
    ----------
    rows : as `transformed` gives them.
    """
    columns = (
        _QUESTION,
        Text("perubahan", "change"),
        Text("yang harus terjadi", "what must happen"),
        Text("sebelum", "before"),
        Text("sesudah", "after"),
    )
    told = ((r.question, r.change, r.must, shown(r.before), shown(r.after)) for r in rows)
    return Part(_CHANGED, _REGION, columns, _marked(told, [r.kept for r in rows]))


def write(proof: Proof, folder: Path) -> None:
    """The tables as a page in both languages and the printed figures as CSV, each written whole.

    Parameters
    ----------
    proof : as `prove` gives it.
    folder : of ``published.md``, ``published.id.md`` and ``published.csv``; made where absent.
    """
    parts = ((p.heading, p.note, p.table) for p in proof.parts)
    table.write(table.page(_TITLE, _MADE_BY, parts), folder, NAME)
    frame = pd.DataFrame(
        [
            (r.study.en, r.figure.en, r.printed, f"{r.ours:.{r.decimals}f}", r.agrees, r.source.en)
            for r in proof.printed
        ],
        columns=["study", "figure", "printed", "ours", "agrees", "source"],
    )
    write_whole(folder / f"{NAME}.csv", frame.to_csv(index=False, lineterminator="\n"))


def _marked(
    told: Iterable[tuple[Text, ...]], marks: Iterable[bool]
) -> tuple[tuple[tuple[Text, ...], bool], ...]:
    return tuple(zip(told, marks, strict=True))


def _figure(value: float, decimals: int) -> Text:
    return Text.made(lambda lang: number(value, lang, decimals))
