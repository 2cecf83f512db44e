"""The package `torchvision`: its networks and operations in PyTorch's layers, its transforms as arithmetic on tensors, and stand-ins for its data."""
from _lens import lazy as _lazy

__version__ = "0.28.0"

__getattr__ = _lazy.attributes(__name__, {"models": "", "ops": ""}, missing=("datasets", "io", "transforms", "tv_tensors", "utils"))


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
