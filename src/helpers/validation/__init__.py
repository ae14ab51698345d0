"""Aside: proves the methods, through the same functions that the notebooks call.

Comes in: real data of published studies, the sample, simulated regions. Goes out: tables of printed
figures beside ours, of another library's, of changes whose answer is known, and of regions whose
truth is known. What does not belong here: an estimator of its own.
"""

from helpers.validation import faulty_folders
from helpers.validation.proof import Proof, prove, write
from helpers.validation.published import Printed, minimum_wage, published, read
from helpers.validation.simulated import simulated

__all__ = [
    "Printed",
    "Proof",
    "faulty_folders",
    "minimum_wage",
    "prove",
    "published",
    "read",
    "simulated",
    "write",
]
