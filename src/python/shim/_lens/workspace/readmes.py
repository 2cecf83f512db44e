"""What is written for readers of the workspace: the READMEs of the file's folder and of those around it."""
import re

from .. import door
from ..session import session
from . import modules, neighbours

_README = re.compile(r"readme(\W\w+)*\.(md|markdown)", re.IGNORECASE)
_SHELL = re.compile(r"[\w-]+\.sh")


def texts():
    """[(path, text)] of each, the nearest first."""
    return neighbours.read_once(_README, _paths(_README))


def scripts():
    """[(path, text)] of the shell scripts that lie beside them."""
    return neighbours.read_once(_SHELL, _paths(_SHELL))


def _paths(named):
    for folder in modules.folders_of(session.path, session.root) if session.root is not None else ():
        try:
            yield from (f"{folder}/{name}" for name in sorted(door.list_folder(folder)) if named.fullmatch(name))
        except OSError:
            continue
