"""The text of a plan file: read within bounds, each key with the line it stands on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from helpers.contracts.errors import EvaluasiError, WrongUsage
from helpers.contracts.texts import Text
from helpers.contracts.units import count

# The plan itself has 4 kB, some 150 values and five levels.
_LARGEST: Final = 100_000
_MOST_VALUES: Final = 5_000
_DEEPEST: Final = 20


@dataclass(frozen=True, slots=True)
class PlanText:
    """What a plan file says, and where.

    Attributes
    ----------
    file : its name.
    tree : keys and values as they stand; empty where the file is.
    lines : of each key, by its names from the top.
    """

    file: str
    tree: Any
    lines: Mapping[tuple[str, ...], int]

    def place(self, names: Sequence[str]) -> Text:
        """The file and the line of a key, or of the nearest key above it that the file has.

        Parameters
        ----------
        names : of the key, from the top; what stands behind a key that is there counts for nothing.
        """
        for length in range(len(names), 0, -1):
            line = self.lines.get(tuple(names[:length]))
            if line:
                return _place(self.file, line)
        return Text.same(self.file)


def read(path: Path) -> PlanText:
    """Read a plan file.

    Parameters
    ----------
    path : YAML of at most 100 kB, 5,000 values (those that are repeated by name count each time)
        and 20 levels.

    Raises
    ------
    WrongUsage : there is no such file.
    EvaluasiError : a file that cannot be read, is larger, or names one key twice.
    """
    text = _text(path)
    try:
        _must_be_flat(path.name, text)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if node is None:
            return PlanText(path.name, {}, {})
        lines = _walked(path.name, node)
        return PlanText(path.name, loader.construct_document(node), lines)
    except yaml.YAMLError as e:
        mark = getattr(e, "problem_mark", None)
        place = _place(path.name, mark.line + 1) if mark else Text.same(path.name)
    except ValueError:  # a day that no month has, a number without end
        place = Text.same(path.name)
    raise EvaluasiError(
        Text(
            f"{place.id}: rencana tidak terbaca sebagai YAML; contohnya notebooks/plan.yml",
            f"{place.en}: the plan cannot be read as YAML; see notebooks/plan.yml for one",
        )
    )


def _place(file: str, line: int) -> Text:
    return Text(f"{file}, baris {line}", f"{file}, line {line}")


def _at(file: str, found: yaml.Event | yaml.Node) -> Text:
    mark = found.start_mark
    return _place(file, mark.line + 1) if mark else Text.same(file)


def _text(path: Path) -> str:
    try:
        if not path.is_file():
            raise WrongUsage(
                Text(
                    f"{path.name}: berkas rencana tidak ada "
                    "(--plan, atau plan dalam sel parameter)",
                    f"{path.name}: the plan file does not exist "
                    "(--plan, or plan in the parameters cell)",
                )
            )
        size = path.stat().st_size
        if size > _LARGEST:
            raise _too_much(Text.same(path.name), Text.same(_LARGEST // 1000), Text.same("kB"))
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise EvaluasiError(
            Text(
                f"{path.name}: rencana tidak terbaca; simpan sebagai teks UTF-8",
                f"{path.name}: the plan cannot be read; save it as UTF-8 text",
            )
        ) from None


def _too_much(place: Text, most: Text, of: Text) -> EvaluasiError:
    return EvaluasiError(
        Text(
            f"{place.id}: rencana terlalu besar; paling banyak {most.id} {of.id}",
            f"{place.en}: the plan is too large; at most {most.en} {of.en}",
        )
    )


def _must_be_flat(file: str, text: str) -> None:
    """Looked at before anything walks down: brackets in brackets cost more at each level."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _DEEPEST:
            line = _at(file, event)
            raise _too_much(line, Text.same(_DEEPEST), Text("tingkat", "levels"))


def _walked(file: str, node: yaml.Node) -> dict[tuple[str, ...], int]:
    """Every key's line, each branch walked as often as it is named, but never further than a plan
    may be large.
    """
    lines: dict[tuple[str, ...], int] = {}
    values = 0

    def walk(at: yaml.Node, names: tuple[str, ...]) -> None:
        nonlocal values
        values += 1
        # A branch that names itself is as deep as can be.
        if values > _MOST_VALUES or len(names) > _DEEPEST:
            line = _at(file, at)
            raise _too_much(line, count(_MOST_VALUES), Text("nilai", "values"))
        if isinstance(at, yaml.MappingNode):
            here: set[str] = set()
            for key, value in at.value:
                name = (*names, str(key.value))
                lines[name] = key.start_mark.line + 1
                if name[-1] in here:
                    raise _twice(file, name, lines[name])
                here.add(name[-1])
                walk(value, name)
        elif isinstance(at, yaml.SequenceNode):
            for number, value in enumerate(at.value):
                lines[*names, str(number)] = value.start_mark.line + 1
                walk(value, (*names, str(number)))

    walk(node, ())
    return lines


def _twice(file: str, names: tuple[str, ...], line: int) -> EvaluasiError:
    place, key = _place(file, line), ".".join(names)
    return EvaluasiError(
        Text(
            f"{place.id}: {key}: kunci ini sudah ada di atas; hapus salah satu",
            f"{place.en}: {key}: this key is there already above; remove one of them",
        )
    )
