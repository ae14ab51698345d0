"""The ground: what tables, plan and results must look like, the code lists, and the NIP.

Comes in: nothing. Goes out: specifications and typed, frozen objects that every other room builds
on. What does not belong here: reading a file's rows, computing a measure, or drawing anything.
"""

from helpers import project
from helpers.contracts import codes, nip
from helpers.contracts.answer import NEEDS, Answer, Standing, Statement
from helpers.contracts.errors import EvaluasiError, Problem, WrongUsage
from helpers.contracts.fault_words import fault_of
from helpers.contracts.faults import FAULTS, Fault
from helpers.contracts.plan import Plan
from helpers.contracts.plan_file import load as load_plan
from helpers.contracts.prepared_tables import prepared_schema, prepared_types, typed
from helpers.contracts.results import (
    ESTIMATE_COLUMNS,
    EXCLUSION_COLUMNS,
    GROUPS_OF_PEOPLE,
    INDICATOR_COLUMNS,
    UNKNOWN,
    About,
    Check,
    Estimate,
    Finding,
    Interval,
    effect_unit,
    estimates_frame,
    finding_record,
)
from helpers.contracts.schemas import no_exclusions, no_indicators, no_shares
from helpers.contracts.seals import seal, sealed
from helpers.contracts.study import Study, remembered
from helpers.contracts.tables import (
    PLACED,
    TABLES,
    UNIT_NAME_HEADERS,
    Column,
    InputTable,
)
from helpers.contracts.texts import LANGS, Lang, Text
from helpers.contracts.units import UNITS, SmallestEffect, Unit, UnitLabel, count, number
from helpers.contracts.unread_files import UNREAD
from helpers.contracts.writing import (
    folder_aside,
    move_into_place,
    naming,
    out_folder,
    restore,
    temporary_folder,
    whole_folder,
    write_whole,
)

__all__ = [
    "Answer",
    "Check",
    "Column",
    "ESTIMATE_COLUMNS",
    "EXCLUSION_COLUMNS",
    "Estimate",
    "EvaluasiError",
    "FAULTS",
    "Fault",
    "Finding",
    "Interval",
    "GROUPS_OF_PEOPLE",
    "INDICATOR_COLUMNS",
    "LANGS",
    "NEEDS",
    "Lang",
    "Plan",
    "Problem",
    "SmallestEffect",
    "Standing",
    "Statement",
    "Study",
    "PLACED",
    "TABLES",
    "InputTable",
    "Text",
    "Unit",
    "UnitLabel",
    "WrongUsage",
    "UNITS",
    "UNIT_NAME_HEADERS",
    "UNKNOWN",
    "UNREAD",
    "About",
    "codes",
    "count",
    "effect_unit",
    "estimates_frame",
    "fault_of",
    "finding_record",
    "load_plan",
    "folder_aside",
    "move_into_place",
    "naming",
    "nip",
    "no_exclusions",
    "no_indicators",
    "no_shares",
    "number",
    "out_folder",
    "prepared_schema",
    "prepared_types",
    "project",
    "remembered",
    "resolve",
    "restore",
    "seal",
    "sealed",
    "temporary_folder",
    "typed",
    "whole_folder",
    "write_whole",
]

resolve = project.resolve
