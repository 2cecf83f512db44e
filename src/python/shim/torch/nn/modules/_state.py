"""A module's state: state_dict and load_state_dict, with PyTorch's keys, hooks and messages."""
from collections import OrderedDict, namedtuple

from _lens.missing import absent
from _lens.missing.ghost import Ghost

from ..._grad_mode import no_grad
from ..._tensor import Tensor
from ...utils.hooks import RemovableHandle
from ..parameter import Parameter, is_lazy

_EXTRA = "_extra_state"


class _IncompatibleKeys(namedtuple("IncompatibleKeys", ["missing_keys", "unexpected_keys"])):
    def __repr__(self):
        if not self.missing_keys and not self.unexpected_keys:
            return "<All keys matched successfully>"
        return super().__repr__()

    __str__ = __repr__


class State:
    """The part of nn.Module that is saved and loaded."""

    _version = 1

    def _own_state(self):
        """(name, tensor) of this module's own parameters and persistent buffers."""
        for name, parameter in self._parameters.items():
            if parameter is not None:
                yield name, parameter
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                yield name, buffer

    def _has_extra_state(self):
        return type(self).get_extra_state is not State.get_extra_state

    def _hooks_of(self, kind):
        """Hooks around saving and loading, by kind; made when the first is registered."""
        return self.__dict__.setdefault("_state_hooks", {}).setdefault(kind, OrderedDict())

    def _call_hooks(self, kind, *arguments):
        for hook in list(self.__dict__.get("_state_hooks", {}).get(kind, {}).values()):
            hook(*arguments)

    def register_state_dict_pre_hook(self, hook):
        return RemovableHandle(self._hooks_of("before saving"), hook)

    def register_state_dict_post_hook(self, hook):
        return RemovableHandle(self._hooks_of("after saving"), hook)

    _register_state_dict_hook = register_state_dict_post_hook

    def register_load_state_dict_pre_hook(self, hook):
        return RemovableHandle(self._hooks_of("before loading"), lambda *arguments: hook(self, *arguments))

    def _register_load_state_dict_pre_hook(self, hook, with_module=False):
        return RemovableHandle(self._hooks_of("before loading"), (lambda *arguments: hook(self, *arguments)) if with_module else hook)

    def register_load_state_dict_post_hook(self, hook):
        return RemovableHandle(self._hooks_of("after loading"), hook)

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, tensor in self._own_state():
            destination[prefix + name] = tensor if keep_vars else tensor.detach()
        if self._has_extra_state():
            destination[prefix + _EXTRA] = self.get_extra_state()

    def state_dict(self, *args, destination=None, prefix="", keep_vars=False):
        for name, given in zip(("destination", "prefix", "keep_vars"), args):
            destination, prefix, keep_vars = (given if name == "destination" else destination, given if name == "prefix" else prefix,
                                              given if name == "keep_vars" else keep_vars)
        if destination is None:
            destination = OrderedDict()
            destination._metadata = OrderedDict()
        metadata = {"version": self._version}
        if hasattr(destination, "_metadata"):
            destination._metadata[prefix[:-1]] = metadata
        self._call_hooks("before saving", self, prefix, keep_vars)
        self._save_to_state_dict(destination, prefix, keep_vars)
        for name, module in self._modules.items():
            if module is not None:
                module.state_dict(destination=destination, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
        self._call_hooks("after saving", self, destination, prefix, metadata)
        return destination

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs):
        """Takes over what is this module's own; its children are loaded by `load_state_dict`."""
        self._call_hooks("before loading", state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)
        own = dict(self._own_state())
        for name, target in own.items():
            key = prefix + name
            if key in state_dict:
                self._take_over(name, target, key, state_dict[key], local_metadata.get("assign_to_params_buffers", False), error_msgs)
            elif strict:
                missing_keys.append(key)
        if self._has_extra_state():
            if prefix + _EXTRA in state_dict:
                self.set_extra_state(state_dict[prefix + _EXTRA])
            elif strict:
                missing_keys.append(prefix + _EXTRA)
        for key in state_dict if strict else ():
            if key.startswith(prefix) and key != prefix + _EXTRA:
                name, _, below = key[len(prefix):].partition(".")
                if name not in (self._modules if below else own):
                    unexpected_keys.append(key)

    def _take_over(self, name, target, key, source, assign, errors):
        if not isinstance(source, Tensor):
            errors.append(f'While copying the parameter named "{key}", expected torch.Tensor or Tensor-like object from checkpoint but received '
                          f"{type(source)}")
            return
        if not is_lazy(target) and not target.shape and source.dim() == 1:
            source = source[0]
        if not is_lazy(target) and source.shape != target.shape:
            errors.append(f"size mismatch for {key}: copying a param with shape {source.shape} from checkpoint, the shape in current model is "
                          f"{target.shape}.")
        elif assign:
            if isinstance(target, Parameter) and not isinstance(source, Parameter):
                source = Parameter(source, requires_grad=target.requires_grad)
            setattr(self, name, source)
        else:
            with no_grad():
                target.copy_(source)

    def load_state_dict(self, state_dict, strict=True, assign=False):
        if isinstance(state_dict, Ghost) or absent.data and hasattr(state_dict, "items") and not state_dict:  # of a file that is not here: the weights stay as they are
            return _IncompatibleKeys([], [])
        if not hasattr(state_dict, "items"):
            raise TypeError(f"Expected state_dict to be dict-like, got {type(state_dict)}.")
        missing, unexpected, errors = [], [], []
        all_metadata = getattr(state_dict, "_metadata", None)
        state = OrderedDict(state_dict)

        def load(module, local, prefix):
            metadata = {} if all_metadata is None else all_metadata.get(prefix[:-1], {})
            if assign:
                metadata["assign_to_params_buffers"] = True
            module._load_from_state_dict(local, prefix, metadata, True, missing, unexpected, errors)
            for name, child in module._modules.items():
                if child is not None:
                    below = f"{prefix}{name}."
                    load(child, {key: value for key, value in local.items() if key.startswith(below)}, below)
            keys = _IncompatibleKeys(missing, unexpected)
            module._call_hooks("after loading", module, keys)
        load(self, state, "")
        if strict:
            for kind, keys in (("Unexpected", unexpected), ("Missing", missing)):
                if keys:
                    errors.insert(0, f"{kind} key(s) in state_dict: " + ", ".join(f'"{key}"' for key in keys) + ". ")
        if errors:
            raise RuntimeError(f"Error(s) in loading state_dict for {type(self).__name__}:\n\t" + "\n\t".join(errors))
        return _IncompatibleKeys(missing, unexpected)

    def get_extra_state(self):
        raise RuntimeError("Reached a code path in Module.get_extra_state() that should never be called.")

    def set_extra_state(self, state):
        raise RuntimeError("Reached a code path in Module.set_extra_state() that should never be called.")
