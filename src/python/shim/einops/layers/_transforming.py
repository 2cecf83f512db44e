"""What the layers `Rearrange` and `Reduce` have in common in all frameworks."""
from .._error import EinopsError
from .._frameworks import framework_of
from .._plan import plans_of_all_ranks
from .._transform import applied, reduce


class Transforming:
    """Of a layer with `pattern`, `axes_lengths`, and `reduction` where it reduces."""

    reduction = "rearrange"

    def _prepare(self, pattern, axes_lengths):
        """Raises EinopsError where the pattern is wrong."""
        self.pattern, self.axes_lengths = pattern, axes_lengths
        try:
            self._plans = plans_of_all_ranks(pattern, self.reduction, tuple(axes_lengths))
        except EinopsError as error:
            raise EinopsError(f" Error while preparing {self!r}\n {error}")

    def _transformed(self, tensor):
        plan = self._plans.get(len(tensor.shape))
        if plan is None:  # of another rank: the function says how the shape is wrong
            return reduce(tensor, self.pattern, self.reduction, **self.axes_lengths)
        return applied(plan, tensor, self.reduction, self.axes_lengths, framework_of(tensor))

    def extra_repr(self):
        named = [repr(self.pattern)] + ([] if self.reduction == "rearrange" else [repr(self.reduction)])
        return ", ".join([*named, *(f"{axis}={length}" for axis, length in self.axes_lengths.items())])

    def __repr__(self):
        return f"{type(self).__name__}({self.extra_repr()})"
