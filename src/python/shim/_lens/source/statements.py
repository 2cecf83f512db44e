"""The statements of a syntax tree. Most nodes of a file are expressions, in which no statement can be: they are passed over."""
import ast

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
IMPORTS = (ast.Import, ast.ImportFrom)

# Class of a statement -> its fields that hold statements. `handlers` and `cases` hold nodes that have a body.
_BLOCKS = {
    ast.FunctionDef: ("body",), ast.AsyncFunctionDef: ("body",), ast.ClassDef: ("body",),
    ast.For: ("body", "orelse"), ast.AsyncFor: ("body", "orelse"), ast.While: ("body", "orelse"), ast.If: ("body", "orelse"),
    ast.With: ("body",), ast.AsyncWith: ("body",),
    ast.Try: ("body", "handlers", "orelse", "finalbody"), ast.TryStar: ("body", "handlers", "orelse", "finalbody"),
    ast.ExceptHandler: ("body",), ast.Match: ("cases",), ast.match_case: ("body",),
}


def blocks(node):
    """The lists of statements (or of handlers, or of cases) right below a node."""
    return [getattr(node, field) for field in _BLOCKS.get(type(node), ())]


def importing(statement, names):
    """A `from … import` statement for some of its names (`ast.alias`)."""
    return ast.copy_location(ast.ImportFrom(statement.module, names, statement.level), statement)


def every(body):
    """Each statement of a list and of the blocks below, in the order of the text."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        for field in reversed(_BLOCKS.get(type(node), ())):
            waiting.extend(reversed(getattr(node, field)))


def of_own_level(body, without=()):
    """As `every`, without what lies within functions and classes, and within statements of other kinds (`without`)."""
    waiting = list(reversed(body))
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef, *without)):
            for field in reversed(_BLOCKS.get(type(node), ())):
                waiting.extend(reversed(getattr(node, field)))
