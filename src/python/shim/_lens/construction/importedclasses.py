"""Model classes of the workspace's files that the file imports: those of a script that makes its models in a class or function of another file."""
import ast
import sys

from .. import framework
from ..recording import site
from ..session import session
from ..workspace import imports


def classes():
    """[(class, site of its name)] of those that are made, by name, in functions and other classes of the file itself, and then of the files that it has names from; the
    first made first."""
    named = {getattr(thing, "__module__", None) for _, thing in session.things()}
    found = {}
    for tree, module in ((session.tree, session.main), *((file.syntax.tree, module) for file, module in modules() if module.__name__ in named)):
        for node in calls_in(tree, module):
            cls = vars(module)[node.func.id]
            if framework.of_users_class(cls) is not None:
                found.setdefault(cls, _site_of(cls))
    return list(found.items())


def calls_in(tree, module):
    """Calls of classes by name in the text of a module, outside of its classes of models."""
    for node in tree.body:
        own = vars(module).get(node.name) if isinstance(node, ast.ClassDef) else None
        if isinstance(own, type) and framework.of(own) is not None:
            continue
        yield from (inner for inner in ast.walk(node) if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and isinstance(vars(module).get(inner.func.id), type))


def modules():
    """(file, module) of the workspace's files that were imported, those that a file imports before it."""
    known = {getattr(getattr(module, "__spec__", None), "origin", None): module for module in list(sys.modules.values())}
    return [(file, known[file.path]) for file in reversed(imports.files) if file.path in known]


def _site_of(cls):
    for file, module in modules():
        for node in file.syntax.tree.body if module.__name__ == cls.__module__ else ():
            if isinstance(node, ast.ClassDef) and node.name == cls.__name__:
                column = node.col_offset + len("class ")
                return site.of_position(file.path, node.lineno, column, node.lineno, column + len(node.name.encode()))
    return site.NO_SITE
