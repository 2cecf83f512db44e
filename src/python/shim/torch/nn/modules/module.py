"""nn.Module: a tree of modules with parameters and buffers, whose calls are recorded as rows of the report."""
import types
from collections import OrderedDict

from _lens.recording import calls, site
from _lens.workspace import imports
from _lens.recording.array import values_in

from ..._tensor import Tensor
from ...utils.hooks import RemovableHandle
from ..parameter import Buffer, Parameter
from . import _module_hooks as hooks
from ._members import Members
from ._movement import Movement
from ._state import State


_PACKAGES_OF_LAYERS = ("torch.", "einops.", "timm.layers.", "timm.models.layers.")


def is_builtin(cls):
    """A class of PyTorch's own, or of a package of layers for it: what it calls within is no row."""
    module = cls.__module__
    return isinstance(module, str) and module.startswith(_PACKAGES_OF_LAYERS) and module.partition(".")[0] not in imports.shadowed


class Module(Members, Movement, State):
    """Base class of all layers and models."""

    dump_patches = False
    training: bool
    call_super_init = False

    def __new__(cls, *args, **kwargs):
        module = object.__new__(cls)
        module.__dict__["_lens_definition"] = site.here()
        return module

    def __init__(self, *args, **kwargs):
        if not self.call_super_init and (args or kwargs):
            got = next(iter(kwargs)) if kwargs else None
            raise TypeError(f"{type(self).__name__}.__init__() got an unexpected keyword argument '{got}'" if got else
                            f"{type(self).__name__}.__init__() takes 1 positional argument but {len(args) + 1} were given")
        own = self.__dict__
        own["training"] = True
        own["_parameters"], own["_buffers"], own["_modules"] = {}, {}, {}
        own["_non_persistent_buffers_set"] = set()
        own["_forward_pre_hooks"], own["_forward_hooks"] = OrderedDict(), OrderedDict()
        own["_backward_hooks"], own["_backward_pre_hooks"] = OrderedDict(), OrderedDict()
        # ids of the hooks that take keywords, and of those that are called even where `forward` fails
        own["_forward_pre_hooks_with_kwargs"], own["_forward_hooks_with_kwargs"], own["_forward_hooks_always_called"] = {}, {}, {}

    # Attributes

    def __getattr__(self, name):
        own = self.__dict__
        for members in ("_parameters", "_buffers", "_modules"):
            found = own.get(members)
            if found is not None and name in found:
                return found[name]
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'")

    def __setattr__(self, name, value):
        own = self.__dict__
        if isinstance(value, _REGISTERED):
            self._register(name, value)
            return
        for members in _KINDS:
            found = own.get(members)
            if found is not None and name in found:
                accepted, what, expected = _KINDS[members]
                if value is not None and not isinstance(value, accepted):
                    raise TypeError(f"cannot assign '{_type_name(value)}' as {what} '{name}' ({expected} expected)")
                found[name] = value
                return
        object.__setattr__(self, name, value)

    def _register(self, name, value):
        own = self.__dict__
        kind = "_parameters" if isinstance(value, Parameter) else "_modules" if isinstance(value, Module) else "_buffers"
        if kind not in own:
            word = {"_parameters": "parameters", "_modules": "module", "_buffers": "buffer"}[kind]
            raise AttributeError(f"cannot assign {word} before Module.__init__() call")
        self._remove(name, except_for=kind)
        if kind == "_buffers":
            self.register_buffer(name, value, value.persistent)
        elif kind == "_parameters":
            self.register_parameter(name, value)
        else:
            own["_modules"][name] = hooks.registering("module", self, name, value)

    def _remove(self, name, except_for):
        own = self.__dict__
        own.pop(name, None)
        for members in ("_parameters", "_buffers", "_modules"):
            if members != except_for:
                own[members].pop(name, None)

    def __delattr__(self, name):
        for members in ("_parameters", "_buffers", "_modules"):
            if name in self.__dict__[members]:
                del self.__dict__[members][name]
                self._non_persistent_buffers_set.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self):
        names = [*dir(type(self)), *self.__dict__, *self._parameters, *self._buffers, *self._modules]
        return sorted(name for name in set(names) if not name[0].isdigit())

    # Calling

    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def __call__(self, *args, **kwargs):
        cls = type(self)
        return calls.run(
            lambda: self._call_with_hooks(args, kwargs), "module", cls.__name__, module=self, summary=self._summary(),
            builtin=is_builtin(cls), definition=self.__dict__.get("_lens_definition"),
            inputs=values_in((args, kwargs)), values_of=values_in, given=(args, kwargs))

    def _summary(self):
        """Arguments worth reading; a class whose own description fails has none."""
        try:
            return str(self.extra_repr())
        except Exception:
            return ""

    def _call_with_hooks(self, args, kwargs):
        own = self.__dict__
        if "_forward_hooks" not in own:
            raise AttributeError(f"'{type(self).__name__}' object has no attribute '_forward_hooks'")
        if not (own["_forward_hooks"] or own["_forward_pre_hooks"] or own["_backward_hooks"] or own["_backward_pre_hooks"] or hooks.every_call()):
            return self.forward(*args, **kwargs)
        for hook, with_kwargs in [*hooks.every["forward_pre"].values(), *_with_kwargs(own, "_forward_pre_hooks")]:
            changed = hook(self, args, kwargs) if with_kwargs else hook(self, args)
            if changed is not None and with_kwargs:
                if not (isinstance(changed, tuple) and len(changed) == 2):
                    raise RuntimeError(f"forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got {changed}.")
                args, kwargs = changed
            elif changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
        watching = hooks.BackwardHooks.of(self)
        if watching is not None:
            args = watching.enter(args)
        try:
            result = self.forward(*args, **kwargs)
        except Exception:
            for (hook, with_kwargs), key in zip(_with_kwargs(own, "_forward_hooks"), list(own["_forward_hooks"])):
                if key in own["_forward_hooks_always_called"]:
                    hook(self, args, kwargs, None) if with_kwargs else hook(self, args, None)
            raise
        for hook, with_kwargs in [*hooks.every["forward"].values(), *_with_kwargs(own, "_forward_hooks")]:
            changed = hook(self, args, kwargs, result) if with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        return result if watching is None else watching.leave(result)

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        handle = _registered(self._forward_pre_hooks, hook, prepend)
        if with_kwargs:
            self._forward_pre_hooks_with_kwargs[handle.id] = True
        return handle

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        handle = _registered(self._forward_hooks, hook, prepend)
        if with_kwargs:
            self._forward_hooks_with_kwargs[handle.id] = True
        if always_call:
            self._forward_hooks_always_called[handle.id] = True
        return handle

    def register_full_backward_hook(self, hook, prepend=False):
        return _registered(self._backward_hooks, hook, prepend)

    register_backward_hook = register_full_backward_hook

    def register_full_backward_pre_hook(self, hook, prepend=False):
        return _registered(self._backward_pre_hooks, hook, prepend)

    # Printing

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        return ""

    def __repr__(self):
        extra = self.extra_repr()
        extra_lines = extra.split("\n") if extra else []
        child_lines = [f"({name}): " + _indented(repr(module)) for name, module in self._modules.items()]
        if len(extra_lines) == 1 and not child_lines:
            return f"{self._get_name()}({extra_lines[0]})"
        lines = extra_lines + child_lines
        return self._get_name() + ("(\n  " + "\n  ".join(lines) + "\n)" if lines else "()")

    def compile(self, *args, **kwargs):
        """Nothing to do: what is recorded is a graph already."""


_REGISTERED = (Module, Parameter, Buffer)

# Members -> (what may be assigned to one of them, besides what is registered, and None; what one is called; what is expected)
_KINDS = {"_parameters": ((), "parameter", "torch.nn.Parameter or None"), "_modules": ((), "child module", "torch.nn.Module or None"),
          "_buffers": (Tensor, "buffer", "torch.nn.Buffer, torch.Tensor or None")}

register_module_forward_pre_hook = hooks.register_module_forward_pre_hook
register_module_forward_hook = hooks.register_module_forward_hook
register_module_full_backward_hook = register_module_backward_hook = hooks.register_module_full_backward_hook
register_module_full_backward_pre_hook = hooks.register_module_full_backward_pre_hook
register_module_buffer_registration_hook = hooks.register_module_buffer_registration_hook
register_module_module_registration_hook = hooks.register_module_module_registration_hook
register_module_parameter_registration_hook = hooks.register_module_parameter_registration_hook


def own_init(cls):
    """Gives a class its inherited `__init__` under its own name, which is the name that errors of a wrong call show."""
    inherited = cls.__init__
    own = types.FunctionType(inherited.__code__, inherited.__globals__, "__init__", inherited.__defaults__, inherited.__closure__)
    own.__kwdefaults__, own.__qualname__ = inherited.__kwdefaults__, f"{cls.__name__}.__init__"
    cls.__init__ = own
    return cls


def _type_name(thing):
    cls = type(thing)
    return thing.type() if cls is Tensor else cls.__name__


def _with_kwargs(own, kind):
    """[(hook, whether it takes keywords)]"""
    return [(hook, key in own[kind + "_with_kwargs"]) for key, hook in own[kind].items()]


def _registered(hooks, hook, prepend):
    handle = RemovableHandle(hooks, hook)
    if prepend:
        hooks.move_to_end(handle.id, last=False)
    return handle


def _indented(text):
    first, *rest = text.split("\n")
    return "\n".join([first, *("  " + line for line in rest)])
