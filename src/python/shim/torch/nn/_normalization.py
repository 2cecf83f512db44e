"""Normalizations of torch.nn.functional: batch, layer, group, instance, RMS, local response; normalize."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, apply_all, check_implemented, filled, operand
from .._dtype import FLOAT, finfo
from .._layout import channels_last_as, is_row_by_row
from .._out import writing
from .._grad_mode import no_grad

layer = calls.function


def _scale_and_shift(weight, bias, shape, dtype):
    return (filled(shape, 1, dtype) if weight is None else weight), (filled(shape, 0, dtype) if bias is None else bias)


@layer("batch_norm", values_in)
def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    """Normalizes each channel (axis 1): by this batch in training, by the running statistics otherwise."""
    shape = input.value.shape
    channels = shape[1] if len(shape) > 1 else 0
    if not training:
        for name, tensor in (("running_mean", running_mean), ("running_var", running_var)):
            if tensor is None:
                raise RuntimeError(f"{name} must be defined in evaluation mode")
    for name, tensor in (("running_mean", running_mean), ("running_var", running_var), ("weight", weight), ("bias", bias)):
        if tensor is not None and tensor.numel() != channels:
            raise RuntimeError(f"{name} should contain {channels} elements not {tensor.numel()}")
    check_implemented("batch_norm", input.dtype, FLOAT)
    if not training:
        return _by_statistics(input, running_mean, running_var, weight, bias, eps, channels)
    count = math.prod(shape) // max(channels, 1)
    if count == 1:
        raise ValueError(f"Expected more than 1 value per channel when training, got input size {input.shape}")
    weight, bias = _scale_and_shift(weight, bias, (channels,), input.dtype)
    result, mean, _ = apply_all("native_batch_norm", input, weight, bias, operation="batch_norm", eps=eps)
    if running_mean is not None:
        with no_grad():
            others = [d for d in range(len(shape)) if d != 1]
            variance = apply("var", input.detach(), dim=others, keepdim=False, correction=1)
            kept, taken = operand(1 - momentum, running_mean), operand(momentum, mean)
            for running, now in ((running_mean, mean.detach()), (running_var, variance)):
                running.assign((running * kept + now * taken).to(running.dtype).value)
    return result


def _by_statistics(input, mean, variance, weight, bias, eps, channels):
    scale = (variance + eps).rsqrt()
    if weight is not None:
        scale = scale * weight
    shift = -mean * scale if bias is None else bias - mean * scale
    around = [1, channels] + [1] * (input.dim() - 2) if input.dim() > 1 else [channels]
    return apply("add", input * scale.reshape(around), shift.reshape(around), operation="batch_norm")


def _axes_of(function, normalized_shape):
    """Sizes of the last axes, over which a function normalizes."""
    if isinstance(normalized_shape, int):
        raise TypeError(f"{function}(): argument 'normalized_shape' (position 2) must be tuple of ints, not int")
    if not len(normalized_shape):
        raise RuntimeError("Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = []")
    return list(normalized_shape)


@layer("layer_norm", values_in)
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    normalized = _axes_of("layer_norm", normalized_shape)
    for name, tensor in (("weight", weight), ("bias", bias)):
        if tensor is not None and list(tensor.value.shape) != normalized:
            raise RuntimeError(f"Expected {name} to be of same shape as normalized_shape, but got {name} of shape {list(tensor.value.shape)} and "
                               f"normalized_shape = {normalized}")
    if list(input.value.shape[-len(normalized):]) != normalized:
        raise RuntimeError(f"Given normalized_shape={normalized}, expected input with shape [*, {', '.join(map(str, normalized))}], but "
                           f"got input of size{list(input.value.shape)}")
    weight, bias = _scale_and_shift(weight, bias, normalized, input.dtype)
    return apply_all("native_layer_norm", input, weight, bias, operation="layer_norm", normalizedRank=len(normalized), eps=eps)[0]


@layer("group_norm", values_in)
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-5):
    shape = list(input.value.shape)
    if len(shape) < 2:
        raise RuntimeError(f"Expected at least 2 dimensions for input tensor but received {len(shape)}")
    if shape[1] % num_groups:
        raise RuntimeError(f"Expected number of channels in input to be divisible by num_groups, but got input of shape {shape} and "
                           f"num_groups={num_groups}")
    for name, tensor in (("weight", weight), ("bias", bias)):
        if tensor is not None and tensor.value.shape != (shape[1],):
            raise RuntimeError(f"Expected {name} to be a vector of size equal to the number of channels in input, but got {name} of shape "
                               f"{list(tensor.value.shape)} and input of shape {shape}")
    return channels_last_as(_normalized_groups(input, num_groups, weight, bias, eps, "group_norm"), input)


def _normalized_groups(input, groups, weight, bias, eps, operation):
    shape = list(input.value.shape)
    flat = input.reshape([shape[0], groups, -1])
    ones, zeros = _scale_and_shift(None, None, (flat.value.shape[2],), input.dtype)
    result = apply("reshape", apply_all("native_layer_norm", flat, ones, zeros, normalizedRank=1, eps=eps)[0], operation=operation, shape=shape)
    around = [1, shape[1]] + [1] * (len(shape) - 2)
    if weight is not None:
        result = apply("mul", result, weight.reshape(around), operation=operation)
    if bias is not None:
        result = apply("add", result, bias.reshape(around), operation=operation)
    return result


@layer("instance_norm", values_in)
def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5):
    if not use_input_stats:
        if running_mean is None or running_var is None:
            raise RuntimeError("Expected running_mean and running_var to be defined when use_input_stats is false")
        return _by_statistics(input, running_mean, running_var, weight, bias, eps, input.value.shape[1])
    if math.prod(input.value.shape[2:]) == 1:
        raise ValueError(f"Expected more than 1 spatial element when training, got input size {input.shape}")
    if running_mean is not None:
        with no_grad():
            spatial = list(range(2, input.dim()))
            for running, now in ((running_mean, input.mean(spatial).mean(0)), (running_var, input.var(spatial).mean(0))):
                running.assign((running * (1 - momentum) + now * momentum).to(running.dtype).value)
    return _normalized_groups(input, input.value.shape[1], weight, bias, eps, "instance_norm")


@layer("rms_norm", values_in)
def rms_norm(input, normalized_shape, weight=None, eps=None):
    normalized = _axes_of("rms_norm", normalized_shape)
    if list(input.value.shape[-len(normalized):]) != normalized:
        raise RuntimeError(f"Given normalized_shape={normalized}, expected input with shape [*{', '.join(map(str, normalized))}], but got input of "
                           f"size{list(input.value.shape)}")
    axes = list(range(-len(normalized), 0))
    # halves are rounded once, at the end
    wide = input.float() if input.dtype.itemsize == 2 else input
    eps = finfo(wide.dtype).eps if eps is None else eps
    result = wide * (wide.square().mean(axes, keepdim=True) + eps).rsqrt()
    result = (result if weight is None else result * weight).to(input.dtype)
    return result if is_row_by_row(input) else channels_last_as(result.contiguous(), input)


@layer("local_response_norm", values_in)
def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    """Divides by a power of the mean square over `size` neighbouring channels."""
    from ._padding import pad
    from ._pooling import avg_pool2d, avg_pool3d
    shape = list(input.value.shape)
    if len(shape) < 3:
        raise ValueError(f"Expected 3D or higher dimensionality                          input (got {len(shape)} dimensions)")
    square = input.square().unsqueeze(1)
    if len(shape) == 3:
        square = avg_pool2d(pad(square, (0, 0, size // 2, (size - 1) // 2)), (size, 1), stride=1).squeeze(1)
    else:
        square = square.reshape(shape[0], 1, shape[1], shape[2], -1)
        square = pad(square, (0, 0, 0, 0, size // 2, (size - 1) // 2))
        square = avg_pool3d(square, (size, 1, 1), stride=1).squeeze(1).reshape(shape)
    return input / (square * alpha + k) ** beta


@writing
@layer("normalize", values_in)
def normalize(input, p=2.0, dim=1, eps=1e-12):
    length = input.norm(p, dim, keepdim=True).clamp_min(eps)
    return input / length.expand_as(input)
