"""What is written for readers of the workspace: the READMEs of the file's folder and of those around it."""
import re

from .. import door
from ..session import session
from . import modules

_README = re.compile(r"readme(\W\w+)*\.(md|markdown)", re.IGNORECASE)
_SHELL = re.compile(r"[\w-]+\.sh")
_MOST_BYTES = 300_000  # of one


def texts():
    """(path, text) of each, the nearest first."""
    yield from _read(_README)


def scripts():
    """(path, text) of the shell scripts that lie beside them."""
    yield from _read(_SHELL)


def _read(named):
    for folder in modules.folders_of(session.path, session.root) if session.root is not None else ():
        try:
            paths = [f"{folder}/{name}" for name in sorted(door.list_folder(folder)) if named.fullmatch(name)]
            yield from ((path, modules.decoded(door.read_file(path))) for path in paths if door.file_size(path) <= _MOST_BYTES)
        except OSError:
            continue
