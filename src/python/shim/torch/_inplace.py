"""In-place methods that are not an operation's result written back: fill_, zero_, copy_, random fills, views in place."""
from ._apply import apply, filled, operand, type_name, write
from ._creation import drawn_like
from ._registry import method
from ._tensor import Tensor


def _replaced(tensor, source, operation):
    """Writes a value that does not depend on the tensor's own."""
    if source.requires_grad:
        source._operation = operation
    return write(tensor, source)


@method
def fill_(self, value):
    if isinstance(value, Tensor):
        return copy_(self, value)
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
    return write(self, apply("reshape", source, operation="copy", shape=list(self.value.shape)))


@method
def set_(self, source):
    self._init(source._storage, source._steps)
    return self


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
    return _replaced(self, drawn_like("uniform", self, generator, **{"from": float(low), "to": float(high)}), "uniform")


def normal_(self, mean=0.0, std=1.0, *, generator=None):
    if std < 0:
        raise RuntimeError(f"normal expects std >= 0.0, but found std {std}")
    return _replaced(self, drawn_like("normal", self, generator, mean=float(mean), std=float(std)), "normal")


def bernoulli_(self, p=0.5, *, generator=None):
    if isinstance(p, Tensor):
        return _replaced(self, p.expand(self.value.shape).bernoulli(generator=generator), "bernoulli")
    return _replaced(self, drawn_like("bernoulli", self, generator, p=float(p)), "bernoulli")


def random_(self, low=0, high=None, *, generator=None):
    if high is None:
        low, high = (0, low) if low else (0, 2 ** 24 if self.dtype.is_floating_point else 2 ** 31 - 1)
    return _replaced(self, drawn_like("randint", self, generator, low=int(low), high=int(high)), "random")


def exponential_(self, lambd=1.0, *, generator=None):
    uniform = drawn_like("uniform", self, generator, **{"from": 0.0, "to": 1.0})
    return _replaced(self, (1 - uniform).log() * (-1.0 / lambd), "exponential")


for _function in (uniform_, normal_, bernoulli_, random_, exponential_):
    method(_function)


def _reviewed(name):
    """`squeeze_` and the like: the tensor itself becomes the view."""
    def function(self, *args):
        result = getattr(self, name)(*args)
        self._steps, self._value, self._version = result._steps, None, -1
        return self
    function.__name__ = name + "_"
    return method(function)


for _name in ("squeeze", "unsqueeze", "transpose", "t"):
    globals()[_name + "_"] = _reviewed(_name)
Tensor.resize_ = lambda self, *sizes: self.set_(self.reshape(*sizes))
del _function, _name
