"""torch.cuda: there is no GPU; what asks whether there is one hears so."""
import contextlib

from . import amp

__all__ = ["amp", "current_device", "device_count", "empty_cache", "is_available", "manual_seed", "manual_seed_all", "synchronize"]


def is_available():
    return False


def device_count():
    return 0


def is_bf16_supported(including_emulation=True):
    return False


def current_device():
    raise AssertionError("Torch not compiled with CUDA enabled")


get_device_name = get_device_properties = get_device_capability = lambda device=None: current_device()


def _nothing(*args, **kwargs):
    """Nothing to do without a GPU."""


manual_seed = manual_seed_all = empty_cache = synchronize = set_device = reset_peak_memory_stats = init = _nothing


def memory_allocated(device=None):
    return 0


max_memory_allocated = memory_reserved = max_memory_reserved = memory_allocated


def device(device):
    return contextlib.nullcontext()
