"""Windows, and Fourier transforms of short stretches of a signal: stft and istft."""
import math

from ._apply import apply, constant
from ._complex import ComplexTensor
from ._creation import _finished, creator, ones
from ._dtype import dtype_of, get_default_dtype
from ._registry import public


def _window(name, shape_of_place):
    def function(window_length, periodic=True, *settings, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False, **named):
        if window_length < 0:
            raise RuntimeError(f"{name} requires non-negative window_length, got window_length={window_length}")
        wanted = get_default_dtype() if dtype is None else dtype_of(dtype)
        count = window_length + 1 if periodic else window_length
        places = [place / (count - 1) for place in range(window_length)] if window_length > 1 else None
        numbers = [1.0] * window_length if places is None else [shape_of_place(place, *settings, **named) for place in places]
        return _finished(constant(numbers, wanted, (window_length,)), requires_grad)
    function.__name__ = name
    return creator(function)


def _hamming(place, alpha=0.54, beta=0.46):
    return alpha - beta * math.cos(2 * math.pi * place)


def _bessel(x):
    """I₀ by its power series."""
    term = total = 1.0
    step = 1
    while term > total * 1e-17:
        term *= (x / 2 / step) ** 2
        total += term
        step += 1
    return total


hann_window = _window("hann_window", lambda place: 0.5 - 0.5 * math.cos(2 * math.pi * place))
hamming_window = _window("hamming_window", _hamming)
blackman_window = _window("blackman_window", lambda place: 0.42 - 0.5 * math.cos(2 * math.pi * place) + 0.08 * math.cos(4 * math.pi * place))
bartlett_window = _window("bartlett_window", lambda place: 1 - abs(2 * place - 1))
kaiser_window = _window("kaiser_window", lambda place, beta=12.0: _bessel(beta * math.sqrt(max(0.0, 1 - (2 * place - 1) ** 2))) / _bessel(beta))


def _centred(window, win_length, n_fft, dtype):
    """The window in the middle of a stretch of n_fft."""
    window = ones(win_length, dtype=dtype) if window is None else window
    before = (n_fft - win_length) // 2
    return apply("pad", window, pads=[[before, n_fft - win_length - before]], mode="constant", value=0)


@public
def stft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode="reflect", normalized=False, onesided=None,
         return_complex=None, align_to_window=None):
    """(…, samples) → (…, frequencies, stretches)"""
    from . import fft
    from .nn._padding import pad
    if input.dim() not in (1, 2):
        raise RuntimeError("stft: expected a 1D or 2D tensor")
    if return_complex is None and not (isinstance(input, ComplexTensor) or isinstance(window, ComplexTensor)):
        raise RuntimeError("stft requires the return_complex parameter be given for real inputs, and will further require that "
                           "return_complex=True in a future PyTorch release.")
    hop_length = n_fft // 4 if hop_length is None else hop_length
    win_length = n_fft if win_length is None else win_length
    rows = input if input.dim() == 2 else input.unsqueeze(0)
    if center:
        rows = pad(rows.unsqueeze(1), (n_fft // 2, n_fft // 2), pad_mode).squeeze(1)
    length = rows.size(-1)
    for holds, expected, got in (
            (0 < n_fft <= length, f"0 < n_fft < {length}", f"n_fft={n_fft}"), (hop_length > 0, "hop_length > 0", f"hop_length={hop_length}"),
            (0 < win_length <= n_fft, "0 < win_length <= n_fft", f"win_length={win_length}")):
        if not holds:
            raise RuntimeError(f"stft: expected {expected}, but got {got}")
    stretches = rows.unfold(-1, n_fft, hop_length)
    if window is not None or win_length < n_fft:
        stretches = stretches * _centred(window, win_length, n_fft, input.dtype)
    transform = fft.rfft if onesided is None or onesided else fft.fft
    result = transform(stretches, norm="ortho" if normalized else None).transpose(-2, -1)
    result = result if input.dim() == 2 else result.squeeze(0)
    return result if return_complex is None or return_complex else result._pairs


@public
def istft(input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None,
          return_complex=False):
    """The signal of which `stft` made these stretches: they are added up, and divided by the sum of the squared windows."""
    from . import fft
    if not isinstance(input, ComplexTensor):
        raise RuntimeError("istft requires a complex-valued input tensor matching the output from stft with return_complex=True.")
    hop_length = n_fft // 4 if hop_length is None else hop_length
    win_length = n_fft if win_length is None else win_length
    spectra = (input if input.dim() == 3 else input.unsqueeze(0)).transpose(-2, -1)
    norm = "ortho" if normalized else None
    whole = onesided is False or onesided is None and input.size(-2) == n_fft and n_fft > 2
    stretches = fft.ifft(spectra, norm=norm).real if whole else fft.irfft(spectra, n_fft, norm=norm)
    weights = _centred(window, win_length, n_fft, stretches.dtype)
    count = stretches.size(1)
    total = n_fft + hop_length * (count - 1)

    def laid(rows):
        """Stretches (N, count, n_fft) added up at their places."""
        columns = apply("permute", rows, dims=[0, 2, 1])
        signal = apply("col2im", columns, outputSize=[1, total], kernelSize=[1, n_fft], stride=[1, hop_length], padding=[0, 0], dilation=[1, 1])
        return signal.reshape(rows.size(0), total)
    signal = laid(stretches * weights)
    envelope = laid((weights * weights).expand(1, count, n_fft))
    start = n_fft // 2 if center else 0
    end = total - start if length is None else min(total, start + length)
    signal, envelope = signal[:, start:end], envelope[:, start:end]
    if float(envelope.abs().min()) < 1e-11:
        raise RuntimeError("istft: window overlap add min: 1")
    signal = apply("div", signal, envelope, operation="istft")
    if length is not None and length > end - start:
        signal = apply("pad", signal, pads=[[0, 0], [0, length - (end - start)]], mode="constant", value=0)
    return signal if input.dim() == 3 else signal.squeeze(0)
