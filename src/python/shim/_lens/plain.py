"""Files that use NumPy alone: they have no modules, but functions and computations on arrays."""
from . import door
from .framework import Framework


class NumPy(Framework):
    """What the runner asks of a framework, for plain arrays. Not registered: it has no models of its own."""

    name = "numpy"
    channel_axis = "last"

    def is_model(self, thing):
        return False

    def is_model_class(self, thing):
        return False

    def is_variable(self, array):
        return False

    def draw(self, spec):
        from numpy._ndarray import from_value
        if spec.dtype == "int64":
            return from_value(door.record("randint", generator=0, shape=list(spec.shape), low=spec.low,
                                          high=2 if spec.high is None else spec.high, dtype="int64"))
        return from_value(door.record("normal", generator=0, shape=list(spec.shape), mean=0.0, std=1.0, dtype="float32"))


numpy = NumPy()
