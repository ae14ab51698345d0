"""The command line speaks the language asked for: help, usage, faults; and never both at once."""

from __future__ import annotations

import errno
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.main import get_command
from typer.testing import CliRunner

from helpers import workflow
from helpers.cli import app
from helpers.cli_words import asked_for, catalogue, file_trouble, say

INDONESIAN = r"\b(dan|yang|untuk|tidak|bukan|belum|dari|dengan|atau|tahun|berkas|perbaiki|terbaca|seharusnya|baris|kolom|pemakaian|opsi|perintah|kesalahan|bantuan|bawaan|wajib|contoh:|masalah|rencana|hanya|ada)\b"
ENGLISH = r"\b(the|and|of|is|not|no|with|where|what|should|found|expected|row|column|remedy|usage|error|options|command|commands|missing|invalid|required|default|show|such|problems|file|cannot|must)\b"
FOREIGN = {
    "id": re.compile(ENGLISH, re.IGNORECASE),
    "en": re.compile(INDONESIAN, re.IGNORECASE),
}
LANGS = tuple(FOREIGN)
ROOT = get_command(app)
COMMANDS = tuple(ROOT.commands)


def _said(lang: str, *args: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*args, "--lang", lang], prog_name="evaluasi")
    return done.exit_code, done.output


def _foreign(lang: str, text: str) -> set[str]:
    """Words of the other language; names of files, options and examples belong to neither."""
    text = re.sub(
        r"(?m)^(Contoh|Example): .*$|\b(kolom|column) \w+|In English: --lang en|\S*[/_]\S*|--\S+",
        "",
        text,
    )
    return set(FOREIGN[lang].findall(text))


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_is_in_the_language_asked_for_with_an_example(command: str, lang: str):
    code, said = _said(lang, *filter(None, (command, "--help")))
    assert code == 0
    assert _foreign(lang, said) == set()
    # No type of the library's own stands for what is to be given.
    assert "range>" not in said
    assert said.startswith({"id": "Pemakaian: ", "en": "Usage: "}[lang])
    example = re.search(r"(?m)^(?:Contoh|Example): (evaluasi .*)$", said)
    assert example and (command or "run") in example[1]


def test_help_is_indonesian_where_no_language_is_asked_for():
    done = CliRunner().invoke(app, ["run", "--help"])
    assert "Pemakaian: " in done.output and _foreign("id", done.output) == set()


def test_english_may_be_asked_for_anywhere():
    for args in (["--lang", "en", "run", "--help"], ["--help", "--lang=en"], ["run", "--lang", "en", "--help"]):  # fmt: skip
        assert "Usage: " in CliRunner().invoke(app, args).output
    done = CliRunner().invoke(app, ["--lang", "en", "run"])
    assert done.exit_code == 2 and done.output == "give --year or --years\n"


WRONG = {
    "no such option": ("run", "--yaer", "2024"),
    "no such option, none near": ("run", "--zzz"),
    "no such short option": ("run", "-q"),
    "an option of the group": ("--zzz",),
    "no such command": ("runn",),
    "no such command, none near": ("xyz",),
    "missing option": ("sample",),
    "not a number": ("run", "--year", "next"),
    "out of range": ("run", "--year", "1066"),
    "not a fraction": ("sample", "--out", "x", "--effect-productivity", "much"),
    "not one of": ("sample", "--out", "x", "--selection", "luck"),
    "a value too many": ("run", "--fresh=1"),
    "a word too many": ("run", "extra"),
    "a notebook that is none": ("run", "--year", "2024", "--only", "zzz"),
    "notebooks that are none": ("run", "--year", "2024", "--only", "10", "zzz", "--jobs", "1"),
    "no notebook": ("run", "--year", "2024", "--only", " , "),
    "neither year nor years": ("run",),
    "years backwards": ("run", "--years", "2024-2022"),
    "years unreadable": ("run", "--years", "soon"),
    "years out of range": ("run", "--years", "2024,3024"),
    "years that never end": ("run", "--years", "2018-20240000000000"),
    "a format that is none": ("run", "--year", "2024", "--formats", "odt"),
    "one year only": ("sample", "--out", "x", "--years", "2024"),
    "an order from a year of no training": ("sample", "--out", "x", "--order", "2019"),
    "both draws": ("sample", "--out", "x", "--order", "2022", "--draw", "2022"),
    "a measurement that is none": ("bench", "--only", "speed"),
    "no round": ("bench", "--rounds", "0"),
    "a record of nothing": ("validate", "--record"),
    "no command": (),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("case", WRONG)
def test_wrong_usage_is_said_in_the_language_asked_for(case: str, lang: str):
    code, said = _said(lang, *WRONG[case])
    assert code == 2 and said.strip()
    assert _foreign(lang, said) == set(), said


def test_an_option_without_its_value_is_said_in_both_languages():
    for args, lang in ((["run", "--year"], "id"), (["--lang", "en", "run", "--year"], "en")):
        done = CliRunner().invoke(app, args)
        assert done.exit_code == 2 and "--year" in done.output
        assert _foreign(lang, done.output) == set()


def test_a_language_that_is_none_is_told_in_indonesian():
    code, said = _said("fr", "run", "--year", "2024")
    assert code == 2 and "'fr'" in said and "<id|en>" in said
    assert _foreign("id", said) == set()


def test_a_slip_gets_the_nearest_name():
    assert "--year" in _said("en", "run", "--yaer")[1].splitlines()[-1]
    assert "sample" in _said("id", "smaple")[1].splitlines()[-1]


@pytest.mark.parametrize("lang", LANGS)
def test_faults_are_said_in_the_language_asked_for(lang: str, tiny, tmp_path: Path):
    plan = tmp_path / "p.yml"
    plan.write_text("privacy: {small_cell: many}\n")
    file = tmp_path / "x1"
    file.write_text("")
    data = str(tiny(unit=None))
    for expected, *args in (
        (1, "check", "--data", data),
        (2, "check", "--data", str(tmp_path / "none")),
        (1, "run", "--year", "2024", "--data", data, "--out", str(tmp_path / "out")),
        (1, "run", "--year", "2050", "--data", data, "--out", str(tmp_path / "out")),
        (1, "run", "--year", "2024", "--data", data, "--plan", str(plan)),
        (2, "sample", "--out", str(tmp_path), "--employees", "30", "--years", "2023-2024"),
        (2, "sample", "--out", str(file / "x"), "--employees", "30", "--years", "2023-2024"),
    ):
        code, said = _said(lang, *args)
        assert code == expected and said.strip(), args
        assert _foreign(lang, said) == set(), said


@pytest.mark.parametrize(
    "args", [("--only", "10", "40"), ("--only", "10,40"), ("--only", "10", "--only", "40"),
             ("--only", "10 40"), ("--fresh", "--only", "10", "40", "--jobs", "1")]
)  # fmt: skip
def test_several_notebooks_are_named_in_any_way(
    args: tuple[str, ...], tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    asked: list[workflow.Request] = []
    monkeypatch.setattr(workflow, "run", lambda request, *_: asked.append(request) or [])
    data = str(tiny())
    code, said = _said("en", "run", "--year", "2024", *args, "--data", data, "--out", str(tmp_path))
    assert code == 0, said
    assert [r.only for r in asked] == [("10", "40")]


@pytest.mark.parametrize("lang", LANGS)
def test_a_run_says_of_which_region_it_is_and_where_that_is_changed(
    lang: str, tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(workflow, "run", lambda *_: [])
    plan = tmp_path / "own.yml"
    plan.write_text("region: {name: Bogor, kind: kota}\n")
    asked = ("run", "--year", "2024", "--data", str(tiny()))
    code, said = _said(lang, *asked)
    assert code == 0 and _foreign(lang, said) == set()
    assert "Kabupaten Solok" in said and "region" in said and "notebooks/plan.yml" in said
    own = _said(lang, *asked, "--plan", str(plan))[1]
    assert "Kota Bogor" in own and "own.yml" in own
    assert "--data" not in own
    sample = _said(lang, "run", "--year", "2024")[1]
    assert "--data FOLDER" in sample and _foreign(lang, sample) == set()


@pytest.mark.parametrize("lang", LANGS)
def test_a_file_that_could_not_be_written_is_named(lang: str):
    for number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        said = file_trouble(OSError(number, "No space left on device", "/a/b/31_effect.html"), lang)
        assert said.startswith("31_effect.html: ") and _foreign(lang, said) == set()
        assert say("files.other", lang) not in said


@pytest.mark.parametrize("lang", LANGS)
def test_an_error_that_nobody_foresaw_tells_nothing_of_the_data(
    lang: str, tiny, monkeypatch: pytest.MonkeyPatch
):
    def fails(*_: object) -> None:
        raise KeyError("Siti Rahmawati")

    monkeypatch.setattr("helpers.intake.check", fails)
    code, said = _said(lang, "check", "--data", str(tiny()))
    assert code == 1 and "KeyError" in said and "cli.py:" in said
    assert "Siti" not in said and "Traceback" not in said
    assert _foreign(lang, said) == set()


def test_every_option_has_its_help_and_every_help_its_option():
    commands, shared = catalogue()["commands"], set(catalogue()["options"])
    assert set(commands) == {"evaluasi", *COMMANDS}
    for name, command in {"evaluasi": ROOT, **ROOT.commands}.items():
        own = set(commands[name].get("options", {}))
        named = {p.name for p in command.params}
        assert own <= named <= own | shared, name
        assert "lang" in named, name


def test_every_sentence_is_in_both_languages_with_the_same_fields():
    def entries(at: object, path: str):
        if isinstance(at, dict) and set(at) == set(LANGS):
            yield path, at
        elif isinstance(at, dict):
            for key, below in at.items():
                yield from entries(below, f"{path}.{key}")

    found = dict(entries(catalogue(), ""))
    assert len(found) > 50
    for path, said in found.items():
        assert all(said.values()), path
        assert len({tuple(sorted(re.findall(r"\{\w+\}", s))) for s in said.values()}) == 1, path
    assert say("usage.flag", "en", name="--x") == "option --x takes no value"


@given(st.lists(st.sampled_from(["run", "--lang", "--lang=en", "--lang=id", "en", "id", "--help", "fr"])))  # fmt: skip
def test_the_last_language_asked_for_counts(args: list[str]):
    asked = [a.split("=")[1] for a in args if a.startswith("--lang=")]
    if "--lang" not in args:
        assert asked_for(args) == (asked[-1] if asked else "id")
    assert asked_for([*args, "run", "--lang", "en"]) == "en"
    assert asked_for([*args, "run", "--lang=id"]) == "id"


def test_help_waits_for_nothing_slow():
    script = "import sys; from helpers.cli import app\ntry: app(['run', '--help'])\nexcept SystemExit: pass\nprint([m for m in ('pandas', 'numpy', 'papermill', 'matplotlib', 'helpers.contracts') if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_time_limit_of_the_command_line_is_that_of_a_run():
    from helpers.workflow.execute import TIME_LIMIT

    option = next(p for p in ROOT.commands["run"].params if p.name == "time_limit")
    assert option.default == TIME_LIMIT == 600
