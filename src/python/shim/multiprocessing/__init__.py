"""`multiprocessing` where there is one process: what a worker is given to do is done at once, in the order in which workers are started."""
import queue
import threading
import types

from _lens.running import workers

from .pool import Pool

Lock, RLock, Event, Semaphore, BoundedSemaphore, Condition, Barrier = (
    threading.Lock, threading.RLock, threading.Event, threading.Semaphore, threading.BoundedSemaphore, threading.Condition, threading.Barrier)


class Queue(queue.Queue):
    def close(self):
        """Nothing is under way."""

    join_thread = cancel_join_thread = close


JoinableQueue = SimpleQueue = Queue


class ProcessError(Exception):
    pass


class TimeoutError(ProcessError):
    pass


class Process:
    """One whose target never ends (`while True: …`) is not begun."""

    _last = 0

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        Process._last += 1
        self.name = name or f"Process-{Process._last}"
        self.daemon = bool(daemon)
        self.pid = self.ident = self.exitcode = None
        self._target, self._args, self._kwargs = target, tuple(args), dict(kwargs or {})

    def run(self):
        if self._target is not None:
            self._target(*self._args, **self._kwargs)

    def start(self):
        self.pid = self.ident = 1
        workers.begin(self.run, self._target if self._target is not None else type(self).run)
        self.exitcode = 0

    def join(self, timeout=None):
        """It has ended."""

    terminate = kill = close = join

    def is_alive(self):
        return False


class _Value:
    """`Value` and what a `Manager` makes of one: nobody else writes to it."""

    def __init__(self, typecode_or_type, *args, lock=True):
        self.value = args[0] if args else 0
        self._lock = threading.RLock()

    def get_lock(self):
        return self._lock

    def get_obj(self):
        return self.value

    def __enter__(self):
        return self._lock.__enter__()

    def __exit__(self, *error):
        return self._lock.__exit__(*error)


Value = RawValue = _Value


class _Array(list):
    def __init__(self, typecode_or_type, size_or_initializer, *, lock=True):
        super().__init__([0] * size_or_initializer if isinstance(size_or_initializer, int) else size_or_initializer)
        self._lock = threading.RLock()

    def get_lock(self):
        return self._lock

    def get_obj(self):
        return self


Array = RawArray = _Array


def Pipe(duplex=True):
    """Two ends of which each receives what the other sends."""
    first, second = Queue(), Queue()
    return _End(first, second), _End(second, first)


class _End:
    def __init__(self, outgoing, incoming):
        self.send, self.recv = outgoing.put, incoming.get
        self.poll = lambda timeout=0.0: not incoming.empty()

    def close(self):
        """Nothing is held."""


class Manager:
    """What it makes is as good as shared: all run in this process."""

    dict, list, Namespace = dict, list, types.SimpleNamespace
    Queue, Value, Array, Lock, RLock, Event = staticmethod(Queue), staticmethod(Value), staticmethod(Array), staticmethod(Lock), staticmethod(RLock), staticmethod(Event)

    def shutdown(self):
        """It serves nobody."""

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


_main = Process(name="MainProcess")


def current_process():
    return _main


def parent_process():
    return None


def active_children():
    return []


def cpu_count():
    return 1


def set_start_method(method, force=False):
    """There are no other processes."""


def freeze_support():
    """Nothing is frozen."""


def get_start_method(allow_none=False):
    return "fork"


def get_all_start_methods():
    return ["fork", "spawn", "forkserver"]


def get_context(method=None):
    import sys
    return sys.modules[__name__]


def get_logger():
    import logging
    return logging.getLogger("multiprocessing")
