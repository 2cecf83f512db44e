"""Model classes of the workspace's files that the file imports, itself or by another: those of a script that makes its models in a class or function of another file."""
import ast
import sys

from .. import framework
from ..recording import site
from ..running import imports


def classes():
    """[(class, site of its name)] of those that no other of them is made of, by the texts; the last ones first, as they are made of those before."""
    found, used = {}, {}
    for file, module in _modules():
        for node in file.syntax.tree.body:
            thing = vars(module).get(node.name) if isinstance(node, ast.ClassDef) else None
            if isinstance(thing, type) and framework.of(thing) is not None and not framework.of(thing).is_container_class(thing):
                found[thing] = site.of_position(file.path, node.lineno, node.col_offset + len("class "), node.lineno, node.col_offset + len("class ") + len(node.name.encode()))
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Name) and inner.id != node.name:
                        used.setdefault(inner.id, set()).add(thing)
    outer = [cls for cls in found if cls.__name__ not in used] or list(found)
    return [(cls, found[cls]) for cls in reversed(outer)]


def _modules():
    """(file, module), those that a file imports before it."""
    modules = {getattr(getattr(module, "__spec__", None), "origin", None): module for module in list(sys.modules.values())}
    return [(file, modules[file.path]) for file in reversed(imports.files) if file.path in modules]
