"""Linear maps of torch.nn.functional: linear, bilinear, convolutions over one to three spatial axes."""
from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, check_tensor, type_name
from .._size import integer

layer = calls.function


def per_axis(value, rank):
    """One int per spatial axis from an int or a sequence (of one, or of `rank`)."""
    if isinstance(value, (tuple, list)):
        return [integer(item) for item in value] * (rank if len(value) == 1 else 1)
    return [integer(value)] * rank


@layer("linear", values_in)
def linear(input, weight, bias=None):
    check_tensor(input, "linear")
    if weight.dim() == 1 and bias is None:
        return apply("matmul", input, weight, operation="linear")
    if bias is None:
        return apply("linear", input, weight, operation="mm" if input.dim() == 2 else "unsafe_view")
    return apply("linear", input, weight, bias, operation="addmm" if input.dim() in (1, 2) else "view")


@layer("bilinear", values_in)
def bilinear(input1, input2, weight, bias=None):
    """y[.., o] = sum over i, j of x1[.., i] · weight[o, i, j] · x2[.., j] (+ bias)."""
    from .._products import einsum
    result = einsum("...i,oij,...j->...o", input1, weight, input2)
    return result if bias is None else result + bias


def _convolve(rank, transposed, input, weight, bias, stride, padding, dilation, groups, output_padding=0):
    stride, dilation = per_axis(stride, rank), per_axis(dilation, rank)
    if isinstance(padding, str):
        input, padding = _padded_by_name(input, weight, padding, stride, dilation, rank)
    name = f"conv{'_transpose' if transposed else ''}{rank}d"
    if not hasattr(input, "dim"):
        raise TypeError(f"{name}(): argument 'input' (position 1) must be Tensor, not {type_name(input)}")
    if input.dim() not in (rank + 1, rank + 2):
        raise RuntimeError(f"Expected {rank + 1}D (unbatched) or {rank + 2}D (batched) input to {name}, but got input of size: "
                           f"{list(input.value.shape)}")
    batched = input.dim() == rank + 2
    operands = [input if batched else input.unsqueeze(0), weight] + ([] if bias is None else [bias])
    result = apply("convolution", *operands, stride=stride, padding=per_axis(padding, rank), dilation=dilation,
                   transposed=transposed, outputPadding=per_axis(output_padding, rank), groups=integer(groups))
    return result if batched else result.squeeze(0)


def _padded_by_name(input, weight, padding, stride, dilation, rank):
    """"same" keeps the size (an odd remainder goes behind), "valid" pads nothing."""
    if padding == "valid":
        return input, [0] * rank
    if padding != "same":
        raise RuntimeError(f"Invalid padding string: '{padding}'")
    if any(step != 1 for step in stride):
        raise RuntimeError("padding='same' is not supported for strided convolutions")
    totals = [step * (size - 1) for step, size in zip(dilation, weight.value.shape[2:])]
    if any(total % 2 for total in totals):
        from ._padding import pad
        input = pad(input, [n for total in reversed(totals) for n in (0, total % 2)])
    return input, [total // 2 for total in totals]


def _make(rank):
    def convolution(input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1):
        return _convolve(rank, False, input, weight, bias, stride, padding, dilation, groups)

    def transposed(input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1):
        return _convolve(rank, True, input, weight, bias, stride, padding, dilation, groups, output_padding)
    convolution.__name__, transposed.__name__ = f"conv{rank}d", f"conv_transpose{rank}d"
    return layer(convolution.__name__, values_in)(convolution), layer(transposed.__name__, values_in)(transposed)


(conv1d, conv_transpose1d), (conv2d, conv_transpose2d), (conv3d, conv_transpose3d) = map(_make, (1, 2, 3))


@layer("conv_tbc", values_in)
def conv_tbc(input, weight, bias, pad=0):
    """(time, batch, channels) along time, with a weight of (kernel, channels in, channels out)."""
    for tensor, name in ((input, "input"), (weight, "weight")):
        if tensor.dim() != 3:
            raise RuntimeError(f"{name.capitalize()} must have 3 dims: time, batch, in_channel" if name == "input" else "Weight tensor must have 3 dims: kernel_width, in_channels, out_channels.")
    if bias.dim() != 1:
        raise RuntimeError("Bias must be 1-D")
    return conv1d(input.permute(1, 2, 0), weight.permute(2, 1, 0), bias, padding=pad).permute(2, 0, 1)
