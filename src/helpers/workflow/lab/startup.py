"""What every kernel of the Lab starts with; it leaves no name behind."""

from helpers.first_mistakes import heed as _heed

_heed(get_ipython())  # type: ignore[name-defined]  # noqa: F821
del _heed
