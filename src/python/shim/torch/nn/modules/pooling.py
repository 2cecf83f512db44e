"""Pooling modules, made from one table over their rank."""
from .. import functional as F
from .module import Module, own_init


class _MaxPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size, self.stride = kernel_size, kernel_size if stride is None else stride
        self.padding, self.dilation = padding, dilation
        self.return_indices, self.ceil_mode = return_indices, ceil_mode

    def forward(self, input):
        return getattr(F, f"max_pool{self.rank}d")(input, self.kernel_size, self.stride, self.padding, self.dilation,
                                                   ceil_mode=self.ceil_mode, return_indices=self.return_indices)

    def extra_repr(self):
        return (f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}, dilation={self.dilation}, "
                f"ceil_mode={self.ceil_mode}")


class MaxPool1d(_MaxPoolNd):
    rank = 1


class MaxPool2d(_MaxPoolNd):
    rank = 2


class MaxPool3d(_MaxPoolNd):
    rank = 3


class _AvgPoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = kernel_size if stride is None else stride
        self.padding, self.ceil_mode = padding, ceil_mode
        self.count_include_pad, self.divisor_override = count_include_pad, divisor_override

    def forward(self, input):
        return getattr(F, f"avg_pool{self.rank}d")(input, self.kernel_size, self.stride, self.padding, self.ceil_mode,
                                                   self.count_include_pad, self.divisor_override)

    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class AvgPool1d(_AvgPoolNd):
    rank = 1

    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        first = [value[0] if isinstance(value, (tuple, list)) else value for value in (kernel_size, stride, padding)]
        super().__init__((first[0],), (first[0] if first[1] is None else first[1],), (first[2],), ceil_mode, count_include_pad)


@own_init
class AvgPool2d(_AvgPoolNd):
    rank = 2


@own_init
class AvgPool3d(_AvgPoolNd):
    rank = 3


class _AdaptiveAvgPoolNd(Module):
    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size

    def forward(self, input):
        return getattr(F, f"adaptive_{self.kind}_pool{self.rank}d")(input, self.output_size)

    def extra_repr(self):
        return f"output_size={self.output_size}"


@own_init
class _AdaptiveMaxPoolNd(_AdaptiveAvgPoolNd):
    pass


for _kind, _base in (("avg", _AdaptiveAvgPoolNd), ("max", _AdaptiveMaxPoolNd)):
    for _rank in (1, 2, 3):
        _name = f"Adaptive{_kind.capitalize()}Pool{_rank}d"
        globals()[_name] = type(_name, (_base,), {"kind": _kind, "rank": _rank, "__module__": __name__})
del _kind, _base, _rank, _name


class LPPool2d(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type, self.kernel_size, self.stride, self.ceil_mode = norm_type, kernel_size, stride, ceil_mode

    def forward(self, input):
        return F.lp_pool2d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)

    def extra_repr(self):
        return f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, ceil_mode={self.ceil_mode}"
