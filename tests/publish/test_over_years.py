"""The index over years tells each report's main effects with range and grade, and only those."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from helpers import publish
from helpers.contracts import Plan, finding_record
from helpers.contracts.results import ESTIMATE_COLUMNS
from tests.findings.test_main_points import OUTCOMES, made

DRAWN = ((1.5, 0.1, "strong", "inconclusive", 0.2), (0.3, 0.5, "weak", "inconclusive", 0.2))


def _report(folder: Path, plan: Plan) -> None:
    answers = [made(*of, d) for of, d in zip(OUTCOMES, DRAWN, strict=True)]
    results = folder / "results"
    results.mkdir(parents=True)
    (folder / "index.html").write_text("")
    (folder / "manifest.json").write_text(json.dumps({"plan": plan.values}))
    records = [finding_record(f) for a in answers for f in a.findings]
    (results / "findings.json").write_text(json.dumps(records))
    with (results / "estimates.csv").open("w", newline="") as file:
        rows = csv.DictWriter(file, ESTIMATE_COLUMNS)
        rows.writeheader()
        for (question, outcome), base in zip(OUTCOMES, (6.0, 80.0), strict=True):
            told = {"question": question, "outcome": outcome, "role": "primary"}
            rows.writerow({**dict.fromkeys(ESTIMATE_COLUMNS, ""), **told, "baseline_mean": base})


def test_each_years_main_effects_stand_side_by_side(tmp_path: Path, plan: Plan):
    _report(tmp_path / "2024", plan)
    (tmp_path / "2023").mkdir()
    (tmp_path / "2023" / "manifest.json").write_text("{}")
    pages = publish.years_indexes(tmp_path, plan, "now", synthetic=False)
    text = next(page for lang, page in pages.values() if lang == "en")
    # What its cells carry for narrow screens is tested elsewhere.
    bare = re.sub(r"<(\w+)[^>]*>", r"<\1>", text)
    table = bare[bare.index("<tbody>") : bare.index("</tbody>")]
    assert table.index("2024") < table.index("2023")
    # Output per day as a share of the level before training; the other in its own unit.
    assert "<td>25.0% (23.3% to 26.7%)</td><td>strong</td>" in table
    assert "<td>0.3 IKM points (−0.2 to 0.8)</td><td>no evidence yet</td>" in table
    # A year without results says so.
    assert table.count("<td>not answered</td>") == 2
