"""Keyed pseudonyms: the same employee is the same code, and nobody without the key can tell who."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers.contracts import EvaluasiError, Text, folder_aside, project, restore

# So many hexadecimal digits are a pseudonym, wherever one is looked for.
DIGITS: Final = 20
_KEY_BYTES = 32
_REFUSED = Text(
    "data/private/key: kunci nama samaran kosong atau rusak, sehingga tidak dipakai\n"
    f"  seharusnya: satu baris berisi {2 * _KEY_BYTES} digit heksadesimal\n"
    "  Perbaiki: kembalikan berkas itu dari salinan cadangan, atau hapus supaya kunci baru dibuat; "
    "tidak ada angka laporan yang bergantung padanya.",
    "data/private/key: the key of the pseudonyms is empty or damaged, and is not used\n"
    f"  expected: one line of {2 * _KEY_BYTES} hexadecimal digits\n"
    "  Remedy: put the file back from a copy, or delete it so that a new key is made; no figure of "
    "a report depends on it.",
)


@dataclass(frozen=True)
class Pseudonyms:
    """Pseudonyms under one key; the key is never shown."""

    _key: bytes

    def __repr__(self) -> str:
        return "Pseudonyms(key hidden)"

    def of(self, nip: str) -> str:
        """The pseudonym of a clean NIP: `DIGITS` hexadecimal digits of HMAC-SHA256."""
        return hmac.new(self._key, nip.encode(), hashlib.sha256).hexdigest()[:DIGITS]

    @property
    def hash_key(self) -> str:
        """Sixteen characters for keyed row hashes."""
        return hmac.new(self._key, b"rows", hashlib.sha256).hexdigest()[:16]

    @property
    def fingerprint(self) -> str:
        """Names the key without telling anything about it."""
        return hmac.new(self._key, b"fingerprint", hashlib.sha256).hexdigest()[:8]


def pseudonyms(private: Path | None = None) -> Pseudonyms:
    """The pseudonyms of this workspace; the key is made on first use in ``data/private/key``.

    Parameters
    ----------
    private : the folder of the key; the project's own where None.

    Raises
    ------
    EvaluasiError : the key is there and is not one that was made here. With an empty or short key
        anybody could work out who a pseudonym is.
    """
    folder = private or project.PRIVATE
    path = folder / "key"
    restore(folder)
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        aside = folder_aside(path)
        fresh = aside / path.name
        fresh.write_text(secrets.token_hex(_KEY_BYTES), encoding="ascii")
        fresh.chmod(0o600)
        try:
            # A link fails where another run was first, so two runs never end with two keys.
            os.link(fresh, path)
        except FileExistsError:
            pass
        except OSError:
            if not path.exists():
                os.replace(fresh, path)
        shutil.rmtree(aside, ignore_errors=True)
    return Pseudonyms(_key(path))


def _key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise EvaluasiError(_REFUSED)
    return key
