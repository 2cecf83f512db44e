"""A value for what a command asks of whoever starts it and nobody gives: an option, an argument of the command line."""
import re

from ..workspace import neighbours
from . import names
from .comparisons import by_text_or_name

_NUMBERS = (int, float)
# A data set of which nothing must lie anywhere.
_WITHOUT_DATA = "fake"
# An option that names a file of settings, and the folders and files that have such.
_SETTINGS = re.compile(r"(cfg|conf|config|configuration|hparams|yaml|yml|settings)(_?(file|path|name|yaml))?", re.IGNORECASE)
_OF_SETTINGS = re.compile(r"conf|cfg|exp|option|setting|param", re.IGNORECASE)


def names_settings(name):
    """Whether an option by its name is a file of settings."""
    return _SETTINGS.fullmatch(name) is not None


def of(name, kind=None, choices=()):
    """`kind`: the class that it is to be of, where the command says so; `choices`: the values that it may have."""
    if choices:
        return _WITHOUT_DATA if _WITHOUT_DATA in choices else next(iter(choices))
    if kind in (None, str) and names_settings(name) and (file := _file_of_settings()) is not None:
        return file
    try:
        value = by_text_or_name(name)
        if isinstance(value, bool) and kind is not bool:  # the file only asks whether it is there
            value = names.by_name(name)
    except names.CannotAssume:
        value = 1 if kind in _NUMBERS else name
    try:
        return kind(value) if kind in (*_NUMBERS, str) else value
    except (TypeError, ValueError):
        return kind(1)


def _file_of_settings():
    """The path of the nearest file of settings of the workspace, YAML before JSON; None where there is none."""
    return next((path for endings in (neighbours.SETTINGS[:-1], neighbours.SETTINGS[-1:]) for path, _ in neighbours.texts(endings)
                 if _OF_SETTINGS.search(path.rpartition("/")[2]) or _OF_SETTINGS.search(path.split("/")[-2])), None)
