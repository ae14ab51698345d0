"""The first mistakes of a person in the Lab, in a real kernel that starts as the Lab's do."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.manager import start_new_kernel

from helpers import cli_lab
from helpers.workflow import workbench

_WITHIN_SECONDS = 120.0
_STARTUP = str(workbench.LAB_SETTINGS / "startup.py")


@pytest.fixture(scope="module")
def kernel(small_region: Path) -> Iterator[BlockingKernelClient]:
    manager, client = start_new_kernel(env={**os.environ, "PYTHONSTARTUP": _STARTUP})
    try:
        assert (
            _said(
                client,
                "import os; assert not {'_heed', '_offer', '_shell', '_get_ipython'} & set(dir())",
            )
            == ""
        )
        told = _said(client, "study")
        # In both languages, since no parameters cell has run.
        assert "study belum dikenal. Jalankan dulu" in told and "Run the cells above" in told
        assert not _said(
            client,
            "lang = 'en'\n"
            "from helpers import explore, intake\n"
            f"study = intake.study({str(small_region)!r}, 2024, 'notebooks/plan.yml')\n"
            "people = explore.people(study, 'en')",
        )
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _said(client: BlockingKernelClient, cell: str) -> str:
    """What a cell's error shows; empty where there is none."""
    told: list[str] = []

    def noted(message: dict) -> None:
        if message["msg_type"] == "error":
            told.extend(message["content"]["traceback"])

    client.execute_interactive(cell, timeout=_WITHIN_SECONDS, output_hook=noted)
    return "\n".join(told)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        ("peopel", "peopel is not known yet. Did you mean people?"),
        ("chosen", "chosen is not known yet. Run the cells above first"),
        ("explore.compare(people, skp, by='tema')", 'stands in quotes: "skp"'),
        ('data = "C:\\Users\\ana\\data"', "line 1: a path stands in quotes and has slashes /"),
        ("x = 1\ndata = C:\\Users\\ana", "line 2: a path stands in quotes"),
        ("data = /home/ana/data", "a path stands in quotes"),
        ("explore.compare(people, 'skp', by='tema'", "look at the quotes, brackets and commas"),
        ("explore.compare(people, 'skp by=tema)", "cannot be read, line 1"),
        ("people['skpp']", "There is no column skpp. Did you mean skp?"),
        ("people.groupby('thema')['skp'].mean()", "no column thema. Did you mean tema?"),
        ("people.skpp", "Did you mean skp?"),
        ("people.grupby('tema')", "Did you mean groupby?"),
        ("explore.peeple(study)", "Did you mean explore.people?"),
        ("explore.compare(people, 'skp')", 'name the groups, for example by="tema"'),
        ("explore.compare(people)", "name the column that is compared"),
    ],
)
def test_a_first_mistake_is_one_sentence(kernel, cell: str, sentence: str):
    said = _said(kernel, cell)
    assert sentence in said
    assert "Traceback" not in said and "site-packages" not in said and len(said.splitlines()) == 1


@pytest.mark.parametrize("cell", ["1 / 0", "{}['a']", "(3).nothing", "raise KeyError('a')"])
def test_another_error_is_shown_as_ever(kernel, cell: str):
    assert "Traceback" in _said(kernel, cell)


@pytest.mark.parametrize(
    ("code", "offered"),
    [
        ('explore.compare(people, "', {"skp", "tema", "output_per_day"}),
        ('explore.compare(people, "sk', {"skp"}),
        ("explore.compare(people, 'skp', by='tem", {"tema"}),
        ('explore.over_time(people, "skp", by="', {"trained", "opd"}),
    ],
)
def test_tab_between_quotes_offers_the_columns_of_the_table(kernel, code: str, offered: set[str]):
    reply = kernel.complete(code, len(code), reply=True, timeout=_WITHIN_SECONDS)["content"]
    assert offered <= set(reply["matches"])
    assert all(m in _columns(kernel) for m in reply["matches"])
    # What was typed of it already is replaced, not doubled.
    assert code[: reply["cursor_start"]].endswith(("'", '"'))


def _columns(client: BlockingKernelClient) -> set[str]:
    told: list[str] = []

    def noted(message: dict) -> None:
        if message["msg_type"] == "stream":
            told.append(message["content"]["text"])

    client.execute_interactive("print(*people)", timeout=_WITHIN_SECONDS, output_hook=noted)
    return set("".join(told).split())


def test_every_kernel_of_the_lab_starts_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    given: list[dict[str, str]] = []
    monkeypatch.setattr(subprocess, "Popen", lambda _, **more: given.append(more["env"]))
    cli_lab.started(tmp_path)
    assert given[0]["PYTHONSTARTUP"] == _STARTUP


def test_tab_offers_what_there_is_to_call(kernel):
    code = "explore."
    reply = kernel.complete(code, len(code), reply=True, timeout=_WITHIN_SECONDS)
    offered = {m.removeprefix("explore.") for m in reply["content"]["matches"]}
    assert {"people", "compare", "pickers"} <= offered
    assert not offered & {"beside", "mistakes", "comparing", "drawn", "whose"}
