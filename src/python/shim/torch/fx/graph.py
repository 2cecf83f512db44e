"""torch.fx.Graph: nodes in the order in which they run, and the code that they stand for."""
import contextlib

from ._code import python_code
from ._names import Namespace, snake_case
from .node import Node, map_arg

__all__ = ["Graph"]


class Graph:
    def __init__(self, owning_module=None, tracer_cls=None, tracer_extras=None):
        self._nodes, self._namespace, self._insert_at = [], Namespace(), None
        self.owning_module, self._tracer_cls = owning_module, tracer_cls

    @property
    def nodes(self):
        return list(self._nodes)

    def create_node(self, op, target, args=None, kwargs=None, name=None, type_expr=None):
        if name is None:
            name = target if isinstance(target, str) else target.__name__
            name = name.lstrip("_") if op == "call_function" and not isinstance(target, str) and target.__name__.startswith("__") else name
            name = snake_case(name)
        node = Node(self, self._namespace.create_name(name), op, target, () if args is None else args, {} if kwargs is None else kwargs, type_expr)
        if self._insert_at is None:
            self._nodes.append(node)
        else:
            beside, after = self._insert_at
            self._nodes.insert(self._nodes.index(beside) + after, node)
            if after:
                self._insert_at = (node, 1)
        return node

    def placeholder(self, name, type_expr=None, default_value=Ellipsis):
        return self.create_node("placeholder", name, () if default_value is Ellipsis else (default_value,), type_expr=type_expr)

    def get_attr(self, qualified_name, type_expr=None):
        return self.create_node("get_attr", qualified_name, type_expr=type_expr)

    def call_module(self, module_name, args=None, kwargs=None, type_expr=None):
        return self.create_node("call_module", module_name, args, kwargs, type_expr=type_expr)

    def call_method(self, method_name, args=None, kwargs=None, type_expr=None):
        return self.create_node("call_method", method_name, args, kwargs, type_expr=type_expr)

    def call_function(self, the_function, args=None, kwargs=None, type_expr=None, name=None):
        return self.create_node("call_function", the_function, args, kwargs, name=name, type_expr=type_expr)

    def output(self, result, type_expr=None):
        return self.create_node("output", "output", (result,), type_expr=type_expr)

    def output_node(self):
        return next(node for node in reversed(self._nodes) if node.op == "output")

    def find_nodes(self, *, op, target=None, sort=True):
        return [node for node in self._nodes if node.op == op and (target is None or node.target == target)]

    def node_copy(self, node, arg_transform=lambda node: node):
        copy = self.create_node(node.op, node.target, map_arg(node.args, arg_transform), map_arg(node.kwargs, arg_transform), node.name, node.type)
        copy.meta = dict(node.meta)
        return copy

    def graph_copy(self, g, val_map, return_output_node=False):
        """Copies the nodes of another graph, but for its output, which is returned in this graph's nodes."""
        for node in g._nodes:
            if node.op == "output":
                found = map_arg(node.args[0], lambda each: val_map[each])
                return (found, node) if return_output_node else found
            if node not in val_map:
                val_map[node] = self.node_copy(node, lambda each: val_map[each])
        return None

    def erase_node(self, to_erase):
        if to_erase.users:
            raise RuntimeError(f"Tried to erase Node {to_erase} but it still had {len(to_erase.users)} users in the graph: {to_erase.users}!")
        to_erase._take((), {})
        self._nodes.remove(to_erase)

    def eliminate_dead_code(self, is_impure_node=None):
        """Removes what nothing takes. Whether there was any."""
        before = len(self._nodes)
        for node in reversed(self.nodes):
            if not node.users and not (is_impure_node or Node.is_impure)(node):
                self.erase_node(node)
        return len(self._nodes) < before

    def _move(self, node, beside, after):
        if node is not beside:
            self._nodes.remove(node)
            self._nodes.insert(self._nodes.index(beside) + after, node)

    @contextlib.contextmanager
    def _inserting(self, place):
        before, self._insert_at = self._insert_at, place
        try:
            yield
        finally:
            self._insert_at = before

    def inserting_before(self, n=None):
        first = n or (self._nodes[0] if self._nodes else None)
        return self._inserting(None if first is None else (first, 0))

    def inserting_after(self, n=None):
        return self._inserting((n, 1) if n is not None else (self._nodes[-1], 1) if self._nodes else None)

    def lint(self):
        """Refuses nodes of other graphs and arguments that come later."""
        seen = set()
        for node in self._nodes:
            if node.graph is not self:
                raise RuntimeError(f"Node '{node}' does not belong to this Graph!")
            for source in node.all_input_nodes:
                if source.graph is not self:
                    raise RuntimeError(f"Argument '{source}' of Node '{node}' does not belong to this Graph, but was used as an argument! If you are copying "
                                       "nodes from another graph, make sure to use `arg_transform` on node_copy() to remap values\n" + str(self))
                if source not in seen:
                    raise RuntimeError(f"Argument '{source}' of Node '{node}' was used before it has been defined! Please check that Nodes in the graph are "
                                       f"topologically ordered\n{self}")
            seen.add(node)

    def python_code(self, root_module="self"):
        return python_code(self._nodes)

    def print_tabular(self):
        rows = [["opcode", "name", "target", "args", "kwargs"], *([node.op, node.name, str(node.target), str(node.args), str(node.kwargs)] for node in self._nodes)]
        widths = [max(len(row[column]) for row in rows) for column in range(5)]
        for number, row in enumerate(rows):
            print("  ".join(text.ljust(width) for text, width in zip(row, widths)).rstrip())
            if number == 0:
                print("  ".join("-" * width for width in widths))

    def __deepcopy__(self, memo=None):
        copy = Graph(tracer_cls=self._tracer_cls)
        found = copy.graph_copy(self, {}, return_output_node=True)
        if found is not None:
            copy.output(found[0])
        return copy

    def __str__(self):
        return "graph():" + "".join("\n    " + node.format_node() for node in self._nodes)
