"""One notebook through papermill, in a kernel of its own; what it leaves behind is the same every
time.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat

from helpers.contracts import NEEDS, EvaluasiError, Text, project
from helpers.workflow import cache

_LONG_NUMBER = re.compile(r"\d{9,}")
# Keys of papermill and of the Lab that change from run to run or name this machine.
_PASSING = ("papermill", "execution", "widgets")
_STARTS_WITHIN_SECONDS = 60


class NotebookFailed(EvaluasiError):
    """A notebook that stopped; the message names its cell and the error, without data."""


def execute(
    path: Path,
    parameters: Mapping[str, Any],
    name: str,
    *,
    needs: Mapping[str, cache.Entry] | None = None,
    kernel: str = "python3",
    time_limit: int = 1800,
) -> cache.Entry:
    """Run a notebook and keep it.

    Parameters
    ----------
    parameters : values of the parameters cell; ``out`` is set here.
    name : the cache name under which the run is kept.
    needs : runs of the notebooks that this one needs; their answers lie under ``out`` while it
        runs.
    kernel : the kernel to start; `kernels.kernels` gives a faster one.
    time_limit : seconds that a cell may take.

    Raises
    ------
    NotebookFailed : a cell raised, the kernel died, or the time limit passed.
    """
    with cache.workplace() as aside:
        started = time.monotonic()
        answers = aside / cache.PART / NEEDS
        for needed, entry in (needs or {}).items():
            shutil.copytree(entry.part, answers / needed)
        _run(path, aside, parameters, kernel, time_limit)
        (aside / cache.PART).mkdir(exist_ok=True)
        shutil.rmtree(answers, ignore_errors=True)
        ran = nbformat.read(str(aside / cache.NOTEBOOK), as_version=4)
        nbformat.write(clean(ran, {str(aside / cache.PART): ""}), str(aside / cache.NOTEBOOK))
        return cache.keep(aside, name, time.monotonic() - started)


def _run(
    path: Path, aside: Path, parameters: Mapping[str, Any], kernel: str, time_limit: int
) -> None:
    """The run itself; whatever stops it is a notebook that failed."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    try:
        _through_papermill(path, aside, parameters, kernel, time_limit)
    except PapermillExecutionError as e:
        ran = nbformat.read(str(aside / cache.NOTEBOOK), as_version=4)
        raise NotebookFailed(_what_failed(path.stem, e, ran)) from None
    except (DeadKernelError, CellTimeoutError, RuntimeError) as e:
        kind = type(e).__name__
        raise NotebookFailed(
            Text(
                f"{path.stem}: kernel berhenti atau melewati batas waktu: {kind}",
                f"{path.stem}: the kernel died or timed out: {kind}",
            )
        ) from None


def _through_papermill(
    path: Path, aside: Path, parameters: Mapping[str, Any], kernel: str, time_limit: int
) -> None:
    """Papermill's run; a kernel that dies before it has answered is started once more."""
    import papermill

    for last_try in (False, True):
        try:
            papermill.execute_notebook(
                str(path),
                str(aside / cache.NOTEBOOK),
                parameters={**parameters, "out": str(aside / cache.PART)},
                kernel_name=kernel,
                language="python",
                cwd=str(project.ROOT),
                progress_bar=False,
                log_output=False,
                execution_timeout=time_limit,
                start_timeout=_STARTS_WITHIN_SECONDS,
            )
            return
        except RuntimeError as e:
            # jupyter_client has no type of its own for a kernel that ends before its first reply.
            if last_try or type(e) is not RuntimeError:
                raise


def clean(notebook: nbformat.NotebookNode, hide: Mapping[str, str]) -> nbformat.NotebookNode:
    """The notebook without times, machine names and paths: the same run gives the same file."""
    for key in _PASSING:
        notebook.metadata.pop(key, None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    notebook.metadata["language_info"] = {"name": "python"}
    for number, cell in enumerate(notebook.cells):
        for key in _PASSING:
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"parameters-{number}"
            for secret, shown in {**hide, str(project.ROOT) + os.sep: ""}.items():
                cell.source = cell.source.replace(secret.replace("\\", "\\\\"), shown)
            cell.source = re.sub(
                r'"(?:[A-Za-z]:)?[\\/][^"\n]*[\\/]([^"\\/\n]+)"', r'"\1"', cell.source
            )
        if cell.cell_type == "code":
            cell.outputs = [
                o for o in cell.outputs if not (o.output_type == "stream" and o.name == "stderr")
            ]
    return notebook


def _what_failed(name: str, error: Any, notebook: nbformat.NotebookNode) -> Text:
    # papermill puts a marker before the cell, which moves its number: the cell is the one that
    # holds the error.
    broken = [
        c
        for c in notebook.cells
        if c.cell_type == "code" and any(o.output_type == "error" for o in c.outputs)
    ]
    cell = broken[0] if broken else None
    first = cell.source.strip().splitlines()[0] if cell is not None and cell.source.strip() else ""
    value = _LONG_NUMBER.sub("…", str(error.evalue)).strip()
    if error.ename == "EvaluasiError":
        return Text.same(f"{name}:\n{value}")
    place = f"{cell.id if cell is not None else '?'}: {first[:80]}"
    where = f"{error.exec_count} ({place}): {error.ename}: {value[:400]}"
    return Text(f"{name}, sel {where}", f"{name}, cell {where}")
