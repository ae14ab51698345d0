"""Other people's numbers on real data, through the functions that the notebooks call."""

import pytest

from helpers import validation
from helpers.validation import Printed

TABLE = validation.published()


@pytest.mark.parametrize(
    "row", list(TABLE.itertuples()), ids=[f"{r.study}: {r.figure}" for r in TABLE.itertuples()]
)
def test_a_printed_figure_is_reproduced_to_the_last_digit(row):
    assert row.ours.lstrip("-0") == row.printed.lstrip("-0") or float(row.ours) == float(
        row.printed
    )
    assert row.agrees


def test_agreement_means_the_last_printed_digit():
    assert Printed("s", "f", "-.080", -0.0804, "x").agrees
    assert not Printed("s", "f", "-.080", -0.0806, "x").agrees
    assert not Printed("s", "f", "1794", 1794.6, "x").agrees


def test_every_study_is_there():
    assert set(TABLE["study"]) == {
        "minimum wage (mpdta)",
        "NSW job training",
        "Michigan training grants",
    }
    assert len(TABLE) == 40
