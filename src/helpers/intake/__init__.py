"""Floor 2: exported files come in, checked and pseudonymised tables go out.

Comes in: a folder of delimited, spreadsheet, HTML and Parquet files as offices send them. Goes
out: the ``Study`` up to a year, with every fault counted. What does not belong here: any measure,
and anything that publishes.
"""

from helpers.intake.by_rule import MUST, MUST_NOT, by_rule
from helpers.intake.kept_orders import kept_orders
from helpers.intake.parse import Identities
from helpers.intake.persons import persons
from helpers.intake.prepared import (
    check,
    files_used,
    identities,
    input_hashes,
    sheets_read,
    study,
    unread,
)
from helpers.intake.sheet_read import SheetRead
from helpers.intake.unchanged import FilesSeen

__all__ = [
    "MUST",
    "MUST_NOT",
    "FilesSeen",
    "Identities",
    "SheetRead",
    "by_rule",
    "check",
    "files_used",
    "identities",
    "input_hashes",
    "kept_orders",
    "persons",
    "sheets_read",
    "study",
    "unread",
]
