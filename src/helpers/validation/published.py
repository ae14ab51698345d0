"""Published results on real data, reproduced through the same functions that the notebooks call."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from helpers import causal
from helpers.contracts import project
from helpers.validation import library

FOLDER = project.ROOT / "data" / "published"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed figure, its decimals, where it is printed, and what we get."""

    study: str
    figure: str
    printed: str
    ours: float
    source: str

    @property
    def decimals(self) -> int:
        return len(self.printed.partition(".")[2])

    @property
    def agrees(self) -> bool:
        """Equal to the last printed digit."""
        return f"{self.ours:.{self.decimals}f}" == f"{float(self.printed):.{self.decimals}f}"


_DID = "did vignette (Callaway and Sant'Anna)"
_DW = "Dehejia and Wahba 1999"
_JTRAIN = "Wooldridge, Example 14.1"


def published() -> pd.DataFrame:
    """Every printed figure that today's estimators reach, beside ours; ``agrees`` to the last
    printed digit.

    Returns
    -------
    ``study``, ``figure``, ``printed`` and ``ours`` as texts of equal decimals, ``agrees``,
    ``source``.
    """
    rows = [r for study in _STUDIES for r in study()]
    return pd.DataFrame(
        [
            (r.study, r.figure, r.printed, f"{r.ours:.{r.decimals}f}", r.agrees, r.source)
            for r in rows
        ],
        columns=["study", "figure", "printed", "ours", "agrees", "source"],
    )


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
    def row(figure: str, printed: str, ours: float) -> Printed:
        return Printed("minimum wage (mpdta)", figure, printed, ours, _DID)

    fit = minimum_wage()
    yield row("simple ATT", "-0.0400", fit.overall.value)
    yield row("simple ATT, error", "0.0120", fit.overall.std_error)
    for kind, value, error in (
        ("group", "-0.0310", "0.0124"),
        ("dynamic", "-0.0772", "0.0200"),
        ("calendar", "-0.0417", ""),
    ):
        found = library.average(fit, kind)  # type: ignore[arg-type]
        yield row(f"{kind} average", value, found.value)
        if error:
            yield row(f"{kind} average, error", error, found.std_error)
    printed = (
        ("0.0305", ".0150"),
        ("-0.0006", ".0133"),
        ("-0.0245", ".0142"),
        ("-0.0199", ".0118"),
        ("-0.0510", ".0169"),
        ("-0.1373", ".0364"),
        ("-0.1008", ".0344"),
    )
    for (value, error), time, ours, ours_error in zip(
        printed, *(fit.event[c] for c in fit.event), strict=True
    ):
        yield row(f"event time {time}", value, ours)
        yield row(f"event time {time}, error", error, ours_error)
    wald, _, p = library.joint_pre_trend(fit)
    yield row("joint pre-trend test, W", "7.79", wald)
    yield row("joint pre-trend test, p", "0.168", p)
    adjusted = minimum_wage(("lpop",)).overall
    yield row("simple ATT given lpop", "-0.0418", adjusted.value)
    yield row("simple ATT given lpop, error", "0.0115", adjusted.std_error)


def _job_training() -> Iterator[Printed]:
    experiment = read("nsw_dehejia_wahba")
    treated = experiment[experiment["treat"] == 1]
    psid = read("nsw_psid")
    value, classical, robust = causal.difference_in_means(experiment["re78"], experiment["treat"])
    yield Printed("NSW job training", "experiment, difference in re78", "1794", value, _DW)
    yield Printed("NSW job training", "experiment, error", "633", classical, _DW)
    yield Printed("NSW job training", "experiment, robust error", "671", robust, _DW)
    for name, controls, printed in (
        ("CPS", read("cps_controls"), "-8498"),
        ("PSID", psid[psid["treat"] == 0], "-15205"),
    ):
        both = pd.concat([treated, controls], ignore_index=True)
        naive, _, _ = causal.difference_in_means(both["re78"], both["treat"])
        yield Printed("NSW job training", f"naive difference against {name}", printed, naive, _DW)


def _training_grants() -> Iterator[Printed]:
    fit = causal.fixed_effects(
        read("michigan_grants_jtrain"), "lscrap", ("d88", "d89", "grant", "grant_1"), "fcode"
    )
    printed = (
        ("d88", "-.080", ".109"),
        ("d89", "-.247", ".133"),
        ("grant", "-.252", ".151"),
        ("grant_1", "-.422", ".210"),
    )
    for name, value, error in printed:
        ours, ours_error = fit.of(name)
        yield Printed("Michigan training grants", name, value, ours, _JTRAIN)
        yield Printed("Michigan training grants", f"{name}, error", error, ours_error, _JTRAIN)
    yield Printed("Michigan training grants", "rows", "162", float(fit.n_obs), _JTRAIN)
    yield Printed(
        "Michigan training grants", "R-squared within", ".201", fit.r_squared_within, _JTRAIN
    )


_STUDIES: tuple[Callable[[], Iterator[Printed]], ...] = (
    _minimum_wage,
    _job_training,
    _training_grants,
)
