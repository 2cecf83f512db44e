"""Which classes of a file are parts of its others, by its text; and which one the file is named after."""
import ast
import os
import re

from ..session import session
from ..source import statements
from . import factories

# What the name of a class adds to that of its file, `UNetModel` in `unet.py`.
_ADDED = re.compile(r"(model|net|network|module|classifier)?")
_PACKAGE = "__init__"


def names_used_by_classes():
    """name → names of the other classes of the file whose text mentions it, or calls a function that gives one of it: `normalization(channels)`."""
    used = {}
    for node in _classes():
        _note(session.syntax.within(node), node.name, used)
    return used


def is_named_as_file(name):
    """Whether the file has the name of a class, `Transformer` of `transformer.py`, which is no part of another class, but may be what others are derived from."""
    stem = os.path.splitext(os.path.basename(session.path))[0]
    stem = os.path.basename(os.path.dirname(session.path)) if stem == _PACKAGE else stem
    plain, stem = name.replace("_", "").lower(), stem.replace("_", "").lower()
    if not plain.startswith(stem) or not _ADDED.fullmatch(plain[len(stem):]):
        return False
    used = {}
    for node in _classes():
        bases = {id(inner) for base in node.bases for inner in ast.walk(base)}
        _note([inner for inner in session.syntax.within(node) if id(inner) not in bases], node.name, used)
    return name not in used


def _classes():
    return [node for node in statements.every(session.tree.body) if isinstance(node, ast.ClassDef)]


def _note(nodes, user, used):
    given = factories.given()
    waiting, seen = [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)], set()
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            if name != user:  # `super(Net, self)`
                used.setdefault(name, set()).add(user)
            waiting.extend(given.get(name, ()))
