"""What every kernel of the Lab starts with; it leaves no name behind."""

from IPython import get_ipython as _get_ipython

from helpers.columns_offered import offer as _offer
from helpers.first_mistakes import heed as _heed

_shell = _get_ipython()
if _shell is not None:
    _heed(_shell)
    _offer(_shell)
del _get_ipython, _heed, _offer, _shell
