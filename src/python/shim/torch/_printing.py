"""How a tensor prints: PyTorch's rules of precision, scientific notation, summarization and line breaks."""
import math

from . import _dtype


class _Options:
    precision, threshold, edgeitems, linewidth, sci_mode = 4, 1000, 3, 80, None


_PROFILES = {"default": (4, 1000, 3, 80), "short": (2, 1000, 2, 80), "full": (4, math.inf, 3, 80)}


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, profile=None, sci_mode=None):
    if profile in _PROFILES:  # as in PyTorch, another one changes nothing
        _Options.precision, _Options.threshold, _Options.edgeitems, _Options.linewidth = _PROFILES[profile]
    for name, given in (("precision", precision), ("threshold", threshold), ("edgeitems", edgeitems), ("linewidth", linewidth)):
        if given is not None:
            setattr(_Options, name, given)
    _Options.sci_mode = sci_mode


class _Format:
    """One width and one notation for all numbers that are shown."""

    def __init__(self, shown, floating):
        self.floating = floating
        self.whole, self.scientific, self.width = True, False, 1
        if not floating:
            self.width = max((len(str(number)) for number in shown), default=1)
            return
        finite = [number for number in shown if number != 0 and math.isfinite(number)]
        if not finite:
            return
        low, high = min(map(abs, finite)), max(map(abs, finite))
        self.whole = all(number == math.ceil(number) for number in finite)
        self.scientific = (high / low > 1000.0 or high > 1.0e8 or low < 1.0e-4) if _Options.sci_mode is None else _Options.sci_mode
        digits = _Options.precision
        if self.scientific:
            widths = (len(f"{number:.{digits}e}") for number in finite)
        elif self.whole:
            widths = (len(f"{number:.0f}") + 1 for number in finite)
        else:
            widths = (len(f"{number:.{digits}f}") for number in finite)
        self.width = max(1, *widths)

    def text(self, number):
        if not self.floating:
            text = str(number)
        elif self.scientific:
            text = f"{number:{self.width}.{_Options.precision}e}"
        elif self.whole:
            text = f"{number:.0f}" + ("." if math.isfinite(number) else "")
        else:
            text = f"{number:.{_Options.precision}f}"
        return text.rjust(self.width)


class _ComplexFormat:
    """A notation for the real parts and one for the imaginary ones."""

    def __init__(self, shown):
        self.real, self.imaginary = _Format([number.real for number in shown], True), _Format([number.imag for number in shown], True)
        self.width = self.real.width + self.imaginary.width + 1

    def text(self, number):
        real, imaginary = self.real.text(number.real), self.imaginary.text(number.imag).lstrip() + "j"
        return real + imaginary if imaginary[0] in "+-" else f"{real}+{imaginary}"


def _shown(flat, shape, offset=0):
    """The numbers that a summarized print shows, in order."""
    if not shape:
        return [flat[offset]]
    size, edge = shape[0], _Options.edgeitems
    places = range(size) if size <= 2 * edge else [*range(edge), *range(size - edge, size)]
    stride = math.prod(shape[1:])
    return [number for place in places for number in _shown(flat, shape[1:], offset + place * stride)]


def _body(flat, shape, offset, indent, summarize, form):
    if not shape:
        return form.text(flat[offset])
    size, edge = shape[0], _Options.edgeitems
    cut = summarize and size > 2 * edge
    if len(shape) == 1:
        texts = [form.text(flat[offset + place]) for place in (range(edge) if cut else range(size))]
        if cut:
            texts += [" ..."] + [form.text(flat[offset + place]) for place in range(size - edge, size)]
        in_line = max(1, (_Options.linewidth - indent) // (form.width + 2))
        lines = [", ".join(texts[start:start + in_line]) for start in range(0, len(texts), in_line)]
        return "[" + (",\n" + " " * (indent + 1)).join(lines) + "]"
    stride = math.prod(shape[1:])
    places = [*range(edge), None, *range(size - edge, size)] if cut else range(size)
    parts = ["..." if place is None else _body(flat, shape[1:], offset + place * stride, indent + 1, summarize, form)
             for place in places]
    return "[" + ("," + "\n" * (len(shape) - 1) + " " * (indent + 1)).join(parts) + "]"


def tensor_text(tensor):
    """`repr(tensor)`."""
    from ._conversion import numbers
    from .nn.parameter import ComplexParameter, Parameter
    plain = type(tensor).__name__ == "Tensor" or type(tensor) in (Parameter, ComplexParameter)
    prefix = "tensor(" if plain else f"{type(tensor).__name__}("
    indent, shape, dtype = len(prefix), tuple(tensor.shape), tensor.dtype
    suffixes = []
    default = _dtype.get_default_dtype()
    if tensor.numel() == 0:
        body = "[]"
        if len(shape) != 1:
            suffixes.append(f"size={tuple(shape)}")
        if dtype is not default:
            suffixes.append(f"dtype={dtype}")
    else:
        if dtype not in (default, _dtype.complex_dtype(default), _dtype.int64, _dtype.bool_):
            suffixes.append(f"dtype={dtype}")
        flat = tensor._numbers() if dtype.is_complex else numbers(tensor)
        summarize = len(flat) > _Options.threshold
        shown = _shown(flat, shape) if summarize else flat
        form = _ComplexFormat(shown) if dtype.is_complex else _Format(shown, dtype.is_floating_point)
        body = _body(flat, shape, 0, indent, summarize, form)
    if tensor.requires_grad and not tensor.is_leaf:
        suffixes.append(f"grad_fn=<{tensor.grad_fn.name()}>")
    elif tensor.requires_grad:
        suffixes.append("requires_grad=True")
    return _with_suffixes(prefix + body, suffixes, indent)


def _with_suffixes(text, suffixes, indent):
    length = len(text) - text.rfind("\n") + 1
    for suffix in suffixes:
        if length + len(suffix) + 2 > _Options.linewidth:
            text += ",\n" + " " * indent + suffix
            length = indent + len(suffix)
        else:
            text += ", " + suffix
            length += len(suffix) + 2
    return text + ")"
