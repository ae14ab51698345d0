"""Every fault met on the way in, row by row, until it is counted for a year's report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from helpers.contracts import (
    EXCLUSION_COLUMNS,
    FAULTS,
    no_exclusions,
)
from helpers.contracts.fault_words import Why
from helpers.intake import shapes

EVENT_COLUMNS = (
    "table",
    "file",
    "sheet",
    "column",
    "fault",
    "action",
    "row",
    "year",
    "found",
    "value",
    "field",
    "why",
)


@dataclass
class Ledger:
    """Faults as they are met: each with its place, its row and, where it has one, its year."""

    parts: list[pd.DataFrame] = field(default_factory=list)

    def add(
        self,
        fault: str,
        table: str,
        file: str,
        *,
        sheet: str = "",
        column: str = "",
        rows: Iterable[int] = (0,),
        years: Iterable[float] | float = float("nan"),
        found: str = "",
        values: Iterable[str] | None = None,
        action: str | None = None,
        field: str = "",
        why: Why = "",
    ) -> None:
        """Enter one fault for each row; nothing where there is no row.

        Parameters
        ----------
        fault : its code in the fault table.
        table : a table by its name; empty where the file is none that is known.
        file : its name without a folder; empty where a whole table is absent.
        sheet : its name in a workbook; empty for files of one sheet.
        column : the header as the file has it.
        rows : numbers in the file, one event each; 0 stands for the file as a whole.
        years : of each row, or one for all; not-a-number where the row has none.
        found : an example that tells nothing of a person.
        values : what is shown of each row, which `found_in` counts.
        action : what was done; None for the fault table's own.
        field : the column's name in the contract, by which its scale is looked up.
        why : of a fault that has several reasons, which.
        """
        part = pd.DataFrame({"row": list(rows)})
        if part.empty:
            return
        part["year"] = years if isinstance(years, float) else list(years)
        part["value"] = "" if values is None else list(values)
        done = action or FAULTS[fault].action
        self.parts.append(
            part.assign(
                table=table,
                file=file,
                sheet=sheet,
                column=column,
                fault=fault,
                action=done,
                found=found,
                field=field,
                why=why,
            )
        )

    def add_rows(
        self,
        fault: str,
        table: str,
        column: str,
        hit: pd.DataFrame,
        *,
        found: str = "",
        values: pd.Series | None = None,
        action: str | None = None,
        field: str | None = None,
        why: Why = "",
    ) -> None:
        """Enter one fault for each row of a table already read.

        Parameters
        ----------
        fault : its code in the fault table.
        table : a table by its name.
        column : a column by its name in the contract, or a header.
        hit : the rows; ``_file``, ``_sheet``, ``_row`` and ``_year`` say where each stood.
        found : an example that tells nothing of a person; beside values, what follows them.
        values : what is shown of each row, by the labels of ``hit``.
        action : what was done; None for the fault table's own.
        field : the column's name in the contract, where ``column`` is a header.
        why : of a fault that has several reasons, which.
        """
        for (file, sheet), rows in hit.groupby(["_file", "_sheet"], sort=True):
            self.add(
                fault,
                table,
                str(file),
                sheet=str(sheet),
                column=column,
                rows=rows["_row"],
                years=rows["_year"],
                found=found,
                values=None if values is None else values[rows.index],
                action=action,
                field=field or column,
                why=why,
            )

    def events(self) -> pd.DataFrame:
        """All faults, one row each.

        Returns
        -------
        Columns as in `EVENT_COLUMNS`, in the order in which they were met.
        """
        if not self.parts:
            return pd.DataFrame(
                {c: pd.Series(dtype="float64" if c == "year" else "object") for c in EVENT_COLUMNS}
            )
        return pd.concat(self.parts, ignore_index=True)[list(EVENT_COLUMNS)]


def found_in(hits: pd.DataFrame) -> str:
    """What was found in some rows: their values, counted, where they were entered, else the first
    example.

    Parameters
    ----------
    hits : events of one fault.
    """
    values = hits["value"]
    told = shapes.most({str(v): int(n) for v, n in values[values != ""].value_counts().items()})
    example = next((str(found) for found in hits["found"] if found), "")
    # A hint begins with a blank, and follows what it is about.
    return told + example if not told or example.startswith(" ") else told


def exclusions(events: pd.DataFrame) -> pd.DataFrame:
    """The rows of exclusions.csv: what was mended, left out, warned of or dropped; no personal
    data.

    Returns
    -------
    Columns as in `EXCLUSION_COLUMNS`, a row for each table, file, column, fault and action: ``row``
    is
    the first that was hit, ``count`` how many were. Faults that stop a run are not among them.
    """
    counted = events[events["action"] != "stopped"]
    if counted.empty:
        return no_exclusions()
    grouped = counted.groupby(
        ["table", "file", "column", "fault", "action"], sort=True, dropna=False
    )["row"]
    table = grouped.agg(row="min", count="size").reset_index()
    return table[list(EXCLUSION_COLUMNS)].astype({"row": "int64", "count": "int64"})
