"""Choices that change a picture and its table in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from helpers.contracts import EvaluasiError, Lang, Study, codes, remembered
from helpers.explore import column_units, frames, mistakes
from helpers.explore.comparing import compare, over_time
from helpers.explore.marked import Rows
from helpers.explore.own_keys import own_keys
from helpers.findings import known, say

if TYPE_CHECKING:
    from ipywidgets import VBox

_MADE: Final[Mapping[Rows, Callable[[Study, str], pd.DataFrame]]] = {
    "people": frames.people,
    "units": frames.units,
    "activities": frames.activities,
    "forms": frames.forms,
}
_OUTCOMES: Final[Mapping[Rows, tuple[str, ...]]] = {
    "people": ("output_per_day", "skp", "on_time_share", "trained", "invited", "attended", "jp"),
    "units": ("ikm", "trained_share", *codes.UNSUR),
    "activities": ("test_gain", "attended_share", "jp", "biaya"),
    "forms": ("ikm", *codes.UNSUR),
}
_GROUPS: Final[Mapping[Rows, tuple[str, ...]]] = {
    "people": (
        *("opd", "unit", "kecamatan", "tema", "metode", "trained", "jenis_kelamin"),
        *("jenis_jabatan", "kelompok_umur", "tingkat_pendidikan", "status"),
    ),
    "units": ("trained", "opd", "kecamatan"),
    "activities": ("tema", "metode"),
    "forms": ("unit", "opd", "kecamatan", "jenis_kelamin", "pekerjaan", "pendidikan"),
}
_FILTERS: Final = ("opd", "unit", "metode", "tema")
_ALL: Final = ""


@remembered
def _frame(study: Study, rows: Rows, lang: Lang) -> pd.DataFrame:
    return _MADE[rows](study, lang)


def pickers(study: Study, lang: str = "id") -> VBox:
    """Choices of table, outcome, groups, year, agency, unit, kind of training and theme, and below
    them the picture and the table, which follow.

    >>> from helpers import explore, intake
    >>> study = intake.study("data/sample", 2024, "notebooks/plan.yml")
    >>> reopen, rows, choices, shown = explore.pickers(study, "en").children
    >>> [choice.description for choice in choices.children]
    ['Outcome', 'Groups', 'Year', 'Agency (OPD)', 'Unit', 'Kind of training', 'Theme']
    >>> rows.value = "forms"
    >>> "IKM" in shown.value
    True

    Parameters
    ----------
    study : of any years up to its own.
    lang : the reader's, ``"id"`` or ``"en"``.

    Returns
    -------
    A widget that a notebook shows. What was saved in a notebook is a picture of it until its cell
    is run again, as it says.

    Raises
    ------
    EvaluasiError : no study, or no such language.
    """
    import ipywidgets

    mistakes.a_study(study)
    said = known(lang)
    every = say("explore.everybody", said)
    rows = _dropdown("rows", [(say(f"explore.rows.{r}", said), r) for r in _MADE], said)
    names = ("outcome", "by", "year", *_FILTERS)
    chosen = {name: _dropdown(name, [(every, _ALL)], said) for name in names}
    # As wide as its place, whatever its picture is, and in the Lab's own style of what cells show.
    below = ipywidgets.HTML(layout=ipywidgets.Layout(display="block"))
    below.add_class("jp-RenderedHTMLCommon")
    drawing: list[bool] = []

    def fill() -> None:
        frame = _frame(study, rows.value, said)
        years = sorted({int(y) for y in frame["year"]}, reverse=True)
        _options(chosen["outcome"], _called(_OUTCOMES, rows.value, said))
        group()
        _options(chosen["year"], [*((str(y), y) for y in years), (every, _ALL)])
        narrow(frame)

    def group() -> None:
        """Whatever there is but the outcome: within its own groups it has one value only."""
        groups = _called(_GROUPS, rows.value, said, but=chosen["outcome"].value)
        _options(chosen["by"], groups)

    def narrow(frame: pd.DataFrame) -> None:
        """Of each list those alone that the choices before it leave: an agency's units."""
        for name in _FILTERS:
            values = frame[name].dropna().unique() if name in frame else ()
            _options(chosen[name], [(every, _ALL), *((v, v) for v in sorted(map(str, values)))])
            chosen[name].disabled = name not in frame
            frame = _chosen(frame, name, chosen[name].value)

    def show(_: object = None) -> None:
        if drawing:
            asked = {name: choice.value for name, choice in chosen.items()}
            below.value = _answer(_frame(study, rows.value, said), asked, said)

    def change(choices: Callable[[], None]) -> None:
        # While the choices themselves change, nothing is drawn.
        drawing.clear()
        choices()
        drawing.append(True)
        show()

    def following(choices: Callable[[], None]) -> Callable[[object], None]:
        return lambda _: change(choices) if drawing else None

    by_filters = following(lambda: narrow(_frame(study, rows.value, said)))
    followed = {"outcome": following(group), **dict.fromkeys(_FILTERS, by_filters)}
    for name, choice in chosen.items():
        choice.observe(followed.get(name, show), names="value")
    rows.observe(lambda _: change(fill), names="value")
    change(fill)
    grid = ipywidgets.Layout(grid_template_columns="repeat(auto-fill, minmax(20em, 1fr))")
    return ipywidgets.VBox(
        [
            ipywidgets.HTML(f"<p>{say('explore.reopen', said)}</p>{own_keys('.widget-vbox')}"),
            rows,
            ipywidgets.GridBox(list(chosen.values()), layout=grid),
            below,
        ]
    )


def _answer(frame: pd.DataFrame, chosen: Mapping[str, Any], lang: Lang) -> str:
    """What the choices ask for, as HTML; a sentence where it cannot be shown."""
    for name in _FILTERS:
        frame = _chosen(frame, name, chosen[name])
    if frame.empty or (chosen["year"] != _ALL and chosen["year"] not in set(frame["year"])):
        return f"<p>{say('explore.none_chosen', lang)}</p>"
    try:
        mistakes.known_rows(frame)
        if chosen["year"] == _ALL:
            groups = frame[chosen["by"]].nunique()
            by = chosen["by"] if groups <= mistakes.MOST_LINES else None
            return over_time(frame, chosen["outcome"], by).blocks.html()
        return compare(frame, chosen["outcome"], chosen["by"], chosen["year"]).blocks.html()
    except EvaluasiError as e:
        return f"<p>{e.message(lang)}</p>"


def _chosen(frame: pd.DataFrame, name: str, value: object) -> pd.DataFrame:
    return frame if value == _ALL or name not in frame else frame[frame[name] == value]


def _called(
    columns: Mapping[Rows, tuple[str, ...]], rows: Rows, lang: Lang, but: str = _ALL
) -> list[tuple[str, Any]]:
    return [(column_units.named(c, lang, rows), c) for c in columns[rows] if c != but]


def _dropdown(name: str, options: list[tuple[str, Any]], lang: Lang) -> Any:
    import ipywidgets

    return ipywidgets.Dropdown(
        options=options,
        description=say(f"explore.pick.{name}", lang),
        style={"description_width": "9em"},
        layout=ipywidgets.Layout(width="auto"),
    )


def _options(choice: Any, options: list[tuple[str, Any]]) -> None:
    """New options, of which the one that was chosen stays, where it is still there."""
    kept = choice.value
    if choice.options != tuple(options):
        choice.options = options
    choice.value = kept if kept != _ALL and kept in dict(options).values() else options[0][1]
