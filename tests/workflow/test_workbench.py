"""What is saved in the Lab is a copy that git never sees, and nobody's changes are lost."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from helpers import cli_lab
from helpers.cli import app
from helpers.cli_words import say
from helpers.contracts import LANGS, Lang, project
from helpers.workflow import workbench

OWN = "own figures of a person"


def _contents(folder: Path) -> dict[str, str]:
    return {p.name: p.read_text() for p in folder.glob("*.ipynb")}


@pytest.fixture
def originals(tmp_path: Path) -> Path:
    folder = tmp_path / "notebooks"
    folder.mkdir()
    for name in ("00_start_here", "31_effect"):
        (folder / f"{name}.ipynb").write_text(_notebook(f"{name}, first version"))
    return folder


def _notebook(text: str) -> str:
    said = nbformat.v4.new_markdown_cell(text, id="00-00")
    return nbformat.writes(nbformat.v4.new_notebook(cells=[said])) + "\n"


def _run_and_saved(path: Path) -> str:
    """The notebook as the Lab saves it after Run All, without an edit."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata = nbformat.from_dict(
        {
            "kernelspec": {"display_name": "Python 3 (ipykernel)", "name": "python3"},
            "language_info": {"name": "python", "version": "3.13.1"},
            "widgets": {},
        }
    )
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text="shown")]
            cell.metadata["execution"] = {"iopub.status.busy": "2026-12-01"}
    path.write_text(nbformat.writes(notebook))
    return path.read_text()


def test_the_originals_stay_and_changes_are_kept(originals: Path, tmp_path: Path):
    folder = workbench.lay_out(originals, tmp_path / "private" / "lab").folder
    before = _contents(originals)
    assert _contents(folder) == before
    (folder / "31_effect.ipynb").write_text(_notebook(OWN))
    (folder / "my_own.ipynb").write_text(OWN)
    bench = workbench.lay_out(originals, folder)
    assert bench.own == ()
    assert _contents(folder) == before | {
        "31_effect.ipynb": _notebook(OWN),
        "my_own.ipynb": OWN,
    }
    assert _contents(originals) == before


@pytest.mark.parametrize("own", [_notebook(OWN), OWN, ""])
def test_a_new_version_never_takes_the_name_of_what_was_changed(
    own: str, originals: Path, tmp_path: Path
):
    folder = workbench.lay_out(originals, tmp_path / "lab").folder
    (folder / "31_effect.ipynb").write_text(own)
    for version in ("second", "third"):
        for path in originals.iterdir():
            path.write_text(_notebook(f"{path.stem}, {version} version"))
        bench = workbench.lay_out(originals, folder)
        assert bench.own == ("31_effect.ipynb",)
        assert _contents(folder) == {
            "31_effect.ipynb": own,
            "00_start_here.ipynb": _notebook(f"00_start_here, {version} version"),
        }
    # Under another name it makes room for the new one.
    (folder / "31_effect.ipynb").rename(folder / "mine.ipynb")
    assert workbench.lay_out(originals, folder).own == ()
    assert _contents(folder) == _contents(originals) | {"mine.ipynb": own}


def test_what_was_only_run_is_nobodys_work(tmp_path: Path):
    folder = workbench.lay_out(folder=tmp_path, lang="id").folder
    saved = {p.name: _run_and_saved(p) for p in folder.glob("*.ipynb")}
    # Opened again as it is, it shows what it showed.
    assert workbench.lay_out(folder=tmp_path, lang="id").own == ()
    assert _contents(folder) == saved
    # In another language it is that of the other language, once.
    assert workbench.lay_out(folder=tmp_path, lang="en").own == ()
    fresh = workbench.lay_out(folder=tmp_path / "fresh", lang="en").folder
    assert _contents(folder) == _contents(fresh)


@pytest.mark.parametrize("lang", LANGS)
def test_own_work_keeps_its_name_in_another_language_and_the_console_says_so(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cli_lab, "started", _Ended)
    monkeypatch.setattr(project, "PRIVATE", tmp_path)
    (other,) = {*LANGS} - {lang}
    own = workbench.lay_out(lang=other).folder / "80_my_own_question.ipynb"
    notebook = nbformat.read(own, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f'"{OWN}"'))
    nbformat.write(notebook, own)
    saved = _run_and_saved(own)
    told = CliRunner().invoke(app, ["lab", "--lang", lang])
    line = say("lab.own", lang, names=own.name)
    assert told.exit_code == 0 and told.stderr.splitlines().count(line) == 1
    assert own.read_text() == saved
    assert sorted(_contents(own.parent)) == sorted(_contents(project.NOTEBOOKS))
    # In its own language nothing is to be told.
    assert own.name not in CliRunner().invoke(app, ["lab", "--lang", other]).stderr


def _parameters(path: Path) -> dict[str, object]:
    cells = nbformat.read(path, as_version=4).cells
    (cell,) = (c for c in cells if "parameters" in c.metadata.get("tags", []))
    names: dict[str, object] = {}
    exec(cell.source, names)
    return {n: v for n, v in names.items() if n != "__builtins__"}


@pytest.mark.parametrize("lang", LANGS)
def test_the_lab_opens_on_own_data_of_another_year(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cli_lab, "started", _Ended)
    monkeypatch.setattr(project, "PRIVATE", tmp_path / "private")
    data, plan = tmp_path / 'exports "2023"', tmp_path / "own plan.yml"
    data.mkdir()
    plan.write_text("region: {name: Uji}\n")
    asked = ["--data", str(data), "--year", "2023", "--plan", str(plan), "--lang", lang]
    assert CliRunner().invoke(app, ["lab", *asked]).exit_code == 0
    folder = tmp_path / "private" / "lab"
    for original in project.NOTEBOOKS.glob("*.ipynb"):
        stored = _parameters(original)
        as_papermill = {
            "year": 2023,
            "data": data.as_posix(),
            "plan": plan.as_posix(),
            "lang": lang,
        }
        assert _parameters(folder / original.name) == stored | as_papermill
        cells = nbformat.read(folder / original.name, as_version=4).cells
        # What is stored was answered by the sample.
        assert not any(c.get("outputs") or c.get("execution_count") for c in cells)
    # The sample again, as it is stored.
    assert CliRunner().invoke(app, ["lab"]).exit_code == 0
    for original in project.NOTEBOOKS.glob("*.ipynb"):
        assert _parameters(folder / original.name) == _parameters(original)


@pytest.mark.parametrize("lang", LANGS)
def test_a_lab_of_data_that_are_none_says_so_before_it_opens(
    lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(cli_lab, "started", _Ended)
    monkeypatch.setattr(project, "PRIVATE", tmp_path)
    monkeypatch.setattr(project, "PREPARED", tmp_path / "data" / "prepared")
    (tmp_path / "data").mkdir()
    nowhere = {"id": "folder data tidak ada", "en": "does not exist"}
    holds = {"id": "di dalamnya ada data/prepared", "en": "holds data/prepared"}
    for folder, why in (("nowhere", nowhere), ("data", holds), (".", holds)):
        told = CliRunner().invoke(app, ["lab", "--data", str(tmp_path / folder), "--lang", lang])
        assert told.exit_code == 2 and why[lang] in told.stderr
        # A notebook says the same, where there is no --data.
        assert {"id": "sel parameter", "en": "parameters cell"}[lang] in told.stderr
    assert not (tmp_path / "lab").exists()


class _Ended:
    """A Lab that is closed as soon as it opens."""

    def __init__(self, *_: object, **__: object):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def wait(self) -> int:
        return 0


@pytest.mark.parametrize("damage", ["", "[]", "{", None])
def test_without_knowing_where_copies_come_from_nothing_is_lost(
    damage: str | None, originals: Path, tmp_path: Path
):
    folder = workbench.lay_out(originals, tmp_path / "lab").folder
    (folder / "31_effect.ipynb").write_text(_notebook(OWN))
    origins = folder / ".copied-from.json"
    origins.unlink() if damage is None else origins.write_text(damage)
    assert workbench.lay_out(originals, folder).own == ("31_effect.ipynb",)
    assert _contents(folder) == _contents(originals) | {"31_effect.ipynb": _notebook(OWN)}


def test_the_lab_opens_copies_and_reaches_no_tracked_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[list[str]] = []
    settings: list[str] = []

    class Server(_Ended):
        def __init__(self, command: list[str], env: dict[str, str], **_: object):
            asked.append(command)
            settings.append(env["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0])

    monkeypatch.setattr(subprocess, "Popen", Server)
    monkeypatch.setattr(project, "PRIVATE", tmp_path / "private")
    assert CliRunner().invoke(app, ["lab"]).exit_code == 0
    folder = tmp_path / "private" / "lab"
    (command,) = asked
    assert str(folder / "00_start_here.ipynb") in command
    assert f"--ServerApp.root_dir={folder}" in command
    assert not any(str(project.NOTEBOOKS) in part for part in command)
    # Where the Lab reads that nobody wants its news.
    assert (Path(settings[0]) / "labconfig" / "page_config.json").exists()
    assert sorted(_contents(folder)) == sorted(_contents(project.NOTEBOOKS))


@pytest.mark.parametrize(("lang", "other"), [("id", "en"), ("en", "id")])
def test_a_notebook_opens_in_one_language_and_says_how_to_ask_an_own_question(
    lang: Lang, other: Lang, tmp_path: Path
):
    folder = workbench.lay_out(folder=tmp_path, lang=lang).folder
    assert sorted(_contents(folder)) == sorted(_contents(project.NOTEBOOKS))
    for path in folder.glob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        tags = [tag for c in cells for tag in c.metadata.get("tags", [])]
        assert lang in tags and other not in tags
        (parameters,) = (c for c in cells if "parameters" in c.metadata.get("tags", []))
        assert f'lang = "{lang}"' in parameters.source.splitlines()
    assert "(80_my_own_question.ipynb)" in (folder / workbench.START).read_text()


def test_git_sees_no_executed_notebook_but_those_of_the_pipeline():
    """In a fresh clone as well: what is ignored is told by a tracked file, without configuring."""
    names = [
        "data/private/lab/31_productivity_effect.ipynb",
        "out.ipynb",
        "notebooks/my_own.ipynb",
        "notebooks/31_productivity_effect.ipynb",
    ]
    told = subprocess.run(
        ["git", "-c", "core.excludesFile=", "check-ignore", "--no-index", *names],
        cwd=project.ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode not in (0, 1):
        pytest.skip("no repository here")
    assert told.stdout.splitlines() == names[:3]


def test_no_sentence_in_another_language_is_stored_in_a_notebook(tmp_path: Path):
    """What is stored in the originals is said in the first language."""
    stored = {}
    for lang in ("id", "en"):
        folder = workbench.lay_out(folder=tmp_path / lang, lang=lang).folder
        notebooks = (nbformat.read(path, as_version=4) for path in folder.glob("*.ipynb"))
        stored[lang] = [c for n in notebooks for c in n.cells if c.get("outputs")]
    assert stored["id"] and not stored["en"]
