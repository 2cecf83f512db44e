"""torch.distributions.constraints: what the numbers of arguments and values have to satisfy. Most are made from a table."""
import math

from .._joining import cat as _joined, stack as _stacked


class Constraint:
    """`check`: a tensor of bools, one for each event of `event_dim` axes."""

    is_discrete = False
    event_dim = 0

    def check(self, value):
        raise NotImplementedError

    def __repr__(self):
        return self.__class__.__name__[1:] + "()"


def _all(value, axes):
    for _ in range(axes):
        value = value.all(-1)
    return value


def _is_simplex(value):
    return (value >= 0).all(-1) & ((value.sum(-1) - 1).abs() < 1e-6)


def _is_lower(value):
    return _all(value.tril() == value, 2)


def _is_positive_definite(value):
    """A Cholesky decomposition is tried in numbers: matrices are small."""
    from .._creation import tensor
    size, flat = value.value.shape[-1], value.tolist()
    return tensor(_each_matrix(flat, value.dim() - 2, size))


def _each_matrix(matrix, lead, size):
    return [_each_matrix(part, lead - 1, size) for part in matrix] if lead else _has_root(matrix, size)


def _has_root(matrix, size):
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        if any(abs(matrix[i][j] - matrix[j][i]) > 1e-6 for j in range(i)):
            return False
        for j in range(i + 1):
            rest = matrix[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                if not rest > 0:
                    return False
                lower[i][i] = math.sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    return True


_EVERY, _WHOLE = (lambda value: value == value), (lambda value: value % 1 == 0)
# class: (bounds, whether a value within them holds, event_dim, is_discrete)
_KINDS = {
    "_Dependent": ((), _EVERY, 0, False), "_Real": ((), _EVERY, 0, False),
    "_Boolean": ((), lambda value: (value == 0) | (value == 1), 0, True),
    "_OneHot": ((), lambda value: ((value == 0) | (value == 1)).all(-1) & (value.sum(-1) == 1), 1, True),
    "_GreaterThan": (("lower_bound",), lambda value, low: value > low, 0, False),
    "_GreaterThanEq": (("lower_bound",), lambda value, low: value >= low, 0, False),
    "_LessThan": (("upper_bound",), lambda value, high: value < high, 0, False),
    "_Interval": (("lower_bound", "upper_bound"), lambda value, low, high: (value >= low) & (value <= high), 0, False),
    "_HalfOpenInterval": (("lower_bound", "upper_bound"), lambda value, low, high: (value >= low) & (value < high), 0, False),
    "_IntegerInterval": (("lower_bound", "upper_bound"), lambda value, low, high: _WHOLE(value) & (value >= low) & (value <= high), 0, True),
    "_IntegerLessThan": (("upper_bound",), lambda value, high: _WHOLE(value) & (value <= high), 0, True),
    "_IntegerGreaterThan": (("lower_bound",), lambda value, low: _WHOLE(value) & (value >= low), 0, True),
    "_Simplex": ((), _is_simplex, 1, False),
    "_Multinomial": (("upper_bound",), lambda value, high: (value >= 0).all(-1) & (value.sum(-1) <= high), 1, True),
    "_Square": ((), lambda value: value[..., 0, 0] == value[..., 0, 0], 2, False),
    "_Symmetric": ((), lambda value: _all((value - value.mT).abs() < 1e-6, 2), 2, False),
    "_PositiveSemidefinite": ((), _is_positive_definite, 2, False), "_PositiveDefinite": ((), _is_positive_definite, 2, False),
    "_LowerTriangular": ((), _is_lower, 2, False),
    "_LowerCholesky": ((), lambda value: _is_lower(value) & (value.diagonal(dim1=-2, dim2=-1) > 0).all(-1), 2, False),
    "_CorrCholesky": ((), _is_lower, 2, False),
}


def _kind(name, bounds, holds, event_dim, is_discrete):
    def initialize(self, *given, **named):
        values = dict(zip(bounds, given), **named)
        if set(values) != set(bounds):
            raise TypeError(f"{name}() takes {', '.join(bounds) or 'no arguments'}")
        self.__dict__.update(values)

    def check(self, value):
        return holds(value, *(self.__dict__[bound] for bound in bounds))

    def text(self):
        return f"{name[1:]}({', '.join(f'{bound}={self.__dict__[bound]}' for bound in bounds)})"
    return type(name, (Constraint,), {"__init__": initialize, "check": check, "__repr__": text, "event_dim": event_dim, "is_discrete": is_discrete,
                                      "__module__": __name__})


_CLASSES = {name: _kind(name, *of) for name, of in _KINDS.items()}
globals().update(_CLASSES)


class _IndependentConstraint(Constraint):
    def __init__(self, base_constraint, reinterpreted_batch_ndims):
        self.base_constraint, self.reinterpreted_batch_ndims = base_constraint, reinterpreted_batch_ndims

    is_discrete = property(lambda self: self.base_constraint.is_discrete)
    event_dim = property(lambda self: self.base_constraint.event_dim + self.reinterpreted_batch_ndims)

    def check(self, value):
        return _all(self.base_constraint.check(value), self.reinterpreted_batch_ndims)

    def __repr__(self):
        return f"IndependentConstraint({self.base_constraint!r}, {self.reinterpreted_batch_ndims})"


class _Cat(Constraint):
    """Constraints of the parts of a tensor along `dim`, of so many elements each."""

    def __init__(self, cseq, dim=0, lengths=None):
        self.cseq, self.dim = list(cseq), dim
        self.lengths = [1] * len(self.cseq) if lengths is None else list(lengths)

    is_discrete = property(lambda self: any(each.is_discrete for each in self.cseq))
    event_dim = property(lambda self: max(each.event_dim for each in self.cseq))

    def check(self, value):
        return _joined([each.check(part) for each, part in zip(self.cseq, value.split(self.lengths, self.dim))], self.dim)


class _Stack(_Cat):
    """Constraints of the elements along `dim`."""

    def __init__(self, cseq, dim=0):
        super().__init__(cseq, dim)

    def check(self, value):
        return _stacked([each.check(part) for each, part in zip(self.cseq, value.unbind(self.dim))], self.dim)


class _DependentProperty(property, Constraint):
    """A property that is a constraint: of other arguments."""

    def __init__(self, fn=None, *, is_discrete=NotImplemented, event_dim=NotImplemented):
        super().__init__(fn)
        self._is_discrete, self._event_dim = is_discrete, event_dim

    def __call__(self, fn):
        return _DependentProperty(fn, is_discrete=self._is_discrete, event_dim=self._event_dim)


def is_dependent(constraint):
    return isinstance(constraint, _CLASSES["_Dependent"])


# The names under which PyTorch publishes the classes, and their only instances
(independent, cat, stack, dependent_property) = _IndependentConstraint, _Cat, _Stack, _DependentProperty
for _name, _of in {"greater_than": "_GreaterThan", "greater_than_eq": "_GreaterThanEq", "less_than": "_LessThan", "interval": "_Interval",
                   "half_open_interval": "_HalfOpenInterval", "integer_interval": "_IntegerInterval", "multinomial": "_Multinomial"}.items():
    globals()[_name] = _CLASSES[_of]
for _name in "Dependent Real Boolean OneHot Simplex Square Symmetric PositiveSemidefinite PositiveDefinite LowerTriangular LowerCholesky CorrCholesky".split():
    globals()["".join("_" * (place > 0) + letter.lower() if letter.isupper() else letter for place, letter in enumerate(_name))] = _CLASSES["_" + _name]()
nonnegative_integer, positive_integer = (_CLASSES["_IntegerGreaterThan"](least) for least in (0, 1))
positive, nonnegative, unit_interval = _CLASSES["_GreaterThan"](0.0), _CLASSES["_GreaterThanEq"](0.0), _CLASSES["_Interval"](0.0, 1.0)
real_vector = independent(_CLASSES["_Real"](), 1)
del _name, _of
