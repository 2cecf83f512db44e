"""Threads and processes that a file starts: there is one of each, in which what they are to do is done at once, unless it has no end."""
import ast
import concurrent.futures
import functools
import inspect
import queue
import textwrap
import threading

from .. import diagnostics
from ..learning import training
from ..recording import site
from ..session import session


def begin(run, target, count=1):
    """Runs what a worker is to do, of `count` workers the first one's share: not where `target`, its function, goes round without end, nor once more where it trains."""
    function = getattr(target, "__func__", target)
    if _is_endless(function):
        diagnostics.report("skipped", "information", f"`{_name_of(target)}` is not run: it would go on beside the rest of the file, and there is one process", site.here())
    elif training.found.optimizer is None or function not in session.begun:
        session.begun.add(function)
        if count > 1:
            diagnostics.report("skipped", "information", f"the first of {count} processes is run", site.here())
        run()


def _name_of(target):
    return getattr(target, "__name__", type(target).__name__)


@functools.lru_cache(maxsize=256)
def _is_endless(function):
    """Whether it waits for nothing but its own end: `while True: …` in its body, at any depth."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return False
    return any(isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value for node in ast.walk(tree))


def start_thread(thread):
    """`threading.Thread.start`"""
    thread._started.set()
    begin(thread.run, thread._target if thread._target is not None else type(thread).run)


def join_thread(thread, timeout=None):
    """`threading.Thread.join`: it has ended."""


def is_thread_alive(thread):
    """`threading.Thread.is_alive`"""
    return thread is threading.main_thread()


_get = queue.Queue.get


def take(waiting, block=True, timeout=None):
    """`queue.Queue.get`: nobody else would put something in."""
    return _get(waiting, False)


def submit(executor, function, /, *args, **kwargs):
    """`ThreadPoolExecutor.submit`"""
    future = concurrent.futures.Future()
    try:
        future.set_result(function(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


REPLACED = ((threading.Thread, "start", start_thread), (threading.Thread, "join", join_thread), (threading.Thread, "is_alive", is_thread_alive),
            (concurrent.futures.ThreadPoolExecutor, "submit", submit), (queue.Queue, "get", take))
