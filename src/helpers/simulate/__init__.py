"""Aside: synthetic regions whose truth is known.

Comes in: a ``World`` (sizes, true effects, how people are selected). Goes out: the files of a data
folder with ``truth.json``. What does not belong here: anything that estimates; this room imports
contracts only.
"""

from helpers.simulate.direct import study
from helpers.simulate.exports import write
from helpers.simulate.region import Region, make
from helpers.simulate.world import World

__all__ = ["Region", "World", "make", "study", "write"]
