"""What a file asks of the machine it thinks it runs on: files of its workspace, a person at the keyboard, time to pass."""
import builtins
import io
import os
import posixpath
import shutil
import signal
import subprocess
import sys
import time

from .. import diagnostics, door
from ..missing import absent
from ..recording import site
from ..session import session
from ..workspace import imports

_open = builtins.open
_OPENED_TO_READ = frozenset({"r", "rt", "rb", "br", "tr"})


def open_file(file, mode="r", *args, **kwargs):
    """`open`: what is not in the interpreter's own file system is read from the workspace. What is written stays in memory."""
    if isinstance(file, absent.Missing):  # which would be a number too
        file = str(file)
    try:
        return _open(file, mode, *args, **kwargs)
    except FileNotFoundError:
        if mode not in _OPENED_TO_READ or not isinstance(file, (str, bytes)) and not hasattr(file, "__fspath__"):
            raise
        data = _read(str(file))
        if data is None:
            raise
        stream = io.BytesIO(data)
        if "b" in mode:
            return stream
        encoding = kwargs.get("encoding") or (args[1] if len(args) > 1 else None) or "utf-8"
        return io.TextIOWrapper(stream, encoding=encoding, errors=kwargs.get("errors"), newline=kwargs.get("newline"))


def _read(name):
    """Bytes of a file of the workspace, or None."""
    return _of_workspace(door.read_file, name)


def _of_workspace(ask, name):
    """What `ask` says of a file of the workspace; a relative name is looked up from the file's folder and each folder above it, one of which the script is started in."""
    for folder in (posixpath.dirname(session.path), *imports.folders_of(session.path, session.root)):
        try:
            return ask(posixpath.normpath(posixpath.join(folder, name)))
        except (FileNotFoundError, PermissionError):
            continue
    return None


_exists, _isfile, _getsize = os.path.exists, os.path.isfile, os.path.getsize


def _size(path):
    """Bytes of a file of the workspace, or None where it has none of that name. Folders are not known: only files can be asked for."""
    return _of_workspace(door.file_size, os.fsdecode(path)) if isinstance(path, (str, bytes, os.PathLike)) and os.fspath(path) else None


def exists(path):
    """`os.path.exists`"""
    return _exists(path) or _size(path) is not None


def is_file(path):
    """`os.path.isfile`"""
    return _isfile(path) or _size(path) is not None


def size_of(path):
    """`os.path.getsize`"""
    size = None if _exists(path) else _size(path)
    return _getsize(path) if size is None else size


def copy_file(source, target, **options):
    """`shutil.copy`: a file of the workspace is copied in memory."""
    with open_file(source, "rb") as stream:
        data = stream.read()
    target = os.path.join(target, posixpath.basename(str(source))) if os.path.isdir(target) else target
    with _open(target, "wb") as stream:
        stream.write(data)
    return target


def answer(prompt=""):
    """`input`: nobody is there, so the line is empty."""
    diagnostics.report("skipped", "information", "`input()` is answered with an empty line", site.here())
    return ""


def pass_breakpoint(*args, **kwargs):
    """`breakpoint()`: nobody is there to go on from it."""
    diagnostics.report("skipped", "information", "`breakpoint()` stops nothing here", site.here())


def pass_help(*args):
    """`help()`: nobody is there to turn its pages."""
    diagnostics.report("skipped", "information", "`help()` shows nothing here", site.here())


def sleep(seconds):
    """`time.sleep`: nothing waits here."""


def end(status="the process is aborted"):
    """`os._exit`, `os.abort`: the file ends, and not the interpreter."""
    raise SystemExit(status)


def kill(process, number):
    """`os.kill`: there is no process but the file's own."""
    if process not in (0, os.getpid()):
        raise ProcessLookupError(3, "No such process")
    if number:
        raise SystemExit(f"it ends itself by signal {int(number)}")


def trace(function, /):
    """`sys.settrace`, `sys.setprofile`: they would see, and could end, what is not the file's own."""


_set_recursion_limit = sys.setrecursionlimit
_HIGHEST_RECURSION_LIMIT = 3000  # frames that fit the stack of WebAssembly


def set_recursion_limit(limit):
    """`sys.setrecursionlimit`: an endless recursion still ends in a RecursionError."""
    _set_recursion_limit(min(limit, _HIGHEST_RECURSION_LIMIT))


def handle_signal(number, handler):
    """`signal.signal`: no signal comes but the one that ends what runs too long, which stays ours."""
    return signal.getsignal(number)


class Process(subprocess.CompletedProcess):
    """What stands for a program that a file starts, `git describe`: it is not started, and says nothing."""

    def __init__(self, args, *more, **options):
        diagnostics.report("skipped", "information", "no other program is started here: its output is empty", site.here())
        is_text = options.get("text") or options.get("universal_newlines") or options.get("encoding")
        super().__init__(args, 0, "" if is_text else b"", "" if is_text else b"")
        self.pid, self.stdin = 0, None

    def communicate(self, input=None, timeout=None):
        return self.stdout, self.stderr

    def wait(self, timeout=None):
        return 0

    poll = wait

    def kill(self):
        """It does not run."""

    terminate = kill

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


def output_of(args, **options):
    """`subprocess.check_output`"""
    return Process(args, **options).stdout


def status_of(args, **options):
    """`subprocess.call`"""
    return Process(args, **options).returncode


REPLACED = ((subprocess, "run", Process), (subprocess, "Popen", Process), (subprocess, "check_output", output_of), (subprocess, "call", status_of), (subprocess, "check_call", status_of),
            (shutil, "copy", copy_file), (shutil, "copy2", copy_file), (shutil, "copyfile", copy_file), (builtins, "open", open_file), (io, "open", open_file),
            (os.path, "exists", exists), (os.path, "isfile", is_file), (os.path, "getsize", size_of), (builtins, "input", answer), (time, "sleep", sleep),
            (sys, "setrecursionlimit", set_recursion_limit), (signal, "signal", handle_signal), (builtins, "breakpoint", pass_breakpoint), (builtins, "help", pass_help),
            (os, "_exit", end), (os, "abort", end), (os, "kill", kill), (sys, "settrace", trace), (sys, "setprofile", trace))
