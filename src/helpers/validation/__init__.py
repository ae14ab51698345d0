"""Aside: proves the methods, through the same functions that the notebooks call.

Comes in: real data of published studies. Goes out: a table of printed figures beside ours. What
does not belong here: an estimator of its own.
"""

from helpers.validation import faulty_folders
from helpers.validation.published import Printed, minimum_wage, published, read
from helpers.validation.simulated import simulated
from helpers.validation.table import write

__all__ = ["Printed", "faulty_folders", "minimum_wage", "published", "read", "simulated", "write"]
