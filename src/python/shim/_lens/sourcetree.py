"""The syntax tree of a class or function by itself, read from the text that it was defined with."""
import ast
import inspect
import textwrap


def of(thing):
    """An `ast.Module` with its definition; an empty one where it has no text, or none that stands alone, as a lambda's may not."""
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(thing)))
    except (OSError, TypeError, SyntaxError):
        return ast.Module([], [])
