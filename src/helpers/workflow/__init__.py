"""Floor 9: runs the graph of notebooks and puts a year's report in its place, whole or not at all.

Comes in: a ``Request`` (years, data, plan, language, output folder). Goes out: reports under the
output folder. What does not belong here: reading tables, estimating, wording or drawing.
"""

from helpers.workflow.run import Request, run

__all__ = ["Request", "run"]
