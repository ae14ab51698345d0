"""Published results on real data, reproduced through the same functions that the notebooks call,
and through the libraries on which those functions rest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from helpers import causal
from helpers.causal import averages, designs
from helpers.causal.cells import UNITS
from helpers.causal.histories import histories
from helpers.contracts import Text, project
from helpers.contracts.panel import NEVER
from helpers.validation import library

FOLDER: Final = project.ROOT / "data" / "published"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure, its decimals, where it is printed, and what we get.

    ``within`` is how far ours may be where the printed figure was itself searched on a grid.
    """

    study: Text
    figure: Text
    printed: str
    ours: float
    source: Text
    within: float = 0.0

    @property
    def decimals(self) -> int:
        return len(self.printed.partition(".")[2])

    @property
    def agrees(self) -> bool:
        """Equal to the last printed digit, or as near as the printed figure's grid allows."""
        printed = float(self.printed)
        same = f"{self.ours:.{self.decimals}f}" == f"{printed:.{self.decimals}f}"
        return same or abs(self.ours - printed) <= self.within


_WAGE = Text("upah minimum (mpdta)", "minimum wage (mpdta)")
_NSW = Text("pelatihan kerja NSW", "NSW job training")
_GRANTS = Text("hibah pelatihan Michigan", "Michigan training grants")
_MEDICAID = Text("perluasan Medicaid", "Medicaid expansion")
_DID = Text("vinyet `did` (Callaway dan Sant'Anna)", "`did` vignette (Callaway and Sant'Anna)")
_DW = Text("Dehejia dan Wahba 1999", "Dehejia and Wahba 1999")
_DRDID = Text(
    "dokumentasi `DRDID` (Sant'Anna dan Zhao)", "`DRDID` documentation (Sant'Anna and Zhao)"
)
_JTRAIN = Text("Wooldridge, Contoh 14.1", "Wooldridge, Example 14.1")
_HONEST = Text(
    "vinyet `HonestDiD` (Rambachan dan Roth)", "`HonestDiD` vignette (Rambachan and Roth)"
)
# The vignette searches its bounds on a grid; its smoothness bounds end where an optimiser stops.
_GRID: Final = 0.0006
_OPTIMISER: Final = 0.0001


def published() -> tuple[Printed, ...]:
    """Every printed figure beside ours."""
    return tuple(row for study in _STUDIES for row in study())


def _error(of: Text) -> Text:
    return Text(f"{of.id}, galat baku", f"{of.en}, error")


def _with_error(
    study: Text, source: Text, figure: Text, printed: tuple[str, str], ours: tuple[float, float]
) -> Iterator[Printed]:
    yield Printed(study, figure, printed[0], ours[0], source)
    if printed[1]:
        yield Printed(study, _error(figure), printed[1], ours[1], source)


def read(name: str) -> pd.DataFrame:
    """One published data set."""
    return pd.read_csv(FOLDER / f"{name}.csv")


def minimum_wage(covariates: tuple[str, ...] = ()) -> library.GroupTime:
    """The county panel of the ``did`` vignette: doubly robust, never-treated controls, varying base
    period.
    """
    return library.group_time_att(
        read("mpdta"),
        "lemp",
        entity="countyreal",
        time="year",
        cohort="first.treat",
        covariates=covariates,
        cluster=None,
        controls="never_treated",
        base_period="varying",
    )


def _minimum_wage() -> Iterator[Printed]:
    def rows(
        figure: Text, printed: tuple[str, str], value: float, error: float = 0.0
    ) -> Iterator[Printed]:
        return _with_error(_WAGE, _DID, figure, printed, (value, error))

    fit = minimum_wage()
    simple = Text("ATT sederhana", "simple ATT")
    yield from rows(simple, ("-0.0400", "0.0120"), fit.overall.value, fit.overall.std_error)
    kinds: tuple[tuple[library.Aggregation, Text, tuple[str, str]], ...] = (
        ("group", Text("rerata angkatan", "group average"), ("-0.0310", "0.0124")),
        ("dynamic", Text("rerata dinamis", "dynamic average"), ("-0.0772", "0.0200")),
        ("calendar", Text("rerata kalender", "calendar average"), ("-0.0417", "")),
    )
    for kind, figure, printed in kinds:
        found = library.average(fit, kind)
        yield from rows(figure, printed, found.value, found.std_error)
    by_time = (
        ("0.0305", ".0150"),
        ("-0.0006", ".0133"),
        ("-0.0245", ".0142"),
        ("-0.0199", ".0118"),
        ("-0.0510", ".0169"),
        ("-0.1373", ".0364"),
        ("-0.1008", ".0344"),
    )
    for printed, time, value, error in zip(
        by_time, *(fit.event[c] for c in fit.event), strict=True
    ):
        figure = Text(f"waktu kejadian {time}", f"event time {time}")
        yield from rows(figure, printed, value, error)
    wald, _, p = library.joint_pre_trend(fit)
    joint = Text("uji kecenderungan sebelumnya", "joint pre-trend test")
    yield from rows(joint + Text.same("W"), ("7.79", ""), wald)
    yield from rows(joint + Text.same("p"), ("0.168", ""), p)
    adjusted = minimum_wage(("lpop",)).overall
    given = Text("ATT sederhana dengan lpop", "simple ATT given lpop")
    yield from rows(given, ("-0.0418", "0.0115"), adjusted.value, adjusted.std_error)


def _job_training() -> Iterator[Printed]:
    def row(figure: Text, printed: str, ours: float) -> Printed:
        return Printed(_NSW, figure, printed, ours, _DW)

    experiment = read("nsw_dehejia_wahba")
    treated = experiment[experiment["treat"] == 1]
    psid = read("nsw_psid")
    value, classical, robust = causal.difference_in_means(experiment["re78"], experiment["treat"])
    yield row(Text("percobaan, selisih re78", "experiment, difference in re78"), "1794", value)
    yield row(_error(Text("percobaan", "experiment")), "633", classical)
    yield row(Text("percobaan, galat baku tegar", "experiment, robust error"), "671", robust)
    for name, controls, printed in (
        ("CPS", read("cps_controls"), "-8498"),
        ("PSID", psid[psid["treat"] == 0], "-15205"),
    ):
        both = pd.concat([treated, controls], ignore_index=True)
        naive, _, _ = causal.difference_in_means(both["re78"], both["treat"])
        figure = Text(f"selisih naif terhadap {name}", f"naive difference against {name}")
        yield row(figure, printed, naive)


def _comparison_groups() -> Iterator[Printed]:
    """The controls of the experiment against CPS: nobody was trained, so that all of it is bias."""
    of = against_cps()
    ways = (
        (
            Text("tegar ganda", "doubly robust"),
            library.two_groups(of, "dr", "trad"),
            ("-871.3", "396.0"),
        ),
        (
            Text("tegar ganda, disempurnakan", "doubly robust, improved"),
            library.two_groups(of, "dr", "imp"),
            ("-901.3", "393.6"),
        ),
        (
            Text("regresi hasil", "outcome regression"),
            library.two_groups(of, "reg"),
            ("-1300.6", "349.8"),
        ),
        (
            Text("pembobotan, dinormalkan", "weighting, normalised"),
            library.two_groups(of, "ipw"),
            ("-1021.6", "397.5"),
        ),
    )
    for way, found, printed in ways:
        figure = Text(f"kontrol terhadap CPS, {way.id}", f"controls against CPS, {way.en}")
        yield from _with_error(_NSW, _DRDID, figure, printed, found)


def against_cps() -> pd.DataFrame:
    """The controls of the experiment (``treated`` 1) and CPS (0), earnings in 1975 and 1978."""
    people = [
        read("nsw_lalonde_controls").assign(treated=1),
        read("cps_controls").rename(columns={"marr": "married"}).assign(treated=0),
    ]
    traits = ["age", "educ", "black", "married", "nodegree", "hisp", "re74", "treated"]
    both = pd.concat(people, ignore_index=True)
    years = [both[traits].assign(year=1900 + y, y=both[f"re{y}"]) for y in (75, 78)]
    return pd.concat(years).rename_axis("entity").reset_index()


def _training_grants() -> Iterator[Printed]:
    fit = causal.fixed_effects(
        read("michigan_grants_jtrain"), "lscrap", ("d88", "d89", "grant", "grant_1"), "fcode"
    )
    for name, *printed in (
        ("d88", "-.080", ".109"),
        ("d89", "-.247", ".133"),
        ("grant", "-.252", ".151"),
        ("grant_1", "-.422", ".210"),
    ):
        value, error = printed
        yield from _with_error(_GRANTS, _JTRAIN, Text.same(name), (value, error), fit.of(name))
    yield Printed(_GRANTS, Text("baris", "rows"), "162", float(fit.n_obs), _JTRAIN)
    within = Text("R kuadrat dalam perusahaan", "R-squared within")
    yield Printed(_GRANTS, within, ".201", fit.r_squared_within, _JTRAIN)


def _medicaid_bounds() -> Iterator[Printed]:
    study = medicaid()
    relative = (
        (0.5, ".0241", ".0673"),
        (1.0, ".0171", ".0720"),
        (1.5, ".0086", ".0796"),
        (2.0, "-.0011", ".0883"),
    )
    smooth = (
        (0.0, ".0259", ".0607"),
        (0.01, ".0132", ".0787"),
        (0.02, ".0029", ".0907"),
        (0.03, "-.0071", ".101"),
    )
    methods: tuple[tuple[library.Drift, str, float, tuple[tuple[float, str, str], ...]], ...] = (
        ("relative_magnitude", "M̄", _GRID, relative),
        ("smoothness", "M", _OPTIMISER, smooth),
    )
    for method, symbol, within, printed in methods:
        found = library.honest_bounds(study, method, [m for m, _, _ in printed])
        for (m, *texts), ours in zip(printed, found, strict=True):
            for side, text, value in zip(_SIDES, texts, ours, strict=True):
                figure = Text(f"{symbol} = {m:g}, {side.id}", f"{symbol} = {m:g}, {side.en}")
                yield Printed(_MEDICAID, figure, text, value, _HONEST, within)


_SIDES: Final = (Text("batas bawah", "lower bound"), Text("batas atas", "upper bound"))


def medicaid() -> averages.EventStudy:
    """Our event study of the states that expanded Medicaid in 2014; its covariance is that of the
    vignette's regression: G/(G−1) over clusters, and the coefficients of years counted.
    """
    raw = read("medicaid_ehec")
    rows = raw[(raw["year"] < 2016) & (raw["yexp2"] != 2015)]
    frame = pd.DataFrame(
        {
            "entity": rows["stfips"],
            "cluster": rows["stfips"],
            "year": rows["year"],
            "cohort": np.where(rows["yexp2"] == 2014, 2014, NEVER),
            "insured": rows["dins"],
        }
    )
    of, how = histories(frame, "insured", ()), designs.How("none", UNITS)
    cells = [*designs.primary_cells(of, how), *designs.lead_cells(of, how)]
    found = averages.event_study([replace(c, influence=c.raw) for c in cells])
    assert found is not None
    states = averages.clusters(cells)
    coefficients = len(found.times) + len(of.years) - 1
    factor = states / (states - 1) * (len(frame) - 1) / (len(frame) - coefficients)
    return replace(found, covariance=factor * found.covariance)


_STUDIES: Final[tuple[Callable[[], Iterator[Printed]], ...]] = (
    _minimum_wage,
    _job_training,
    _comparison_groups,
    _training_grants,
    _medicaid_bounds,
)
