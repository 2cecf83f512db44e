"""How many things a list must hold that is an argument of a class, by the class's text: `assert len(dims) == 3`, `height, width = image_size`, `channels[9]`;
and whether it must be a tuple, `assert isinstance(depth, tuple)`."""
import ast

from .. import sourcetree

_LONGEST = 64


def as_long_as_asked(callable_, name, value):
    """A list or tuple with its last item repeated, or without its last ones, so that it is as long as the text asks for; a tuple where that is asked for; anything else as it is."""
    if isinstance(value, (int, list)) and not isinstance(value, bool) and _is_asked_for_tuple(callable_, name):
        value = tuple(value) if isinstance(value, list) else (value, value)
    if not isinstance(value, (list, tuple)) or not value:
        return value
    exact, least = _asked(callable_, name)
    wanted = exact if exact is not None else max(least, len(value))
    if not 0 < wanted <= _LONGEST:
        return value
    return value[:wanted] + type(value)([value[-1]]) * (wanted - len(value))


def _asked(callable_, name):
    """(length or None, least length)"""
    exact, least = None, 0
    for node in ast.walk(sourcetree.of(callable_)):
        if isinstance(node, ast.Compare) and _is_length(node.left, name) and isinstance(node.ops[0], ast.Eq) and isinstance(node.comparators[0], ast.Constant):
            exact = node.comparators[0].value if type(node.comparators[0].value) is int else exact
        elif isinstance(node, ast.Subscript) and _is_it(node.value, name):
            place = _number(node.slice)
            least = max(least, 0 if place is None else place + 1 if place >= 0 else -place)
        elif isinstance(node, ast.Assign) and _is_it(node.value, name) and isinstance(node.targets[0], (ast.Tuple, ast.List)):
            targets = node.targets[0].elts
            if any(isinstance(target, ast.Starred) for target in targets):
                least = max(least, len(targets) - 1)
            else:
                exact = len(targets)
    return exact, least


def _is_asked_for_tuple(callable_, name):
    return any(isinstance(node, ast.Assert) and isinstance(node.test, ast.Call) and ast.unparse(node.test) == f"isinstance({name}, tuple)" for node in ast.walk(sourcetree.of(callable_)))


def _is_length(node, name):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1 and _is_it(node.args[0], name)


def _is_it(node, name):
    """The argument, or the attribute of the same name that it is usually kept as."""
    return isinstance(node, ast.Name) and node.id == name or sourcetree.is_of_self(node) and node.attr == name


def _number(node):
    try:
        value = ast.literal_eval(node)
    except (ValueError, TypeError):
        return None
    return value if type(value) is int else None
