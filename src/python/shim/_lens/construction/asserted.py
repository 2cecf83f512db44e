"""Arguments that have None for their default, which the text of what takes them does not let be None: `assert exists(depth), "depth must be supplied"`."""
import ast

from .. import sourcetree

_SAYS_SO = ("{} is not None", "exists({})")


def is_asserted(callable_, parameter):
    """Whether a call must give it for an assertion, though it has a default."""
    if parameter.default is not None:
        return False
    said = {form.format(parameter.name) for form in _SAYS_SO}
    return any(ast.unparse(test) in said for node in ast.walk(sourcetree.of(callable_)) if isinstance(node, ast.Assert)
               for test in ast.walk(node.test) if isinstance(test, (ast.Compare, ast.Call)) and not _is_alternative(node.test))


def _is_alternative(test):
    """`assert a is not None or b is not None` asks for one of them."""
    return any(isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) for node in ast.walk(test))
