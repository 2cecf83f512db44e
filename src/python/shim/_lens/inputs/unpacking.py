"""What the text of a method says of the rank of its arguments: `batch, channels, height, width = x.shape`, `rearrange(x, "b c h w -> b (h w) c")`."""
import ast
import re

from .. import sourcetree

_PATTERNS = frozenset({"rearrange", "reduce", "repeat"})  # of einops
_AXIS = re.compile(r"\w+")


def sizes_of(method, name):
    """The names of the sizes of an argument, "_" for one without, where each call takes them apart as long as nothing else is bound to the name; None."""
    for statement in _body_of(method):
        found = _sizes_in(statement, name)
        if found is not None:
            return found
        if isinstance(statement, (ast.If, ast.Try)) or any(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store) for node in ast.walk(statement)):
            return None
    return None


def is_tensor(method, name):
    """Whether each call asks a method of an argument, `mask.flatten(1)`: it may not be None."""
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id == name
               for statement in _body_of(method) if isinstance(statement, (ast.Assign, ast.Return, ast.Expr)) and not any(isinstance(node, ast.IfExp) for node in ast.walk(statement))
               for node in ast.walk(statement))


def _body_of(method):
    return next((getattr(definition, "body", []) for definition in sourcetree.of(method).body), [])


def _sizes_in(statement, name):
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], (ast.Tuple, ast.List)) and _is_shape_of(statement.value, name):
        targets = statement.targets[0].elts
        if not any(isinstance(target, ast.Starred) for target in targets):
            return tuple(target.id if isinstance(target, ast.Name) else "_" for target in targets) + ("_",) * isinstance(statement.value, ast.Subscript)
    if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call) and isinstance(statement.value.func, ast.Name) and statement.value.func.id in _PATTERNS:
        given = statement.value.args
        if len(given) > 1 and isinstance(given[0], ast.Name) and given[0].id == name and isinstance(given[1], ast.Constant) and isinstance(given[1].value, str):
            axes = given[1].value.partition("->")[0].split()
            if axes and all(_AXIS.fullmatch(axis) for axis in axes):
                return tuple(axes)
    return None


def _is_shape_of(node, name):
    """`x.shape`, `x.size()`, or its first axes, `x.shape[:2]`: behind those there is one more."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.lower is None and isinstance(node.slice.upper, ast.Constant) and (
            type(node.slice.upper.value) is int and node.slice.upper.value > 0):
        node = node.value
    if isinstance(node, ast.Call) and not node.args and isinstance(node.func, ast.Attribute) and node.func.attr == "size":
        node = node.func
    elif not (isinstance(node, ast.Attribute) and node.attr == "shape"):
        return False
    return isinstance(node.value, ast.Name) and node.value.id == name
