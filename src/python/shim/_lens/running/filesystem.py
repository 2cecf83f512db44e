"""The files that a script sees: those that it wrote, in the interpreter's memory, and below them those of its workspace, which stay as they are.

`os.path`, `pathlib`, `glob`, `os.walk` and `shutil` ask all they know of `os.stat`, `os.scandir` and `open`, so these are what is replaced.
"""
import builtins
import io
import os
import posixpath
import shutil
import stat as modes

from ..missing import absent
from ..workspace import files

_OPENED_TO_READ = frozenset({"r", "rt", "rb", "br", "tr"})
_FILE, _FOLDER = modes.S_IFREG | 0o644, modes.S_IFDIR | 0o755

_open, _stat, _scandir, _access = builtins.open, os.stat, os.scandir, os.access
_mkdir, _chdir, _rmtree = os.mkdir, os.chdir, shutil.rmtree


def open_file(file, mode="r", *args, **kwargs):
    """`open`: what the script has not written is read from the workspace. What is written stays in memory."""
    if isinstance(file, absent.Missing):  # which would be a number too
        file = str(file)
    try:
        return _open(file, mode, *args, **kwargs)
    except FileNotFoundError:
        if mode not in _OPENED_TO_READ:
            if not _is_made_in_memory(file):
                raise
            return _open(file, mode, *args, **kwargs)
        data = files.read(file)
        if data is None:
            raise
        stream = io.BytesIO(data)
        if "b" in mode:
            return stream
        encoding = kwargs.get("encoding") or (args[1] if len(args) > 1 else None) or "utf-8"
        return io.TextIOWrapper(stream, encoding=encoding, errors=kwargs.get("errors"), newline=kwargs.get("newline"))


def _is_made_in_memory(path):
    """Whether the folder that `path` is to be written in is one of the workspace's alone; then it is made."""
    folder = os.path.dirname(os.path.abspath(os.fsdecode(path)))
    if not files.is_folder(folder):
        return False
    os.makedirs(folder, exist_ok=True)
    return True


def _looking(look):
    """`os.stat` or `os.lstat`, to which what is of the workspace is there."""
    def looked(path, *args, **options):
        try:
            return look(path, *args, **options)
        except FileNotFoundError:
            return _described(path)
    return looked


def _described(path):
    """`stat_result` of a file or folder of the workspace. When it was written is not known. To be called where it is not found in memory."""
    size = files.size(path)
    if size is None and not files.is_folder(path):
        raise
    mode, size = (_FOLDER, 0) if size is None else (_FILE, size)
    number = hash(os.path.abspath(os.fsdecode(path))) & 0x7fffffff  # which `samefile` compares
    return os.stat_result((mode, number, 0, 1, 0, 0, size, 0, 0, 0), {"st_atime": 0.0, "st_mtime": 0.0, "st_ctime": 0.0, "st_atime_ns": 0, "st_mtime_ns": 0, "st_ctime_ns": 0})


stat = _looking(os.stat)


def access(path, mode, **options):
    """`os.access`: what is of the workspace can be read."""
    return _access(path, mode, **options) or not mode & os.W_OK and files.is_there(path)


def listdir(path="."):
    """`os.listdir`"""
    return [entry.name for entry in scandir(path)]


class Entry:
    """`os.DirEntry` of the workspace."""

    def __init__(self, folder, name):
        self._is_folder = name.endswith("/")
        self.name = name.rstrip("/")
        self.path = posixpath.join(folder, self.name)

    def is_dir(self, *, follow_symlinks=True):
        return self._is_folder

    def is_file(self, *, follow_symlinks=True):
        return not self._is_folder

    def is_symlink(self):
        return False

    is_junction = is_symlink

    def stat(self, *, follow_symlinks=True):
        return stat(self.path)

    def inode(self):
        return 0

    def __fspath__(self):
        return self.path

    def __repr__(self):
        return f"<DirEntry {self.name!r}>"


class _Entries:
    """`os.scandir`'s iterator, which can be closed."""

    def __init__(self, entries):
        self._entries = iter(entries)

    def __iter__(self):
        return self._entries

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()

    def close(self):
        self._entries = iter(())


def scandir(path="."):
    """`os.scandir`: what was written into a folder hides what the workspace has of that name."""
    written, error = [], None
    try:
        with _scandir(path) as entries:
            written = list(entries)
    except FileNotFoundError as not_found:
        error = not_found
    found = files.names(path)
    if found is None:
        if error is not None:
            raise error
        return _Entries(written)
    folder = "." if path is None else os.fsdecode(path)
    hidden = {entry.name for entry in written}
    return _Entries([*written, *(entry for entry in (Entry(folder, name) for name in sorted(found)) if entry.name not in hidden)])


def mkdir(path, *args, **options):
    """`os.mkdir`"""
    try:
        _mkdir(path, *args, **options)
    except FileNotFoundError:
        if not _is_made_in_memory(path):
            raise
        _mkdir(path, *args, **options)


def chdir(path):
    """`os.chdir`"""
    try:
        _chdir(path)
    except FileNotFoundError:
        if not files.is_folder(path):
            raise
        os.makedirs(path, exist_ok=True)
        _chdir(path)


def _removing(remove):
    """`remove`, to which what is the workspace's alone stays."""
    def removed(path, *args, **options):
        try:
            return remove(path, *args, **options)
        except FileNotFoundError:
            if not files.is_there(path):
                raise
    return removed


def rmtree(path, *args, **options):
    """`shutil.rmtree`: of a folder of the workspace, what was written in memory."""
    try:
        _stat(path)
    except FileNotFoundError:
        if files.is_folder(path):
            return
    _rmtree(path, *args, **options)


REPLACED = ((builtins, "open", open_file), (io, "open", open_file), (os, "stat", stat), (os, "lstat", _looking(os.lstat)), (os, "access", access), (os, "listdir", listdir),
            (os, "scandir", scandir), (os, "mkdir", mkdir), (os, "chdir", chdir), (shutil, "rmtree", rmtree),
            *((os, name, _removing(getattr(os, name))) for name in ("remove", "unlink", "rmdir")))
