"""An argument that holds settings, `config`, `args`: the file's own class of them, else an object that knows what its attributes' names mean."""
import re

from ..session import session
from ..signature import parameters_of
from . import dictionaries, parsers, settingfiles, usage
from .namespace import Namespace

_NAME = re.compile(r"conf|cfg|args|hparams|params|options|opt|hp", re.IGNORECASE)
_CLASS = re.compile(r"config|hparams|args|cfg", re.IGNORECASE)
_MEANT = "what its attributes' names usually mean"


def named(wanted):
    """(settings, why) where an argument's name says that it holds some; else None."""
    return (_own(wanted) or _declared(wanted) or Namespace(), _MEANT) if _NAME.search(wanted.name) else None


def read(wanted):
    """(settings, why) where attributes of it are read; else None."""
    return (_declared(wanted) or Namespace(), _MEANT) if usage.reads_attributes(wanted.callable, wanted.name) else None


def _declared(wanted):
    """What a parser, a dictionary or a file of settings of the workspace declares, where that is what is read of it."""
    return (parsers.settings_for(usage.attributes_read(wanted.callable, wanted.name)) or dictionaries.settings_for(usage.keys_read(wanted.callable, wanted.name))
            or settingfiles.settings_for(usage.paths_read(wanted.callable, wanted.name)))


def _own(wanted):
    for _, thing in session.things():
        if isinstance(thing, type) and thing.__module__ == "__main__" and _CLASS.search(thing.__name__):
            if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters_of(thing)):
                # It keeps whatever it is made with: what the model reads of it is known by no one but the model.
                thing = type(thing.__name__, (thing, Namespace), {"__module__": thing.__module__})
            return wanted.constructed(thing)
    return None
