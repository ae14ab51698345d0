"""What an earlier year's report tells: damaged files count as none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from helpers import publish
from helpers.contracts import Plan


@pytest.mark.parametrize("written", [b"", b"{", b"[1]", b"\xff\xfe", b'"a"', None])
def test_a_damaged_manifest_counts_as_none(tmp_path: Path, written: bytes | None) -> None:
    (tmp_path / "2023").mkdir()
    (tmp_path / "2024").mkdir()
    (tmp_path / "2024" / "manifest.json").write_text('{"synthetic": true}')
    if written is not None:
        (tmp_path / "2023" / "manifest.json").write_bytes(written)
    assert publish.manifest(tmp_path / "2023") == {}
    assert publish.is_synthetic(tmp_path)
    assert publish.manifest(tmp_path / "2024") == {"synthetic": True}


GOOD = "year,indicator,group_by,group,value,ci_low,ci_high,n,unit_label\n2023,ikm,all,all,81.5,80,83,900,IKM points\n"


@pytest.mark.parametrize(
    "written",
    [b"", GOOD.replace(",", ";").encode(), GOOD[:40].encode(), GOOD.replace("81.5", "81|5").encode(),
     GOOD.replace("IKM points", "poin").encode(), b"\xff\xfe\x00", None],
    ids=["empty", "semicolons", "cut", "no number", "another unit", "bytes", "absent"],
)  # fmt: skip
def test_figures_that_somebody_saved_anew_leave_the_index_whole(
    tmp_path: Path, plan: Plan, written: bytes | None
) -> None:
    """A spreadsheet that an earlier year's results were opened in writes them its own way."""
    for year, content in (("2023", written), ("2024", GOOD.replace("2023", "2024").encode())):
        (tmp_path / year / "results").mkdir(parents=True)
        for name in ("manifest.json", "index.html"):
            (tmp_path / year / name).write_text("{}")
        if content is not None:
            (tmp_path / year / "results" / "indicators.csv").write_bytes(content)
    indexes = publish.years_indexes(tmp_path, plan, "now", synthetic=False)
    told = {lang: re.findall(r'<td class="num">(–|81.5)', page) for lang, page in indexes.values()}
    assert told == {"id": ["–", "81,5"], "en": ["–", "81.5"]}
