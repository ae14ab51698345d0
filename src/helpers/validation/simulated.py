"""The battery as the command runs it: its tables in a folder, and each grade's record as package
data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pandas as pd

from helpers.causal.rule_code import rule_hash
from helpers.contracts import Text, number, write_whole
from helpers.contracts.plan_file import load
from helpers.findings import records
from helpers.validation import battery, recorded, table
from helpers.validation.kinds_of_world import KINDS
from helpers.validation.wording import word

_KEPT: Final = "worlds_told.csv"
_TITLE: Final = Text(
    "Daerah simulasi yang kebenarannya diketahui", "Simulated regions of known truth"
)
_TARGETS: Final = Text("Sasaran", "Targets")
_RECORD: Final = Text("Catatan tiap tingkat bukti", "Record of each grade")
_TRIED: Final = Text(
    "Catatan hanya tercetak pada pengaruh dengan hasil, perlakuan, dan rencana yang sama, di "
    "daerah yang ukurannya (yang dilatih, unit) di dalam rentang ini; tingkat “tidak ada” tidak "
    "mengklaim apa pun, jadi tidak tercetak.",
    "A record is printed only with effects of the same outcome, treatment and plan, in regions "
    "whose sizes (those treated, units) lie within these ranges; the grade “none” claims nothing, "
    "so that it is not printed.",
)
_SHOOT_OUT: Final = Text("Siapa mengatakan apa", "Who would have claimed what")
_WHO_CLAIMS: Final = Text(
    "Dari daerah yang sama: laporan ini mengklaim bila menyebut pelatihan sebagai penyebab; "
    "pembanding sederhana bila rentangnya tidak memuat nol; `BusinessReport` bila teksnya berisi "
    "kata kerja sebab dengan pelatihan sebagai pokoknya.",
    "Of the same regions: this report claims where it names training as the cause; the simple "
    "comparisons where their interval excludes zero; `BusinessReport` where its text has a causal "
    "verb with training as its subject.",
)
_MISSED: Final = Text("Pengaruh yang sering tidak diakui", "Effects that are often not claimed")
_WHAT_IS_MISSED: Final = Text(
    "Jenis daerah dengan pengaruh sungguhan yang disebut sebagai akibat pelatihan di kurang dari "
    "empat dari lima daerah. “Belum ada bukti” di situ bukan bukti bahwa pelatihan tidak berguna.",
    "Kinds of region with a true effect that is called a result of training in fewer than four of "
    "five. “No evidence yet” there is no evidence that training does nothing.",
)
_OFTEN: Final = 0.8
_DECEIVED: Final = Text("Yang tidak dapat dibedakan oleh data", "What no data can tell")
_WHO_DECEIVES: Final = Text(
    "Jenis daerah tanpa pengaruh yang tidak dapat dibedakan dari pengaruh pelatihan oleh data "
    "seperti ini; tidak dihitung dalam sasaran dan rekam jejak. Seberapa sering pelatihan toh "
    "disebut sebagai sebabnya:",
    "Kinds of region without an effect that no data like these can tell from one; they count in no "
    "target and in no record. How often training was named as the cause all the same:",
)
_WORLDS: Final = Text("Jenis-jenis daerah", "Worlds")
_KINDS: Final = Text("Arti tiap jenis", "Kinds")


def simulated(worlds: int, out: Path, *, jobs: int, record: bool) -> Text:
    """Ask the simulated regions and write what they say.

    Parameters
    ----------
    worlds : regions a kind.
    out : folder of ``worlds.csv``, ``targets.csv``, ``worlds.md``, ``worlds.id.md`` and of the
        regions' answers, from which a stopped run goes on.
    jobs : processes.
    record : whether to keep each grade's record as package data, which every report prints.

    Returns
    -------
    The tables as text.
    """
    told = battery.run(worlds, load(None), out / _KEPT, jobs=jobs)
    made, targets, kept = battery.table(told), battery.targets(told), recorded.record(told)
    for name, frame in (("worlds.csv", made), ("targets.csv", targets)):
        write_whole(out / name, frame.round(4).to_csv(index=False, lineterminator="\n"))
    kinds = table.table([word("world"), word("about")], [(word(k.name), k.about) for k in KINDS])
    command = f"evaluasi validate --worlds {worlds}" + (" --record" if record else "")
    parts = (
        (_TARGETS, Text(), tabled(targets)),
        (_RECORD, _TRIED, tabled(recorded.frame(kept))),
        (_DECEIVED, _WHO_DECEIVES, tabled(deceiving(made))),
        (_MISSED, _WHAT_IS_MISSED, tabled(missed(made))),
        (_SHOOT_OUT, _WHO_CLAIMS, tabled(battery.shoot_out(told))),
        (_WORLDS, Text(), tabled(made)),
        (_KINDS, Text(), kinds),
    )
    made_by = Text(
        f"Dibuat oleh `{command}`; aturan {rule_hash()}.",
        f"Made by `{command}`; rule {rule_hash()}.",
    )
    page = table.page(_TITLE, made_by, parts)
    table.write(page, out, "worlds")
    if record:
        records.write(kept, recorded.deceived(told))
    return page


def deceiving(of_worlds: pd.DataFrame) -> pd.DataFrame:
    """How often a cause is named in the kinds of world that no data could tell from an effect.

    Parameters
    ----------
    of_worlds : as `battery.table` gives it; its order stays.
    """
    kinds = [k.name for k in KINDS if not k.tellable]
    untold = of_worlds[of_worlds["world"].isin(kinds)]
    return untold[["question", "world", "regions", "false_cause"]]


def missed(of_worlds: pd.DataFrame) -> pd.DataFrame:
    """Kinds of world whose true effect is named a cause in fewer than four of five regions.

    Parameters
    ----------
    of_worlds : as `battery.table` gives it.

    Returns
    -------
    The least power first within each question.
    """
    seldom = of_worlds[of_worlds["power"] < _OFTEN].sort_values("power", kind="stable")
    place = {q: i for i, q in enumerate(of_worlds["question"].unique())}
    seldom = seldom.sort_values("question", key=lambda q: q.map(place), kind="stable")
    return seldom[["question", "world", "power", "found", "oracle"]]


def tabled(frame: pd.DataFrame) -> Text:
    """A frame as Markdown, its columns and codes in words.

    Parameters
    ----------
    frame : of texts, whole numbers, shares and truth values.
    """

    def shown(value: object) -> Text:
        if isinstance(value, float):
            return Text.made(lambda lang: number(value, lang, 3))
        return table.YES_NO[value] if isinstance(value, bool) else word(str(value))

    rows = frame.astype(object).to_numpy().tolist()
    return table.table([word(str(c)) for c in frame], [[shown(v) for v in row] for row in rows])
