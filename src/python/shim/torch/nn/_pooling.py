"""Pooling of torch.nn.functional over one to three spatial axes."""
from _lens import calls
from _lens.array import values_in

from .._apply import apply, apply_all
from .._joining import stack
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
    return [own if size is None else int(size) for size, own in zip(wanted, input.value.shape[-rank:])]


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
        if return_indices:
            from _lens.door import UnsupportedError
            raise UnsupportedError(f"{name} with return_indices=True is not supported yet")
        result = input
        for position, size in enumerate(_output_size(output_size, input, rank), input.dim() - rank):
            length = input.value.shape[position]
            parts = []
            for place in range(size):
                start, end = place * length // size, -(-(place + 1) * length // size)
                parts.append(result.narrow(position, start, end - start).amax(position))
            result = stack(parts, position)
        return result
    function.__name__ = name
    return layer(name, values_in)(function)


max_pool1d, max_pool2d, max_pool3d = map(_max_pool, (1, 2, 3))
avg_pool1d, avg_pool2d, avg_pool3d = map(_avg_pool, (1, 2, 3))
adaptive_avg_pool1d, adaptive_avg_pool2d, adaptive_avg_pool3d = map(_adaptive_avg_pool, (1, 2, 3))
adaptive_max_pool1d, adaptive_max_pool2d, adaptive_max_pool3d = map(_adaptive_max_pool, (1, 2, 3))


@layer("lp_pool2d", values_in)
def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    kernel = per_axis(kernel_size, 2)
    mean = avg_pool2d(input.abs() ** norm_type, kernel, stride, 0, ceil_mode)
    return (mean * (kernel[0] * kernel[1])) ** (1.0 / norm_type)
