"""What the runner must know of NumPy: it has functions and computations on arrays, and no models of its own."""
import functools

from _lens.framework import Framework

from . import _errors, _printing, random
from ._creation import array
from ._functional import vectorize
from ._ndarray import from_value


class NumPy(Framework):
    name = "numpy"
    channel_axis = "last"

    def is_model(self, thing):
        return False

    def is_model_class(self, thing):
        return False

    def is_variable(self, array):
        return False

    def begin_run(self):
        """Its generator is seeded, its settings are the default ones."""
        random.seed(0)
        _printing._reset()
        _errors.seterr(**_errors.DEFAULTS)

    def seed(self, seed):
        random.seed(seed % 2 ** 32)

    def wrap(self, value):
        return from_value(value)

    def over_elements(self, function, count):
        try:
            function(*[array([-1.0, 1.0])] * count)
            return None
        except Exception as error:
            if not (isinstance(error, ValueError) and "truth value" in str(error)):
                return None
        spread = vectorize(function)

        @functools.wraps(function)
        def over_elements(*arrays):
            return spread(*arrays)
        return over_elements
