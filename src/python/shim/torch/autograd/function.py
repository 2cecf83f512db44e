"""torch.autograd.Function: an operation with a backward of the user's own."""
import functools

from _lens import door
from _lens.door import UnsupportedError

from .._apply import filled
from .._grad_mode import enable_grad, is_grad_enabled, no_grad
from .._tensor import Tensor, wrap
from ._sweep import calls


class FunctionCtx:
    """What `forward` leaves for `backward`."""

    needs_input_grad = ()
    saved_tensors = ()
    materialize_grads = True
    _without_gradient = ()

    saved_variables = property(lambda self: self.saved_tensors)  # the older name

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    save_for_forward = save_for_backward

    @property
    def saved_variables(self):
        return self.saved_tensors

    def mark_non_differentiable(self, *args):
        self._without_gradient = tuple(id(arg) for arg in args)

    def set_materialize_grads(self, value):
        self.materialize_grads = value

    def mark_dirty(self, *args):
        raise UnsupportedError("a torch.autograd.Function that changes its input in place is not supported yet")


BackwardCFunction = NestedIOFunction = FunctionCtx


def once_differentiable(fn):
    """A backward whose own gradient nobody may ask for."""
    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with no_grad():
            return fn(ctx, *args)
    return wrapper


class Function(FunctionCtx):
    """Its forward is recorded; the sweep of `backward` and `grad` calls its backward.

    In the graph, of which the report takes its gradients, the user's backward is expressed where it can be: the output is
    `forward(x).detach() + (b - b.detach())`, where b is linear in each input with the slope that `backward` gives for ones. That
    is exact for backward rules that scale the gradient element by element; no gradient passes others there.
    """

    @staticmethod
    def forward(*args, **kwargs):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError("You must implement either the backward or vjp method for your custom autograd.Function to use it "
                                  "with backward mode AD.")

    @staticmethod
    def setup_context(ctx, inputs, output):
        raise NotImplementedError("setup_context is not implemented.")

    @classmethod
    def apply(cls, *args):
        context = FunctionCtx()
        context.needs_input_grad = tuple(isinstance(item, Tensor) and item.requires_grad for item in args)
        with no_grad():
            if cls.setup_context is not Function.setup_context:
                output = cls.forward(*args)
                cls.setup_context(context, args, output)
            else:
                output = cls.forward(context, *args)
        if not any(context.needs_input_grad) or not is_grad_enabled():
            return output
        outputs = output if isinstance(output, tuple) else (output,)
        passing = [isinstance(each, Tensor) and each.is_floating_point() and id(each) not in context._without_gradient for each in outputs]
        slopes = _slopes(cls, context, args, outputs[0]) if len(outputs) == 1 and passing[0] else ()
        results = tuple(_result(cls, args, each, slopes) if passes else each for each, passes in zip(outputs, passing))
        _Call(cls, context, args, [each for each, passes in zip(results, passing) if passes], passing)
        return results if isinstance(output, tuple) else results[0]


InplaceFunction = Function


class _Call:
    """One call: the values that it took and gave, and its backward."""

    def __init__(self, cls, context, args, results, passing):
        self._cls, self._context, self._args, self._passing = cls, context, args, passing
        self.inputs = [arg.value for arg, needed in zip(args, context.needs_input_grad) if needed]
        self.outputs = {result.value.id: result.value for result in results}
        self.first = min(self.outputs, default=None)
        calls.update((id, self) for id in self.outputs)

    def backward(self, gradients, as_tensor):
        """[(value of an input, gradient)] for gradients of the outputs that pass one."""
        context, remaining, given = self._context, iter(zip(self.outputs.values(), gradients)), []
        for passes in self._passing:
            value, gradient = next(remaining) if passes else (None, None)
            if gradient is not None:
                given.append(as_tensor(gradient))
            else:
                given.append(wrap(filled(value.shape, 0, _dtype(value)).value) if passes and context.materialize_grads else None)
        with enable_grad() if any(each is not None and each.requires_grad for each in given) else no_grad():
            found = self._cls.backward(context, *given)
        found = found if isinstance(found, tuple) else (found,)
        name = f"{self._cls.__name__}Backward"
        if len(found) > len(self._args) and all(each is None for each in found[len(self._args):]):
            found = found[:len(self._args)]
        if len(found) != len(self._args):
            raise RuntimeError(f"function {name} returned an incorrect number of gradients (expected {len(self._args)}, got {len(found)})")
        parts = []
        for at, (arg, gradient, needed) in enumerate(zip(self._args, found, context.needs_input_grad)):
            if not needed or gradient is None:
                continue
            if gradient.value.shape != arg.value.shape:
                try:
                    gradient = gradient.expand(arg.value.shape) if gradient.numel() <= arg.numel() else gradient.sum_to_size(*arg.value.shape)
                except RuntimeError:
                    raise RuntimeError(f"Function {name} returned an invalid gradient at index {at} - got {list(gradient.value.shape)} but expected shape "
                                       f"compatible with {list(arg.value.shape)}") from None
            parts.append((arg.value, gradient.value))
        return parts


def _dtype(value):
    from .._dtype import DTYPES
    return DTYPES[value.dtype]


def _slopes(cls, context, args, output):
    """[(input, what a gradient of ones becomes)]; empty where the backward cannot be one that scales element by element."""
    from .._creation import ones_like
    try:
        with no_grad():
            found = cls.backward(context, ones_like(output))
    except Exception:  # it is asked again when a gradient is wanted, and may say so then
        return ()
    found = found if isinstance(found, tuple) else (found,)
    pairs = [(arg, slope) for arg, slope, needed in zip(args, found, context.needs_input_grad) if needed and slope is not None]
    return pairs if all(arg.value.shape == output.value.shape == slope.value.shape for arg, slope in pairs) else ()


def _result(cls, args, output, slopes):
    with no_grad():
        value = output.value
    for tensor, slope in slopes:
        linear = slope * tensor
        value = door.record("add", [value, (linear - linear.detach()).value])
    if not slopes:
        value = door.record("detach", [value])
    result = wrap(value)
    result._operation = f"custom:{cls.__name__}"
    return result
