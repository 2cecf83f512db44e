"""torch.accelerator: there is none, as in PyTorch's CPU build; what asks whether there is one hears so."""

__all__ = ["current_accelerator", "current_device_index", "device_count", "is_available", "synchronize"]


def is_available():
    return False


def device_count():
    return 0


def current_accelerator(check_available=False):
    return None


def current_device_index():
    raise RuntimeError("Cannot access accelerator device when none is available.")


def _nothing(*args, **kwargs):
    """Nothing to do without an accelerator."""


synchronize = empty_cache = set_device_index = _nothing
