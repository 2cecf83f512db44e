"""Convolutions and transposed convolutions over one to three spatial axes."""
import math

from ..._creation import empty
from ..._size import integer
from .. import functional as F
from .. import init
from .._convolution import per_axis
from ..parameter import Parameter
from .lazy import LazyModuleMixin
from .module import Module, own_init


class _ConvNd(Module):
    """What all convolutions have: their numbers, a weight and a bias."""

    rank: int
    transposed = False

    def _build(self, in_channels, out_channels, kernel_size, stride, padding, dilation, output_padding, groups, bias, padding_mode,
               dtype):
        Module.__init__(self)
        in_channels, out_channels, groups = (integer(number) if hasattr(number, "__index__") else number for number in (in_channels, out_channels, groups))
        if groups <= 0:
            raise ValueError("groups must be a positive integer")
        if in_channels % groups:
            raise ValueError("in_channels must be divisible by groups")
        if out_channels % groups:
            raise ValueError("out_channels must be divisible by groups")
        self._check_padding(padding, stride, padding_mode)
        self.in_channels, self.out_channels = in_channels, out_channels
        self.kernel_size, self.stride = self._tuple(kernel_size), self._tuple(stride)
        self.padding = padding if isinstance(padding, str) else self._tuple(padding)
        self.dilation, self.output_padding = self._tuple(dilation), self._tuple(output_padding)
        self.groups, self.padding_mode = groups, padding_mode
        self.weight = Parameter(empty(self._weight_shape(), dtype=dtype))
        if bias:
            self.bias = Parameter(empty(out_channels, dtype=dtype))
        else:
            self.register_parameter("bias", None)
        self.reset_parameters()

    def _weight_shape(self):
        channels = (self.in_channels, self.out_channels // self.groups) if self.transposed else (self.out_channels, self.in_channels // self.groups)
        return (*channels, *self.kernel_size)

    def _check_padding(self, padding, stride, padding_mode):
        if isinstance(padding, str):
            if padding not in ("same", "valid"):
                raise ValueError(f"Invalid padding string {padding!r}, should be one of {{'same', 'valid'}}")
            if padding == "same" and any(step != 1 for step in per_axis(stride, self.rank)):
                raise ValueError("padding='same' is not supported for strided convolutions")
        modes = {"zeros", "reflect", "replicate", "circular"}
        if padding_mode not in modes:
            raise ValueError(f"padding_mode must be one of {modes}, but got padding_mode='{padding_mode}'")
        if self.transposed and padding_mode != "zeros":
            raise ValueError(f'Only "zeros" padding mode is supported for {type(self).__name__}')

    def _tuple(self, value):
        return tuple(value) if isinstance(value, (tuple, list)) else (value,) * self.rank

    def reset_parameters(self):
        init.kaiming_uniform_(self.weight, a=math.sqrt(5))
        if self.bias is not None:
            fan_in, _ = init._calculate_fan_in_and_fan_out(self.weight)
            if fan_in != 0:
                bound = 1 / math.sqrt(fan_in)
                init.uniform_(self.bias, -bound, bound)

    def extra_repr(self):
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={self.kernel_size}, stride={self.stride}"
        if self.padding != (0,) * len(self.kernel_size):
            text += f", padding={self.padding}"
        if self.dilation != (1,) * len(self.kernel_size):
            text += f", dilation={self.dilation}"
        if self.output_padding != (0,) * len(self.kernel_size):
            text += f", output_padding={self.output_padding}"
        if self.groups != 1:
            text += f", groups={self.groups}"
        if self.bias is None:
            text += ", bias=False"
        if self.padding_mode != "zeros":
            text += f", padding_mode={self.padding_mode}"
        return text


class _Conv(_ConvNd):
    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True,
                 padding_mode="zeros", device=None, dtype=None):
        self._build(in_channels, out_channels, kernel_size, stride, padding, dilation, 0, groups, bias, padding_mode, dtype)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)

    def _conv_forward(self, input, weight, bias):
        convolve, padding = getattr(F, f"conv{self.rank}d"), self.padding
        if self.padding_mode != "zeros":
            input, padding = F.pad(input, self._pairs(), mode=self.padding_mode), 0
        return convolve(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def _pairs(self):
        """Padding before and after, last axis first, as `pad` takes it."""
        if isinstance(self.padding, str):
            totals = [step * (size - 1) * (self.padding == "same") for step, size in zip(self.dilation, self.kernel_size)]
            return [n for total in reversed(totals) for n in (total // 2, total - total // 2)]
        return [n for amount in reversed(self.padding) for n in (amount, amount)]


@own_init
class Conv1d(_Conv):
    rank = 1


@own_init
class Conv2d(_Conv):
    rank = 2


@own_init
class Conv3d(_Conv):
    rank = 3


class _ConvTranspose(_ConvNd):
    transposed = True

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1,
                 padding_mode="zeros", device=None, dtype=None):
        self._build(in_channels, out_channels, kernel_size, stride, padding, dilation, output_padding, groups, bias, padding_mode, dtype)

    def forward(self, input, output_size=None):
        output_padding = self.output_padding if output_size is None else self._output_padding(input, list(output_size))
        convolve = getattr(F, f"conv_transpose{self.rank}d")
        return convolve(input, self.weight, self.bias, self.stride, self.padding, output_padding, self.groups, self.dilation)

    def _output_padding(self, input, output_size):
        """What must be added to reach the size that was asked for."""
        spatial = input.shape[-self.rank:]
        wanted = output_size[-self.rank:]
        lowest = [(size - 1) * stride - 2 * padding + dilation * (kernel - 1) + 1
                  for size, stride, padding, dilation, kernel in zip(spatial, self.stride, self.padding, self.dilation, self.kernel_size)]
        highest = [least + stride - 1 for least, stride in zip(lowest, self.stride)]
        if not all(least <= size <= most for least, size, most in zip(lowest, wanted, highest)):
            raise ValueError(f"requested an output size of {output_size}, but valid sizes range from {lowest} to {highest} (for an input of {spatial})")
        return [size - least for size, least in zip(wanted, lowest)]


@own_init
class ConvTranspose1d(_ConvTranspose):
    rank = 1


@own_init
class ConvTranspose2d(_ConvTranspose):
    rank = 2


@own_init
class ConvTranspose3d(_ConvTranspose):
    rank = 3


class _LazyConv(LazyModuleMixin):
    """A convolution whose `in_channels` its first input tells."""

    def _build_lazily(self, out_channels, bias, dtype, arguments):
        super().__init__(0, 0, *arguments)
        self._uninitialized("weight", *(["bias"] if bias else []), dtype=dtype)
        self.out_channels = out_channels

    def reset_parameters(self):
        if not self.has_uninitialized_params() and self.in_channels != 0:
            super().reset_parameters()

    def initialize_parameters(self, input, *args, **kwargs):
        if not self.has_uninitialized_params():
            return
        if input.dim() not in (self.rank + 1, self.rank + 2):
            raise RuntimeError(f"Expected {self.rank + 1}D (unbatched) or {self.rank + 2}D (batched) input to {type(self).__name__}, but got input of size: "
                               f"{input.shape}")
        self.in_channels = input.shape[-self.rank - 1]
        if self.in_channels % self.groups:
            raise ValueError("in_channels must be divisible by groups")
        self.weight.materialize(self._weight_shape())
        if self.bias is not None:
            self.bias.materialize((self.out_channels,))
        self.reset_parameters()


class _LazyForward(_LazyConv):
    def __init__(self, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        self._build_lazily(out_channels, bias, dtype, (kernel_size, stride, padding, dilation, groups, False, padding_mode))


class _LazyTransposed(_LazyConv):
    def __init__(self, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros",
                 device=None, dtype=None):
        self._build_lazily(out_channels, bias, dtype, (kernel_size, stride, padding, output_padding, groups, False, dilation, padding_mode))


class LazyConv1d(_LazyForward, Conv1d):
    cls_to_become = Conv1d


class LazyConv2d(_LazyForward, Conv2d):
    cls_to_become = Conv2d


class LazyConv3d(_LazyForward, Conv3d):
    cls_to_become = Conv3d


class LazyConvTranspose1d(_LazyTransposed, ConvTranspose1d):
    cls_to_become = ConvTranspose1d


class LazyConvTranspose2d(_LazyTransposed, ConvTranspose2d):
    cls_to_become = ConvTranspose2d


class LazyConvTranspose3d(_LazyTransposed, ConvTranspose3d):
    cls_to_become = ConvTranspose3d
