"""torch.fx: graphs of a module's calls, traced on proxies, changed by the file, and run."""
from .. import _public_names
from . import node, proxy
from ._symbolic_trace import Tracer, symbolic_trace, wrap
from .graph import Graph
from .graph_module import GraphModule
from .interpreter import Interpreter, Transformer
from .node import Node, map_arg
from .proxy import Proxy

__all__ = ["Graph", "GraphModule", "Interpreter", "Node", "Proxy", "Tracer", "Transformer", "map_arg", "node", "proxy", "symbolic_trace", "wrap"]


def __getattr__(name):
    return _public_names.attribute("torch.fx", name)
