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
        return getattr(F, f"adaptive_avg_pool{self.rank}d")(input, self.output_size)

    def extra_repr(self):
        return f"output_size={self.output_size}"


@own_init
class _AdaptiveMaxPoolNd(_AdaptiveAvgPoolNd):
    def __init__(self, output_size, return_indices=False):
        super().__init__(output_size)
        self.return_indices = return_indices

    def forward(self, input):
        return getattr(F, f"adaptive_max_pool{self.rank}d")(input, self.output_size, self.return_indices)


class _MaxUnpoolNd(Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = _tuple(kernel_size, self.rank)
        self.stride = self.kernel_size if stride is None else _tuple(stride, self.rank)
        self.padding = _tuple(padding, self.rank)

    def forward(self, input, indices, output_size=None):
        return getattr(F, f"max_unpool{self.rank}d")(input, indices, self.kernel_size, self.stride, self.padding, output_size)

    def extra_repr(self):
        return f"kernel_size={self.kernel_size}, stride={self.stride}, padding={self.padding}"


class _LPPoolNd(Module):
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type, self.kernel_size, self.stride, self.ceil_mode = norm_type, kernel_size, stride, ceil_mode

    def forward(self, input):
        return getattr(F, f"lp_pool{self.rank}d")(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)

    def extra_repr(self):
        return f"norm_type={self.norm_type}, kernel_size={self.kernel_size}, stride={self.stride}, ceil_mode={self.ceil_mode}"


class _FractionalMaxPoolNd(Module):
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        self.kernel_size, self.return_indices = _tuple(kernel_size, self.rank), return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = None if output_size is None else _tuple(output_size, self.rank)
        self.output_ratio = None if output_ratio is None else _tuple(output_ratio, self.rank)
        if output_size is None and output_ratio is None:
            raise ValueError(f"{type(self).__name__} requires specifying either an output size, or a pooling ratio")
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
        if self.output_ratio is not None and not all(0 < ratio < 1 for ratio in self.output_ratio):
            raise ValueError(f"output_ratio must be between 0 and 1 (got {output_ratio})")

    def forward(self, input):
        return getattr(F, f"fractional_max_pool{self.rank}d")(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices,
                                                              self._random_samples)


def _tuple(value, rank):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


for _kind, _base, _ranks in (("AdaptiveAvgPool", _AdaptiveAvgPoolNd, (1, 2, 3)), ("AdaptiveMaxPool", _AdaptiveMaxPoolNd, (1, 2, 3)),
                             ("MaxUnpool", _MaxUnpoolNd, (1, 2, 3)), ("LPPool", _LPPoolNd, (1, 2, 3)),
                             ("FractionalMaxPool", _FractionalMaxPoolNd, (2, 3))):
    for _rank in _ranks:
        _name = f"{_kind}{_rank}d"
        globals()[_name] = type(_name, (_base,), {"rank": _rank, "__module__": __name__})
del _kind, _base, _ranks, _rank, _name
