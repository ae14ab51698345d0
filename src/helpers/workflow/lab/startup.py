"""What every kernel of the Lab starts with; it leaves no name behind."""

from helpers.columns_offered import offer as _offer
from helpers.first_mistakes import heed as _heed

for _begin in (_heed, _offer):
    _begin(get_ipython())  # type: ignore[name-defined]  # noqa: F821
del _begin, _heed, _offer
