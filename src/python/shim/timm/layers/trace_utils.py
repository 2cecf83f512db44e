"""What timm writes in place of `assert` and `int`, for tracers."""
from torch import _assert  # noqa: F401


def _float_to_int(x):
    return int(x)
