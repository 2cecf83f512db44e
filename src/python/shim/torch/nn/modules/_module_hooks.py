"""Hooks of all modules, and what calls a module's backward hooks."""
from collections import OrderedDict

from ..._apply import apply
from ..._tensor import Tensor
from ...utils.hooks import RemovableHandle

# Hooks that hold for every module, by what they are called at.
every = {kind: OrderedDict() for kind in ("forward_pre", "forward", "backward_pre", "backward", "buffer", "module", "parameter")}


def register_module_forward_pre_hook(hook):
    return RemovableHandle(every["forward_pre"], (hook, False))


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    return RemovableHandle(every["forward"], (hook, with_kwargs))


def register_module_full_backward_hook(hook):
    return RemovableHandle(every["backward"], hook)


def register_module_full_backward_pre_hook(hook):
    return RemovableHandle(every["backward_pre"], hook)


def register_module_buffer_registration_hook(hook):
    return RemovableHandle(every["buffer"], hook)


def register_module_module_registration_hook(hook):
    return RemovableHandle(every["module"], hook)


def register_module_parameter_registration_hook(hook):
    return RemovableHandle(every["parameter"], hook)


def every_call():
    """Whether a hook is to be called at every call of a module."""
    return every["forward_pre"] or every["forward"] or every["backward_pre"] or every["backward"]


def registering(kind, module, name, member):
    """What the hooks of registrations make of a new member."""
    for hook in list(every[kind].values()):
        changed = hook(module, name, member)
        member = member if changed is None else changed
    return member


class BackwardHooks:
    """Around one call of a module: hooks on its outputs and inputs, from whose gradients its backward hooks are called.

    Inputs and outputs pass through an identity each, so that their gradients are those by this call alone.
    """

    def __init__(self, module):
        self._module, self._inputs, self._outputs = module, (), ()
        self._gradients = {"inputs": {}, "outputs": {}}

    @classmethod
    def of(cls, module):
        """None where the module has no backward hooks."""
        own = module.__dict__
        has_any = own["_backward_hooks"] or own["_backward_pre_hooks"] or every["backward"] or every["backward_pre"]
        return cls(module) if has_any else None

    def enter(self, args):
        self._inputs = tuple(_passed(arg) for arg in args)
        self._watched = [at for at, arg in enumerate(self._inputs) if isinstance(arg, Tensor) and arg.requires_grad]
        for at in self._watched:
            self._inputs[at].register_hook(lambda gradient, at=at: self._input_gradient(at, gradient))
        return self._inputs

    def leave(self, result):
        outputs = result if isinstance(result, tuple) else (result,)
        self._outputs = tuple(_passed(output) for output in outputs)
        self._pending = [at for at, output in enumerate(self._outputs) if isinstance(output, Tensor) and output.requires_grad]
        for at in self._pending:
            self._outputs[at].register_hook(lambda gradient, at=at: self._output_gradient(at, gradient))
        return type(result)(self._outputs) if type(result) is tuple else self._outputs[0] if not isinstance(result, tuple) else result

    def _output_gradient(self, at, gradient):
        found = self._gradients["outputs"]
        found[at] = gradient
        if len(found) < len(self._pending):
            return None
        outputs = tuple(found.get(position) for position in range(len(self._outputs)))
        for hook in [*every["backward_pre"].values(), *self._module._backward_pre_hooks.values()]:
            changed = hook(self._module, outputs)
            if changed is not None:
                outputs = changed if isinstance(changed, tuple) else (changed,)
        replaced = outputs[at] is not gradient
        found.clear()
        self._seen_outputs = outputs
        if not self._watched:  # nothing before this module needs a gradient
            self._call((None,) * len(self._inputs), outputs)
        return outputs[at] if replaced else None

    def _input_gradient(self, at, gradient):
        found = self._gradients["inputs"]
        found[at] = gradient
        if len(found) < len(self._watched):
            return None
        inputs = tuple(found.get(position) for position in range(len(self._inputs)))
        found.clear()
        changed = self._call(inputs, self._seen_outputs)
        return changed[at] if changed is not None else None

    def _call(self, inputs, outputs):
        replaced = None
        for hook in [*every["backward"].values(), *self._module._backward_hooks.values()]:
            changed = hook(self._module, inputs, outputs)
            if changed is not None:
                inputs = replaced = changed if isinstance(changed, tuple) else (changed,)
        return replaced


def _passed(thing):
    """A tensor of the same value with a gradient of its own; anything else as it is."""
    if not isinstance(thing, Tensor) or not thing.requires_grad or thing.is_complex():
        return thing
    return apply("reshape", thing, operation="backward_hook_function", shape=list(thing.value.shape))
