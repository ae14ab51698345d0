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
def notebooks(tmp_path: Path) -> Path:
    """Three notebooks: one is needed by the next, and one by none."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    pipeline(folder, **{"10_first": "", "20_next": "10_first", "30_other": ""})
    for name in ("10_first", "20_next", "30_other"):
        own_notebook(folder / f"{name}.ipynb", f"print('said by', {name!r}, year)")
    return folder


def test_an_input_replaced_while_a_run_is_on_is_neither_published_nor_kept(
    notebooks: Path, tiny, tmp_path: Path
):
    """The file is replaced between two notebooks' reads, and put back before the second run."""
    data = tiny()
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
