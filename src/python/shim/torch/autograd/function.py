"""torch.autograd.Function: an operation with a backward of the user's own."""
from _lens.door import UnsupportedError

from .._grad_mode import no_grad
from .._tensor import Tensor


class _Context:
    """What `forward` leaves for `backward`."""

    needs_input_grad = ()

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def mark_non_differentiable(self, *tensors):
        pass

    def set_materialize_grads(self, value):
        pass

    def mark_dirty(self, *tensors):
        raise UnsupportedError("a torch.autograd.Function that changes its input in place is not supported yet")


class Function:
    """Its forward is recorded; a backward that differs from the recorded gradient is honoured as a straight-through form.

    The graph is differentiated as a whole, so a user's backward is expressed in it: the output is
    `forward(x).detach() + (b - b.detach())`, where b is linear in each input with the slope that `backward` gives for ones.
    That is exact for backward rules that scale the incoming gradient element by element; others are refused.
    """

    @staticmethod
    def forward(ctx, *args):
        raise NotImplementedError("You must implement the forward function for custom autograd.Function.")

    @staticmethod
    def backward(ctx, *gradients):
        raise NotImplementedError("You must implement either the backward or vjp method for your custom autograd.Function to use it "
                                  "with backward mode AD.")

    @classmethod
    def apply(cls, *args):
        context = _Context()
        context.needs_input_grad = tuple(isinstance(item, Tensor) and item.requires_grad for item in args)
        with no_grad():
            if cls.setup_context is not Function.setup_context:
                output = cls.forward(*args)
                cls.setup_context(context, args, output)
            else:
                output = cls.forward(context, *args)
        if not any(context.needs_input_grad):
            return output
        if not isinstance(output, Tensor):
            raise UnsupportedError(f"{cls.__name__}: a torch.autograd.Function with several outputs is not supported yet")
        return _with_slopes(cls, context, args, output)

    @staticmethod
    def setup_context(ctx, inputs, output):
        raise NotImplementedError("setup_context is not implemented.")


def _with_slopes(cls, context, args, output):
    from .._creation import ones_like
    with no_grad():
        slopes = cls.backward(context, ones_like(output))
    slopes = slopes if isinstance(slopes, tuple) else (slopes,)
    result = output
    for tensor, slope, needed in zip(args, slopes, context.needs_input_grad):
        if not needed or slope is None:
            continue
        if tensor.value.shape != output.value.shape:
            raise UnsupportedError(f"{cls.__name__}: a torch.autograd.Function whose backward is not element by element is not "
                                   "supported yet")
        linear = slope * tensor
        result = result + (linear - linear.detach())
    result._operation = "custom"
    return result
