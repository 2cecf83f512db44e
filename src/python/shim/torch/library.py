"""torch.library: operations of the user's own. What they do is recorded as it is called; a backward that was registered is theirs."""
import inspect

from . import _ops
from .autograd.function import Function

__all__ = ["Library", "custom_op", "define", "fallthrough_kernel", "impl", "impl_abstract", "register_autograd", "register_fake", "register_kernel", "triton_op", "wrap_triton"]

_defined = {}  # "namespace::name" → the operation


class CustomOpDef:
    """An operation: its implementation, and its backward if one was registered."""

    def __init__(self, name, function):
        self._qualname, self._function, self._backward, self._setup = name, function, None, None
        self._name = name.partition("::")[2]
        self.__name__, self.__doc__ = self._name, function.__doc__
        _defined[name] = self
        _ops.add(name, self)

    def register_fake(self, fn=None, /):
        """Shapes follow from what is recorded: a function that tells them is not needed."""
        return fn if fn is not None else lambda function: function

    register_vmap = register_torch_dispatch = register_fake

    def register_kernel(self, device_types, fn=None, /):
        """The implementation for a device. The CPU's, which everything runs on here, takes the place of the operation's own."""
        def registered(function):
            if device_types is None or "cpu" in ([device_types] if isinstance(device_types, str) else device_types):
                self._function = function
            return function
        return registered if fn is None else registered(fn)

    def register_autograd(self, backward, /, *, setup_context=None):
        self._backward, self._setup = backward, setup_context

    def __call__(self, *args, **kwargs):
        bound = inspect.signature(self._function).bind(*args, **kwargs)
        bound.apply_defaults()
        return self._as_function().apply(*bound.arguments.values())

    def _as_function(self):
        operation = self

        class Differentiated(Function):
            @staticmethod
            def forward(ctx, *args):
                output = operation._function(*args)
                if operation._setup is not None:
                    operation._setup(ctx=ctx, inputs=args, output=output)
                return output

            @staticmethod
            def backward(ctx, *gradients):
                if operation._backward is None:
                    raise RuntimeError(f"Trying to backward through {operation._qualname.replace('::', '.')}.default but no autograd formula was registered. "
                                       "Please use register_autograd to add one.")
                return operation._backward(ctx, *gradients)
        Differentiated.__name__ = Differentiated.__qualname__ = f"GeneratedBackwardFor_{operation._qualname.replace('::', '_')}_default"
        return Differentiated

    def __repr__(self):
        return f"<CustomOpDef({self._qualname})>"


def custom_op(name, fn=None, /, *, mutates_args, device_types=None, schema=None, tags=None):
    """A function as an operation named "namespace::name"."""
    if "::" not in name:
        raise ValueError(f"Expected opname to be of the form `namespace::name`, got {name}")
    return CustomOpDef(name, fn) if fn is not None else lambda function: CustomOpDef(name, function)


def triton_op(name, fn=None, /, *, mutates_args, schema=None):
    return custom_op(name, fn, mutates_args=mutates_args)


def wrap_triton(triton_kernel, /):
    return triton_kernel


def _definition(op):
    if isinstance(op, CustomOpDef):
        return op
    if op not in _defined:
        raise RuntimeError(f"operator {op} does not exist")
    return _defined[op]


def register_autograd(op, backward, /, *, setup_context=None, lib=None):
    _definition(op).register_autograd(backward, setup_context=setup_context)


def register_fake(op, func=None, /, *, lib=None, _stacklevel=1, allow_override=False):
    """Shapes follow from what is recorded."""
    return func if func is not None else lambda function: function


impl_abstract = register_fake


def register_kernel(op, device_types, func=None, /, *, lib=None):
    return _definition(op).register_kernel(device_types, func)


def define(qualname, schema, *, lib=None, tags=()):
    """Names an operation that `impl` gives a function to."""


def impl(qualname, types, func=None, *, lib=None):
    def registered(function):
        if types in ("default", "cpu", "CPU", "CompositeImplicitAutograd", "CompositeExplicitAutograd") or "cpu" in types:
            CustomOpDef(qualname, function)
        return function
    return registered if func is None else registered(func)


def fallthrough_kernel():
    raise NotImplementedError("fallthrough_kernel() should never be called.")


class Library:
    """Operations of one namespace."""

    def __init__(self, ns, kind, dispatch_key=""):
        self.ns, self.kind, self.dispatch_key = ns, kind, dispatch_key

    def define(self, schema, alias_analysis="", *, tags=()):
        return schema.partition("(")[0]

    def impl(self, op_name, fn, dispatch_key="", *, with_keyset=False, allow_override=False):
        impl(f"{self.ns}::{op_name}", dispatch_key or self.dispatch_key or "default", fn)
