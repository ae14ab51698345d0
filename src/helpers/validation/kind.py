"""A kind of simulated region, and whether data of it could tell an effect."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from helpers.contracts import Text
from helpers.simulate import World

_NO_EFFECT: Final = Text("tanpa pengaruh;", "no effect;")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of world.

    ``valid`` is true where the primary estimator's assumptions hold, so that its intervals must
    keep their promise; ``effect`` where training does something. ``tellable`` is false where no
    data of this kind could tell what happened from an effect: such regions are in the table, but in
    no target and no record.
    """

    name: str
    about: Text
    valid: bool
    effect: bool
    world: World
    tellable: bool = True

    @property
    def staff(self) -> float:
        """The mean staff of a unit."""
        return self.world.employees / self.world.units

    @classmethod
    def nothing(
        cls, name: str, about: Text, valid: bool, world: World, *, tellable: bool = True
    ) -> Kind:
        """A kind in which training does nothing.

        Parameters
        ----------
        name : short, in English; the kind's own comes to ``nothing: …``.
        about : who is sent, in words.
        valid, world, tellable : as in the class.
        """
        return cls(f"nothing: {name}", _NO_EFFECT + about, valid, False, world, tellable)

    @classmethod
    def works(cls, name: str, about: Text, valid: bool, world: World) -> Kind:
        """A kind in which training does something.

        Parameters
        ----------
        name : short, in English; the kind's own comes to ``works: …``.
        about : who is sent and what training does, in words.
        valid, world : as in the class.
        """
        return cls(f"works: {name}", about, valid, True, world)
