"""Files and folders that a file's code means by a name. A relative one lies beside the file or beside a folder around it, since a script is started in one of them."""
import os
import posixpath

from .. import door
from ..session import session
from . import modules

_HOME = os.getcwd()  # of the interpreter, where nothing of the workspace lies: what is below it is meant relative to the script's folder


def read(name):
    """Bytes of a file of the workspace, or None."""
    return _of_workspace(door.read_file, name)


def size(name):
    """Bytes that a file of the workspace has, or None."""
    return _of_workspace(door.file_size, name)


def names(name):
    """What lies in a folder of the workspace, the names of folders with a slash behind them; or None."""
    return _of_workspace(door.list_folder, name)


def is_folder(name):
    return names(name) is not None


def is_there(name):
    return size(name) is not None or is_folder(name)


def _of_workspace(ask, name):
    if not isinstance(name, (str, bytes, os.PathLike)) or not os.fspath(name) or session.path is None:
        return None
    name = _meant(os.fsdecode(name))
    for folder in (posixpath.dirname(session.path), *modules.folders_of(session.path, session.root)):
        try:
            return ask(posixpath.normpath(posixpath.join(folder, name)))
        except (FileNotFoundError, PermissionError):
            continue
    return None


def _meant(name):
    """As the script would write it in the folder that it is started in."""
    whole = posixpath.normpath(posixpath.join(os.getcwd(), name))
    is_of_workspace = session.root is not None and whole.startswith(session.root)
    return posixpath.relpath(whole, _HOME) if whole.startswith(posixpath.dirname(_HOME)) and not is_of_workspace else whole
