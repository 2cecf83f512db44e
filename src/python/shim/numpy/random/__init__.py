"""numpy.random: the functions of one hidden RandomState, and generators of one's own. The numbers are NumPy's."""
from ._generator import Generator, default_rng
from ._legacy import RandomState
from ._mt19937 import MT19937
from ._pcg64 import PCG64, SeedSequence

_state = RandomState()
_FUNCTIONS = ("seed get_state set_state rand randn randint random random_sample ranf sample uniform normal standard_normal lognormal "
              "exponential standard_exponential laplace logistic gumbel rayleigh standard_cauchy binomial poisson choice shuffle "
              "permutation bytes random_integers multivariate_normal").split()
mtrand = _state


def _function(name):
    def function(*args, **kwargs):
        return getattr(_state, name)(*args, **kwargs)
    function.__name__ = function.__qualname__ = name
    return function


for _name in _FUNCTIONS:
    globals()[_name] = _function(_name)
del _name


def __getattr__(name):
    from _lens.door import UnsupportedError
    if name.startswith("_"):
        raise AttributeError(f"module 'numpy.random' has no attribute {name!r}")
    raise UnsupportedError(f"numpy.random.{name} is not supported yet")
