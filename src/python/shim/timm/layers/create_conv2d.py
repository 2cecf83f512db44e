"""The convolution that the arguments ask for."""
from _lens.door import UnsupportedError

from .conv2d_same import create_conv2d_pad
from .mixed_conv2d import MixedConv2d


def create_conv2d(in_channels, out_channels, kernel_size, **kwargs):
    """A list of kernel sizes: MixedConv2d."""
    if isinstance(kernel_size, list):
        assert "num_experts" not in kwargs
        groups = kwargs.pop("groups", None)
        if groups == in_channels:
            kwargs["depthwise"] = True
        else:
            assert groups in (None, 1)
        return MixedConv2d(in_channels, out_channels, kernel_size, **kwargs)
    if kwargs.pop("depthwise", False):
        kwargs["groups"] = in_channels
    if kwargs.get("num_experts", 0) > 0:
        raise UnsupportedError("timm's CondConv2d is not supported")
    return create_conv2d_pad(in_channels, out_channels, kernel_size, **kwargs)
