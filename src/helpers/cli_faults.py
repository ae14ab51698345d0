"""How a command fails: in a sentence of the language asked for, with its exit code."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from typing import Any, Final, NoReturn

import typer

from helpers.cli_words import file_trouble, say, unexpected
from helpers.stopping import Stopped, stoppable

# Of a path that was given: a file where a folder is meant, or the other way round.
_OTHER_KIND: Final = (FileExistsError, IsADirectoryError, NotADirectoryError)


def fails_politely(command: Callable[..., Any]) -> Callable[..., Any]:
    """The data's faults end in exit code 1 with a message that says how to mend them, what was
    asked wrongly in 2, never in a traceback; a command that is told to stop says so.

    Parameters
    ----------
    command : with the language asked for as its argument ``lang``.
    """

    @wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> Any:
        try:
            with stoppable():
                return polite(*args, **kwargs)
        except Stopped as e:
            key = "words.run_stopped" if command.__name__ == "run" else "words.stopped"
            typer.echo(say(key, kwargs["lang"]), err=True)
            raise typer.Exit(e.code) from None

    def polite(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except BrokenPipeError:
            raise typer.Exit(0) from None
        except OSError as e:
            typer.echo(file_trouble(e, kwargs["lang"]), err=True)
            raise typer.Exit(2 if isinstance(e, _OTHER_KIND) else 1) from None
        except (typer.Exit, typer.Abort):
            raise
        except Exception as e:
            from helpers.contracts import EvaluasiError, WrongUsage

            if isinstance(e, EvaluasiError):
                typer.echo(e.message(kwargs["lang"]), err=True)
                raise typer.Exit(2 if isinstance(e, WrongUsage) else 1) from None
            # Python's own development mode shows the way through the code.
            if sys.flags.dev_mode:
                raise
            typer.echo(unexpected(e, kwargs["lang"]), err=True)
            raise typer.Exit(1) from None

    return wrapped


def wrong_usage(indonesian: str, english: str) -> NoReturn:
    """End a command that was asked wrongly, in the words of both languages.

    Parameters
    ----------
    indonesian, english : what was found, and what is expected.

    Raises
    ------
    WrongUsage : always.
    """
    from helpers.contracts import Text, WrongUsage

    raise WrongUsage(Text(indonesian, english))
