"""The nodes of a syntax tree, each part gone through once: what parts of a file mention is asked many times, of trees of 100,000 nodes."""
import ast

# Fields that hold no node, or one that nobody asks for: contexts (`Load`) and operators.
_PLAIN = frozenset({"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "name", "op", "ops", "simple", "type_comment"})
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.Global, ast.Nonlocal)
_fields = {}  # class of a node -> its fields that hold nodes
# A table of so many items is data, in which no model is looked for.
_MOST_ITEMS = 10_000


class Syntax:
    def __init__(self, tree):
        self.tree = tree
        self._within = {}     # id of a statement -> its nodes
        self._outermost = {}  # class -> its nodes

    def within(self, statement):
        """A statement and all nodes below it, in the order of the text."""
        if id(statement) not in self._within:
            self._within[id(statement)] = [node for node, _ in _below(statement)]
        return self._within[id(statement)]

    def outermost_first(self, kind):
        """All nodes of a class, or of several: those with fewer nodes around them first, else in the order of the text."""
        if kind not in self._outermost:
            found = [(depth, place, node) for place, (node, depth) in enumerate(_below(self.tree)) if isinstance(node, kind)]
            self._outermost[kind] = [node for _, _, node in sorted(found)]
        return self._outermost[kind]


def _below(node):
    """(node, nodes around it) of a node and all below, in the order of the text."""
    waiting = [(node, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        for field in reversed(fields_with_nodes(type(node))):
            value = getattr(node, field, None)
            if type(value) is list:
                if len(value) <= _MOST_ITEMS or isinstance(node, (ast.mod, ast.stmt)):
                    waiting.extend([(item, depth + 1) for item in reversed(value) if isinstance(item, ast.AST)])
            elif isinstance(value, ast.AST):
                waiting.append((value, depth + 1))


def fields_with_nodes(cls):
    """The fields of a class of nodes in which other nodes with a place in the text are."""
    if cls not in _fields:
        _fields[cls] = () if issubclass(cls, _LEAVES) else tuple(field for field in cls._fields if field not in _PLAIN)
    return _fields[cls]
