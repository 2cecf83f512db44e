"""Convolution and pooling with channels last, over 1 to 3 spatial axes: recorded as channels first between two permutes."""
from _lens import door

from .elementwise import pair
from .errors import InvalidArgumentError
from .tensor import value_of, wrap


def per_axis(setting, rank):
    """One number per spatial axis, from a number, a list, or TensorFlow's four-number form."""
    if isinstance(setting, int):
        return [setting] * rank
    numbers = [int(n) for n in setting]
    if len(numbers) == 1:
        return numbers * rank
    if len(numbers) == rank + 2:
        return numbers[1:-1]
    return numbers


def first(value):
    """N ... C -> N C ..."""
    rank = len(value.shape)
    return door.record("permute", [value], dims=[0, rank - 1, *range(1, rank - 1)])


def last(value):
    """N C ... -> N ... C"""
    rank = len(value.shape)
    return door.record("permute", [value], dims=[0, *range(2, rank), 1])


def same_padding(sizes, kernel, stride, dilation):
    """(before, after) per axis so that the output has ceil(n / stride) elements; the odd one goes behind."""
    pads = []
    for n, k, s, d in zip(sizes, kernel, stride, dilation):
        total = max((-(-n // s) - 1) * s + (k - 1) * d + 1 - n, 0)
        pads.append((total // 2, total - total // 2))
    return pads


def _padding(x, padding, kernel, stride, dilation, value=0):
    """x (channels first) padded where the op cannot do it itself, and the padding that is left to the op."""
    rank = len(kernel)
    if padding == "causal":
        pads = [((kernel[0] - 1) * dilation[0], 0)]
    elif padding == "same":
        pads = same_padding(x.shape[2:], kernel, stride, dilation)
    elif padding == "valid":
        return x, [0] * rank
    else:
        pads = padding
    if all(before == after for before, after in pads):
        return x, [before for before, _ in pads]
    x = door.record("pad", [x], pads=[[0, 0], [0, 0], *map(list, pads)], mode="constant", value=value)
    return x, [0] * rank


def _check_size(x, kernel, padding, dilation, name):
    if padding == "valid":
        for axis, (n, k, d) in enumerate(zip(x.shape[2:], kernel, dilation)):
            if n < (k - 1) * d + 1:
                raise InvalidArgumentError(
                    f"Computed output size would be negative: {n - (k - 1) * d} [input_size: {n}, effective_filter_size: "
                    f"{(k - 1) * d + 1}, stride: 1] [Op:{name}]")


def conv(x, kernel, strides=1, padding="valid", dilations=1, data_format="channels_last"):
    """x (N, ..., C), kernel (..., C / groups, O)."""
    a, weight = pair(x, kernel, False, "Conv")
    rank = len(weight.shape) - 2
    stride, dilation = per_axis(strides, rank), per_axis(dilations, rank)
    channels_last = data_format in ("channels_last", "NHWC", "NWC", "NDHWC", None)
    if channels_last:
        a = first(a)
    channels, expected = a.shape[1], weight.shape[-2]
    if channels % expected:
        raise InvalidArgumentError(f"input depth must be evenly divisible by filter depth: {channels} vs {expected} [Op:Conv{rank}D]")
    size = list(weight.shape[:-2])
    padding = padding.lower() if isinstance(padding, str) else [tuple(p) for p in padding]
    _check_size(a, size, padding, dilation, f"Conv{rank}D")
    a, pads = _padding(a, padding, size, stride, dilation)
    weight = door.record("permute", [weight], dims=[rank + 1, rank, *range(rank)])
    y = door.record("convolution", [a, weight], stride=stride, padding=pads, dilation=dilation, transposed=False,
                    outputPadding=[0] * rank, groups=channels // expected)
    return wrap(last(y) if channels_last else y)


def depthwise_conv(x, kernel, strides=1, padding="valid", dilations=1, data_format="channels_last"):
    """kernel (..., C, multiplier): each channel on its own."""
    weight = value_of(kernel)
    *size, channels, multiplier = weight.shape
    grouped = door.record("reshape", [weight], shape=[*size, 1, channels * multiplier])
    return conv(x, grouped, strides, padding, dilations, data_format)


def conv_transpose(x, kernel, strides=1, padding="valid", output_padding=None, dilations=1, data_format="channels_last",
                   output_shape=None):
    """kernel (..., O, C)."""
    a, weight = pair(x, kernel, False, "ConvTranspose")
    rank = len(weight.shape) - 2
    stride, dilation = per_axis(strides, rank), per_axis(dilations, rank)
    channels_last = data_format in ("channels_last", "NHWC", "NWC", "NDHWC", None)
    if channels_last:
        a = first(a)
    before, extra, crop = [], [], []
    extras = [None] * rank if output_padding is None else per_axis(output_padding, rank)
    for axis in range(rank):
        k, s, d = weight.shape[axis], stride[axis], dilation[axis]
        effective = (k - 1) * d + 1
        n = a.shape[2 + axis]
        full = (n - 1) * s + effective
        if output_shape is not None:
            wanted = output_shape[1 + axis if channels_last else 2 + axis]
        elif extras[axis] is not None:
            wanted = (n - 1) * s + effective - (2 * (effective // 2) if padding.lower() == "same" else 0) + extras[axis]
        else:
            wanted = n * s if padding.lower() == "same" else full + max(s - effective, 0)
        # the full output, cut to what is wanted: the smaller half in front
        start = max(full - wanted, 0) // 2 if padding.lower() == "same" else 0
        if extras[axis] is not None and padding.lower() == "same":
            start = effective // 2
        crop.append((start, wanted))
        before.append(0)
        extra.append(max(start + wanted - full, 0))
    weight = door.record("permute", [weight], dims=[rank + 1, rank, *range(rank)])
    y = door.record("convolution", [a, weight], stride=stride, padding=before, dilation=dilation, transposed=True,
                    outputPadding=[0] * rank, groups=1)
    if any(extra):
        y = door.record("pad", [y], pads=[[0, 0], [0, 0], *([0, e] for e in extra)], mode="constant", value=0)
    for axis, (start, wanted) in enumerate(crop):
        if (start, wanted) != (0, y.shape[2 + axis]):
            y = door.record("slice", [y], dim=2 + axis, start=start, end=start + wanted, step=1)
    return wrap(last(y) if channels_last else y)


def max_pool(x, pool_size=2, strides=None, padding="valid", data_format="channels_last"):
    a, size, stride, channels_last = _pooled(x, pool_size, strides, data_format)
    padding = padding.lower() if isinstance(padding, str) else padding
    _check_size(a, size, padding, [1] * len(size), "MaxPool")
    a, pads = _padding(a, padding, size, stride, [1] * len(size), value=-3.4028234663852886e38)
    if any(2 * p > k for p, k in zip(pads, size)):
        a = door.record("pad", [a], pads=[[0, 0], [0, 0], *([p, p] for p in pads)], mode="constant", value=-3.4028234663852886e38)
        pads = [0] * len(size)
    y = door.record("max_pool_with_indices", [a], kernelSize=size, stride=stride, padding=pads, ceilMode=False,
                    dilation=[1] * len(size))
    return wrap(last(y) if channels_last else y)


def avg_pool(x, pool_size=2, strides=None, padding="valid", data_format="channels_last", repeats_edges=False):
    """Padded places do not count, as in TensorFlow. `repeats_edges`: where the padding is uneven, the edges are repeated instead,
    as Keras's pooling layers do on torch."""
    a, size, stride, channels_last = _pooled(x, pool_size, strides, data_format)
    padding = padding.lower() if isinstance(padding, str) else padding
    _check_size(a, size, padding, [1] * len(size), "AvgPool")
    pads = [(0, 0)] * len(size) if padding == "valid" else same_padding(a.shape[2:], size, stride, [1] * len(size))
    settings = dict(kernelSize=size, stride=stride, padding=[0] * len(size), ceilMode=False, countIncludePad=True, divisorOverride=None)
    is_even = all(before == after for before, after in pads)
    spread = [[0, 0], [0, 0], *map(list, pads)]
    if not any(map(any, pads)):
        y = door.record("avg_pool", [a], **settings)
    elif repeats_edges and not is_even:
        y = door.record("avg_pool", [door.record("pad", [a], pads=spread, mode="replicate", value=0)], **settings)
    else:
        ones = door.record("full", shape=[1, 1, *a.shape[2:]], value=1, dtype=a.dtype)
        sums, shares = (door.record("avg_pool", [door.record("pad", [v], pads=spread, mode="constant", value=0)], **settings)
                        for v in (a, ones))
        y = door.record("div", [sums, shares])
    return wrap(last(y) if channels_last else y)


def _pooled(x, pool_size, strides, data_format):
    value = value_of(x)
    rank = len(value.shape) - 2
    size = per_axis(pool_size, rank)
    stride = size if strides is None else per_axis(strides, rank)
    channels_last = data_format in ("channels_last", "NHWC", "NWC", "NDHWC", None)
    return (first(value) if channels_last else value), size, stride, channels_last
