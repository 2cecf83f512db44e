"""Tables of data in a file's text, displays of thousands of numbers and words: CPython compiles them in several times the time that it reads them in,
so they are made of the syntax tree.
"""
import ast
import contextlib
import weakref

from . import doors, placing, statements
from .syntax import fields_with_nodes

_LEAST_ITEMS = 500
_DISPLAYS = (ast.List, ast.Tuple, ast.Set, ast.Dict)
_tables = weakref.WeakValueDictionary()  # id -> _Table, kept by the statement that it stands in


class _NotData(Exception):
    """Something in a display is to be computed."""


class _Table:
    def __init__(self, node):
        self._node = node
        self._made = _value(node)  # for the first that asks; others get one of their own

    def taken(self):
        made, self._made = self._made, None
        return _value(self._node) if made is None else made


@contextlib.contextmanager
def left_out(statement):
    """Within, calls of `__lens_table__` stand in the place of a statement's tables."""
    places = list(_places(statement))
    statement.lens_tables = [table for *_, table in places]
    for owner, key, _, table in places:
        _put(owner, key, _call_of(table))
    try:
        yield
    finally:
        for owner, key, node, _ in places:
            _put(owner, key, node)


def _put(owner, key, node):
    if isinstance(owner, list):
        owner[key] = node
    else:
        setattr(owner, key, node)


def _places(statement):
    """(what holds it, under which name or number, the display, its _Table) of each table of a statement of the file's own level."""
    if isinstance(statement, (*statements.FUNCTIONS, ast.ClassDef)) or statement.end_lineno - statement.lineno < _LEAST_ITEMS and statement.end_col_offset < _LEAST_ITEMS:
        return
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        for field in fields_with_nodes(type(node)):
            value = getattr(node, field, None)
            holder, entries = (value, list(enumerate(value))) if type(value) is list else (node, [(field, value)])
            for key, item in entries:
                if isinstance(item, _DISPLAYS) and len(item.values if isinstance(item, ast.Dict) else item.elts) >= _LEAST_ITEMS and not _is_target(item):
                    with contextlib.suppress(_NotData, RecursionError):
                        yield holder, key, item, _Table(item)
                        continue
                if isinstance(item, ast.AST):
                    waiting.append(item)


def _is_target(node):
    return isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del))


def _call_of(table):
    _tables[id(table)] = table
    return placing.at(placing.call("table", ast.Constant(id(table))), table._node)


def _value(node):
    kind = type(node)
    if kind is ast.Constant:
        return node.value
    if kind is ast.List:
        return [item.value if type(item) is ast.Constant else _value(item) for item in node.elts]
    if kind is ast.Tuple:
        return tuple([item.value if type(item) is ast.Constant else _value(item) for item in node.elts])
    if kind is ast.Dict:
        return {_value(key): _value(value) for key, value in zip(node.keys, node.values)}
    if kind is ast.Set:
        return {_value(item) for item in node.elts}
    if kind is ast.UnaryOp and type(node.op) is ast.USub and type(node.operand) is ast.Constant and type(node.operand.value) in (int, float):
        return -node.operand.value
    raise _NotData


doors.open_for_all(table=lambda key: _tables[key].taken())
