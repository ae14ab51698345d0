"""What simulated draws of seats told, as tables, beside what they were to tell."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from statsmodels.stats.proportion import proportion_confint

from helpers.contracts import Text, count
from helpers.contracts.results import Grade
from helpers.contracts.units import SHARE
from helpers.validation.draws import KINDS, DrawTold
from helpers.validation.kind import Kind
from helpers.validation.table import YES_NO, page, table, write

_READ: Final = Text(
    "Ditemukan: pengaruh terpilih dapat dibedakan dari nol; dijanjikan: seberapa mungkin itu, "
    "menurut yang diketahui setahun sebelumnya (halaman 70).",
    "Found: the effect of being drawn is told from none; promised: how likely that was, by what "
    "was known the year before (page 70).",
)
_COVERAGE: Final = Text("cakupan,", "coverage,")
_GRADES: Final[tuple[Grade, ...]] = ("strong", "moderate", "weak", "none")


def holds(told: Sequence[DrawTold]) -> bool:
    """Whether every target is met, or missed by no more than chance allows.

    Parameters
    ----------
    told : of every kind.
    """
    return all(met for *_, met in _targets(told))


def summary(told: Sequence[DrawTold], folder: Path) -> Text:
    """The table of kinds and that of targets, written into a folder.

    Parameters
    ----------
    told : of every kind.
    folder : made where absent.

    Returns
    -------
    The page.
    """
    each = count(len(told) // len(KINDS))
    said = page(
        Text(
            "Undian kursi dan urutan unit di daerah simulasi",
            "Draws of seats and of the order of units in simulated regions",
        ),
        Text.made(
            lambda lang: {
                "id": f"Dibuat dengan `evaluasi validate --draws {each['id']}`; rentang 95%.",
                "en": f"Made by `evaluasi validate --draws {each['en']}`; 95% intervals.",
            }[lang]
        ),
        (
            (Text("Sasaran", "Targets"), Text(), _target_table(told)),
            (Text("Jenis daerah", "Kinds of region"), _READ, _kind_table(told)),
        ),
    )
    write(said, folder, "draws")
    return said


def _of_kinds(told: Sequence[DrawTold]) -> Iterator[tuple[Kind, list[DrawTold]]]:
    for kind in KINDS:
        yield kind, [t for t in told if t.kind == kind.name]


def _targets(told: Sequence[DrawTold]) -> list[tuple[Text, list[bool], float, float, bool]]:
    """What is aimed at: of what, hits, the least and the most, and whether that is met."""
    by = dict(_of_kinds(told))
    aims: list[tuple[Text, list[bool], float, float]] = []
    for of_order, drawn, came in (
        (False, Text("terpilih", "being drawn"), Text("hadir", "coming")),
        (True, Text("giliran unit", "a unit's turn"), Text("staf dilatih", "staff trained")),
    ):
        sound = [
            t for k, part in by.items() if k.valid and bool(k.world.order) is of_order for t in part
        ]
        aims += [
            (_COVERAGE + drawn, [t.drawn for t in sound if t.drawn is not None], 0.93, 0.97),
            (_COVERAGE + came, [t.came for t in sound if t.came is not None], 0.93, 0.97),
        ]
    aims += [
        (
            Text("sebab yang keliru:", "false causes:") + k.about,
            [t.wrong for t in part],
            0.0,
            0.05,
        )
        for k, part in by.items()
        if not k.effect
    ]
    for kind, part in by.items():
        if kind.effect and kind.valid:
            mean = _promised(part)
            if math.isnan(mean):
                # Of orders nothing is promised beforehand.
                continue
            about = Text("ditemukan, seperti dijanjikan:", "found, as promised:") + kind.about
            aims.append((about, [t.found for t in part], mean - 0.05, mean + 0.05))
    return [(name, hits, least, most, _met(hits, least, most)) for name, hits, least, most in aims]


def _met(hits: Sequence[bool], least: float, most: float) -> bool:
    low, high = _around(hits)
    return low <= most and high >= least


def _around(hits: Sequence[bool]) -> tuple[float, float]:
    if not hits:
        return math.nan, math.nan
    low, high = proportion_confint(sum(hits), len(hits), method="beta")
    return float(low), float(high)


def _target_table(told: Sequence[DrawTold]) -> Text:
    rows = [
        (
            name,
            _share(hits),
            SHARE.level_span(*_around(hits)),
            SHARE.level_span(max(least, 0.0), min(most, 1.0)),
            YES_NO[met],
        )
        for name, hits, least, most, met in _targets(told)
    ]
    head = (
        Text("sasaran", "target"),
        Text("angka", "figure"),
        Text("rentang", "interval"),
        Text("seharusnya", "should lie in"),
        Text("tercapai", "met"),
    )
    return table(head, rows)


def _kind_table(told: Sequence[DrawTold]) -> Text:
    rows = []
    for kind, part in _of_kinds(told):
        rows.append(
            (
                kind.about,
                count(len(part)),
                _share([t.drawn for t in part if t.drawn is not None]),
                _share([t.came for t in part if t.came is not None]),
                _share([t.found for t in part]),
                SHARE.level(_promised(part)) if math.isfinite(_promised(part)) else Text.same("–"),
                *(count(sum(t.grade == g for t in part)) for g in _GRADES),
                count(sum(t.wrong for t in part)),
            )
        )
    head = (
        Text("daerah", "regions"),
        Text("banyaknya", "number"),
        Text("cakupan, terpilih", "coverage, being drawn"),
        Text("cakupan, hadir", "coverage, coming"),
        Text("ditemukan", "found"),
        Text("dijanjikan", "promised"),
        Text("kuat", "strong"),
        Text("sedang", "moderate"),
        Text("lemah", "weak"),
        Text("belum ada bukti", "none"),
        Text("sebab yang keliru", "false causes"),
    )
    return table(head, rows)


def _share(of: Sequence[bool]) -> Text:
    return SHARE.level(sum(of) / len(of)) if of else Text.same("–")


def _promised(part: Sequence[DrawTold]) -> float:
    """The mean of what was promised, not-a-number where nothing was."""
    said = [t.promised for t in part if math.isfinite(t.promised)]
    return sum(said) / len(said) if said else math.nan
