"""What ``evaluasi run`` says before it begins, and how it takes its notebooks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from helpers.cli_faults import wrong_usage
from helpers.cli_words import say

if TYPE_CHECKING:  # the package's face is slow to import, and help must not be
    from helpers.contracts import Lang, Plan
    from helpers.workflow import WouldRun


_FORMATS: Final = ("html", "pdf", "docx")


def reports_folder(data: Path) -> Path:
    """Where reports go unless told: those of the sample never mix with those of own data.

    Parameters
    ----------
    data : the folder of the inputs.
    """
    from helpers import project

    return Path("reports") / "contoh" if data == project.SAMPLE else Path("reports")


def region_line(plan: Plan, file: Path | None, lang: Lang) -> str:
    """Which region a plan names, and where that is changed.

    Parameters
    ----------
    plan : that was read.
    file : the one given with ``--plan``; None for the project's own.
    lang : of the sentence.
    """
    region = f"{plan.region.kind.title()} {plan.region.name}"
    where = file.name if file else "notebooks/plan.yml"
    return say("words.region", lang, region=region, file=where)


def first_lines(plan: Plan, file: Path | None, data: Path, lang: Lang) -> Iterator[str]:
    """What a run says before it begins: of which region, and whether of made-up data.

    Parameters
    ----------
    plan : that was read.
    file : the one given with ``--plan``; None for the project's own.
    data : the folder of the inputs.
    lang : of the lines.
    """
    from helpers import project

    if data == project.SAMPLE:
        yield say("words.of_sample", lang)
    yield region_line(plan, file, lang)


def notebooks_named(only: Sequence[str] | None) -> tuple[str, ...]:
    """The notebooks of ``--only``, however they were set apart.

    Parameters
    ----------
    only : as given; each may hold several, with commas or spaces between them.

    Raises
    ------
    WrongUsage : it was given, and names none.
    """
    named = tuple(name for given in only or () for name in given.replace(",", " ").split())
    if only and not named:
        wrong_usage(say("usage.no_notebook", "id"), say("usage.no_notebook", "en"))
    return named


def years_asked(year: int | None, years: str) -> tuple[int, ...]:
    """One year, or those of ``2022-2024`` or ``2021,2023``.

    Parameters
    ----------
    year, years : as given, one of the two.

    Raises
    ------
    WrongUsage : both or neither, none of these forms, or a year outside 1990–2100.
    """
    if (year is None) == (not years):
        wrong_usage("beri --year atau --years", "give --year or --years")
    text = years or str(year)
    span = "-" in text
    try:
        named = [int(p) for p in text.split("-" if span else ",")]
        first, last = named if span else (min(named), max(named))
    except ValueError:
        wrong_usage(
            f"'{text}': tulis 2024, 2022-2024 atau 2021,2023",
            f"'{text}': write 2024, 2022-2024 or 2021,2023",
        )
    # Looked at before years are counted out: one may be mistyped by millions.
    if not 1990 <= first <= last <= 2100:
        wrong_usage(
            f"'{text}': tahun 1990–2100, yang pertama dulu",
            f"'{text}': years 1990–2100, first one first",
        )
    return tuple(range(first, last + 1) if span else sorted(set(named)))


def several_years_asked(years: str) -> tuple[int, ...]:
    """The years of ``--years`` where one alone would not do.

    Parameters
    ----------
    years : as of `years_asked`.

    Raises
    ------
    WrongUsage : fewer than two; whatever `years_asked` refuses.
    """
    span = years_asked(None, years)
    if len(span) < 2:
        wrong_usage("--years: sedikitnya dua tahun", "--years: at least two years")
    return span


def formats_named(formats: str) -> tuple[str, ...]:
    """The formats of ``--formats``; HTML is always among them, since the other pages lead to it.

    Parameters
    ----------
    formats : as given, with commas or spaces between them.

    Raises
    ------
    WrongUsage : one that there is not.
    """
    named = formats.replace(",", " ").split()
    unknown = ", ".join(sorted({*named} - {*_FORMATS}))
    if unknown or not named:
        wrong_usage(
            say("usage.no_format", "id", name=unknown or "-"),
            say("usage.no_format", "en", name=unknown or "-"),
        )
    return tuple(f for f in _FORMATS if f == "html" or f in named)


def status_lines(told: Sequence[WouldRun], lang: Lang) -> Iterator[str]:
    """What a run would do, one line a notebook after a line that counts them.

    Parameters
    ----------
    told : each notebook of each year.
    lang : of the lines.
    """
    again = sum(bool(one.why) for one in told)
    yield say("words.would_run", lang, again=again, kept=len(told) - again)
    for one in told:
        why = "; ".join(reason[lang] for reason in one.why)
        does = say("words.runs_since", lang, why=why) if why else say("words.is_kept", lang)
        yield f"{one.year} {one.notebook}: {does}"
