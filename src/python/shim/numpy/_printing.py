"""How arrays and scalars print: NumPy's rules of precision, scientific notation, alignment, line breaks and summarization."""
import builtins
import contextlib
import math

from . import _scalars
from ._dtypes import kind_of
from ._ndarray import ndarray
from ._scalars import generic, plain

_DEFAULTS = {"precision": 8, "threshold": 1000, "edgeitems": 3, "linewidth": 75, "suppress": False, "nanstr": "nan", "infstr": "inf",
             "formatter": None, "sign": "-", "floatmode": "maxprec", "legacy": False}
_options = dict(_DEFAULTS)


def set_printoptions(precision=None, threshold=None, edgeitems=None, linewidth=None, suppress=None, nanstr=None, infstr=None,
                     formatter=None, sign=None, floatmode=None, *, legacy=None, override_repr=None):
    given = {"precision": precision, "threshold": threshold, "edgeitems": edgeitems, "linewidth": linewidth, "suppress": suppress,
             "nanstr": nanstr, "infstr": infstr, "sign": sign, "floatmode": floatmode, "legacy": legacy}
    _options.update({name: option for name, option in given.items() if option is not None})
    _options["formatter"] = formatter


def get_printoptions():
    return dict(_options)


def _reset():
    """The options of a new run."""
    _options.clear()
    _options.update(_DEFAULTS)


@contextlib.contextmanager
def printoptions(*args, **kwargs):
    saved = dict(_options)
    try:
        set_printoptions(*args, **kwargs)
        yield get_printoptions()
    finally:
        _options.update(saved)


# Digits of one number

def shortest(number, name):
    """(digits, exponent) of the shortest decimal that reads back as the same number: 0.d1d2d3… · 10^exponent."""
    if name == "float64":
        text = repr(abs(number))
    else:
        rounding = _scalars._ROUNDING[name]
        number = rounding(number)  # a half is stored as a single
        text = next(text for text in (f"{abs(number):.{digits}e}" for digits in range(10)) if rounding(float(text)) == abs(number))
    mantissa, _, power = text.partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    exponent = int(power or 0) + (len(whole) if whole != "0" else -(len(fraction) - len(fraction.lstrip("0"))))
    digits = digits.rstrip("0")
    return (digits, exponent) if digits else ("0", 1)


def positional(number, name, precision=None, trim="."):
    """A number without an exponent, at most `precision` digits behind the point."""
    digits, exponent = shortest(number, name)
    if exponent <= 0:
        whole, fraction = "0", "0" * -exponent + digits if digits != "0" else ""
    else:
        whole, fraction = digits[:exponent].ljust(exponent, "0"), digits[exponent:]
    if precision is not None and len(fraction) > precision:
        whole, _, fraction = f"{abs(number):.{precision}f}".partition(".")
        fraction = fraction.rstrip("0")
    sign = "-" if math.copysign(1, number) < 0 else ""
    return f"{sign}{whole}.{fraction or ('0' if trim == '0' else '')}"


def scientific(number, name, precision=None, min_digits=0, exp_digits=2, trim="."):
    digits, exponent = shortest(number, name)
    fraction, power = digits[1:], exponent - 1
    whole = digits[0]
    if precision is not None and len(fraction) > precision:
        mantissa, _, power_text = f"{abs(number):.{precision}e}".partition("e")
        whole, _, fraction = mantissa.partition(".")
        fraction, power = fraction.rstrip("0"), int(power_text)
    if digits == "0":
        power = 0
    sign = "-" if math.copysign(1, number) < 0 else ""
    fraction = fraction.ljust(min_digits, "0")
    if trim == "-" and not fraction:
        mantissa = whole
    else:
        mantissa = f"{whole}.{fraction}"
    return f"{sign}{mantissa}e{'-' if power < 0 else '+'}{abs(power):0{exp_digits}d}"


def number_text(scalar):
    """`str` of a scalar."""
    number, name = plain(scalar), scalar._name
    if isinstance(number, str) or kind_of(name) != "f":
        return str(number)
    if not math.isfinite(number):
        return "nan" if number != number else "inf" if number > 0 else "-inf"
    size = abs(number)
    # up to the precision of the type, as `repr` of a Python float
    if size == 0 or 1e-4 <= size < (1e16 if name == "float64" else 1e16):
        return positional(number, name, trim="0")
    return scientific(number, name, trim="-")


# One format for all numbers of an array

# From here on the digits of an array's type do not reach the units, and NumPy writes an exponent.
_LARGEST_POSITIONAL = {"float16": 1e3, "float32": 1e6, "float64": 1e8}


class _FloatFormat:
    def __init__(self, numbers, name, options):
        self.name, self.options = name, options
        self.precision, self.mode = options["precision"], options["floatmode"]
        finite = [number for number in numbers if math.isfinite(number)]
        nonzero = [abs(number) for number in finite if number != 0]
        self.exponential = False
        if nonzero:
            high, low = builtins.max(nonzero), builtins.min(nonzero)
            self.exponential = high >= _LARGEST_POSITIONAL[name] or (not options["suppress"] and (low < 0.0001 or high / low > 1000.0))
        self.left = self.right = 0
        self.exp_digits, self.min_digits = 2, 0
        if finite and self.exponential:
            texts = [self._scientific(number) for number in finite]
            mantissas, powers = zip(*(text.split("e") for text in texts))
            self.exp_digits = builtins.max(len(power) for power in powers) - 1
            wholes, fractions = zip(*(text.split(".") for text in mantissas))
            self.precision = self.min_digits = builtins.max(map(len, fractions))
            self.left = builtins.max(map(len, wholes))
            self.right = self.exp_digits + 2 + self.precision
        elif finite:
            wholes, fractions = zip(*(self._positional(number).split(".") for number in finite))
            self.left, self.right = builtins.max(map(len, wholes)), builtins.max(map(len, fractions))
            if self.mode in ("fixed", "maxprec_equal"):
                self.precision = self.min_digits = self.right
        self.plus = options["sign"] in ("+", " ")
        if options["sign"] == " " and not any(math.copysign(1, number) < 0 for number in finite):
            self.left += 1
        if len(finite) != len(numbers):
            negative = options["sign"] != "-" or any(number == -math.inf for number in numbers)
            offset = self.right + 1
            self.left = builtins.max(self.left, len(options["nanstr"]) - offset, len(options["infstr"]) + negative - offset)

    def _limit(self):
        return None if self.mode == "unique" else self.precision

    def _sign(self, number, text):
        return "+" + text if self.options["sign"] == "+" and math.copysign(1, number) > 0 else text

    def _scientific(self, number):
        if self.mode == "fixed":
            mantissa, _, power = f"{number:.{self.precision}e}".partition("e")
            return self._sign(number, f"{mantissa}{'' if '.' in mantissa else '.'}e{power}")
        return self._sign(number, scientific(number, self.name, self._limit(), self.min_digits, self.exp_digits))

    def _positional(self, number):
        if self.mode == "fixed":
            text = f"{number:.{self.precision}f}"
            return self._sign(number, text if "." in text else text + ".")
        return self._sign(number, positional(number, self.name, self._limit()))

    def __call__(self, number):
        if not math.isfinite(number):
            sign = "-" if number == -math.inf else "+" if self.options["sign"] == "+" else ""
            text = (("+" if self.options["sign"] == "+" else "") + self.options["nanstr"]) if number != number else (
                sign + self.options["infstr"])
            return text.rjust(self.left + self.right + 1)
        if self.exponential:
            text = self._scientific(number)
            return text.rjust(len(text) + self.left - len(text.partition(".")[0]))
        whole, _, fraction = self._positional(number).partition(".")
        if self.mode == "maxprec_equal":
            fraction = fraction.ljust(self.min_digits, "0")
        return f"{whole.rjust(self.left)}.{fraction.ljust(self.right)}"


class _WidthFormat:
    """Integers, booleans and strings: right-aligned, strings left-aligned."""

    def __init__(self, items, text):
        self.text = text
        self.width = builtins.max((len(text(item)) for item in items), default=0)

    def __call__(self, item):
        return self.text(item).rjust(self.width)


def _formatter_for(kind, options):
    given = options["formatter"]
    if not given:
        return None
    names = {"f": ("float", "float_kind"), "i": ("int", "int_kind"), "u": ("int", "int_kind"), "b": ("bool",),
             "U": ("str", "numpystr", "str_kind"), "O": ("object",)}[kind]
    for name in (*names, "all"):
        if name in given:
            return given[name]
    return None


def _format_for(array, shown, options):
    kind = array.dtype.kind
    given = _formatter_for(kind, options)
    if given is not None:
        return lambda item: given(_scalars.make(array._name, item) if kind not in "UO" else item)
    if kind == "f":
        return _FloatFormat(shown, array._name, options)
    if kind == "U":
        return repr
    if kind == "b":
        return lambda truth: "False" if not truth else " True" if array.ndim else "True"
    if kind == "O":
        return _object_text
    sign = options["sign"]
    if sign == "+" and kind in "iu":
        return _WidthFormat(shown, lambda number: f"{number:+d}")
    return _WidthFormat(shown, str)


def _object_text(item):
    return f"list({item!r})" if isinstance(item, list) else repr(item)


def _shown_places(size, edge, summarize):
    return [*range(edge), *range(size - edge, size)] if summarize and size > 2 * edge else range(size)


def _shown(flat, shape, edge):
    """The elements that a summarized print shows."""
    places, stride = [0], 1
    strides = []
    for size in reversed(shape):
        strides.append(stride)
        stride *= size
    for size, step in zip(shape, reversed(strides)):
        places = [place + index * step for place in places for index in _shown_places(size, edge, True)]
    return [flat[place] for place in places]


class _Body:
    """The nested brackets of one array."""

    def __init__(self, array, separator, options, summarize, form):
        self.flat, self.shape = array._numbers(), array.shape
        self.separator, self.options, self.summarize, self.form = separator, options, summarize, form

    def text(self, axis, offset, indent, width):
        rank = len(self.shape) - axis
        if rank == 0:
            return self.form(self.flat[offset])
        size, edge = self.shape[axis], self.options["edgeitems"]
        if size == 0:
            return "[]"
        stride = math.prod(self.shape[axis + 1:])
        cut = self.summarize and size > 2 * edge
        places = [*range(edge), None, *range(size - edge, size)] if cut else range(size)
        if rank == 1:
            return self._row(places, offset, indent, width)
        line_end = self.separator.rstrip() + "\n" * (rank - 1)
        parts = [indent + ("..." if place is None else self.text(axis + 1, offset + place * stride, indent + " ", width - 1))
                 for place in places]
        return "[" + line_end.join(parts)[len(indent):] + "]"

    def _row(self, places, offset, indent, width):
        width -= builtins.max(len(self.separator.rstrip()), 1)
        text, line = "", indent
        last = places[-1]
        for place in places:
            word = "..." if place is None else self.form(self.flat[offset + place])
            lines = word.splitlines() or [""]
            if len(line) + len(lines[0]) > width and len(line) > len(indent):
                text += line.rstrip() + "\n"
                line = indent
            if len(lines) > 1:
                margin = " " * len(line)
                line = "\n".join([line + lines[0], *(margin + one for one in lines[1:-1])]) + "\n" + margin + lines[-1]
                head, _, line = line.rpartition("\n")
                text += head + "\n"
            else:
                line += word
            if place != last or place is None:
                line += self.separator
        return "[" + (text + line)[len(indent):] + "]"


def array2string(a, max_line_width=None, precision=None, suppress_small=None, separator=" ", prefix="", *, formatter=None,
                 threshold=None, edgeitems=None, sign=None, floatmode=None, suffix="", legacy=None):
    given = {"linewidth": max_line_width, "precision": precision, "suppress": suppress_small, "formatter": formatter,
             "threshold": threshold, "edgeitems": edgeitems, "sign": sign, "floatmode": floatmode}
    options = {**_options, **{name: option for name, option in given.items() if option is not None}}
    if a.size == 0:
        return "[]"
    flat = a._numbers()
    summarize = a.size > options["threshold"]
    form = _format_for(a, _shown(flat, a.shape, options["edgeitems"]) if summarize else flat, options)
    body = _Body(a, separator, options, summarize, form)
    if precision is not None and floatmode is None and options["floatmode"] == "fixed":
        options["floatmode"] = "fixed"
    return body.text(0, 0, " " * (len(prefix) + 1), options["linewidth"] - len(suffix))


def array_str(a, max_line_width=None, precision=None, suppress_small=None):
    if a.ndim == 0:
        item = a._numbers()[0]
        return number_text(_scalars.make(a._name, item)) if a.dtype.kind not in "UO" else str(item)
    return array2string(a, max_line_width, precision, suppress_small)


def array_repr(arr, max_line_width=None, precision=None, suppress_small=None):
    if isinstance(arr, generic):
        return repr(arr)
    prefix = ("array" if type(arr) is ndarray or not getattr(arr, "is_recorded", True) else type(arr).__name__) + "("
    text = array2string(arr, max_line_width, precision, suppress_small, ", ", prefix, suffix=")")
    extras = []
    if arr.size == 0 and arr.shape != (0,) or arr.size > _options["threshold"]:
        extras.append(f"shape={arr.shape}")
    implied = arr._name in ("float64", "int64", "bool")
    if not implied or arr.size == 0:
        extras.append(f"dtype={_dtype_text(arr.dtype)}")
    if not extras:
        return f"{prefix}{text})"
    head, tail = f"{prefix}{text},", ", ".join(extras) + ")"
    last_line = len(head) - (head.rfind("\n") + 1)
    width = _options["linewidth"] if max_line_width is None else max_line_width
    return head + (" " if last_line + len(tail) + 1 <= width else "\n" + " " * len(prefix)) + tail


def _dtype_text(dtype):
    return f"'{dtype.str}'" if dtype.kind == "U" else dtype.name


def format_float_positional(x, precision=None, unique=True, fractional=True, trim="k", **options):
    text = positional(float(x), getattr(x, "_name", None) or "float64", precision)
    if trim == "k" and precision is not None:
        return text + "0" * (precision - len(text.partition(".")[2]))
    return text.rstrip(".") if trim == "-" else text + "0" if trim == "0" and text.endswith(".") else text


def format_float_scientific(x, precision=None, unique=True, trim="k", **options):
    digits = precision if trim == "k" and precision is not None else 0
    return scientific(float(x), getattr(x, "_name", None) or "float64", precision, digits, trim=trim)
