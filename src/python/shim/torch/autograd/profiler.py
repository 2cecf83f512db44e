"""torch.autograd.profiler: contexts that change nothing, since nothing is computed when an operation is recorded."""
import contextlib


def record_function(name, args=None):
    return contextlib.nullcontext()


def profile(*args, **kwargs):
    return contextlib.nullcontext()
