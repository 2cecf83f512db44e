"""Pooling of torch.nn.functional over one to three spatial axes."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, apply_all, filled
from .._size import integer
from ._convolution import per_axis

layer = calls.function


def _check_rank(name, input, rank):
    if input.dim() not in (rank + 1, rank + 2):
        if rank == 1 and name == "max_pool1d":
            raise RuntimeError(f"max_pool1d() Expected 2D or 3D input tensor, but got {list(input.value.shape)}")
        if name.startswith("adaptive"):
            raise RuntimeError(f"{name}(): Expected {rank + 1}D or {rank + 2}D tensor, but got {list(input.value.shape)}")
        raise RuntimeError(f"non-empty {rank + 1}D or {rank + 2}D (batch mode) tensor expected for input")


def _max_pool(rank):
    name = f"max_pool{rank}d"

    def function(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
        _check_rank(name, input, rank)
        kernel = per_axis(kernel_size, rank)
        result, indices = apply_all(
            "max_pool_with_indices", input, operation=name, kernelSize=kernel,
            stride=kernel if stride is None or stride == [] else per_axis(stride, rank), padding=per_axis(padding, rank),
            dilation=per_axis(dilation, rank), ceilMode=bool(ceil_mode))
        return (result, indices) if return_indices else result
    function.__name__ = name
    return layer(name, values_in)(function)


def _avg_pool(rank):
    name = f"avg_pool{rank}d"

    def function(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        _check_rank(name, input, rank)
        kernel = per_axis(kernel_size, rank)
        return apply("avg_pool", input, operation=name, kernelSize=kernel,
                     stride=kernel if stride is None or stride == [] else per_axis(stride, rank), padding=per_axis(padding, rank),
                     ceilMode=bool(ceil_mode), countIncludePad=bool(count_include_pad), divisorOverride=divisor_override)
    function.__name__ = name
    return layer(name, values_in)(function)


def _output_size(output_size, input, rank):
    wanted = list(output_size) if isinstance(output_size, (tuple, list)) else [output_size] * rank
    return [own if size is None else integer(size) for size, own in zip(wanted, input.value.shape[-rank:])]


def _adaptive_avg_pool(rank):
    name = f"adaptive_avg_pool{rank}d"

    def function(input, output_size):
        _check_rank(f"adaptive_avg_pool{rank}d", input, rank)
        size = _output_size(output_size, input, rank)
        ones = rank == 2 and size == [1, 1]  # PyTorch takes a mean there, and prints so
        return apply("adaptive_avg_pool", input, operation="mean_dim" if ones else name, outputSize=size)
    function.__name__ = name
    return layer(name, values_in)(function)


def _adaptive_max_pool(rank):
    name = f"adaptive_max_pool{rank}d"

    def function(input, output_size, return_indices=False):
        """Each output is the maximum of the stretch floor(i·n/m) .. ceil((i+1)·n/m) of its axis."""
        if rank == 1 and input.dim() not in (2, 3):
            raise RuntimeError(f"Expected 2 to 3 dimensions, but got {input.dim()}-dimensional tensor for argument #1 'self' "
                               "(while checking arguments for adaptive_max_pool1d)")
        if rank == 2 and input.dim() < 3:
            raise ValueError("Input dimension should be at least 3")
        result, indices = apply_all("adaptive_max_pool_with_indices", input, operation=name, outputSize=_output_size(output_size, input, rank))
        return (result, indices) if return_indices else result
    function.__name__ = name
    return layer(name, values_in)(function)


def _max_unpool(rank):
    name = f"max_unpool{rank}d"

    def function(input, indices, kernel_size, stride=None, padding=0, output_size=None):
        """Each element goes back to where a max pooling took it from; the rest is 0."""
        kernel = per_axis(kernel_size, rank)
        step = kernel if stride is None else per_axis(stride, rank)
        if indices.value.dtype != "int64":
            raise RuntimeError(f"elements in indices should be type int64 but got: {indices._scalar_type()}")
        if indices.value.shape != input.value.shape:
            raise RuntimeError(f"Expected shape of indices to be same as that of the input tensor ({list(input.value.shape)}) but got "
                               f"indices tensor with shape: {list(indices.value.shape)}")
        size = _unpooled_size(input, kernel, step, per_axis(padding, rank), output_size)
        lead = list(input.value.shape[:-rank])
        flat, places = (apply("reshape", tensor, shape=[*lead, -1]) for tensor in (input, indices))
        empty = filled([*lead, math.prod(size)], 0, input.dtype)
        spread = apply("scatter", empty, places, flat, dim=len(lead))
        return apply("reshape", spread, operation=name, shape=[*lead, *size])
    function.__name__ = name
    return layer(name, values_in)(function)


def _unpooled_size(input, kernel, stride, padding, output_size):
    rank = len(kernel)
    default = [(size - 1) * step + width - 2 * pad
               for size, width, step, pad in zip(input.value.shape[-rank:], kernel, stride, padding)]
    if output_size is None:
        return default
    if len(output_size) == rank + 2:
        output_size = output_size[2:]
    if len(output_size) != rank:
        raise ValueError(f"output_size should be a sequence containing {rank} or {rank + 2} elements, but it has a length of "
                         f"'{len(output_size)}'")
    for d, (size, usual, step) in enumerate(zip(output_size, default, stride)):
        if not usual - step < size < usual + step:
            raise ValueError(f'invalid output_size "{output_size}" (dim {d} must be between {usual - step} and {usual + step})')
    return [int(size) for size in output_size]


max_pool1d, max_pool2d, max_pool3d = map(_max_pool, (1, 2, 3))
avg_pool1d, avg_pool2d, avg_pool3d = map(_avg_pool, (1, 2, 3))
adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d = map(_adaptive_avg_pool, (1, 2, 3))
adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d = map(_adaptive_max_pool, (1, 2, 3))
max_unpool1d, max_unpool2d, max_unpool3d = map(_max_unpool, (1, 2, 3))


def _lp_pool(rank):
    name, average = f"lp_pool{rank}d", (avg_pool1d, avg_pool2d, avg_pool3d)[rank - 1]

    def function(input, norm_type, kernel_size, stride=None, ceil_mode=False):
        """The p-th root of the sum of p-th powers of each window."""
        mean = average(input ** norm_type, kernel_size, stride, 0, ceil_mode)
        return (mean.sign() * mean.abs().relu() * math.prod(per_axis(kernel_size, rank))) ** (1.0 / norm_type)
    function.__name__ = name
    return layer(name, values_in)(function)


lp_pool1d, lp_pool2d, lp_pool3d = map(_lp_pool, (1, 2, 3))


def _with_indices(function):
    def pair(input, *args, return_indices=False, **kwargs):
        return function(input, *args, return_indices=True, **kwargs)
    pair.__name__ = function.__name__ + "_with_indices"
    return pair


(max_pool1d_with_indices, max_pool2d_with_indices, max_pool3d_with_indices, adaptive_max_pool1d_with_indices,
 adaptive_max_pool2d_with_indices, adaptive_max_pool3d_with_indices) = map(
    _with_indices, (max_pool1d, max_pool2d, max_pool3d, adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d))
