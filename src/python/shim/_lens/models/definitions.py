"""Where the file's classes, functions and models are defined."""
import ast
import inspect

from ..recording import site
from ..session import session
from ..source import statements


def is_users_class(cls):
    return cls.__module__ == "__main__" or site.is_user_file(_file_of(cls))


def _file_of(cls):
    """File that defines a class, "<" where it is not known."""
    for value in vars(cls).values():
        if inspect.isfunction(value):
            return value.__code__.co_filename
    return "<"


def definition_of(owner, model):
    """Where the model is defined: the name of its class if that is the file's, else where it was constructed."""
    cls = type(model)
    place = site_of_name(cls.__name__) if cls.__module__ == "__main__" else None
    return owner.definition(model) if place is None else place


def site_of_name(name):
    """The name in `class Name` or `def name` of the file's own level."""
    if session.definitions is None:
        session.definitions = {}
        for node in statements.every(session.tree.body):
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)):
                session.definitions.setdefault(node.name, node)
    node = session.definitions.get(name)
    if node is None:
        return None
    line = session.line(node.lineno)
    word = "class " if isinstance(node, ast.ClassDef) else "def "
    column = line.find(word + name) + len(word)
    start = len(line[:column].encode())
    return site.of_position(session.path, node.lineno, start, node.lineno, start + len(name.encode()))
