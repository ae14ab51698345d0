"""Notebooks as the repository stores them: run on the sample, only headline answers kept, nothing
that changes by itself.
"""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from helpers.contracts import project, write_whole
from helpers.workflow.execute import METADATA, TIME_LIMIT
from helpers.workflow.kernels import kernels

HEADLINE = "headline"


def stored(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """The notebook with text answers in headline cells and no other output, count or passing
    metadata.
    """
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        tags = cell.metadata.get("tags", [])
        cell.metadata = nbformat.from_dict({"tags": tags} if tags else {})
        if cell.cell_type != "code":
            continue
        kept = [
            o
            for o in cell.outputs
            if HEADLINE in tags and o.output_type == "stream" and o.name == "stdout"
        ]
        cell.outputs = kept
        # An answer without a count would be taken for one that was never run.
        cell.execution_count = 1 if kept else None
    return notebook


def store(path: Path, kernel: str) -> None:
    """Run a notebook as it is and write it back as the repository stores it.

    Parameters
    ----------
    path : the notebook, which is replaced; one that fails stays as it was.
    kernel : the kernel to start, from `kernels.kernels`.
    """
    from nbclient import NotebookClient

    notebook = nbformat.read(str(path), as_version=4)
    NotebookClient(
        notebook,
        kernel_name=kernel,
        resources={"metadata": {"path": str(project.ROOT)}},
        timeout=TIME_LIMIT,
    ).execute()
    write_whole(path, nbformat.writes(stored(notebook)) + "\n")


if __name__ == "__main__":
    with kernels() as warm:
        for name in sys.argv[1:] or sorted(str(p) for p in project.NOTEBOOKS.glob("*.ipynb")):
            store(Path(name), warm)
            print(name)
