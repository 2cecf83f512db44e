"""One call of a torch.autograd.Function: the values that it took and gave, and its backward."""
from _lens.recording import calls as module_calls

from .._apply import filled
from .._dtype import DTYPES
from .._grad_mode import enable_grad, no_grad
from .._tensor import Tensor, wrap
from ._sweep import calls


class Call:
    """`before`: what each argument that needs a gradient held, None for the others; `passing`: which of the outputs pass a gradient."""

    def __init__(self, cls, context, args, before, passing):
        self.cls, self.context, self._args, self._before, self._passing = cls, context, args, before, passing
        self.inputs = [value for value in before if value is not None]
        self.outputs, self.first = {}, None

    def give(self, values):
        """The values of its outputs that pass a gradient: what the sweep knows it by."""
        self.outputs = {value.id: value for value in values}
        self.first = min(self.outputs, default=None)
        calls.update((id, self) for id in self.outputs)

    def backward(self, gradients, as_tensor):
        """[(value of an input, gradient)] for gradients of the outputs that pass one."""
        return self.gradients([None if each is None else as_tensor(each) for each in gradients], self.outputs.values(), self.context)

    def gradients(self, given, values, context):
        """What the backward makes of tensors (or None), one for each of `values`, the outputs that pass a gradient.

        A forward pass that it runs again (a checkpoint of the user's own) is no second call of those layers.
        """
        remaining = iter(zip(values, given))
        full = [self._materialized(*next(remaining)) if passes else None for passes in self._passing]
        with module_calls.muted(), enable_grad() if any(each is not None and each.requires_grad for each in full) else no_grad():
            found = self.cls.backward(context, *full)
        found = found if isinstance(found, tuple) else (found,)
        for each in found:
            if each is not None and not isinstance(each, Tensor):
                raise RuntimeError(f"expected Variable or None (got {type(each).__name__})")
        name = f"{self.cls.__name__}Backward"
        if len(found) > len(self._args) and all(each is None for each in found[len(self._args):]):
            found = found[:len(self._args)]
        if len(found) != len(self._args):
            raise RuntimeError(f"function {name} returned an incorrect number of gradients (expected {len(self._args)}, got {len(found)})")
        return [(value, self._fitted(name, at, gradient, value).value)
                for at, (value, gradient) in enumerate(zip(self._before, found)) if value is not None and gradient is not None]

    def _materialized(self, value, gradient):
        if gradient is None and self.context.materialize_grads:
            return filled(value.shape, 0, DTYPES[value.dtype])
        return gradient

    @staticmethod
    def _fitted(name, at, gradient, value):
        if gradient.value.shape != value.shape:
            try:
                gradient = gradient.expand(value.shape) if gradient.numel() <= wrap(value).numel() else gradient.sum_to_size(*value.shape)
            except RuntimeError:
                raise RuntimeError(f"Function {name} returned an invalid gradient at index {at} - got {list(gradient.value.shape)} but expected shape "
                                   f"compatible with {list(value.shape)}") from None
        return gradient.to(DTYPES[value.dtype])
