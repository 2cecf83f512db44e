"""In-place methods that are not an operation's result written back: fill_, zero_, copy_, random fills, views in place."""
import math

from _lens import door

from ._apply import apply, check_writable, filled, is_number, operand, type_name, write
from ._drawing import check_floats, check_probabilities, drawn_like, exponential, points_of, uniform_double
from ._dtype import C_TYPES, SCALAR_TYPES, float64
from ._elementwise import check_held
from ._grad_mode import is_grad_enabled
from ._registry import method
from ._tensor import Tensor


def _replaced(tensor, source, operation):
    """Writes a value that does not depend on the tensor's own."""
    if source.requires_grad:
        source._node.operation = operation  # of `fill_` with a tensor
    return write(tensor, source, operation, overlapping=operation in ("fill", "zero"))


@method
def fill_(self, value):
    if isinstance(value, Tensor):
        if value.dim():
            raise RuntimeError(f"fill_ only supports 0-dimension value tensor but got tensor with {value.dim()} dimensions.")
        return _replaced(self, value.to(self.dtype).expand(self.value.shape).clone(), "fill")
    if not is_number(value):
        raise TypeError(f"fill_() received an invalid combination of arguments - got ({type_name(value)}), but expected one of:\n"
                        " * (Tensor value)\n * (Number value)\n")
    check_held(value, self.dtype)
    return _replaced(self, filled(self.value.shape, value, self.dtype), "fill")


@method
def zero_(self):
    return _replaced(self, filled(self.value.shape, 0, self.dtype), "zero")


@method
def copy_(self, src, non_blocking=False):
    """`src`'s elements, broadcast and cast."""
    source = operand(src)
    if source is None:
        raise TypeError(f"copy_(): argument 'other' (position 1) must be Tensor, not {type_name(src)}")
    source = source.to(self.dtype)
    if source.value.shape != self.value.shape:
        source = source.expand(self.value.shape)
    return write(self, apply("reshape", source, operation="copy", shape=list(self.value.shape)), "copy")


@method
def fill_diagonal_(self, fill_value, wrap=False):
    from ._creation import eye
    rows, columns = self.value.shape
    return write(self, self.masked_fill(eye(rows, columns).bool(), fill_value))


def uniform_(self, *args, generator=None, **kwargs):
    """Uniform numbers of `from`..`to` (positional, or by PyTorch's keywords)."""
    low = kwargs.get("from", args[0] if args else 0.0)
    high = kwargs.get("to", args[1] if len(args) > 1 else 1.0)
    if low > high:
        raise RuntimeError(f"uniform_ expects to return a [from, to) range, but found from={low} > to={high}")
    check_floats(self, "check_uniform_bounds")
    return _replaced(self, drawn_like("uniform", self, generator, **{"from": float(low), "to": float(high)}), "uniform")


def normal_(self, mean=0.0, std=1.0, *, generator=None):
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    check_floats(self, "normal_kernel_cpu")
    return _replaced(self, drawn_like("normal", self, generator, mean=float(mean), std=float(std), pairs=not self.is_contiguous()), "normal")


def bernoulli_(self, p=0.5, *, generator=None):
    if isinstance(p, Tensor):
        check_probabilities(p)
        points = drawn_like("uniform", self, generator, points_of(p), **{"from": 0.0, "to": 1.0})
        return _replaced(self, (points < p.expand(self.value.shape)).to(self.dtype), "bernoulli")
    return _replaced(self, drawn_like("bernoulli", self, generator, p=float(p)), "bernoulli")


# dtype → how many integers random_() chooses from where it is not told
_INTEGERS = {"bool": 2, "uint8": 2 ** 8, "int8": 2 ** 7, "int16": 2 ** 15, "int64": 2 ** 63, "float16": 2 ** 11 + 1, "bfloat16": 2 ** 8 + 1,
             "float32": 2 ** 24 + 1}


def random_(self, *bounds, generator=None, **named):
    """Integers from 0 to below `to`, from `from` to below `to`, or as many as the dtype holds exactly."""
    low, high = (0, *bounds) if len(bounds) == 1 else bounds or (named.get("from", 0), named.get("to"))
    if high is not None and low >= high:
        raise RuntimeError(f"random_ expects 'from' to be less than 'to', but got from={low} >= to={high}")
    if high is None:
        high = _INTEGERS.get(self.dtype.name)
        if high is None or low != 0:
            raise door.UnsupportedError(f"random_ of a tensor of {self.dtype} without a bound is not supported yet")
    return _replaced(self, drawn_like("randint", self, generator, low=int(low), high=int(high)), "random")


def exponential_(self, lambd=1.0, *, generator=None):
    if not self.dtype.is_floating_point:
        raise RuntimeError(_CONTINUOUS.format("Exponential", SCALAR_TYPES[self.dtype.name]))
    if not lambd > 0:
        raise RuntimeError(f"exponential_ expects lambda > 0.0, but found lambda={lambd:g}")
    return _replaced(self, exponential(self, lambd, generator), "exponential")


def cauchy_(self, median=0.0, sigma=1.0, *, generator=None):
    if not sigma > 0:
        raise RuntimeError(f"cauchy_ expects sigma > 0.0, but found sigma={sigma:g}")
    if not self.dtype.is_floating_point:
        raise RuntimeError(_CONTINUOUS.format("Cauchy", C_TYPES[self.dtype.name]))
    angle = (uniform_double(self, generator) - 0.5) * math.pi
    return _replaced(self, (angle.tan() * sigma + median).to(self.dtype), "cauchy")


_CONTINUOUS = "{} distribution is a continuous probability distribution. dtype must be a floating point but you specified {}"


def geometric_(self, p, *, generator=None):
    """⌈log u / log(1 − p)⌉"""
    if not 0 < p < 1:
        raise RuntimeError(f"geometric_ expects p to be in (0, 1), but got p={p:g}")
    return _replaced(self, (uniform_double(self, generator).log() / math.log1p(-p)).ceil().to(self.dtype), "geometric")


def log_normal_(self, mean=1.0, std=2.0, *, generator=None):
    if not std > 0:
        raise RuntimeError(f"log_normal_ expects std > 0.0, but found std={std:g}")
    check_floats(self, "log_normal_cpu")
    normal = drawn_like("normal", self, generator, float64, mean=float(mean), std=float(std), pairs=True)
    return _replaced(self, normal.exp().to(self.dtype), "log_normal")


for _function in (uniform_, normal_, bernoulli_, random_, exponential_, cauchy_, geometric_, log_normal_):
    method(_function)


def _reviewed(name):
    """`squeeze_` and the like: the tensor itself becomes the view."""
    def function(self, *args):
        if self.requires_grad and is_grad_enabled():
            check_writable(self)
        result = getattr(self, name)(*args)
        self._steps, self._value, self._version = result._steps, None, -1
        return self
    function.__name__ = name + "_"
    return method(function)


for _name in ("squeeze", "unsqueeze", "transpose", "t"):
    globals()[_name + "_"] = _reviewed(_name)
del _function, _name
