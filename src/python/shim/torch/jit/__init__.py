"""torch.jit: scripting and tracing give back what they were given, which is recorded anyway."""
import typing as annotations
from typing import Final

from _lens.door import UnsupportedError

from ..futures import Future
from ..nn.modules.module import Module

__all__ = ["Attribute", "Final", "Future", "ScriptModule", "annotate", "export", "fork", "freeze", "ignore", "interface", "is_scripting", "is_tracing", "isinstance",
           "load", "optimize_for_inference", "optimized_execution", "save", "script", "script_if_tracing", "script_method", "trace", "trace_module", "unused", "wait"]


class ScriptModule(Module):
    """A module: nothing is compiled."""


class ScriptFunction:
    """No function is of this class here: `script` gives the function itself."""


RecursiveScriptModule = TopLevelTracedModule = TracedModule = ScriptModule


class Error(RuntimeError):
    pass


def script(obj, optimize=None, _frames_up=0, _rcb=None, example_inputs=None):
    return obj


def trace(func, example_inputs=None, *args, **kwargs):
    return func


def trace_module(mod, inputs, *args, **kwargs):
    return mod


def ignore(drop=False, **kwargs):
    """A decorator, also with arguments of its own: `@ignore`, `@ignore()`, `@ignore(drop=True)`."""
    if callable(drop):
        return drop
    if drop is not True and drop is not False:
        raise RuntimeError(f"Argument to @torch.jit.ignore must be a bool or a function but got {drop}")
    return lambda function: function


def unused(fn):
    return fn


export = script_if_tracing = _script_if_tracing = script_method = _overload = _overload_method = unused


def interface(obj):
    return obj


def annotate(the_type, the_value):
    return the_value


def Attribute(value, type):
    return value


def isinstance(obj, target_type):
    """Whether a value is of a type, that of its elements included."""
    import builtins
    origin, parts = annotations.get_origin(target_type), annotations.get_args(target_type)
    if builtins.isinstance(target_type, (tuple, list)):
        return any(isinstance(obj, each) for each in target_type)
    if origin is None:
        return builtins.isinstance(obj, target_type)
    if origin is annotations.Union:
        return any(obj is None if each is type(None) else isinstance(obj, each) for each in parts)
    if not builtins.isinstance(obj, origin):
        return False
    if origin is dict:
        return all(isinstance(key, parts[0]) and isinstance(value, parts[1]) for key, value in obj.items())
    if origin is tuple:
        return len(obj) == len(parts) and all(isinstance(item, each) for item, each in zip(obj, parts))
    return all(isinstance(item, parts[0]) for item in obj)


def freeze(mod, preserved_attrs=None, optimize_numerics=True):
    return mod


def optimize_for_inference(mod, other_methods=None):
    return mod


def fork(func, *args, **kwargs):
    """There is one thread: the function is called at once."""
    result = Future()
    result.set_result(func(*args, **kwargs))
    return result


def wait(future):
    return future.wait()


def save(m, f, _extra_files=None):
    """Nothing is written to disk."""


def load(f, map_location=None, _extra_files=None, _restore_shapes=False):
    raise UnsupportedError("torch.jit.load is not supported: a TorchScript program has no Python that could be run")


class optimized_execution:
    def __init__(self, should_optimize):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return None


strict_fusion = optimized_execution


def enable_onednn_fusion(enabled):
    """Nothing is compiled."""


set_fusion_strategy = enable_onednn_fusion


def onednn_fusion_enabled():
    return False


def is_scripting():
    return False


def is_tracing():
    return False
