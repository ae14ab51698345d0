"""How much memory a run takes: what reading needed is given back before notebooks begin, and of
large data fewer notebooks run at once.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import sys
from collections.abc import Iterable
from typing import Final

from helpers.contracts import Study

# A third notebook fills what two cores leave idle; of so many rows each takes a gigabyte for it.
_MANY_ROWS: Final = 400_000
_MOST_AT_ONCE: Final = 3


def at_once(studied: Iterable[Study]) -> int:
    """How many notebooks run at once on this machine, where nobody says so.

    Parameters
    ----------
    studied : the years of the run, of which the largest counts.
    """
    cores = os.cpu_count() or 1
    tables = ((s.pegawai, s.kinerja, s.peserta, s.skm) for s in studied)
    rows = max((sum(map(len, of_year)) for of_year in tables), default=0)
    return min(_MOST_AT_ONCE, cores if rows > _MANY_ROWS else cores + 1)


def give_back() -> None:
    """Return to the system what this process no longer uses: allocators keep it else, for as long
    as the notebooks run.
    """
    import pyarrow

    gc.collect()
    pyarrow.default_memory_pool().release_unused()
    if sys.platform.startswith("linux"):
        # Other C libraries have no such call, and need none.
        with contextlib.suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
