"""numpy.exceptions."""
from ._operands import AxisError  # noqa: F401


class VisibleDeprecationWarning(UserWarning):
    pass


class ComplexWarning(RuntimeWarning):
    pass


class RankWarning(RuntimeWarning):
    pass
