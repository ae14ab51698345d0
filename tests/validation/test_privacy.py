"""No hidden figure of a small region can be found out from two years' reports; what is shown by
mistake is found out at once.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import replace
from itertools import islice

import numpy as np
import pandas as pd
import pytest

from helpers import questions
from helpers.contracts import LANGS
from helpers.describe.seats import GROUPINGS
from helpers.validation import privacy
from helpers.validation.attacker import Hidden, Programme
from helpers.validation.equations import Equations, equations
from helpers.validation.released import COUNTED, OF_ROLL, Release, release


@pytest.fixture(scope="module")
def report() -> Release:
    return release(privacy.region(3))


def found(asked: Equations) -> list[str]:
    return [h.name for h in asked.programme.found(asked.sought)]


@pytest.mark.parametrize("seed", [3, 6, 7, 23])
def test_two_reports_of_a_small_region_give_nothing_hidden_away(seed):
    told = privacy.ask(1, seed)
    assert privacy.holds(told), told[0].found
    assert told[0].hidden.total() > 50 and told[0].shown.total() > 20


def unhidden(report: Release, row: pd.Series) -> Release:
    """The report with one hidden figure shown as it is."""
    people = report.people[report.people["tahun"] == row["year"]]
    of = people[people[row["group_by"]].astype(str) == row["group"]][OF_ROLL[row["indicator"]]]
    shown = report.shown.copy()
    shown.loc[row.name, ["value", "n"]] = [of.mean(), len(of)]
    return replace(report, shown=shown)


def test_a_second_cell_that_is_shown_gives_a_hidden_one_away(report):
    """What is hidden so as to keep others hidden is hidden for a reason."""
    assert not found(equations([report]))
    rows = report.shown[
        report.shown["n"].isna() & report.shown["indicator"].isin(("invited_share", "jp_mean"))
    ]
    given_away = (row for _, row in rows.iterrows() if found(equations([unhidden(report, row)])))
    assert len(list(islice(given_away, 3))) == 3


def test_seats_by_the_least_met_right_would_tell_who_was_invited_in_vain(report):
    """They are hidden where it is hidden how many come first; shown, they give groups away."""
    first = report.shown[report.shown["indicator"] == "invite_first"]
    hidden = set(first.loc[first["n"].isna(), "group"])
    gap = report.gap.set_index("group")["of_seats"]
    assert hidden and gap[gap.index.isin(hidden)].isna().all()
    people = report.people[report.people["tahun"] == report.year]
    told = []
    for by in GROUPINGS:
        of = people.dropna(subset=[by]).groupby(by)["chance"].agg(["sum", "size"])
        shares = (of["sum"] / of["sum"].sum())[of["size"] >= report.study.plan.privacy.small_cell]
        told += [(by, group, share) for group, share in shares.items()]
    shown = pd.DataFrame(told, columns=["group_by", "group", "of_seats"])
    given_away = found(equations([replace(report, gap=shown)]))
    assert any(name.startswith("in_vain") for name in given_away), given_away


def test_shares_of_the_seats_would_tell_the_chance_that_the_lot_gives():
    """Hidden, nobody can count who comes first from the seats; shown, anybody can."""
    report = release(privacy.region(127))
    assert report.gap["of_seats"].isna().all()
    asked = equations([report])
    assert "in_vain 2024 all" in {h.name for h in asked.sought} and not found(asked)
    people = report.people[report.people["tahun"] == report.year]
    of = people.groupby("jenis_kelamin")["chance"].sum()
    shares = pd.DataFrame(
        {"group_by": "jenis_kelamin", "group": of.index, "of_seats": of / of.sum()}
    )
    assert "in_vain 2024 all" in found(equations([replace(report, gap=shares)]))


def test_that_nobody_of_a_shown_group_was_invited_in_vain_is_no_secret_of_a_part_of_it():
    """Two groups that show nobody so say it of each part; one that hides its figures does not."""
    report = release(privacy.region(102))
    name = "in_vain 2024 jenis_jabatan=struktural"
    assert name not in {h.name for h in equations([report]).sought}
    first = report.shown["indicator"] == "invite_first"
    hidden = report.shown.copy()
    hidden.loc[first, ["value", "n"]] = math.nan
    asked = equations([replace(report, shown=hidden)])
    assert name in {h.name for h in asked.sought} and name not in found(asked)


def test_numbers_of_people_who_could_be_compared_would_tell_of_the_few_not_measured(report):
    """Where nothing can be estimated none is told; told, they give the unmeasured away."""
    assert len(report.compared) > 1 and all(math.isnan(c.treated) for c in report.compared)
    told = tuple(
        replace(c, treated=c.trained.sum(), controls=len(c.trained) - c.trained.sum())
        for c in report.compared
    )
    given_away = found(equations([replace(report, compared=told)]))
    assert "people_compared 2024 output_per_day less skp" in given_away
    rows = questions.productivity_effect(report.study).estimates
    assert {(e.n_treated, e.n_control) for e in rows} == {(0, 0)}


def test_a_stopped_attack_goes_on_where_it_stopped(tmp_path, monkeypatch):
    kept, asked = tmp_path / "privacy_told.jsonl", []

    def one(seed: int) -> privacy.RegionTold:
        asked.append(seed)
        if asked == [1, 2, 3]:
            raise KeyboardInterrupt
        return privacy.RegionTold(seed, Counter(jp_mean=seed), Counter(), ())

    monkeypatch.setattr(privacy, "_one", one)
    with pytest.raises(KeyboardInterrupt):
        privacy.ask(4, kept=kept)
    with kept.open("a", encoding="utf-8") as file:
        file.write('{"code": "a half-written li')
    told = privacy.ask(4, kept=kept)
    assert asked == [1, 2, 3, 3, 4] and [t.shown["jp_mean"] for t in told] == [1, 2, 3, 4]
    monkeypatch.setattr("helpers.validation.kept_regions.code", lambda: "another")
    privacy.ask(1, kept=kept)
    assert asked[-1] == 1


def test_what_binds_tables_years_and_reports_is_true_of_the_region(report):
    """The truth satisfies every equation: else bounds would be drawn around something else."""
    asked = equations([release(privacy.until(report.study, 2023)), report])
    truth = np.full(asked.programme.size, np.nan)
    both = [release(privacy.until(report.study, 2023)).people, report.people]
    people = pd.concat(both).groupby(["pegawai_id", "tahun"]).first().reset_index()
    for (column, year), places in asked.places.items():
        if column not in people:
            continue
        rows = people[people["tahun"] == year].set_index("pegawai_id")[column]
        truth[places.to_numpy()] = rows[places.index].to_numpy(float)
    checked = 0
    for at, by, value in asked.programme.equal:
        if np.isfinite(truth[at]).all():
            checked += 1
            assert truth[at] @ by == pytest.approx(value, abs=1e-6)
    for at, by, value in asked.programme.at_most:
        if np.isfinite(truth[at]).all():
            assert truth[at] @ by <= value + 1e-6
    assert checked > 50


def test_bounds_are_those_of_the_programme():
    """x + y = 10 and x ≤ 3 leave y open between 7 and 10; with x ≤ 0 it is 10."""
    for most, is_found in ((3.0, False), (0.0, True)):
        program = Programme()
        at = program.variables(np.zeros(2), np.array([most, 20.0]))
        program.known(at, 1.0, 10.0)
        y = Hidden("y", at[1:], np.ones(1), 0.0, whole=True, truth=10.0)
        assert (program.found([y]) == [y]) == is_found
    program.known(at, 1.0, 11.0)
    with pytest.raises(RuntimeError):
        program.found([y])


def test_the_table_names_what_was_found_out_and_does_not_hold(tmp_path):
    told = (
        privacy.RegionTold(1, Counter(jp_mean=9), Counter(jp_mean=4), ()),
        privacy.RegionTold(2, Counter(jp_mean=9), Counter(jp_mean=4), ("jp_mean 2024 post=head",)),
    )
    assert privacy.holds(told[:1]) and not privacy.holds(told) and not privacy.holds(())
    privacy.write(told, tmp_path)
    assert {p.name for p in tmp_path.iterdir()} == {"privacy.md", "privacy.id.md"}
    for path in tmp_path.iterdir():
        assert "| jp_mean | 18 | 8 | 1 |" in path.read_text(encoding="utf-8")
        assert "jp_mean 2024 post=head" in path.read_text(encoding="utf-8")
    assert LANGS == ("id", "en") and "jp_mean" not in COUNTED
