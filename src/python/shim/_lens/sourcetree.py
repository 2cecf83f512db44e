"""The syntax tree of a class or function by itself, read from the text that it was defined with, and what stands for the object in it."""
import ast
import inspect
import textwrap

from .session import session


def of(thing):
    """An `ast.Module` with its definition; an empty one where it has no text, or none that stands alone, as a lambda's may not. Whoever asks again gets the same tree, and changes none."""
    meant = getattr(thing, "__func__", thing)  # a bound method is another object each time
    if id(meant) not in session.trees:
        session.trees[id(meant)] = meant, _read(meant)
    return session.trees[id(meant)][1]


def is_self(node):
    return isinstance(node, ast.Name) and node.id == "self"


def is_of_self(node):
    """Whether it is an attribute of `self`."""
    return isinstance(node, ast.Attribute) and is_self(node.value)


def _read(thing):
    try:
        return ast.parse(textwrap.dedent(inspect.getsource(thing)))
    except (OSError, TypeError, SyntaxError):
        return ast.Module([], [])
