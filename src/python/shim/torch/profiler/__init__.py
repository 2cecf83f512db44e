"""torch.profiler: contexts that change nothing, since nothing is computed when an operation is recorded."""
import contextlib
from enum import Enum

__all__ = ["ProfilerAction", "ProfilerActivity", "profile", "record_function", "schedule", "tensorboard_trace_handler"]


class ProfilerActivity(Enum):
    CPU = 0
    CUDA = 1
    XPU = 2
    MTIA = 3


class ProfilerAction(Enum):
    NONE = 0
    WARMUP = 1
    RECORD = 2
    RECORD_AND_SAVE = 3


class profile:
    """A profile of nothing: its tables are empty."""

    def __init__(self, *args, **options):
        self.step_num = 0

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None

    start = stop = lambda self: None

    def step(self):
        self.step_num += 1

    def key_averages(self, *args, **options):
        return _Averages()

    events = key_averages

    def export_chrome_trace(self, path):
        """Nothing is written to disk."""

    export_stacks = export_memory_timeline = export_chrome_trace


class _Averages(list):
    def table(self, *args, **options):
        return ""

    def total_average(self):
        return self


class record_function(contextlib.ContextDecorator):
    def __init__(self, name, args=None):
        self.name = name

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


def schedule(*, wait=0, warmup=0, active=1, repeat=0, skip_first=0, **options):
    return lambda step: ProfilerAction.NONE


def tensorboard_trace_handler(dir_name, worker_name=None, use_gzip=False):
    return lambda profile: None
