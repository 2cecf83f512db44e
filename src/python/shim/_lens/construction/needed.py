"""Which statements before a place make what is needed there: those that bind or change it, and what these need."""
import ast
import builtins

from .. import sourcetree
from ..source import bindings, statements

_LONGEST_LOOP = 8  # statements of a loop that may be one that puts a list together, and not one that trains


def kept_for(body, wanted):
    """(the statements that bind or change what is wanted, or what these need; all names that are needed)"""
    touched = [_touched(statement) for statement in body]
    needed, kept = set(wanted), set()
    is_new = True
    while is_new:
        is_new = False
        for place in reversed(range(len(body))):
            if place not in kept and not needed.isdisjoint(touched[place]) and _is_worth(body[place]):
                kept.add(place)
                needed |= loaded(body[place])
                is_new = True
    bound = {name for place in kept for name in touched[place]}
    is_complete = needed <= bound | set(dir(builtins))
    stars = {place for place, statement in enumerate(body) if isinstance(statement, ast.ImportFrom) and statement.names[0].name == "*"}
    return [_import_of(body[place], needed) for place in sorted(kept if is_complete else kept | stars)], needed


def _import_of(statement, needed):
    """An import statement, of what is needed alone."""
    if not isinstance(statement, ast.ImportFrom) or statement.names[0].name == "*":
        return statement
    return statements.importing(statement, [alias for alias in statement.names if (alias.asname or alias.name) in needed])


def _touched(statement):
    """Names that a statement binds, and of objects that it changes, `args.lr = 1`, `layers.append(3)`."""
    found = bindings.names_bound([statement])
    for node in statements.of_own_level([statement]):
        if isinstance(node, (ast.Assign, ast.AugAssign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                    found |= _rooted(one) if isinstance(one, (ast.Attribute, ast.Subscript)) else set()
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and isinstance(node.value.func, ast.Attribute):
            found |= _rooted(node.value.func.value)
    return found


def _rooted(node):
    """The name that an attribute or item is of; of the attributes of `self`, which are many things, that one."""
    while isinstance(node, (ast.Attribute, ast.Subscript, ast.Call)):
        if sourcetree.is_of_self(node):
            return {f"self.{node.attr}"}
        node = node.func if isinstance(node, ast.Call) else node.value
    return {node.id} if isinstance(node, ast.Name) and not sourcetree.is_self(node) else set()


def loaded(node):
    found = set()
    for inner in ast.walk(node):
        if isinstance(inner, ast.Name):
            found.add(inner.id)
        elif sourcetree.is_of_self(inner):
            found.add(f"self.{inner.attr}")
    return found


def _is_worth(statement):
    """Whether it is to be run to know a value: no loop that may train, and nothing that leaves the function."""
    if isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef)):
        return True
    inner = list(statements.of_own_level([statement]))
    if any(isinstance(one, (ast.While, ast.Return, ast.Break, ast.Continue)) for one in inner):
        return False
    return not any(isinstance(one, (ast.For, ast.AsyncFor, ast.With)) for one in inner) or len(inner) <= _LONGEST_LOOP
