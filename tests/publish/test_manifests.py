"""An earlier year's manifest that is damaged counts as none."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers import publish


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
