"""torch.multiprocessing: `multiprocessing`, of which there is one process, and launches of the same function in each."""
from multiprocessing import (
    Array, Barrier, BoundedSemaphore, Condition, Event, JoinableQueue, Lock, Manager, Pipe, Pool, Process, ProcessError, Queue, RLock, Semaphore, SimpleQueue, Value,
    active_children, cpu_count, current_process, freeze_support, get_all_start_methods, get_context, get_logger, get_start_method, set_start_method)

from _lens.running import workers


class ProcessContext:
    """What `spawn(join=False)` gives: all have ended."""

    processes = ()

    def join(self, timeout=None):
        return True


SpawnContext = ProcessContext


def spawn(fn, args=(), nprocs=1, join=True, daemon=False, start_method="spawn"):
    """The function of the first process is run."""
    workers.begin(lambda: fn(0, *args), fn, nprocs)
    return None if join else ProcessContext()


def start_processes(fn, args=(), nprocs=1, join=True, daemon=False, start_method="spawn"):
    return spawn(fn, args, nprocs, join, daemon, start_method)


def set_sharing_strategy(new_strategy):
    """There are no other processes."""


def get_sharing_strategy():
    return "file_descriptor"


def get_all_sharing_strategies():
    return {"file_descriptor", "file_system"}
