"""JupyterLab as ``evaluasi lab`` opens it."""

from __future__ import annotations

import subprocess
import sys

from helpers.contracts import Lang


def opened(lang: Lang) -> int:
    """Open JupyterLab on the start notebook and wait for its end.

    Parameters
    ----------
    lang : whose text the notebooks have.

    Returns
    -------
    Its exit code.
    """
    from helpers.workflow import workbench

    folder = workbench.lay_out(lang=lang)
    command = [
        sys.executable,
        "-m",
        "jupyterlab",
        str(folder / workbench.START),
        f"--ServerApp.root_dir={folder}",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with subprocess.Popen(command) as server:
        try:
            return server.wait()
        except KeyboardInterrupt:
            server.terminate()
            raise
