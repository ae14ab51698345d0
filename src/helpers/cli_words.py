"""Help and complaints about usage in the language asked for: the one place that words what typer
and click would say in English. Everything is said by the catalogue beside this file.
"""

from __future__ import annotations

import errno
import functools
import io
import sys
import traceback
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

import typer
from typer.core import TyperCommand, TyperGroup

from helpers import catalogues

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts.texts import Lang, Text

_CATALOGUE: Final = Path(__file__).with_suffix(".yml")
_ROOT: Final = "evaluasi"
# The family of click's errors, which typer's face does not name.
_CLICK_ERROR: Final = cast("type[Exception]", typer.BadParameter.__mro__[2])


@functools.cache
def catalogue() -> dict[str, Any]:
    """The catalogue as it is written: sections of keys, each in both languages."""
    return catalogues.written(_CATALOGUE)


def say(key: str, lang: Lang, **fields: object) -> str:
    """A sentence of the command line.

    Parameters
    ----------
    key : section and name, as in ``usage.no_option``.
    lang : of its two wordings, which.
    fields : what stands in its braces.
    """
    section, _, name = key.partition(".")
    said: str = catalogue()[section][name][lang]
    return said.format(**fields)


def both(key: str, **fields: object) -> Text:
    """A sentence of the command line in both languages.

    Parameters
    ----------
    key : section and name.
    fields : what stands in its braces; a `Text` is said in the sentence's language.
    """
    from helpers.contracts import Text

    def in_language(lang: Lang) -> str:
        return say(
            key, lang, **{k: v[lang] if isinstance(v, Text) else v for k, v in fields.items()}
        )

    return Text.made(in_language)


def file_trouble(error: OSError, lang: Lang) -> str:
    """Which file could not be read or written and why; its name, not its folder.

    Parameters
    ----------
    error : as the system raised it; its words are English everywhere, so only its number counts.
    lang : of the sentence.
    """
    name = errno.errorcode.get(error.errno or 0, "other")
    why = say(f"files.{name if name in catalogue()['files'] else 'other'}", lang)
    return f"{Path(error.filename).name}: {why}" if error.filename else why


def unexpected(error: Exception, lang: Lang) -> str:
    """That something went wrong which nobody has foreseen: its kind and where in our code, without
    what it says, which may hold people's data.

    Parameters
    ----------
    error : as it was raised.
    lang : of the sentence.
    """
    ours = Path(__file__).parent
    frames = [
        f for f in traceback.extract_tb(error.__traceback__) if ours in Path(f.filename).parents
    ]
    where = (
        f"{Path(frames[-1].filename).relative_to(ours).as_posix()}:{frames[-1].lineno}"
        if frames
        else "?"
    )
    return say("words.unexpected", lang, kind=type(error).__name__, where=where)


def asked_for(args: Sequence[str]) -> Lang:
    """The language that a command line asks for, wherever it does; Indonesian where it does not."""
    lang: Lang = "id"
    for before, here in zip(["", *args], args, strict=False):
        value = here.removeprefix("--lang=") if here.startswith("--lang=") else here
        if value != here or before == "--lang":
            lang = "en" if value == "en" else "id"
    return lang


class _Worded:
    """How a command writes its help, whatever its kind."""

    lang: Lang = "id"
    epilog: str | None
    options_metavar: str | None

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = " ".join(self.collect_usage_pieces(ctx))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, say("words.usage", self.lang))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        for kind in ("argument", "option"):
            records = [
                _record(p, ctx, self.lang)
                for p in self.get_params(ctx)  # type: ignore[attr-defined]
                if p.param_type_name == kind and not p.hidden
            ]
            if records:
                with formatter.section(say(f"words.{kind}s", self.lang)):
                    formatter.write_dl(records)

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  click's signature
        # Not wrapped: an example is there to be copied.
        formatter.write_paragraph()
        formatter.write(f"{self.epilog}\n")

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        self.get_help_option(ctx).help = say("words.help", self.lang)  # type: ignore[attr-defined]
        several = {o for p in self.get_params(ctx) if getattr(p, "multiple", False) for o in p.opts}  # type: ignore[attr-defined]
        return super().parse_args(ctx, _each_with_its_option(args, several))  # type: ignore[misc]

    def word(self, name: str, lang: Lang) -> None:
        """Say help, example and options in a language, which is also what ``--lang`` starts at."""
        entry, shared = catalogue()["commands"][name], catalogue()["options"]
        self.lang = lang
        self.help = entry["help"][lang]
        self.epilog = say("words.example", lang, command=entry["example"])
        self.options_metavar = say("words.any_options", lang)
        for param in self.params:  # type: ignore[attr-defined]
            param.help = (entry.get("options", {}).get(param.name) or shared[param.name])[lang]
            if param.name in catalogue()["metavars"]:
                param.metavar = say(f"metavars.{param.name}", lang)
            if param.name == "lang":
                param.default = lang


def _each_with_its_option(args: Sequence[str], several: Collection[str]) -> list[str]:
    """``--only 10 40`` as ``--only 10 --only 40``: who may name several names them in a row."""
    spread: list[str] = []
    option, values = "", 0
    for arg in args:
        if arg.startswith("-"):
            option, values = (arg if arg in several else ""), 0
        elif option:
            if values:
                spread.append(option)
            values += 1
        spread.append(arg)
    return spread


class Command(_Worded, TyperCommand):
    """One command."""


class Group(_Worded, TyperGroup):
    """All commands; run as a program, it finds the language and says what click complains of."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        lang = asked_for(sys.argv[1:] if args is None else args)
        _write_what_can_be_written()
        self.word(_ROOT, lang)
        self.subcommand_metavar = say("words.a_command", lang)
        for name, command in self.commands.items():
            if isinstance(command, Command):
                command.word(name, lang)
        try:
            code = super().main(args, prog_name, complete_var, False, windows_expand_args, **extra)
        except _CLICK_ERROR as e:
            if not standalone_mode:
                raise
            typer.echo(complaint(e, lang), err=True)
            code = getattr(e, "exit_code", 2)
        return sys.exit(code) if standalone_mode else code

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  click's signature
        rows = [(name, command.help or "") for name, command in self.commands.items()]
        with formatter.section(say("words.commands", self.lang)):
            formatter.write_dl(rows)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            what = say("usage.no_command", self.lang, name=args[0])
            ctx.fail(_with_near(what, args[0], list(self.commands), self.lang))
        return super().resolve_command(ctx, args)


def _write_what_can_be_written() -> None:
    """A sign that a console's letters do not have is replaced, and stops nothing."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _with_near(what: str, name: str, known: list[str], lang: Lang) -> str:
    near = get_close_matches(name, known)
    return say(
        "usage.nearest" if near else "usage.known", lang, what=what, names=", ".join(near or known)
    )


def _record(param: Any, ctx: Any, lang: Lang) -> tuple[str, str]:
    """An option's form and help; what click adds in brackets is worded here."""
    form, said = param.get_help_record(ctx)
    added = said.removeprefix(param.help or "")
    for word in ("default: ", "required"):
        key = word.strip(": ")
        added = added.replace(word, say(f"words.{key}", lang))
    return form, (param.help or "") + added


def complaint(error: Any, lang: Lang) -> str:
    """What a usage error says: the command's form, where help is, and what is wrong.

    Parameters
    ----------
    error : as click or typer raised it; told apart by its fields, since both have classes of one
        name.
    lang : of the sentences; the options' own names are the same in both.
    """
    ctx = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return str(error.message)
    lines = []
    if ctx is not None:
        lines = [ctx.get_usage(), say("words.more", lang, command=ctx.command_path), ""]
    lines.append(say("words.wrong", lang, what=_what(error, kind, ctx, lang)))
    return "\n".join(lines)


def _what(error: Any, kind: str, ctx: Any, lang: Lang) -> str:
    name, param = getattr(error, "option_name", ""), getattr(error, "param", None)
    if kind == "NoSuchOption":
        known = [o for p in ctx.command.get_params(ctx) for o in p.opts] if ctx else []
        return _with_near(say("usage.no_option", lang, name=name), name, known, lang)
    if kind == "BadOptionUsage":
        flag = "does not take" in error.message
        return say("usage.flag" if flag else "usage.no_value", lang, name=name)
    if param is not None and ctx is not None:
        form = "  ".join(_record(param, ctx, lang))
        if kind == "MissingParameter":
            return say("usage.missing", lang, form=form)
        value = _value(error)
        return say("usage.value", lang, name=param.opts[0], value=value, form=form)
    if error.message == "Missing command.":
        return say("usage.missing_command", lang)
    if "extra argument" in error.message:
        value = error.message.partition("(")[2].partition("(")[2].rstrip(")")
        return say("usage.extra", lang, value=value)
    # What this file worded itself.
    ours = isinstance(getattr(ctx, "command", None), Group)
    return str(error.message) if ours else say("usage.other", lang)


def _value(error: Any) -> str:
    """What was given, where the error still knows."""
    details: list[dict[str, Any]] = getattr(error.__cause__, "errors", list)()
    return repr(details[0]["input"]) if details and "input" in details[0] else "?"
