"""What a notebook rests on is told from its code: nothing less than what runs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import FrameType

import nbformat
import pytest

from helpers import causal, describe, explore, findings, measures, present, publish, questions
from helpers.contracts import NEEDS, project
from helpers.intake import prepared
from helpers.workflow import pipeline
from helpers.workflow.code_used import code_used
from tests.workflow.conftest import own_notebook, value_of

HELPERS = project.ROOT / "src" / "helpers"
ROOMS = (causal, describe, explore, findings, measures, present, publish, questions)
GRAPH = pipeline.load()


def _ran(notebook: Path, values: dict[str, object]) -> set[str]:
    """The helpers' files whose functions run when the notebook does."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        if event == "call":
            seen.add(frame.f_code.co_filename)

    names: dict[str, object] = {}
    sys.setprofile(note)
    try:
        for cell in nbformat.read(notebook, as_version=4).cells:
            if cell.cell_type == "code":
                value_of(cell.source, names)
            if "parameters" in cell.metadata.get("tags", []):
                names |= values
    finally:
        sys.setprofile(None)
    return {
        Path(f).relative_to(HELPERS).as_posix() for f in seen if f.startswith(str(HELPERS) + "/")
    }


def test_whatever_runs_is_among_what_is_used(small_region: Path, tmp_path: Path):
    """Every notebook of the pipeline, with what those that it needs have found."""
    for name in GRAPH.needs:
        out = tmp_path / name
        for needed in GRAPH.needs[name]:
            shutil.copytree(tmp_path / needed, out / NEEDS / needed)
        prepared._LAST.clear()
        values = {"year": 2024, "data": str(small_region), "lang": "id", "out": str(out)}
        ran = _ran(GRAPH.path(name), values)
        shutil.rmtree(out / NEEDS, ignore_errors=True)
        assert "intake/prepared.py" in ran and ran <= set(code_used(GRAPH.path(name))), name


def test_a_notebook_does_not_rest_on_what_others_use():
    used = {name: set(code_used(GRAPH.path(name))) for name in GRAPH.needs}
    of_effects = "causal/effects.py"
    assert {n for n, files in used.items() if of_effects in files} >= {
        "31_productivity_effect",
        "41_satisfaction_effect",
        "50_methods_and_dose",
    }
    for name in ("00_start_here", "10_data_quality", "40_satisfaction_trends"):
        assert of_effects not in used[name], name
    assert {n for n, files in used.items() if "describe/costs.py" in files} == {
        "60_recommendations",
        "90_annual_report",
    }
    for files in used.values():
        assert {"intake/prepared.py", "findings/catalogue/id.yml"} <= files
        assert not {f for f in files if f.startswith(("workflow/", "publish/templates"))}


@pytest.mark.parametrize(
    ("source", "used"),
    [
        ("from helpers import causal\ncausal.grade", {"causal/evidence.py"}),
        ("from helpers import causal as c\nc.grade", {"causal/evidence.py"}),
        ("from helpers.causal import grade", {"causal/evidence.py"}),
        ("from helpers.causal.evidence import grade", {"causal/evidence.py"}),
        ("def f():\n    from helpers.causal import grade", {"causal/evidence.py"}),
        ("%matplotlib inline\n!ls\nfrom helpers.causal import grade", {"causal/evidence.py"}),
        ("from helpers.findings import graded", {"findings/graded.py", "findings/record.json"}),
        ("from helpers import findings\nfindings.say", {"findings/catalogue/en.yml"}),
        # Handed on whole, or asked for what its face does not name: all of the room.
        ("from helpers import causal\nprint(causal)", {"causal/effects.py", "causal/naive.py"}),
        ("from helpers import causal\ncausal.no_such", {"causal/effects.py", "causal/naive.py"}),
        ("import helpers.causal", {"causal/effects.py", "causal/naive.py"}),
        # Not Python: whatever it may use.
        ("%%bash\nfor f in *; do echo $f; done", {"causal/effects.py", "findings/record.json"}),
        ("files = !ls", {"causal/effects.py", "findings/record.json"}),
        ("def f(:", {"causal/effects.py", "findings/record.json"}),
        # Not there: the notebook itself will say so.
        ("from helpers.no_such.room import thing", set()),
        ("from helpers.questions.no_such import thing\nimport helpers.no_such", set()),
    ],
)
def test_however_it_is_imported(source: str, used: set[str], tmp_path: Path):
    notebook = tmp_path / "own.ipynb"
    own_notebook(notebook, source)
    assert used <= set(code_used(notebook))


def test_a_notebook_without_helpers_rests_on_none_of_them(tmp_path: Path):
    own_notebook(tmp_path / "own.ipynb", "import pandas as pd\nhelpers = 1")
    assert code_used(tmp_path / "own.ipynb") == {}
