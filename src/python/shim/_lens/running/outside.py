"""What a file asks of the machine it thinks it runs on, beside its files: a person at the keyboard, time to pass, other programs."""
import builtins
import os
import signal
import subprocess
import sys
import time

from .. import diagnostics
from ..recording import site
from ..session import session


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
        session.has_started_itself |= os.path.basename(session.path) in (args if isinstance(args, str) else " ".join(map(str, args)))
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
            (builtins, "input", answer), (time, "sleep", sleep),
            (sys, "setrecursionlimit", set_recursion_limit), (signal, "signal", handle_signal), (builtins, "breakpoint", pass_breakpoint), (builtins, "help", pass_help),
            (os, "_exit", end), (os, "abort", end), (os, "kill", kill), (sys, "settrace", trace), (sys, "setprofile", trace))
