"""numpy.errstate and its relatives: no warnings are given here, so the settings are only remembered."""
import contextlib

DEFAULTS = {"divide": "warn", "over": "warn", "under": "ignore", "invalid": "warn"}
_state = dict(DEFAULTS)


def geterr():
    return dict(_state)


def seterr(all=None, divide=None, over=None, under=None, invalid=None):
    before = dict(_state)
    given = {"divide": divide, "over": over, "under": under, "invalid": invalid}
    _state.update({name: all if mode is None else mode for name, mode in given.items() if mode is not None or all is not None})
    return before


class errstate(contextlib.ContextDecorator):
    """Settings for a while."""

    def __init__(self, **settings):
        self._settings = settings

    def __enter__(self):
        self._before = seterr(**{name: mode for name, mode in self._settings.items() if name != "call"})

    def __exit__(self, *error):
        _state.update(self._before)
