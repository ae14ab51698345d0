"""What a run publishes and keeps: from the files that were hashed, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import workflow
from helpers.contracts import EvaluasiError
from tests.workflow.conftest import own_notebook, pipeline

pytestmark = pytest.mark.usefixtures("at_once")


def _run(data: Path, out: Path, *years: int, **more) -> list[Path]:
    return workflow.run(workflow.Request(years=years, data=data, out=out, **more))


@pytest.fixture
def data(tiny) -> Path:
    """Three years of a handful of rows."""
    folder = tiny()
    for name in ("pegawai", "kinerja"):
        header, *rows = (folder / f"{name}.csv").read_text().splitlines()
        earlier = [r.replace("2023", "2022", 1) for r in rows if r.startswith("2023")]
        (folder / f"{name}_2022.csv").write_text("\n".join([header, *earlier]))
    return folder


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """Three notebooks: one is needed by the next, and one by none."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    pipeline(folder, **{"10_first": "", "20_next": "10_first", "30_other": ""})
    for name in ("10_first", "20_next", "30_other"):
        own_notebook(folder / f"{name}.ipynb", f"print('said by', {name!r}, year)")
    return folder


def test_an_input_replaced_while_a_run_is_on_is_neither_published_nor_kept(
    notebooks: Path, data: Path, tmp_path: Path
):
    """The file is replaced between two notebooks' reads, and put back before the second run."""
    path, flag, out = data / "kinerja.csv", tmp_path / "flag", tmp_path / "out"
    before = path.read_text()
    own_notebook(
        notebooks / "20_next.ipynb",
        f"from pathlib import Path\nfile = Path({str(path)!r})\nif Path({str(flag)!r}).exists():\n"
        "    file.write_text(file.read_text().replace('80.5', '99.5'))\n"
        "print('replaced:', '99.5' in file.read_text())",
    )
    flag.touch()
    with pytest.raises(EvaluasiError, match=r"kinerja\.csv: changed while it was being read"):
        _run(data, out, 2024, notebooks=notebooks)
    assert not out.exists()
    flag.unlink()
    path.write_text(before)
    _run(data, out, 2024, notebooks=notebooks)
    assert "replaced: False" in (out / "2024" / "20_next.html").read_text()


def test_a_year_with_a_failed_notebook_publishes_nothing(
    notebooks: Path, data: Path, tmp_path: Path
):
    """Whole or not at all: no page, no front page; the other year is whole, and the index knows it
    alone.
    """
    out = tmp_path / "out"
    own_notebook(notebooks / "20_next.ipynb", "1 / (2024 - year)")
    with pytest.raises(EvaluasiError) as failed:
        _run(data, out, 2024, notebooks=notebooks)
    said = failed.value.message("en")
    assert "20_next, cell 3: ZeroDivisionError" in said and "Nothing was published" in said
    assert "30_other" not in said
    assert not out.exists()
    with pytest.raises(EvaluasiError, match="Published: 2023"):
        _run(data, out, 2023, 2024, notebooks=notebooks)
    assert sorted(p.name for p in out.iterdir()) == ["2023", "index.html"]
    assert "2024/index.html" not in (out / "index.html").read_text()
    own_notebook(notebooks / "20_next.ipynb", "print(year)")
    assert _run(data, out, 2024, notebooks=notebooks) == [out / "2024" / "index.html"]
