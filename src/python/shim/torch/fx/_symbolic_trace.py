"""torch.fx.Tracer: runs a module or function on proxies."""
import functools
import inspect

from _lens.door import UnsupportedError

from .._tensor import Tensor
from ..nn.modules.container import Sequential
from ..nn.modules.module import Module, is_builtin
from .graph import Graph
from .graph_module import GraphModule
from .proxy import Proxy, TracerBase

__all__ = ["Tracer", "symbolic_trace", "wrap"]

_wrapped = []  # (globals, name) of functions that are nodes themselves


def wrap(fn_or_name):
    """Also as a decorator: calls of the function are nodes, its inside is not traced."""
    name = fn_or_name if isinstance(fn_or_name, str) else fn_or_name.__name__
    frame = inspect.currentframe().f_back
    if frame.f_code.co_name != "<module>":
        raise NotImplementedError("wrap must be called at the top level of a module")
    _wrapped.append((frame.f_globals, name))
    return fn_or_name


class Tracer(TracerBase):
    def __init__(self, autowrap_modules=(), autowrap_functions=(), param_shapes_constant=False):
        self.root, self._tensors, self._keywords = None, {}, {}

    def is_leaf_module(self, m, module_qualified_name):
        """A module that is one node: the framework's own, but for Sequential."""
        return is_builtin(type(m)) and not isinstance(m, Sequential)

    def path_of_module(self, mod):
        for name, each in self.root.named_modules():
            if each is mod:
                return name
        raise NameError("module is not installed as a submodule")

    def call_module(self, m, forward, args, kwargs):
        name = self.path_of_module(m)
        return forward(*args, **kwargs) if not self.is_leaf_module(m, name) else self.create_proxy("call_module", name, args, kwargs)

    def create_constant(self, item):
        if not isinstance(item, Tensor):
            return super().create_constant(item)
        for name, parameter in (*self.root.named_parameters(), *self.root.named_buffers()):
            if parameter is item:
                return self.create_node("get_attr", name, (), {})
        name = self._tensors.get(id(item))
        if name is None:
            count = 0
            while hasattr(self.root, f"_tensor_constant{count}"):
                count += 1
            name = self._tensors[id(item)] = f"_tensor_constant{count}"
            setattr(self.root, name, item)
        return self.create_node("get_attr", name, (), {})

    def create_args_for_root(self, root_fn, is_module, concrete_args=None):
        if concrete_args:
            raise UnsupportedError("torch.fx.symbolic_trace with concrete_args is not supported yet")
        parameters = list(inspect.signature(root_fn).parameters.values())
        args = [self.root] if is_module else []
        for parameter in parameters[1:] if is_module else parameters:
            prefix = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
            default = () if parameter.default is parameter.empty else (parameter.default,)
            made = self.create_proxy("placeholder", prefix + parameter.name, default, {}, type_expr=None if parameter.annotation is parameter.empty else parameter.annotation)
            if parameter.kind in (parameter.KEYWORD_ONLY, parameter.VAR_KEYWORD):
                self._keywords[parameter.name] = made
            else:
                args.append(made)
        return root_fn, args

    def trace(self, root, concrete_args=None):
        is_module = isinstance(root, Module)
        self.root = root if is_module else Module()
        function = type(root).forward if is_module else root
        self.graph, self._keywords = Graph(tracer_cls=type(self)), {}
        function, args = self.create_args_for_root(function, is_module, concrete_args)
        call = Module.__call__
        Module.__call__ = functools.wraps(call)(lambda module, *args, **kwargs: self.call_module(module, functools.partial(module.forward), args, kwargs))
        originals = [(names, name, names[name]) for names, name in _wrapped if name in names or hasattr(__builtins__, name)]
        try:
            for names, name, original in originals:
                names[name] = self._recorded(original)
            result = function(*args, **self._keywords)
        finally:
            Module.__call__ = call
            for names, name, original in originals:
                names[name] = original
        self.create_node("output", "output", (self.create_arg(result),), {}, type_expr=_returned_type(function))
        return self.graph

    @staticmethod
    def _recorded(function):
        @functools.wraps(function)
        def recorded(*args, **kwargs):
            taker = next((each for each in (*args, *kwargs.values()) if isinstance(each, Proxy)), None)
            if taker is None:
                return function(*args, **kwargs)
            result = taker.tracer.create_proxy("call_function", function, args, kwargs)
            result.node.meta["is_wrapped"] = True
            return result
        return recorded


def _returned_type(function):
    """The annotation of what it returns; PyTorch loses that of a function with arguments by name only, or of any number."""
    kinds = {parameter.kind for parameter in inspect.signature(function).parameters.values()}
    return None if kinds - {inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD} else getattr(function, "__annotations__", {}).get("return")


def symbolic_trace(root, concrete_args=None):
    tracer = Tracer()
    graph = tracer.trace(root, concrete_args)
    return GraphModule(tracer.root, graph, type(root).__name__ if isinstance(root, Module) else root.__name__)
