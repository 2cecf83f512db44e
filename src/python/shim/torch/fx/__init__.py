"""torch.fx: graphs of a module's calls, traced on proxies, changed by the file, and run."""
from .. import _public_names
from . import node, proxy, subgraph_rewriter
from ._symbolic_trace import Tracer, symbolic_trace, wrap
from .graph import Graph
from .graph_module import GraphModule
from .interpreter import Interpreter, Transformer
from .node import Node, map_arg
from .proxy import Proxy
from .subgraph_rewriter import replace_pattern

__all__ = ["Graph", "GraphModule", "Interpreter", "Node", "Proxy", "Tracer", "Transformer", "map_arg", "node", "proxy", "replace_pattern", "subgraph_rewriter", "symbolic_trace", "wrap"]


def __getattr__(name):
    return _public_names.attribute("torch.fx", name)
