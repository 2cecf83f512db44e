"""torch.cuda: there is no GPU; what asks whether there is one hears so."""
import contextlib
import types as _types

from . import amp, comm, nvtx

__all__ = ["Event", "Stream", "amp", "comm", "current_device", "current_stream", "device_count", "empty_cache", "is_available", "manual_seed", "manual_seed_all", "nvtx",
           "stream", "synchronize"]


class OutOfMemoryError(RuntimeError):
    """Never raised: there is no GPU whose memory could run out."""


class Stream:
    """A queue of work: nothing is queued here."""

    def __init__(self, device=None, priority=0, **options):
        self.device = device

    def _nothing(self, *args):
        """Nothing waits."""

    synchronize = wait_stream = wait_event = record_event = _nothing

    def query(self):
        return True

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


class Event(Stream):
    """A moment in a queue."""

    def __init__(self, enable_timing=False, blocking=False, interprocess=False):
        self.device = None

    record = wait = Stream._nothing

    def elapsed_time(self, end_event):
        return 0.0


ExternalStream = Stream


def is_available():
    return False


def device_count():
    return 0


def is_bf16_supported(including_emulation=True):
    return False


def is_initialized():
    return False


is_current_stream_capturing = can_device_access_peer = lambda *args: False
_initialized = False
has_half = has_magma = False


def current_device():
    raise AssertionError("Torch not compiled with CUDA enabled")


get_device_name = get_device_properties = get_device_capability = mem_get_info = lambda device=None: current_device()


def _nothing(*args, **kwargs):
    """Nothing to do without a GPU."""


manual_seed = manual_seed_all = seed = seed_all = empty_cache = synchronize = set_device = init = set_stream = ipc_collect = _nothing
reset_peak_memory_stats = reset_max_memory_allocated = reset_max_memory_cached = reset_accumulated_memory_stats = _nothing
set_per_process_memory_fraction = set_rng_state = set_rng_state_all = set_sync_debug_mode = _nothing


def current_stream(device=None):
    return Stream(device)


default_stream = current_stream


def stream(stream):
    return contextlib.nullcontext()


StreamContext = stream


def memory_allocated(device=None):
    return 0


max_memory_allocated = memory_reserved = max_memory_reserved = memory_cached = max_memory_cached = utilization = memory_allocated


def memory_summary(device=None, abbreviated=False):
    return ""


def memory_stats(device=None):
    return {}


memory_snapshot = get_rng_state_all = get_arch_list = lambda *args: []
memory = _types.SimpleNamespace(empty_cache=empty_cache, memory_allocated=memory_allocated, max_memory_allocated=max_memory_allocated, memory_summary=memory_summary)
nccl = _types.SimpleNamespace(version=lambda: (0, 0, 0), is_available=lambda *args: False)


def device(device):
    return contextlib.nullcontext()


device_of = device
