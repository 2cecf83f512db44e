"""torch.fx.Proxy: stands for a value while a function is traced; what is done with it becomes a node."""
import dis
import operator
import sys

from .. import overrides
from ._names import with_defaults
from .node import Node, map_aggregate

__all__ = ["Attribute", "GraphAppendingTracer", "Proxy", "TraceError", "TracerBase"]


class TraceError(ValueError):
    pass


class TracerBase:
    graph = None

    def create_node(self, kind, target, args, kwargs, name=None, type_expr=None):
        return self.graph.create_node(kind, target, args, kwargs, name, type_expr)

    def proxy(self, node):
        return Proxy(node, self)

    def create_proxy(self, kind, target, args, kwargs, name=None, type_expr=None, proxy_factory_fn=None):
        node = self.create_node(kind, target, self.create_arg(args), self.create_arg(kwargs), name, type_expr)
        return (proxy_factory_fn or self.proxy)(node)

    def create_arg(self, a):
        """What a node holds of an argument: nodes in place of proxies."""
        return map_aggregate(a, self._held)

    def _held(self, item):
        if isinstance(item, Proxy):
            return item.node
        if isinstance(item, (Node, str, int, float, complex, bool, type(None), type(...), range)) or callable(item):
            return item
        return self.create_constant(item)

    def create_constant(self, item):
        if type(item).__module__.partition(".")[0] == "torch":
            return item
        raise NotImplementedError(f"argument of type: {type(item)}")

    def to_bool(self, obj):
        raise TraceError("symbolically traced variables cannot be used as inputs to control flow")

    def iter(self, obj):
        """Of an unpacking so many elements as it takes; any other loop is refused."""
        frame = sys._getframe(2)
        at = frame.f_lasti
        if dis.opname[frame.f_code.co_code[at]] == "UNPACK_SEQUENCE":
            return (obj[place] for place in range(frame.f_code.co_code[at + 1]))
        raise TraceError("Proxy object cannot be iterated. This can be attempted when the Proxy is used in a loop or as a *args or **kwargs function argument. See the "
                         "torch.fx docs on pytorch.org for a more detailed explanation of what types of control flow can be traced, and check out the Proxy docstring for "
                         "help troubleshooting Proxy iteration errors")

    def keys(self, obj):
        return Attribute(obj, "keys")()


class GraphAppendingTracer(TracerBase):
    def __init__(self, graph):
        self.graph = graph


class Proxy:
    def __init__(self, node, tracer=None):
        self.tracer, self.node = GraphAppendingTracer(node.graph) if tracer is None else tracer, node
        overrides.activate()

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        taker = overrides.overriding((*args, *(kwargs or {}).values()))
        return taker.tracer.create_proxy("call_function", function, *with_defaults(function, args, kwargs or {}))

    def __getattr__(self, name):
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Attribute(self, name)

    def __call__(self, *args, **kwargs):
        return self.tracer.create_proxy("call_method", "__call__", (self, *args), kwargs)

    def __iter__(self):
        return self.tracer.iter(self)

    def __bool__(self):
        return self.tracer.to_bool(self)

    def __len__(self):
        raise RuntimeError("'len' is not supported in symbolic tracing by default. If you want this call to be recorded, please call torch.fx.wrap('len') at module scope")

    def keys(self):
        return self.tracer.keys(self)

    def __repr__(self):
        return f"Proxy({self.node.name})"

    __hash__ = object.__hash__


class Attribute(Proxy):
    """An attribute of a proxy: called at once it is a method, else a node of its own."""

    def __init__(self, root, attr):
        self.root, self.attr, self.tracer = root, attr, root.tracer
        self._node = None

    @property
    def node(self):
        if self._node is None:
            self._node = self.tracer.create_proxy("call_function", getattr, (self.root, self.attr), {}).node
        return self._node

    def __call__(self, *args, **kwargs):
        return self.tracer.create_proxy("call_method", self.attr, (self.root, *args), kwargs)


def _operation(function, reflected=False):
    def method(self, *others):
        return self.tracer.create_proxy("call_function", function, (*others, self) if reflected else (self, *others), {})
    return method


for _name in ("eq ne lt gt le ge pos neg invert abs add sub mul floordiv truediv mod pow lshift rshift and_ or_ xor getitem matmul").split():
    setattr(Proxy, f"__{_name.rstrip('_')}__", _operation(getattr(operator, _name)))
for _name in "add sub mul floordiv truediv mod pow lshift rshift and_ or_ xor matmul".split():
    setattr(Proxy, f"__r{_name.rstrip('_')}__", _operation(getattr(operator, _name), True))
del _name
