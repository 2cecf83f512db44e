"""torch.signal.windows: weights of the M samples of a window, 1 in its middle; `sym=False` gives the first M of a window of M + 1."""
import math

from .._creation import _finished, empty, linspace, ones
from .._dtype import DTYPES, get_default_dtype
from .._formats import NAMES
from .._elementwise import i0 as _bessel

__all__ = ["bartlett", "blackman", "cosine", "exponential", "gaussian", "general_cosine", "general_hamming", "hamming", "hann", "kaiser", "nuttall"]


def _checked(name, M, dtype, layout):
    dtype = get_default_dtype() if dtype is None else dtype
    if M < 0:
        raise ValueError(f"{name} requires non-negative window length, got M={M}")
    if layout not in (None, NAMES["strided"]):
        raise ValueError(f"{name} is implemented for strided tensors only, got: {layout}")
    if dtype not in (DTYPES["float32"], DTYPES["float64"]):
        raise ValueError(f"{name} expects float32 or float64 dtypes, got: {dtype}")
    return dtype


def _window(name, M, dtype, layout, requires_grad, weights):
    """`weights(dtype)`, but of no sample nothing, and of one 1."""
    dtype = _checked(name, M, dtype, layout)
    made = empty((0,), dtype=dtype) if M == 0 else ones((1,), dtype=dtype) if M == 1 else weights(dtype)
    return _finished(made, requires_grad)


def _steps(M, sym):
    """From the first sample to the last, in steps; 1 where there is none."""
    return max(1, M - 1 if sym else M)


def exponential(M, *, center=None, tau=1.0, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    _checked("exponential", M, dtype, layout)
    if tau <= 0:
        raise ValueError(f"Tau must be positive, got: {tau} instead.")
    if sym and center is not None:
        raise ValueError("Center must be None for symmetric windows")
    middle = _steps(M, sym) / 2 if center is None else center
    return _window("exponential", M, dtype, layout, requires_grad,
                   lambda dtype: (-linspace(-middle / tau, (M - 1 - middle) / tau, M, dtype=dtype).abs()).exp())


def cosine(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    step = math.pi / (_steps(M, sym) + 1)
    return _window("cosine", M, dtype, layout, requires_grad, lambda dtype: linspace(step / 2, step / 2 + (M - 1) * step, M, dtype=dtype).sin())


def gaussian(M, *, std=1.0, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    _checked("gaussian", M, dtype, layout)
    if std <= 0:
        raise ValueError(f"Standard deviation must be positive, got: {std} instead.")
    start, step = -_steps(M, sym) / 2, 1 / (std * math.sqrt(2))
    return _window("gaussian", M, dtype, layout, requires_grad,
                   lambda dtype: (-linspace(start * step, (start + M - 1) * step, M, dtype=dtype) ** 2).exp())


def kaiser(M, *, beta=12.0, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    _checked("kaiser", M, dtype, layout)
    if beta < 0:
        raise ValueError(f"beta must be non-negative, got: {beta} instead.")

    def weights(dtype):
        step = 2 * beta / _steps(M, sym)
        place = linspace(-beta, -beta + (M - 1) * step, M, dtype=dtype).clamp(max=beta)
        return _bessel((beta * beta - place * place).clamp(min=0).sqrt()) / _bessel(linspace(beta, beta, 1, dtype=dtype))
    return _window("kaiser", M, dtype, layout, requires_grad, weights)


def bartlett(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    step = 2 / _steps(M, sym)
    return _window("bartlett", M, dtype, layout, requires_grad, lambda dtype: 1 - linspace(-1, -1 + (M - 1) * step, M, dtype=dtype).abs())


def general_cosine(M, *, a, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    """Σ aᵢ · (−1)ⁱ · cos(i · t), t from 0 to 2π."""
    _checked("general_cosine", M, dtype, layout)
    if not isinstance(a, (list, tuple)):
        raise TypeError("Coefficients must be a list/tuple")
    if not a:
        raise ValueError("Coefficients cannot be empty")

    def weights(dtype):
        step = 2 * math.pi / _steps(M, sym)
        angle = linspace(0, (M - 1) * step, M, dtype=dtype)
        return sum((-1) ** i * weight * (i * angle).cos() for i, weight in enumerate(a))
    return _window("general_cosine", M, dtype, layout, requires_grad, weights)


def general_hamming(M, *, alpha=0.54, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    return general_cosine(M, a=[alpha, 1.0 - alpha], sym=sym, dtype=dtype, layout=layout, device=device, requires_grad=requires_grad)


def hamming(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    return general_hamming(M, sym=sym, dtype=dtype, layout=layout, device=device, requires_grad=requires_grad)


def hann(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    return general_hamming(M, alpha=0.5, sym=sym, dtype=dtype, layout=layout, device=device, requires_grad=requires_grad)


def blackman(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    return general_cosine(M, a=[0.42, 0.5, 0.08], sym=sym, dtype=dtype, layout=layout, device=device, requires_grad=requires_grad)


def nuttall(M, *, sym=True, dtype=None, layout=None, device=None, requires_grad=False):
    return general_cosine(M, a=[0.3635819, 0.4891775, 0.1365995, 0.0106411], sym=sym, dtype=dtype, layout=layout, device=device, requires_grad=requires_grad)
