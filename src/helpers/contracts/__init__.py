"""The ground: what tables, plan and results must look like, the code lists, and the NIP.

Comes in: nothing. Goes out: specifications and typed, frozen objects that every other room builds on.
What does not belong here: reading a file's rows, computing a measure, or drawing anything.
"""

from helpers.contracts import codes, locale, nip, project
from helpers.contracts.errors import EvaluasiError, Lang, Problem
from helpers.contracts.faults import FAULTS, Fault
from helpers.contracts.plan import Plan
from helpers.contracts.plan import load as load_plan
from helpers.contracts.results import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    INDICATOR_COLUMNS,
    Answer,
    Check,
    Estimate,
    Finding,
    estimates_frame,
    finding_record,
)
from helpers.contracts.tables import TABLES, UNIT_NAME_HEADERS, Column, Table, Tables, prepared_schema, prepared_types, typed

__all__ = [
    "ESTIMATE_COLUMNS", "EXCLUSION_COLUMNS", "FAULTS", "INDICATOR_COLUMNS", "TABLES", "UNIT_NAME_HEADERS", "Answer", "Check",
    "Column", "Estimate", "EvaluasiError", "Fault", "Finding", "Lang", "Plan", "Problem", "Table", "Tables", "codes",
    "estimates_frame", "finding_record", "load_plan", "locale", "nip", "prepared_schema", "prepared_types", "project", "resolve", "typed",
]  # fmt: skip

resolve = project.resolve
