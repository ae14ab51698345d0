"""A run asked for again is answered by its receipt only where nothing that it rests on or left has
changed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from helpers import project
from helpers.receipts import Order

PAGE = "2024/index.html"
FILES = {
    "data/skm_2024.csv": "a,b\n1,2\n",
    "data/lagi/unit.csv": "kode_unit\nK1\n",
    "code/notebooks/10_x.ipynb": "{}",
    "code/src/helpers/rule.py": "x = 1\n",
    "plan.yml": "region: Solok\n",
    f"out/{PAGE}": "<html>",
    "out/2024/results/findings.json": "[]",
    "out/2023/manifest.json": "{}",
    "out/2023/results/estimates.csv": "a\n",
    "out/index.html": "<html>",
}


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    """A run that has just ended, its receipt kept."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    monkeypatch.setattr(project, "ROOT", tmp_path / "code")
    monkeypatch.setattr(project, "NOTEBOOKS", tmp_path / "code" / "notebooks")
    monkeypatch.setattr(project, "PREPARED", tmp_path / "prepared")
    out, plan = tmp_path / "out", tmp_path / "plan.yml"
    asked = Order((2024,), tmp_path / "data", out, plan, "id", (), ("html",))
    asked.keep(asked.rests_on(), [out / PAGE], ["Solok"])
    return asked


def _held(order: Order) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    receipt = order.held(order.rests_on())
    return None if receipt is None else (receipt.pages, receipt.said)


def test_the_same_run_again_says_what_the_first_one_said(order: Order):
    for path in order.data.rglob("*"):
        os.utime(path)  # a copy of the same content is the same input
    assert _held(order) == ((str(order.out / PAGE),), ("Solok",))


def test_a_folder_of_reports_that_was_moved_is_known_by_what_it_holds(order: Order, tmp_path: Path):
    moved = replace(order, out=order.out.rename(tmp_path / "arsip"))
    assert _held(moved) == ((str(tmp_path / "arsip" / PAGE),), ("Solok",))
    # Nor is another folder of the same order taken for it.
    other = replace(order, out=tmp_path / "kosong")
    assert _held(order) is None and _held(other) is None
    (moved.out / "index.html").write_text("<html> ")
    assert _held(moved) is None


def test_a_run_that_left_nothing_keeps_none(order: Order, tmp_path: Path):
    shutil.rmtree(order.out)
    for pages in ([], [order.out / PAGE]):
        order.keep(order.rests_on(), pages, [])
        assert _held(order) is None and _held(replace(order, out=tmp_path / "kosong")) is None


def test_no_receipt_tells_where_anything_lies(order: Order, tmp_path: Path):
    (receipt,) = (tmp_path / "prepared" / "receipts").iterdir()
    assert str(tmp_path) not in receipt.read_text() and f'"{PAGE}"' in receipt.read_text()


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("change", ["edited", "removed", "renamed", "emptied"])
def test_no_file_changes_without_a_new_run(order: Order, tmp_path: Path, name: str, change: str):
    path = tmp_path / name
    {
        "edited": lambda: path.write_text(FILES[name].replace("1", "2") + " "),
        "removed": path.unlink,
        "renamed": lambda: path.rename(path.with_name("other" + path.suffix)),
        "emptied": lambda: path.write_text(""),
    }[change]()
    assert _held(order) is None


def test_a_new_file_needs_a_new_run(order: Order, tmp_path: Path):
    new = [
        "data/skm_2025.csv",
        "data/catatan.docx",
        "code/src/helpers/more/new.py",
        "out/2024/x.html",
    ]
    for name in new:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
        assert _held(order) is None, name
        path.unlink()
        if path.parent.name == "more":
            path.parent.rmdir()
    assert _held(order) is not None


def test_what_passes_needs_none(order: Order, tmp_path: Path):
    for name in ("data/~$skm_2024.xlsx", "data/.DS_Store", "code/src/helpers/__pycache__/x.pyc"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    # Another year's pages are not this one's.
    (order.out / "2023" / "index.html").write_text("<html>")
    assert _held(order) is not None


@pytest.mark.parametrize(
    "other", [{"years": (2023,)}, {"lang": "en"}, {"only": ("10",)}, {"formats": ("html", "pdf")}]
)
def test_another_order_has_no_receipt(order: Order, other: dict[str, object]):
    assert _held(replace(order, **other)) is None


def test_a_run_during_which_an_input_changed_keeps_none(order: Order, tmp_path: Path):
    before = order.rests_on()
    shutil.rmtree(tmp_path / "prepared")
    (order.data / "skm_2024.csv").write_text("a,b\n3,4\n")
    order.keep(before, [order.out / PAGE], [])
    assert _held(order) is None and not (tmp_path / "prepared").exists()


def test_another_version_of_a_package_needs_a_new_run(
    order: Order, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    import site

    (tmp_path / "site" / "pandas-9.9.dist-info").mkdir(parents=True)
    monkeypatch.setattr(site, "getsitepackages", lambda: [str(tmp_path / "site")])
    assert _held(order) is None


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"rests_on": 1}', b"\xff"])
def test_a_damaged_receipt_is_none(order: Order, tmp_path: Path, damage: bytes):
    (receipt,) = (tmp_path / "prepared" / "receipts").iterdir()
    receipt.write_bytes(damage)
    assert _held(order) is None


def test_a_receipt_names_nobody_and_cannot_fail_a_run(order: Order, tmp_path: Path):
    (receipt,) = (tmp_path / "prepared" / "receipts").iterdir()
    assert "skm_2024" not in receipt.name and "skm_2024" not in receipt.read_text()
    shutil.rmtree(tmp_path / "prepared")
    (tmp_path / "prepared").write_text("a file stands where the folder would")
    order.keep(order.rests_on(), [order.out / PAGE], [])


def _run(data: Path, out: Path, *more: str) -> Callable[[], subprocess.CompletedProcess[str]]:
    """The command in a process of its own, which tells at its end what it has loaded."""
    words = ["run", "--year", "2024", "--only", "10", "--data", str(data), "--out", str(out), *more]
    code = (
        "import atexit, sys\n"
        "heavy = {'pandas', 'nbformat', 'numpy', 'helpers.contracts'}\n"
        "atexit.register(lambda: print('loaded', *sorted(heavy & {*sys.modules})))\n"
        f"from helpers.cli import app\napp({words!r})\n"
    )
    return lambda: subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )


def test_an_unchanged_run_is_answered_without_loading_anything(small_region: Path, tmp_path: Path):
    out = tmp_path / "out"
    first, again = (_run(small_region, out)() for _ in range(2))
    shown = f"{out / PAGE}\n"
    assert first.stdout == f"{shown}loaded helpers.contracts nbformat numpy pandas\n"
    assert again.stdout == f"{shown}loaded\n"
    assert "Tidak ada yang berubah" in again.stderr and "Tidak ada yang" not in first.stderr
    region = first.stderr.splitlines()[0]
    assert "Solok" in region and again.stderr.startswith(region)
    (out / PAGE).unlink()
    assert _run(small_region, out)().stdout == first.stdout and (out / PAGE).exists()
