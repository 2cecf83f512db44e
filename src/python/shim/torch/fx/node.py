"""torch.fx.Node: one step of a graph, and what is done to its arguments."""
import builtins

from ._names import qualified, type_name

Target = object


def map_arg(a, fn):
    """The structure `a` with `fn(node)` in place of each node."""
    return map_aggregate(a, lambda item: fn(item) if isinstance(item, Node) else item)


def map_aggregate(a, fn):
    if isinstance(a, tuple):
        parts = [map_aggregate(item, fn) for item in a]
        return type(a)(*parts) if hasattr(a, "_fields") else tuple(parts)
    if isinstance(a, list):
        return [map_aggregate(item, fn) for item in a]
    if isinstance(a, dict):
        return {key: map_aggregate(item, fn) for key, item in a.items()}
    if isinstance(a, slice):
        return slice(*(map_aggregate(item, fn) for item in (a.start, a.stop, a.step)))
    return fn(a)


class Node:
    """`op`: placeholder, get_attr, call_function, call_method, call_module or output. `users`: the nodes that take what it gives, in order."""

    def __init__(self, graph, name, op, target, args, kwargs, return_type=None):
        self.graph, self.name, self.op, self.target, self.type = graph, name, op, target, return_type
        self.users, self.meta = {}, {}
        self._args, self._kwargs, self._input_nodes = (), {}, {}
        self._take(tuple(args), dict(kwargs))

    def _take(self, args, kwargs):
        for node in self._input_nodes:
            node.users.pop(self, None)
        self._input_nodes = {}
        self._args, self._kwargs = args, kwargs
        map_arg((args, kwargs), lambda node: self._input_nodes.setdefault(node))
        for node in self._input_nodes:
            node.users.setdefault(self)

    @property
    def args(self):
        return self._args

    @args.setter
    def args(self, args):
        self._take(tuple(args), self._kwargs)

    @property
    def kwargs(self):
        return self._kwargs

    @kwargs.setter
    def kwargs(self, kwargs):
        self._take(self._args, dict(kwargs))

    def update_arg(self, idx, arg):
        self.args = (*self._args[:idx], arg, *self._args[idx + 1:])

    def update_kwarg(self, key, arg):
        self.kwargs = {**self._kwargs, key: arg}

    @property
    def all_input_nodes(self):
        return list(self._input_nodes)

    @property
    def next(self):
        nodes = self.graph._nodes
        return nodes[nodes.index(self) + 1]

    @property
    def prev(self):
        nodes = self.graph._nodes
        return nodes[nodes.index(self) - 1]

    def prepend(self, x):
        self.graph._move(x, self, 0)

    def append(self, x):
        self.graph._move(x, self, 1)

    def replace_all_uses_with(self, replace_with, delete_user_cb=lambda user: True, *, propagate_meta=False):
        changed = [user for user in list(self.users) if delete_user_cb(user)]
        for user in changed:
            user.replace_input_with(self, replace_with)
        return changed

    def replace_input_with(self, old_input, new_input):
        def exchanged(node):
            return new_input if node is old_input else node
        self._take(map_arg(self._args, exchanged), map_arg(self._kwargs, exchanged))

    def is_impure(self):
        return self.op in ("placeholder", "output")

    def format_node(self):
        if self.op == "output":
            return f"return {self.args[0]}"
        kind = type_name(self.type)
        head = f"%{self.name} : {kind and kind + ' '}[num_users={len(self.users)}] = {self.op}[target={self.target if isinstance(self.target, str) else qualified(self.target)}]"
        if self.op == "placeholder":
            return head + (f"(default={self.args[0]})" if self.args else "")
        return head if self.op == "get_attr" else f"{head}(args = {_shown(self.args)}, kwargs = {_shown(self.kwargs)})"

    def __repr__(self):
        return self.name


def _shown(arg):
    """As `Graph` prints arguments: nodes by their names, strings bare."""
    if isinstance(arg, tuple):
        return "(" + ", ".join(map(_shown, arg)) + ("," if len(arg) == 1 else "") + ")"
    if isinstance(arg, list):
        return "[" + ", ".join(map(_shown, arg)) + "]"
    if isinstance(arg, dict):
        return "{" + ", ".join(f"{key}: {_shown(item)}" for key, item in arg.items()) + "}"
    return "%" + str(arg) if isinstance(arg, Node) else builtins.str(arg)
