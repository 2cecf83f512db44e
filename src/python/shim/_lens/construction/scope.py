"""The text of a function of the user's, or of a file, and the places in it where something is used."""
import ast
import inspect

from .. import framework, sourcetree

UNPACKED = "**"  # place of what is handed on as `**settings`
# Built-in functions that take several things.
_OF_SEVERAL = frozenset({"len", "zip", "enumerate", "list", "tuple", "sorted", "reversed", "sum", "max", "min", "set", "map", "prod", "cumsum"})


class Use:
    """One place where something is used. `kind`: "passed" | "unpacked" | "several" | "number" | "called" | "method" | "attribute" | "kept" | "other".

    `node`: what it stands in: the call that it is passed to or is called by, the assignment that keeps it, the attribute that is read of it. `place`: that of an argument, by its number or name.
    """

    def __init__(self, scope, kind, node, place=None):
        self.scope, self.kind, self.node, self.place = scope, kind, node, place


class Scope:
    """`owner`: the class that a function is a method of, or the function itself; None for a file."""

    def __init__(self, tree, names, owner=None):
        self._tree, self._names, self._owner = tree, names, owner

    @staticmethod
    def of_function(function, owner):
        return Scope(sourcetree.of(function), function.__globals__, owner)

    def attributes_for(self, name):
        """What `self` keeps an argument as: `self.body = backbone`."""
        return {target.attr for node in ast.walk(self._tree) for target, value in _assigned(node)
                if sourcetree.is_of_self(target) and _is_or_else(value, name)}

    def uses_of(self, is_meant):
        found = []
        for node in ast.walk(self._tree):
            for place, child in _children(node):
                if is_meant(child) and isinstance(child.ctx, ast.Load):
                    found.append(Use(self, self._kind_of(node, place, child), node, place))
        return found

    def _kind_of(self, node, place, child):
        if isinstance(node, ast.Call):
            if node.func is child:
                return "called"
            if isinstance(node.func, ast.Name) and node.func.id in _OF_SEVERAL or isinstance(node.func, ast.Attribute) and node.func.attr in _OF_SEVERAL:
                return "several"
            return "unpacked" if place == UNPACKED else "passed"
        if isinstance(node, (ast.For, ast.comprehension)) and node.iter is child or isinstance(node, ast.Starred):
            return "several"
        if isinstance(node, ast.Compare) and child in node.comparators and isinstance(node.ops[node.comparators.index(child)], (ast.In, ast.NotIn)):
            return "several"
        if isinstance(node, ast.Subscript) and node.value is child:
            return "attribute" if isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) else "several"
        if isinstance(node, (ast.BinOp, ast.UnaryOp)):
            return "number"
        if isinstance(node, ast.Attribute):
            return "method" if self._is_called(node) else "attribute"
        if isinstance(node, ast.Assign) and any(isinstance(target, (ast.Tuple, ast.List)) for target in node.targets):
            return "several"
        return "kept" if isinstance(node, ast.Assign) else "other"  # what is done with what is kept is looked up by that name

    def is_taken_apart(self, assignment):
        """Whether what something is assigned to has attributes or keys that are read: `stage = cfg["STAGE1"]; stage["BLOCK"]`."""
        targets = _targets(assignment)
        return any(isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str) and ast.unparse(node.value) in targets
                   or isinstance(node, ast.Attribute) and ast.unparse(node.value) in targets for node in ast.walk(self._tree))

    def uses_of_kept(self, assignment):
        """Uses of what something is assigned to."""
        targets = _targets(assignment)
        return self.uses_of(lambda node: isinstance(node, (ast.Name, ast.Attribute)) and ast.unparse(node) in targets)

    def compared_with(self, assignment):
        """Words that it compares with what something is assigned to."""
        targets = _targets(assignment)
        return [node.comparators[0].value for node in ast.walk(self._tree) if isinstance(node, ast.Compare) and ast.unparse(node.left) in targets
                and isinstance(node.comparators[0], ast.Constant) and isinstance(node.comparators[0].value, str)]

    def is_indexed(self, assignment):
        """Whether what something is assigned to is indexed by numbers, or its length asked for."""
        targets = _targets(assignment)
        return any(isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Constant) and ast.unparse(node.value) in targets
                   or isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and ast.unparse(node.args[0]) in targets
                   for node in ast.walk(self._tree))

    def path_from(self, node):
        """The names of attributes and keys by which more is taken of what one gives, its own before them; without a method's."""
        names = []
        while node is not None:
            names.append(node.attr if isinstance(node, ast.Attribute) else node.slice.value)
            node = next((around for around in ast.walk(self._tree) if getattr(around, "value", None) is node and (
                isinstance(around, ast.Subscript) and isinstance(around.slice, ast.Constant) and isinstance(around.slice.value, str)
                or isinstance(around, ast.Attribute) and not self._is_called(around))), None)
        return tuple(names)

    def _is_called(self, attribute):
        return any(isinstance(node, ast.Call) and node.func is attribute for node in ast.walk(self._tree))

    def target_of(self, node):
        """The class or function that a call in the text means; None where that is not known."""
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "super":
            return None
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "super" and isinstance(self._owner, type):
            return next((base for base in self._owner.__mro__[1:] if "__init__" in vars(base) and framework.of(base) is not None), None)
        if sourcetree.is_of_self(node) and isinstance(self._owner, type):
            method = getattr(self._owner, node.attr, None)
            return method.__get__(object()) if inspect.isfunction(method) else method
        if isinstance(node, ast.Name):
            return self._names.get(node.id)
        if isinstance(node, ast.Attribute):
            holder = self.target_of(node.value)
            return None if holder is None else getattr(holder, node.attr, None)
        return None


def _targets(assignment):
    return {ast.unparse(target) for target in assignment.targets}


def _assigned(node):
    """[(target, value)] of an assignment; those of `self.body, self.width = body, body.width` one by one."""
    if not isinstance(node, ast.Assign):
        return
    for target in node.targets:
        if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple) and len(target.elts) == len(node.value.elts):
            yield from zip(target.elts, node.value.elts)
        else:
            yield target, node.value


def _is_or_else(node, name):
    """`name`, or what stands for it where it is empty."""
    names = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
    return any(isinstance(one, ast.Name) and one.id == name for one in names)


def _children(node):
    """[(place, child)]: the place is that of an argument, by its number or name, where the node is a call."""
    if isinstance(node, ast.Call):
        return [(None, node.func), *enumerate(node.args), *[(keyword.arg or UNPACKED, keyword.value) for keyword in node.keywords]]
    return [(None, child) for child in ast.iter_child_nodes(node) if not isinstance(child, ast.keyword)]
