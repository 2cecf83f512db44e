"""What an argument is, read off what the file does with it: the word that it compares it with, the `out_features` of an `nn.Linear` that it is handed to, how often a loop of it turns."""
import ast
import inspect
import re
import textwrap

from . import imports
from .names import BESIDE, CannotAssume, by_name
from .session import session
from .signature import signature_of

_FOLLOWED = 3        # constructors that an argument is handed on through
_COUNT, _SIZE = 2, 16
_SIZES = [64, 32, 10]


def by_text_or_name(name):
    """The first word that the file compares a name with ("train" before others), or the first key that it looks up by it; else what the name means. Raises CannotAssume."""
    compared = list(_compared_with(name))
    words = [value for value in compared if isinstance(value, str)]
    if words:
        return "train" if "train" in words else words[0]
    if name in BESIDE and re.search(rf"\b{BESIDE[name]}\b", session.text):
        return by_name(BESIDE[name])
    try:
        return by_name(name)
    except CannotAssume:
        if compared:
            return compared[0]
        raise


def _compared_with(name):
    """Words and numbers that the file, or one that it imports, compares a name with or looks up by it; False where it is only a condition."""
    asked = re.compile(rf"\b{name}\s*(?:[=!]=|[<>]|in\b|is\b|not\b)|\[(?:\w+\.)*{name}\s*\]|\bif\s+(?:not\s+)?(?:\w+\.)*{name}\b")
    texts = [session, *imports.files] if session.tree is not None else imports.files
    for node in (node for part in texts if asked.search(part.text) for node in part.syntax.outermost_first((ast.Compare, ast.Subscript, ast.If, ast.IfExp))):
        if isinstance(node, ast.Compare) and _is_named(node.left, name):
            words = node.comparators[0].elts if isinstance(node.comparators[0], (ast.Tuple, ast.List, ast.Set)) else node.comparators[:1]
            yield from (word.value for word in words[:1] if isinstance(word, ast.Constant) and type(word.value) in (str, int))
        elif isinstance(node, ast.Subscript) and _is_named(node.slice, name):
            table = session.namespace.get(node.value.id) if isinstance(node.value, ast.Name) else None
            keys = node.value.keys if isinstance(node.value, ast.Dict) else []
            yield from (key.value for key in keys[:1] if isinstance(key, ast.Constant))
            yield from list(table)[:1] if isinstance(table, dict) else ()
        elif isinstance(node, (ast.If, ast.IfExp)):
            tests = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
            if any(_is_named(test.operand if isinstance(test, ast.UnaryOp) else test, name) for test in tests):
                yield False


def _is_named(node, name):
    return isinstance(node, ast.Name) and node.id == name or isinstance(node, ast.Attribute) and node.attr == name


def by_use(callable_, name, followed=0):
    """(value, why) of the parameter `name`. Raises CannotAssume where nothing says what it is."""
    tree = _tree_of(callable_)
    if tree is not None:
        names = _aliases(tree, name)
        means = [_handed_on(node, names, followed) or _operated_on(node, names) for node in ast.walk(tree)]
        # a constructor says what the argument means, an operator only what kind of value it is
        for is_certain in (True, False):
            for found in means:
                if found is not None and found[2] is is_certain:
                    return found[:2]
    raise CannotAssume(f"nothing is known of `{name}`")


def _tree_of(callable_):
    """The text of a class or function; None where it has none."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(callable_)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return None


def _aliases(tree, name):
    """What the parameter is called: its own name, and that of the attributes which keep it (`self.steps = steps`)."""
    kept = {target.attr for node in ast.walk(tree) if isinstance(node, ast.Assign) and isinstance(node.value, ast.Name) and node.value.id == name
            for target in node.targets if isinstance(target, ast.Attribute)}
    return name, kept


def _is_of(node, names):
    name, kept = names
    return isinstance(node, ast.Name) and node.id == name or isinstance(node, ast.Attribute) and node.attr in kept and isinstance(node.value, ast.Name)


def _handed_on(node, names, followed):
    """(value, why, True) of an argument that is one of another call."""
    if not isinstance(node, ast.Call):
        return None
    position = next((index for index, given in enumerate(node.args) if _is_of(given, names)), None)
    keyword = next((given.arg for given in node.keywords if given.arg and _is_of(given.value, names)), None)
    if position is None and keyword is None:
        return None
    called = _called(node.func)
    if called is range:
        return _COUNT, "how often a loop of it turns", True
    parameter = keyword or _parameter_at(called, position)
    if parameter is None or not callable(called):
        return None
    text = ast.unparse(node.func)
    try:
        return by_name(parameter), f"`{parameter}` of `{text}`", True
    except CannotAssume:
        pass
    try:
        return (*by_use(called, parameter, followed + 1), True) if followed < _FOLLOWED else None
    except CannotAssume:
        return None


def _operated_on(node, names):
    """(value, why, False) of an argument that something is done with that only one kind of value bears."""
    match node:
        case ast.BinOp(left=left, right=right) if _is_of(left, names) or _is_of(right, names):
            return _SIZE, "the file calculates with it", False
        case ast.For(iter=values) | ast.comprehension(iter=values) if _is_of(values, names):
            return list(_SIZES), "the file goes through it", False
        case ast.Subscript(value=value, slice=ast.Constant(value=int()) | ast.Slice() | ast.UnaryOp()) if _is_of(value, names):
            return list(_SIZES), "the file takes items of it", False
    return None


def _called(node):
    """What a name, or a name of a module, stands for in the file; None where it is something else."""
    if isinstance(node, ast.Name):
        return session.namespace.get(node.id, range if node.id == "range" else None)
    if isinstance(node, ast.Attribute):
        owner = _called(node.value)
        return getattr(owner, node.attr, None) if inspect.ismodule(owner) else None
    return None


def _parameter_at(called, position):
    try:
        parameters = list(signature_of(called).parameters.values())
    except (TypeError, ValueError):
        return None
    return parameters[position].name if position < len(parameters) and parameters[position].kind is parameters[position].POSITIONAL_OR_KEYWORD else None
