"""One notebook through papermill, in a kernel of its own and in both languages; what it leaves
behind is the same every time.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import nbformat

from helpers.contracts import LANGS, NEEDS, EvaluasiError, Text, naming, project
from helpers.contracts.errors import heard
from helpers.publish.own_outputs import PAPERMILLS
from helpers.workflow import cache, languages

_LONG_NUMBER = re.compile(r"\d{9,}")
_FROM_THE_ROOT: Final = re.compile(r"""(["'])(?:[A-Za-z]:)?[\\/][^"'\n]*[\\/]([^"'\\/\n]+)\1""")
# A cell with this tag is none of the notebook's own.
ADDED: Final = "added-for-the-run"
_NO_SPACE: Final = tuple(
    f"[Errno {number}]" for number in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", -1))
)
# What a notebook's metadata say, wherever it ran and whatever kernel ran it.
METADATA: Final = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
# Keys of papermill and of the Lab that change from run to run or name this machine.
_PASSING = ("papermill", "execution", "widgets")
_STARTS_WITHIN_SECONDS = 60
# Papermill's own words are English only, and what goes wrong is said by `NotebookFailed`.
_UNHEARD: Final = logging.NullHandler()
TIME_LIMIT: Final = 600
# The client takes no time at all for no limit.
_LEAST_SECONDS: Final = 0.1
# What ran, in both languages, before it is taken apart.
_RAN: Final = "ran.ipynb"


class NotebookFailed(EvaluasiError):
    """A notebook that stopped; the message names its cell and the error, without data."""


def execute(
    path: Path,
    parameters: Mapping[str, Any],
    name: str,
    *,
    needs: Mapping[str, cache.Entry] | None = None,
    kernel: str = "python3",
    time_limit: float = TIME_LIMIT,
    still: Callable[[], None] = lambda: None,
    rests_on: Mapping[str, Any] | None = None,
) -> cache.Entry:
    """Run a notebook and keep it.

    Parameters
    ----------
    path : the notebook as it is stored; it is not written to.
    parameters : values of the parameters cell; ``out`` and ``lang`` are set here.
    name : the cache name under which the run is kept.
    needs : runs of the notebooks that this one needs; their answers lie under ``out`` while it
        runs.
    kernel : the kernel to start; `kernels.kernels` gives a faster one.
    time_limit : seconds that the whole notebook may take, from the start of its kernel.
    still : raises where what the notebook rests on has changed while it ran; then it is not kept.
    rests_on : what the name was made of, kept beside the run.

    Returns
    -------
    The kept run: the notebook in each language, without what changes from run to run, and what it
    wrote into ``out``.

    Raises
    ------
    NotebookFailed : a cell raised, the kernel died, or the time limit passed.
    """
    with naming(path), cache.workplace() as aside:
        started = time.monotonic()
        answers = aside / cache.PART / NEEDS
        for needed, entry in (needs or {}).items():
            shutil.copytree(entry.part, answers / needed)
        asked = languages.both(whole(path))
        ran = run_whole(path.stem, asked, aside, parameters, kernel, time_limit)
        (aside / cache.PART).mkdir(exist_ok=True)
        shutil.rmtree(answers, ignore_errors=True)
        for lang, told in languages.apart(ran).items():
            clean(told, {str(aside / cache.PART): ""})
            nbformat.write(told, str(aside / cache.notebook_file(lang)))
        still()
        return cache.keep(aside, name, time.monotonic() - started, rests_on or {})


def run_whole(
    name: str,
    asked: nbformat.NotebookNode,
    aside: Path,
    parameters: Mapping[str, Any],
    kernel: str,
    time_limit: float,
) -> nbformat.NotebookNode:
    """The run itself, through papermill; whatever stops it is a notebook that failed.

    Parameters
    ----------
    name : what the notebook is called in messages.
    asked : what is run.
    aside : a folder of this run's own, see `cache.workplace`.
    parameters, kernel, time_limit : as of `execute`.

    Raises
    ------
    NotebookFailed : a cell raised, the kernel died, or the time limit passed.
    """
    from nbclient.exceptions import CellTimeoutError
    from papermill.exceptions import PapermillExecutionError

    try:
        _through_papermill(asked, aside, parameters, kernel, time_limit)
    except PapermillExecutionError as e:
        stopped = nbformat.read(str(aside / _RAN), as_version=4)
        raise NotebookFailed(_what_failed(name, e, stopped)) from None
    except CellTimeoutError:
        raise NotebookFailed(_too_long(name, time_limit)) from None
    except RuntimeError as e:
        kind = type(e).__name__
        raise NotebookFailed(
            Text(
                f"{name}: kernel berhenti sebelum selesai ({kind})",
                f"{name}: the kernel died before it was done ({kind})",
            )
        ) from None
    ran: nbformat.NotebookNode = nbformat.read(str(aside / _RAN), as_version=4)
    (aside / _RAN).unlink()
    return ran


def whole(path: Path) -> nbformat.NotebookNode:
    """A notebook as it is stored.

    Parameters
    ----------
    path : of any file.

    Raises
    ------
    NotebookFailed : it is there, and is no whole notebook.
    """
    try:
        notebook = nbformat.read(str(path), as_version=4)
        nbformat.validate(notebook)
        return notebook
    except OSError:
        raise
    except Exception:  # each version of the format fails in its own way
        raise NotebookFailed(
            Text(
                f"{path.name}: bukan notebook yang utuh; ambil lagi dari asalnya",
                f"{path.name}: not a whole notebook; fetch it again from where it came",
            )
        ) from None


def _too_long(name: str, limit: float) -> Text:
    more = max(round(2 * limit), 2)
    return Text(
        f"{name}: belum selesai dalam {limit:g} detik, batas waktu satu notebook\n"
        f"  Perbaiki: beri waktu lebih, misalnya --time-limit {more}",
        f"{name}: not done within {limit:g} seconds, the time limit of a notebook\n"
        f"  Remedy: give it more time, for example --time-limit {more}",
    )


def _through_papermill(
    notebook: nbformat.NotebookNode,
    aside: Path,
    parameters: Mapping[str, Any],
    kernel: str,
    time_limit: float,
) -> None:
    """Papermill's run; a kernel that dies before it has answered is started once more."""
    import papermill

    logging.getLogger("papermill").addHandler(_UNHEARD)
    deadline = time.monotonic() + time_limit
    for last_try in (False, True):
        try:
            papermill.execute_notebook(
                notebook,
                str(aside / _RAN),
                parameters={
                    "lang": languages.FIRST,
                    **parameters,
                    "out": str(aside / cache.PART),
                },
                kernel_name=kernel,
                language="python",
                cwd=str(project.ROOT),
                progress_bar=False,
                log_output=False,
                # Each cell gets what the cells before it have left of the notebook's time.
                timeout_func=lambda _: max(deadline - time.monotonic(), _LEAST_SECONDS),
                start_timeout=_STARTS_WITHIN_SECONDS,
            )
            return
        except RuntimeError as e:
            # jupyter_client has no type of its own for a kernel that ends before its first reply.
            if last_try or type(e) is not RuntimeError:
                raise


def clean(notebook: nbformat.NotebookNode, hide: Mapping[str, str]) -> nbformat.NotebookNode:
    """The notebook without times, machine names and paths: the same run gives the same file.

    Parameters
    ----------
    notebook : an executed notebook; it is changed in place.
    hide : what no file may show, to what stands in its place.
    """
    for key in _PASSING:
        notebook.metadata.pop(key, None)
    notebook.metadata.update(nbformat.from_dict(METADATA))
    for number, cell in enumerate(notebook.cells):
        for key in _PASSING:
            cell.metadata.pop(key, None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"parameters-{number}"
            for secret, shown in {**hide, str(project.ROOT) + os.sep: ""}.items():
                cell.source = cell.source.replace(secret.replace("\\", "\\\\"), shown)
            cell.source = without_folders(cell.source)
        if cell.cell_type == "code":
            cell.outputs = [
                o for o in cell.outputs if not (o.output_type == "stream" and o.name == "stderr")
            ]
    return notebook


def without_folders(source: str) -> str:
    """The code of a cell in which a file or folder that is named from the root stands by its last
    name.

    Parameters
    ----------
    source : of any cell.

    >>> without_folders('data = "/home/dina/ekspor"')
    'data = "ekspor"'
    """
    return _FROM_THE_ROOT.sub(r"\g<1>\g<2>\g<1>", source)


def _what_failed(name: str, error: Any, notebook: nbformat.NotebookNode) -> Text:
    """Which cell stopped, and on what kind of error: what an error says may hold a person's data,
    and so may the cell.
    """
    # papermill puts cells of its own among the notebook's.
    own = [
        c
        for c in notebook.cells
        if not ((PAPERMILLS | {ADDED}) & set(c.metadata.get("tags", [])) or languages.is_turn(c))
    ]
    # A cell has the same number in whichever language it ran.
    numbers: dict[str, int] = {}
    for cell in own:
        number = numbers.setdefault(languages.own_id(cell), len(numbers) + 1)
        for output in cell.get("outputs", []):
            if output.output_type != "error":
                continue
            if ours := heard(output.evalue, output.traceback):
                where = Text(f"{name}, sel ke-{number}", f"{name}, cell {number}")
                return Text(*(f"{where[lang]}:\n{_masked(ours[lang])}" for lang in LANGS))
            return _stopped_at(name, number, output.ename, output.evalue)
    return _stopped_at(name, len(numbers), error.ename, "")


def _stopped_at(name: str, cell: int, kind: str, said: str) -> Text:
    full = kind == "OSError" and said.startswith(_NO_SPACE)
    why = Text(" (tempat di disk habis)", " (no space is left on the disk)") if full else Text()
    return Text(
        f"{name}, sel ke-{cell}: {kind}{why.id}\n"
        "  Isi galatnya tidak ditunjukkan di sini, karena dapat memuat data orang.\n"
        f"  Untuk melihatnya: evaluasi lab, buka {name}, isi sel parameternya seperti perintah "
        "ini, lalu Run All",
        f"{name}, cell {cell}: {kind}{why.en}\n"
        "  What the error says is not shown here, since it may hold people's data.\n"
        f"  To see it: evaluasi lab, open {name}, fill its parameters cell as in this command, "
        "then Run All",
    )


def _masked(said: str) -> str:
    return _LONG_NUMBER.sub("…", said).strip()
