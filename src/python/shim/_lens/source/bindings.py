"""Names that statements bind, and attributes of `self`."""
import ast

from .. import sourcetree
from . import statements


def names_bound(body):
    """Names that statements bind at their own level."""
    names = set()
    for statement in statements.of_own_level(body):
        if isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef)):
            names.add(statement.name)
        elif isinstance(statement, statements.IMPORTS):
            names.update((alias.asname or alias.name.partition(".")[0]) for alias in statement.names)
        else:
            inner = {id(node) for block in statements.blocks(statement) for node in block}
            names.update(_names_stored(statement, inner))
    return names


def attributes_bound(body):
    """Attributes of `self` that statements bind at their own level: `self.train, self.test = load()`."""
    return {node.attr for statement in statements.of_own_level(body) if isinstance(statement, (ast.Assign, ast.AnnAssign))
            for target in (statement.targets if isinstance(statement, ast.Assign) else [statement.target]) for node in ast.walk(target)
            if sourcetree.is_of_self(node) and isinstance(node.ctx, ast.Store)}


def _names_stored(statement, without):
    """Names that the expressions of one statement bind; what lies in its blocks (ids of nodes) is left out."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif not isinstance(node, ast.Lambda):
            waiting.extend(child for child in ast.iter_child_nodes(node) if id(child) not in without)
