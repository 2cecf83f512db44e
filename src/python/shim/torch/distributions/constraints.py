"""torch.distributions.constraints: what the numbers of arguments and values have to satisfy."""
import math


class Constraint:
    """`holds`: a function from a tensor to a tensor of bools, one for each event of `event_dim` axes."""

    def __init__(self, text, holds, event_dim=0, is_discrete=False):
        self._text, self._holds, self.event_dim, self.is_discrete = text, holds, event_dim, is_discrete

    def check(self, value):
        return self._holds(value)

    def __repr__(self):
        return self._text


def _all(value, axes):
    for _ in range(axes):
        value = value.all(-1)
    return value


def independent(base, reinterpreted_batch_ndims):
    return Constraint(f"IndependentConstraint({base}, {reinterpreted_batch_ndims})", lambda value: _all(base.check(value), reinterpreted_batch_ndims),
                      base.event_dim + reinterpreted_batch_ndims, base.is_discrete)


def greater_than(lower_bound):
    return Constraint(f"GreaterThan(lower_bound={lower_bound})", lambda value: value > lower_bound)


def greater_than_eq(lower_bound):
    return Constraint(f"GreaterThanEq(lower_bound={lower_bound})", lambda value: value >= lower_bound)


def less_than(upper_bound):
    return Constraint(f"LessThan(upper_bound={upper_bound})", lambda value: value < upper_bound)


def interval(lower_bound, upper_bound):
    return Constraint(f"Interval(lower_bound={lower_bound}, upper_bound={upper_bound})", lambda value: (value >= lower_bound) & (value <= upper_bound))


half_open_interval = interval


def integer_interval(lower_bound, upper_bound):
    return Constraint(f"IntegerInterval(lower_bound={lower_bound}, upper_bound={upper_bound})",
                      lambda value: (value % 1 == 0) & (value >= lower_bound) & (value <= upper_bound), is_discrete=True)


def _integers_from(lower_bound):
    return Constraint(f"IntegerGreaterThan(lower_bound={lower_bound})", lambda value: (value % 1 == 0) & (value >= lower_bound), is_discrete=True)


def cat(cseq, dim=0, lengths=None):
    return real


stack = cat


def _is_simplex(value):
    return (value >= 0).all(-1) & ((value.sum(-1) - 1).abs() < 1e-6)


def _is_square(value):
    return value.dim() >= 2 and value.value.shape[-1] == value.value.shape[-2]


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


dependent = Constraint("_Dependent()", lambda value: value == value)


def dependent_property(function=None, *, is_discrete=False, event_dim=0):
    """A property that is a constraint: of other arguments."""
    return property(function) if function is not None else property


real = Constraint("Real()", lambda value: value == value)
boolean = Constraint("Boolean()", lambda value: (value == 0) | (value == 1), is_discrete=True)
one_hot = Constraint("OneHot()", lambda value: ((value == 0) | (value == 1)).all(-1) & (value.sum(-1) == 1), 1, True)
positive, nonnegative, unit_interval = greater_than(0.0), greater_than_eq(0.0), interval(0.0, 1.0)
nonnegative_integer, positive_integer = _integers_from(0), _integers_from(1)
simplex = Constraint("Simplex()", _is_simplex, 1)
real_vector = independent(real, 1)
positive_definite = Constraint("PositiveDefinite()", _is_positive_definite, 2)
symmetric = Constraint("Symmetric()", lambda value: _all((value - value.mT).abs() < 1e-6, 2), 2)
square = Constraint("Square()", lambda value: value[..., 0, 0] == value[..., 0, 0], 2)
lower_triangular = Constraint("LowerTriangular()", _is_lower, 2)
lower_cholesky = Constraint("LowerCholesky()", lambda value: _is_lower(value) & (value.diagonal(dim1=-2, dim2=-1) > 0).all(-1), 2)
corr_cholesky = Constraint("CorrCholesky()", lambda value: _is_lower(value), 2)
multinomial = Constraint("Multinomial()", lambda value: (value >= 0).all(-1), 1, True)
