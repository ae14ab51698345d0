"""What who knows the untreated outcomes would find: the bar for a report's power.

The oracle compares each treated person (or service unit) in each treated year with the same one
untreated (methods.md, words); what is unsure is only how the gain varies between them.
"""

from __future__ import annotations

from typing import Final

import pandas as pd
import statsmodels.formula.api as smf

from helpers.contracts.panel import NEVER, Panel
from helpers.simulate import Region

_ALPHA: Final = 0.05
_EQUAL: Final = 1e-9


def gains_of_people(region: Region, entities: pd.Series) -> pd.DataFrame:
    """What training added to each person's outcomes in each year.

    Parameters
    ----------
    region : with its gains.
    entities : the whole number of each person in a panel, by NIP.

    Returns
    -------
    One column an outcome, by ``entity`` and ``year``.
    """
    return _by_entity(region.gains[0], entities)


def gains_of_units(region: Region, panel: Panel) -> pd.DataFrame:
    """What training added to each service unit's outcomes in each year.

    Parameters
    ----------
    region : with its gains.
    panel : of service units, which says by what number each is known.

    Returns
    -------
    One column an outcome, by ``entity`` and ``year``.
    """
    known = panel.frame.drop_duplicates("unit").set_index("unit")["entity"]
    return _by_entity(region.gains[1], known)


def gained(panel: Panel, gains: pd.Series) -> pd.DataFrame:
    """The treated years of a panel with what training added in them.

    Parameters
    ----------
    panel : of the question that is asked.
    gains : of its outcome, by ``entity`` and ``year``.

    Returns
    -------
    ``gain`` and ``cluster``, a row an entity and treated year.
    """
    frame = panel.frame
    treated = frame[(frame["cohort"] != NEVER) & (frame["year"] >= frame["cohort"])]
    at = pd.MultiIndex.from_frame(treated[["entity", "year"]])
    found = gains.reindex(at).to_numpy(float)
    return treated[["cluster"]].assign(gain=found).dropna()


def truth(found: pd.DataFrame) -> float:
    """The average effect on the treated over treated years; zero where nobody was treated.

    Parameters
    ----------
    found : as `gained` gives it.
    """
    return float(found["gain"].mean()) if len(found) else 0.0


def finds(found: pd.DataFrame) -> bool:
    """Whether the gain of the treated cannot be chance, clustered.

    Parameters
    ----------
    found : as `gained` gives it.
    """
    if found["cluster"].nunique() < 2 or found["gain"].abs().max() < _EQUAL:
        return False
    if found["gain"].std() < _EQUAL:
        return True
    fit = smf.ols("gain ~ 1", found).fit(
        cov_type="cluster", cov_kwds={"groups": found["cluster"]}, use_t=True
    )
    return bool(fit.pvalues.iloc[0] < _ALPHA)


def _by_entity(gains: pd.DataFrame, entities: pd.Series) -> pd.DataFrame:
    rows = gains.reset_index()
    key = rows.columns[0]
    named = rows.assign(entity=rows[key].map(entities)).rename(columns={"tahun": "year"})
    return named.dropna(subset="entity").set_index(["entity", "year"]).drop(columns=key)
