"""What the repository promises of itself: dictionary, environment, locks, floors."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers.contracts import TABLES, project
from helpers.contracts.dictionary import data_dictionary

ROOT = project.ROOT


def _requirements(entries: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(r.name): r for r in map(Requirement, entries)}


def _pyproject() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def _locked(name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in (ROOT / name).read_text().splitlines():
        if match := re.match(r"^([A-Za-z0-9_.\-]+)==([^ ;\\]+)", line):
            found.setdefault(canonicalize_name(match[1]), []).append(match[2])
    return found


def _more_than_once(names: Iterable[str]) -> set[str]:
    return {name for name, times in Counter(names).items() if times > 1}


def test_the_data_dictionary_is_current():
    assert (ROOT / "data" / "README.md").read_text() == data_dictionary()
    assert all(f"`{c.name}`" in data_dictionary() for t in TABLES.values() for c in t.columns)


def test_environment_and_pyproject_name_the_same_packages_and_ranges():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    pip = next(d["pip"] for d in environment if isinstance(d, dict))
    listed = _requirements(
        [d for d in environment if isinstance(d, str) and d not in ("pip",)]
        + [p for p in pip if not p.startswith("-e")]
    )
    python = listed.pop("python")
    ours = _requirements(_pyproject()["dependencies"])
    test = _requirements(_pyproject()["optional-dependencies"]["test"])
    assert str(python.specifier) == _pyproject()["requires-python"]
    assert set(ours) <= set(listed) <= set(ours) | set(test)
    assert {n: str(r.specifier) for n, r in listed.items()} == {
        n: str((ours | test)[n].specifier) for n in listed
    }
    assert {
        "jupyterlab",
        "pandas",
        "seaborn",
        "statsmodels",
        "papermill",
        "nbval",
        "pytest",
    } <= set(listed)


def test_an_evaluator_installs_no_tool_of_developers():
    environment = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"]
    (pip,) = (d["pip"] for d in environment if isinstance(d, dict))
    assert [p for p in pip if p.startswith("-e")] == ["-e ."]
    tools = {"mypy", "ruff", "playwright", "pandas-stubs", "hypothesis", "pytest-xdist"}
    assert tools <= set(_requirements(_pyproject()["optional-dependencies"]["test"]))
    assert not tools & {Requirement(d).name for d in environment if isinstance(d, str)}


def test_the_citation_is_of_this_version_and_licence():
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text())
    project_ = _pyproject()
    assert (cited["version"], cited["license"]) == (project_["version"], project_["license"])
    assert cited["title"].startswith(project_["name"])
    (who,) = cited["authors"]
    assert who["name"] in (ROOT / "LICENSE").read_text()


def test_the_locks_satisfy_pyproject_and_agree_with_each_other():
    plain, test = _locked("requirements.lock"), _locked("requirements-test.lock")
    for lock, wanted in (
        (plain, _pyproject()["dependencies"]),
        (test, _pyproject()["optional-dependencies"]["test"]),
    ):
        for name, requirement in _requirements(wanted).items():
            assert any(v in requirement.specifier for v in lock[name]), name
    assert {n: v for n, v in test.items() if n in plain} == plain


def test_the_locks_are_hashed_and_hold_no_address():
    for name in ("requirements.lock", "requirements-test.lock"):
        text = (ROOT / name).read_text()
        assert "://" not in text and "index-url" not in text
        entries = re.split(r"\n(?=[A-Za-z0-9])", text)
        assert all("--hash=sha256:" in e for e in entries if "==" in e)


def test_rooms_import_only_from_floors_below():
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_modules_stay_small_and_faces_are_listed():
    for path in (ROOT / "src" / "helpers").rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 300, path
    for face in (ROOT / "src" / "helpers").glob("*/__init__.py"):
        text = face.read_text()
        assert "__all__" in text and "does not" in text, face


def test_no_two_files_and_no_two_public_classes_share_a_name():
    modules = [p for p in (ROOT / "src" / "helpers").rglob("*.py") if p.name != "__init__.py"]
    types = [
        node.name
        for path in modules
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    ]
    assert _more_than_once(p.name for p in modules) == set()
    assert _more_than_once(types) == set()


def test_no_path_of_a_machine_and_no_registry_is_committed():
    files = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split("\n")
    for name in filter(None, files):
        path = ROOT / name
        if path.suffix in (".py", ".md", ".yml", ".toml", ".ipynb", ".lock", "") and path.is_file():
            assert str(ROOT) + "/" not in path.read_text(errors="ignore"), name


def test_the_start_page_and_both_readmes_name_every_notebook():
    pipeline = yaml.safe_load((project.NOTEBOOKS / "pipeline.yml").read_text())["notebooks"]
    names = [name for name in pipeline if name != "00_start_here"]
    start = (project.NOTEBOOKS / "00_start_here.ipynb").read_text()
    assert {n: start.count(f"({n}.ipynb)") for n in names} == dict.fromkeys(names, 2)
    for readme in ("README.md", "README.id.md"):
        table = re.findall(r"^\| ([\d· ]+) \|", (ROOT / readme).read_text(), re.MULTILINE)
        there = [p.name[:2] for p in sorted(project.NOTEBOOKS.glob("*.ipynb"))]
        assert " · ".join(table).split(" · ") == there, readme
