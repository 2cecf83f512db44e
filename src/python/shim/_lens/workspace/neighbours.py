"""The workspace's other files, the nearest first: what makes the models of a file, and with what, is often said in one of them, a Python file or one of settings."""
from .. import door
from ..session import session
from . import modules

_MOST_FILES = 200
_MOST_FOLDERS = 300  # below one that is around the file: a data set has thousands, and no such file in them
_MOST_BYTES = 300_000  # of a file: longer ones are data
_PYTHON, SETTINGS = (".py",), (".yaml", ".yml", ".json")
# Folders of others' code, and of what is made of one's own.
_PASSED_OVER = frozenset({"node_modules/", "site-packages/", "venv/", "env/", "build/", "dist/"})


def texts(endings=_PYTHON):
    """[(path, text)], those of the file's folder and below before those of the folders around it; read when they are first asked for."""
    return read_once(endings, _paths(endings))


def read_once(kind, paths):
    """[(path, text)] of the files of a kind, at paths that are gone through when they are first asked for in a run; without those that are too long or cannot be read."""
    if kind not in session.neighbours:
        session.neighbours[kind] = _Read(paths)
    return session.neighbours[kind]


class _Read:
    """Gone through again and again, each file is read once, and none before it is come to."""

    def __init__(self, paths):
        self._paths, self._texts = paths, []

    def __iter__(self):
        place = 0
        while place < len(self._texts) or self._read_one():
            yield self._texts[place]
            place += 1

    def _read_one(self):
        for path in self._paths:
            try:
                if door.file_size(path) <= _MOST_BYTES:
                    self._texts.append((path, modules.decoded(door.read_file(path))))
                    return True
            except OSError:
                continue
        return False


def _paths(endings):
    if session.root is None:
        return
    seen, count = set(), 0
    for start in modules.folders_of(session.path, session.root):
        waiting, folders = [start], 0
        while waiting:
            folder = waiting.pop(0)
            if folder in seen:
                continue
            folders += 1
            if folders > _MOST_FOLDERS:
                break
            seen.add(folder)
            try:
                names = sorted(door.list_folder(folder))
            except OSError:
                continue
            for name in names:
                if name.endswith(endings) and name[0] != "." and f"{folder}/{name}" != session.path:
                    count += 1
                    if count > _MOST_FILES:
                        return
                    yield f"{folder}/{name}"
            waiting.extend(f"{folder}/{name[:-1]}" for name in names if name.endswith("/") and name[0] not in "._" and name not in _PASSED_OVER)
