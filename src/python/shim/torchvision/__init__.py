"""The package `torchvision`: its networks and operations in PyTorch's layers, its transforms as arithmetic on tensors, and stand-ins for its data."""
from _lens.missing import lazy as _lazy

__version__ = "0.28.0"

_MODULES = ("datasets", "io", "models", "ops", "transforms", "utils")
__getattr__ = _lazy.attributes(__name__, dict.fromkeys(_MODULES, ""), missing=("tv_tensors",))


def set_image_backend(backend):
    pass


def get_image_backend():
    return "PIL"


def set_video_backend(backend):
    pass


def get_video_backend():
    return "pyav"


def disable_beta_transforms_warning():
    pass


def _is_tracing():
    """Files that were written for the exporter ask it by this name."""
    return False
