"""torch.distributed: a group of one process, so that what is gathered or reduced is what there was."""
from enum import Enum

from .. import _public_names
from .._apply import write

__all__ = ["ReduceOp", "all_gather", "all_reduce", "barrier", "broadcast", "destroy_process_group", "get_backend", "get_rank",
           "get_world_size", "init_process_group", "is_available", "is_initialized", "reduce"]

_backend = None  # of the group, where there is one


class ReduceOp(Enum):
    SUM = "sum"
    AVG = "avg"
    PRODUCT = "product"
    MIN = "min"
    MAX = "max"


def is_available():
    return True


def is_initialized():
    return _backend is not None


is_torchelastic_launched = is_mpi_available = is_nccl_available = lambda: False


def init_process_group(backend=None, init_method=None, timeout=None, world_size=-1, rank=-1, store=None, group_name="", pg_options=None, device_id=None):
    global _backend
    _backend = backend or "gloo"


def destroy_process_group(group=None):
    global _backend
    assert _backend is not None, "Process group cannot be None"
    _backend = None


def _check():
    if _backend is None:
        raise ValueError("Default process group has not been initialized, please make sure to call init_process_group.")


def get_backend(group=None):
    _check()
    return _backend


def get_rank(group=None):
    _check()
    return 0


def get_world_size(group=None):
    _check()
    return 1


def barrier(group=None, async_op=False, device_ids=None):
    _check()


def all_reduce(tensor, op=ReduceOp.SUM, group=None, async_op=False):
    _check()


def broadcast(tensor, src=None, group=None, async_op=False, group_src=None):
    _check()


def reduce(tensor, dst=None, op=ReduceOp.SUM, group=None, async_op=False, group_dst=None):
    _check()


def all_gather(tensor_list, tensor, group=None, async_op=False):
    _check()
    write(tensor_list[0], tensor)


def begin_run():
    """Forgets the group of the run before."""
    global _backend
    _backend = None


def __getattr__(name):
    return _public_names.attribute("torch.distributed", name)
