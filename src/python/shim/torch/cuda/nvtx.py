"""torch.cuda.nvtx: marks for a profiler that is not there."""
import contextlib


def range_push(msg):
    return 0


def range_pop():
    return 0


def mark(msg):
    """Nothing is profiled."""


def range(msg, *args, **kwargs):
    return contextlib.nullcontext()


annotate = range
