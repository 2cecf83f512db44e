"""Threads and processes that a file starts: there is one of each, in which what they are to do is done at once, unless it has no end."""
import ast
import concurrent.futures
import functools
import queue
import threading

from .. import diagnostics, sourcetree
from ..learning import training
from ..recording import site
from ..session import session


def begin(run, target, count=1):
    """Runs what a worker is to do, of `count` workers the first one's share: not where `target`, its function, goes round without end, nor once more where it trains."""
    code = getattr(getattr(target, "__func__", target), "__code__", None)
    if code is not None and _is_endless(code):
        diagnostics.report("skipped", "information", f"`{code.co_name}` is not run: it would go on beside the rest of the file, and there is one process", site.here())
    elif training.found.optimizer is None or code not in session.begun:
        session.begun.add(code)
        if count > 1:
            diagnostics.report("skipped", "information", f"the first of {count} processes is run", site.here())
        run()


@functools.lru_cache(maxsize=256)
def _is_endless(code):
    """Whether a function has a loop that nothing in it leaves, `while True: …` without `break` or `return`."""
    return any(isinstance(node, ast.While) and isinstance(node.test, ast.Constant) and node.test.value and not any(isinstance(inner, (ast.Break, ast.Return)) for inner in ast.walk(node))
               for node in ast.walk(sourcetree.of(code)))


def start_thread(thread):
    """`threading.Thread.start`"""
    thread._started.set()
    begin(thread.run, thread._target or type(thread).run)


def join_thread(thread, timeout=None):
    """`threading.Thread.join`: it has ended."""


def is_thread_alive(thread):
    """`threading.Thread.is_alive`"""
    return thread is threading.main_thread()


_get = queue.Queue.get


def take(waiting, block=True, timeout=None):
    """`queue.Queue.get`: nobody else would put something in."""
    return _get(waiting, False)


def join_queue(waiting):
    """`queue.Queue.join`: what was not taken out by now is not taken out by anybody."""


def submit(executor, function, /, *args, **kwargs):
    """`ThreadPoolExecutor.submit`"""
    future = concurrent.futures.Future()
    try:
        future.set_result(function(*args, **kwargs))
    except Exception as error:
        future.set_exception(error)
    return future


REPLACED = ((threading.Thread, "start", start_thread), (threading.Thread, "join", join_thread), (threading.Thread, "is_alive", is_thread_alive),
            (concurrent.futures.ThreadPoolExecutor, "submit", submit), (queue.Queue, "get", take), (queue.Queue, "join", join_queue))

concurrent.futures.ProcessPoolExecutor = concurrent.futures.ThreadPoolExecutor  # Python makes its own of parts of `multiprocessing` that are not here
