"""The nodes of a syntax tree in one list, gone through once: what parts of a file mention is asked many times, of trees of 100,000 nodes."""
import ast

# Fields that hold no node, or one that nobody asks for: contexts (`Load`) and operators.
_PLAIN = frozenset({"arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind", "level", "module", "name", "op", "ops", "simple", "type_comment"})
_LEAVES = (ast.Name, ast.Constant, ast.alias, ast.Global, ast.Nonlocal)
_fields = {}  # class of a node -> its fields that hold nodes, the last first


class Syntax:
    def __init__(self, tree):
        self._nodes = []   # in the order of the text
        self._depths = []
        self._spans = {}   # id of a statement -> (its place in the list, the end of what is within it)
        self._read(tree)

    def _read(self, tree):
        nodes, depths = self._nodes, self._depths
        waiting = [(tree, 0)]
        while waiting:
            node, depth = waiting.pop()
            if depth < 0:  # the end of the statement at that place of the list
                self._spans[id(nodes[node])] = node, len(nodes)
                continue
            cls = type(node)
            if cls not in _fields:
                _fields[cls] = _fields_of(cls)
            if isinstance(node, ast.stmt):
                waiting.append((len(nodes), -1))
            nodes.append(node)
            depths.append(depth)
            for field in _fields[cls]:
                value = getattr(node, field, None)
                if type(value) is list:
                    waiting.extend([(item, depth + 1) for item in reversed(value) if isinstance(item, ast.AST)])
                elif isinstance(value, ast.AST):
                    waiting.append((value, depth + 1))

    def within(self, statement):
        """A statement and all nodes below it, in the order of the text."""
        start, end = self._spans[id(statement)]
        return self._nodes[start:end]

    def outermost_first(self, kind):
        """All nodes of a class: those with fewer nodes around them first, else in the order of the text."""
        found = [(depth, place) for place, (node, depth) in enumerate(zip(self._nodes, self._depths)) if isinstance(node, kind)]
        return [self._nodes[place] for _, place in sorted(found)]


def _fields_of(cls):
    return () if issubclass(cls, _LEAVES) else tuple(field for field in reversed(cls._fields) if field not in _PLAIN)
