"""A copy of the project in a temporary folder, with caches, reports and data of its own: what is
measured there finds nothing kept, and leaves the user's own as they are.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers import project
from helpers.bench import processes
from helpers.bench.processes import Spent
from helpers.contracts import Lang, temporary_folder
from helpers.stopping import unbroken

_CODE: Final = Path("src") / "helpers"
_CARRIED: Final = (".ipynb", ".yml")


@dataclass(frozen=True, slots=True)
class CopiedProject:
    """Where measured commands are run.

    Attributes
    ----------
    root : of the copy.
    lang : of what the commands say.
    """

    root: Path
    lang: Lang = "id"

    @property
    def reports(self) -> Path:
        return self.root / "reports"

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    def evaluasi(self, *words: str) -> Spent:
        """What a command of ours takes.

        Parameters
        ----------
        *words : what is typed after ``evaluasi``.

        Raises
        ------
        CommandStopped : it did not end well.
        """
        return self.python("evaluasi", "helpers", *words, "--lang", self.lang)

    def python(self, shown: str, module: str, *words: str) -> Spent:
        """What a Python program takes.

        Parameters
        ----------
        shown : how it is called in a message.
        module : that is run as a program.
        *words : its arguments.

        Raises
        ------
        CommandStopped : it did not end well.
        """
        plain = (Path(w).name if Path(w).is_absolute() else w for w in words)
        return processes.run(
            (sys.executable, "-m", module, *words),
            shown=" ".join((shown, *plain)),
            folder=self.root,
            environment=self._environment(),
        )

    @contextlib.contextmanager
    def started(self, *words: str) -> Iterator[subprocess.Popen[bytes]]:
        """A command of ours that nobody waits for; it is killed where it runs when the block ends.

        Parameters
        ----------
        *words : what is typed after ``evaluasi``.
        """
        with contextlib.ExitStack() as held:
            with unbroken():
                process = subprocess.Popen(
                    [sys.executable, "-m", "helpers", *words],
                    cwd=self.root,
                    env=self._environment(),
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
                held.callback(process.wait)
                held.callback(process.kill)
            yield process

    def forget(self) -> None:
        """Clear what earlier commands have kept, so that the next one finds nothing."""
        for made in (self.root / "data" / "prepared", self.reports):
            shutil.rmtree(made, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        """The user's own, but for what would leave something elsewhere."""
        temporary, runtime = self.root / "tmp", self.root / "jupyter"
        for folder in (temporary, runtime):
            folder.mkdir(exist_ok=True)
        found = filter(None, (str(self.root / "src"), os.environ.get("PYTHONPATH")))
        return {
            **os.environ,
            "PYTHONPATH": os.pathsep.join(found),
            **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary)),
            "JUPYTER_RUNTIME_DIR": str(runtime),
            "IPYTHONDIR": str(runtime),
        }


@contextlib.contextmanager
def copied(lang: Lang, *, private: bool) -> Iterator[CopiedProject]:
    """The copy, for as long as the block lasts.

    Parameters
    ----------
    lang : of what the commands say.
    private : people's data will lie in it, so that it lies below ``data/private`` and not among
        what the system has for temporary files.
    """
    made = [p for p in (project.PRIVATE,) if private and not p.exists()]
    with contextlib.ExitStack() as held:
        with unbroken():
            for folder in made:
                folder.mkdir(parents=True)
                held.callback(_remove_if_empty, folder)
            within = str(project.PRIVATE) if private else None
            root = Path(held.enter_context(temporary_folder(within))).resolve()
        shutil.copytree(
            project.ROOT / _CODE, root / _CODE, ignore=shutil.ignore_patterns("__pycache__")
        )
        (root / "notebooks").mkdir()
        for path in sorted(project.NOTEBOOKS.iterdir()):
            if path.suffix in _CARRIED and path.is_file():
                shutil.copy2(path, root / "notebooks")
        copy = CopiedProject(root, lang)
        # Once here, or else every process that is measured would do it.
        copy.python("compileall", "compileall", "-q", "src")
        yield copy


def _remove_if_empty(folder: Path) -> None:
    with contextlib.suppress(OSError):
        folder.rmdir()
