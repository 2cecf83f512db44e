"""The nearest text of the workspace that declares settings of some names, and the values that it has there by its text alone."""
import ast
import re

from ..session import session
from ..workspace import neighbours
from .namespace import Namespace

UNSAID = object()  # of a value that the text does not give
_MOST_FILES = 20  # with settings, that are parsed
_LONGEST = 10_000  # letters or members of a value
_SEVERAL = (str, bytes, list, tuple)
_WIDE = re.compile(r"%[^a-zA-Z%]*(\*|\d{4})")  # a format that gives thousands of letters, or as many as a number says


def settings_for(names, form, declared, is_enough, said):
    """A Namespace with what the first says that has enough of some names; None where none has. `said`: where its values are from, of `{file}` and what they are called there, `{title}`."""
    found = _nearest(names, form, declared, is_enough)
    if found is None:
        return None
    path, title, values = found
    return Namespace.with_defaults(values, said.format(file=path.rpartition("/")[2], title=title))


def _nearest(names, form, declared, is_enough):
    """(path, what they are called there, {name: value}) of the first that has enough of some names; None where none has.

    `form`: a pattern of texts that have settings of a kind; `declared`: gives [(what they are called, {name: value, or UNSAID})] of a tree;
    `is_enough`: of how many of the names are there, and how many there should be.
    """
    wanted = {name for name in names if not name.startswith("__")}
    if not wanted:
        return None
    parsed = 0
    for path, text in _texts():
        if not form.search(text) or not is_enough(sum(re.search(rf"[-'\"]{re.escape(name).replace('_', '[-_]')}['\"]", text) is not None for name in wanted), len(wanted)):
            continue
        parsed += 1
        if parsed > _MOST_FILES:
            return None
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        for title, values in declared(tree):
            if is_enough(len(wanted & values.keys()), len(wanted)):
                return path, title, {name: value for name, value in values.items() if value is not UNSAID}
    return None


def _texts():
    yield session.path, session.text
    yield from neighbours.texts()


def constants_of(tree):
    """{name: node} of what a text assigns at its own level."""
    return {target.id: node.value for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}


def value_of(node, constants):
    """The value of an expression that is put together of constants, or UNSAID."""
    if isinstance(node, ast.Name) and node.id in constants:  # `ROOT = ROOT + 1` is of another one
        return value_of(constants[node.id], {name: one for name, one in constants.items() if name != node.id})
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        pass
    if isinstance(node, ast.BinOp):
        parts = [value_of(part, constants) for part in (node.left, node.right)]
        if not any(part is UNSAID for part in parts) and _is_small(*parts, node.op):
            try:
                return eval(compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(parts[0]), node.op, ast.Constant(parts[1])))), "<default>", "eval"))
            except (ArithmeticError, TypeError, ValueError):
                pass
    return UNSAID


def _is_small(left, right, operation):
    """Whether a result has no more digits or letters than a setting may."""
    if isinstance(operation, (ast.Pow, ast.LShift)):
        return all(isinstance(part, (int, float)) and abs(part) <= most for part, most in ((left, 2 ** 32), (right, 64)))
    if isinstance(operation, ast.Mult):
        return not any(isinstance(several, _SEVERAL) and isinstance(count, int) and len(several) * count > _LONGEST for several, count in ((left, right), (right, left)))
    if isinstance(operation, ast.Add):
        return not isinstance(left, _SEVERAL) or not isinstance(right, _SEVERAL) or len(left) + len(right) <= _LONGEST
    if isinstance(operation, ast.Mod):
        return not isinstance(left, (str, bytes)) or _WIDE.search(left if isinstance(left, str) else left.decode("latin-1")) is None
    return True
