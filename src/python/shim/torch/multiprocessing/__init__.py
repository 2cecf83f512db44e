"""torch.multiprocessing: one process. A function to be spawned is said to be left out."""
from _lens.door import UnsupportedError


def spawn(fn, args=(), nprocs=1, join=True, daemon=False, start_method="spawn"):
    raise UnsupportedError("torch.multiprocessing.spawn is not supported: the file runs in one process")


class Process:
    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name, self.daemon = name, daemon

    def start(self):
        raise UnsupportedError("torch.multiprocessing.Process is not supported: the file runs in one process")

    def join(self, timeout=None):
        """It never began."""


def Pool(*args, **kwargs):
    raise UnsupportedError("torch.multiprocessing.Pool is not supported: the file runs in one process")


def set_start_method(method, force=False):
    """There are no other processes."""


set_sharing_strategy = freeze_support = set_start_method


def get_start_method(allow_none=False):
    return "fork"


def get_sharing_strategy():
    return "file_descriptor"


def cpu_count():
    return 1


def get_context(method=None):
    import sys
    return sys.modules[__name__]
