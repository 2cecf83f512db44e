"""Dropout of torch.nn.functional: noise drawn by `bernoulli`, in training only."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, check_tensor, write
from .._drawing import drawn, drawn_like
from .._history import count

layer = calls.function


def _dropped(input, p, training, inplace, noise_shape):
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if p == 0 or not training or input.numel() == 0:
        return input
    if not (input.is_floating_point() or input._is_complex):
        raise RuntimeError(f"result type Float can't be cast to the desired output type {input._scalar_type()}")
    if p == 1:
        result = input * 0
    else:
        if tuple(noise_shape) == input.value.shape:
            noise = drawn_like("bernoulli", input, p=1 - p)
        else:
            noise = drawn("bernoulli", noise_shape, input.dtype, p=1 - p)
        result = apply("mul", input, noise / (1 - p))
    return write(input, result, in_place=True, since=count() - 1) if inplace else result


@layer("dropout", values_in)
def dropout(input, p=0.5, training=True, inplace=False):
    check_tensor(input, "dropout")
    return _dropped(input, p, training, inplace, input.value.shape)


def _of_channels(name, rank):
    """Whole channels: the noise has one number per sample and channel."""
    def function(input, p=0.5, training=True, inplace=False):
        shape = input.value.shape
        if rank == 1 and len(shape) not in (2, 3):
            raise RuntimeError(f"dropout1d: Expected 2D or 3D input, but received a {len(shape)}D input. Note that dropout1d exists to provide "
                               "channel-wise dropout on inputs with 1 spatial dimension, a channel dimension, and an optional batch dimension "
                               "(i.e. 2D or 3D inputs).")
        batched = rank is None or len(shape) == rank + 2
        if batched:
            return _dropped(input, p, training, inplace, [*shape[:2], *[1] * (len(shape) - 2)])
        result = _dropped(input.unsqueeze(0), p, training, False, [1, shape[0], *[1] * (len(shape) - 1)]).squeeze(0)
        return write(input, result, in_place=True, since=count() - 1) if inplace else result
    function.__name__ = name
    return layer(name, values_in)(function)


dropout1d, dropout2d, dropout3d = _of_channels("dropout1d", 1), _of_channels("dropout2d", None), _of_channels("dropout3d", 3)

_ALPHA = 1.7580993408473766  # -scale * alpha of SELU: what a dropped unit becomes


def _alpha_dropped(input, p, training, inplace, noise_shape):
    if not 0.0 <= p <= 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if p == 0 or not training:
        return input
    if p == 1:
        return input * 0
    noise = drawn("bernoulli", noise_shape, input.dtype, p=1 - p)
    a = 1.0 / math.sqrt((_ALPHA * _ALPHA * p + 1) * (1 - p))
    shift = (noise - 1) * (_ALPHA * a) + _ALPHA * a * p
    result = input * (noise * a) + shift
    return write(input, result, in_place=True, since=count() - 1) if inplace else result


@layer("alpha_dropout", values_in)
def alpha_dropout(input, p=0.5, training=False, inplace=False):
    return _alpha_dropped(input, p, training, inplace, input.value.shape)


@layer("feature_alpha_dropout", values_in)
def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    shape = input.value.shape
    return _alpha_dropped(input, p, training, inplace, [*shape[:2], *[1] * (len(shape) - 2)])
