"""Fractional max pooling (Graham 2014) of torch.nn.functional: windows at places that a random number shifts, anew for each channel."""
import array
import itertools
import math

from _lens import door
from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, constant
from .._drawing import drawn
from .._dtype import int64
from ._convolution import per_axis


def _single(number):
    """Rounded to float32, in which PyTorch computes the places."""
    return array.array("f", [number])[0]


def _starts(sample, size, count, width):
    """Where the windows begin along one axis."""
    if count == 1:
        return [size - width]
    alpha = _single((size - width) / (count - 1))
    first = int(_single(sample * alpha))
    return [int(_single(_single(place + sample) * alpha)) - first for place in range(count - 1)] + [size - width]


def _output_sizes(name, input, rank, output_size, output_ratio):
    if output_size is None and output_ratio is None:
        raise ValueError(f"{name} requires specifying either an output_size or an output_ratio")
    if output_size is not None:
        return per_axis(output_size, rank)
    ratios = list(output_ratio) if isinstance(output_ratio, (tuple, list)) else [output_ratio] * rank
    return [int(size * ratio) for size, ratio in zip(input.value.shape[-rank:], ratios)]


def _window_places(sizes, counts, kernel, samples):
    """Flat places of each window's elements, window by window."""
    starts = [_starts(sample, *axis) for sample, axis in zip(samples, zip(sizes, counts, kernel))]
    strides = [math.prod(sizes[d + 1:]) for d in range(len(sizes))]
    for corner in itertools.product(*starts):
        for offset in itertools.product(*(range(width) for width in kernel)):
            yield sum((start + step) * stride for start, step, stride in zip(corner, offset, strides))


def _fractional_max_pool(rank):
    name = f"fractional_max_pool{rank}d"

    def function(input, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        counts, kernel = _output_sizes(name, input, rank, output_size, output_ratio), per_axis(kernel_size, rank)
        lead, sizes = list(input.value.shape[:-rank]), list(input.value.shape[-rank:])
        batch = lead[0] if len(lead) == 2 else 1
        for axis, (size, count, width) in enumerate(zip(sizes, counts, kernel)):
            if count + width - 1 > size - (rank == 3):  # of three axes PyTorch asks for one element more
                label = ("time", "height", "width")[3 - rank + axis]
                raise RuntimeError(f"{name}{'_out' if rank == 3 else ''}(): pool {label} {width} too large relative to input {label} {size}")
        samples = drawn("uniform", [batch, lead[-1], rank], input.dtype, **{"from": 0.0, "to": 1.0}) if _random_samples is None else _random_samples
        numbers = list(door.read(samples.value))
        # of two axes PyTorch takes the width's number first
        planes = [numbers[start:start + rank][::-1 if rank == 2 else 1] for start in range(0, len(numbers), rank)]
        places = [place for plane in planes for place in _window_places(sizes, counts, kernel, plane)]
        places = constant(places, int64, (*lead, math.prod(counts) * math.prod(kernel)))
        windows = apply("gather", input.reshape([*lead, -1]), places, dim=len(lead)).reshape([*lead, math.prod(counts), -1])
        result, chosen = windows.max(-1)
        result = apply("reshape", result, operation=name, shape=[*lead, *counts])
        if not return_indices:
            return result
        return result, places.reshape(windows.value.shape).gather(-1, chosen.unsqueeze(-1)).reshape([*lead, *counts])
    function.__name__ = name
    return calls.function(name, values_in)(function)


fractional_max_pool2d, fractional_max_pool3d = map(_fractional_max_pool, (2, 3))


def fractional_max_pool2d_with_indices(*args, **kwargs):
    return fractional_max_pool2d(*args, **{**kwargs, "return_indices": True})


def fractional_max_pool3d_with_indices(*args, **kwargs):
    return fractional_max_pool3d(*args, **{**kwargs, "return_indices": True})
