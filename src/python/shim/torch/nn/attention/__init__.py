"""torch.nn.attention: which kernel computes attention is not chosen here, so that asking for one changes nothing."""
import contextlib
from enum import Enum

from ... import _public_names

__all__ = ["SDPBackend", "sdpa_kernel"]


class SDPBackend(Enum):
    ERROR = -1
    MATH = 0
    FLASH_ATTENTION = 1
    EFFICIENT_ATTENTION = 2
    CUDNN_ATTENTION = 3
    OVERRIDEABLE = 4


def sdpa_kernel(backends, set_priority=False):
    return contextlib.nullcontext()


def __getattr__(name):
    return _public_names.attribute("torch.nn.attention", name)
