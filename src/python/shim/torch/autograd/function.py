"""torch.autograd.Function: an operation with a backward of the user's own."""
import functools

from .._apply import check_writable
from .._grad_mode import is_grad_enabled, no_grad
from .._history import Node, remember_write
from .._tensor import Tensor, wrap
from ._call import Call
from ._traced import recorded


class FunctionCtx:
    """What `forward` leaves for `backward`."""

    needs_input_grad = ()
    saved_tensors = ()
    materialize_grads = True
    _without_gradient = _written = ()

    saved_variables = property(lambda self: self.saved_tensors)  # the older name

    def save_for_backward(self, *tensors):
        for position, tensor in enumerate(tensors):
            if tensor is not None and not isinstance(tensor, Tensor):
                raise TypeError(f"save_for_backward can only save variables, but argument {position} is of type {type(tensor).__name__}")
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
        self._written = tuple(id(arg) for arg in args)


BackwardCFunction = NestedIOFunction = FunctionCtx


def once_differentiable(fn):
    """A backward whose own gradient nobody may ask for."""
    @functools.wraps(fn)
    def wrapper(ctx, *args):
        with no_grad():
            found = fn(ctx, *args)
        if not is_grad_enabled() or not any(isinstance(arg, Tensor) and arg.requires_grad for arg in args):
            return found
        once = tuple(each if each is None else _Once.apply(each.detach().requires_grad_()) for each in (found if isinstance(found, tuple) else (found,)))
        return once if isinstance(found, tuple) else once[0]
    return wrapper


class Function(FunctionCtx):
    """Its forward is recorded; the sweep of `backward` and `grad` calls its backward. In the graph, of which the report takes its
    gradients, the backward is recorded as well (`_traced`)."""

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
        before = [arg.value if needed else None for arg, needed in zip(args, context.needs_input_grad)]
        passes_gradients = any(context.needs_input_grad) and is_grad_enabled()
        node = Node(f"custom:{cls.__name__}", [arg for arg in args if isinstance(arg, Tensor)]) if passes_gradients else None
        with no_grad():
            if cls.setup_context is not Function.setup_context:
                output = cls.forward(*args)
                cls.setup_context(context, args, output)
            else:
                output = cls.forward(context, *args)
        if not passes_gradients:
            return output
        outputs = output if isinstance(output, tuple) else (output,)
        passing = [isinstance(each, Tensor) and each.is_floating_point() and id(each) not in context._without_gradient for each in outputs]
        call = Call(cls, context, args, before, passing)
        values = iter(recorded(call, [each.value for each, passes in zip(outputs, passing) if passes]))
        results = tuple(_result(context, node, each, next(values)) if passes else each for each, passes in zip(outputs, passing))
        node.remember(context, [(saved, results[at]) for saved in context.saved_tensors for at, each in enumerate(outputs) if saved is each])
        call.give([each.value for each, passes in zip(results, passing) if passes])
        return results if isinstance(output, tuple) else results[0]


InplaceFunction = Function


class _Once(Function):
    """What `once_differentiable` has found."""

    @staticmethod
    def forward(ctx, gradient):
        return gradient

    @staticmethod
    def backward(ctx, gradient):
        raise RuntimeError("trying to differentiate twice a function that was marked with @once_differentiable")


def _result(context, node, output, value):
    """The output with a gradient: a tensor of its own, or the input that `forward` has changed."""
    if id(output) not in context._written:
        result = wrap(value)
        result._node = node
        return result
    if output._requires:
        raise RuntimeError("a leaf Variable that requires grad has been used in an in-place operation.")
    check_writable(output)
    output.assign(value)
    remember_write(output, node)
    return output
