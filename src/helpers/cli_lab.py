"""JupyterLab as ``evaluasi lab`` opens it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import typer

from helpers.cli_words import say
from helpers.contracts import Lang


def opened(lang: Lang, data: Path, plan: Path | None = None, year: int | None = None) -> int:
    """Open JupyterLab on the start notebook and wait for its end.

    Parameters
    ----------
    lang : whose text the notebooks have.
    data : the folder that they ask.
    plan : that they follow; the project's own where None.
    year : that they ask about; as they are stored where None.

    Returns
    -------
    Its exit code.

    Raises
    ------
    WrongUsage : there is no such folder.
    EvaluasiError : there is no such plan, or it cannot be followed.
    """
    from helpers.intake import asked
    from helpers.workflow import workbench

    given: dict[str, str | int] = {"data": _written(asked.folder(data))}
    if plan is not None:
        asked.plan(plan)
        given["plan"] = _written(plan)
    if year is not None:
        given["year"] = year
    bench = workbench.lay_out(lang=lang, given=given)
    if bench.own:
        typer.echo(say("lab.own", lang, names=", ".join(bench.own)), err=True)
    # The address that the Lab prints opens the start notebook, as its own window does.
    options = [f"--LabApp.default_url=/lab/tree/{workbench.START}"]
    if _as_root():
        # Without it the Lab ends with one English sentence.
        options.append("--allow-root")
        typer.echo(say("lab.root", lang), err=True)
    typer.echo(say("lab.opens", lang, start=workbench.START), err=True)
    with started(bench.folder, bench.folder / workbench.START, *options) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            raise


def _written(path: Path) -> str:
    """A path as a parameters cell has it, whatever folder its notebook is started in."""
    from helpers.contracts import project

    whole = project.resolve(path)
    inside = whole.is_relative_to(project.ROOT)
    return (whole.relative_to(project.ROOT) if inside else whole).as_posix()


def _as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def started(
    folder: Path, *asked: str | Path, quiet: bool = False, **environment: str
) -> subprocess.Popen[bytes]:
    """A Lab that asks nobody for news and no address for a newer version.

    Parameters
    ----------
    folder : the topmost that it shows.
    asked : what it opens, and further options of JupyterLab.
    quiet : in a session of its own, and without a word.
    environment : variables beyond those of this process.

    Returns
    -------
    Its process, under way.
    """
    from helpers.workflow import workbench

    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        *map(str, asked),
        f"--ServerApp.root_dir={folder}",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        # Its address, and what is wrong: what else it tells is for its makers.
        "--Application.log_level=WARN",
    ]
    settings = [str(workbench.LAB_SETTINGS), os.environ.get("JUPYTER_CONFIG_PATH", "")]
    said = subprocess.DEVNULL if quiet else None
    return subprocess.Popen(
        command,
        stdout=said,
        stderr=said,
        start_new_session=quiet,
        env={
            **os.environ,
            "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, settings)),
            # Kernels read it as they start.
            "PYTHONSTARTUP": str(workbench.LAB_SETTINGS / "startup.py"),
            **environment,
        },
    )
