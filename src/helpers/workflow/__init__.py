"""Floor 9: runs the graph of notebooks and puts a year's report in its place, whole or not at all.

Comes in: a ``Request`` (years, data, plan, language, output folder). Goes out: reports under the
output folder, or what a run would do. What does not belong here: reading tables, estimating,
wording or drawing.
"""

from helpers.workflow.planned import Request
from helpers.workflow.run import run
from helpers.workflow.would_run import WouldRun, would_run

__all__ = ["Request", "WouldRun", "run", "would_run"]
