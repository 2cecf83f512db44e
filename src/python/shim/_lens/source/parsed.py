"""The syntax tree of the file's text. While the same file is edited, only the statements around the edit are parsed anew: all others keep their nodes
and their code, of which a file of 50,000 lines has seconds' worth.

What stays is known by lines. A statement above the edit is kept if another one begins behind it and still above the edit: nothing can be added to it.
One below the edit is kept if the lines between the two kept parts can be parsed alone: no bracket, text or block is then open where it begins.
"""
import ast
import contextlib
import gc

from . import foreign, heldback, loops, tables
from .syntax import fields_with_nodes

_last = None  # _Parsed of the file that was read last


class _Parsed:
    def __init__(self, path, text, lines, body, spans):
        self.path, self.lines = path, lines
        self.steps = heldback.steps_of(text)  # on which depends how loops are watched
        self.body = body    # statements, their loops watched
        self.spans = spans  # (first line, last line) of each


def parsed(path, text):
    """(tree, lines of notebook commands that are left out), the tree's loops watched. Raises what `ast.parse` raises."""
    global _last
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    lines = plain.split("\n")
    before = _last  # and stays the last one where the text is not Python for a while
    with without_collections():
        found = None if before is None or before.path != path else _edited(before, path, plain, lines)
        left_out = []
        if found is None:
            tree, left_out = foreign.without_commands(text, lambda text: ast.parse(text, path))
            spans = [_span(node) for node in tree.body]
            found = _Parsed(path, plain, lines, loops.watched(tree, plain).body, spans)
    _last = None if left_out else found
    return ast.Module(list(found.body), []), left_out


def code_of(statement, path, flags):
    """A statement of the file's own level, compiled; once, while it stays as it is."""
    known = getattr(statement, "lens_code", None)
    if known is None or known[0] != flags or known[1] is None:
        with tables.left_out(statement):
            known = statement.lens_code = flags, compile(ast.Module([statement], []), path, "exec", flags, dont_inherit=True)
    return known[1]


@contextlib.contextmanager
def without_collections():
    """A tree of a million nodes holds no garbage, and each collection would go through it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _span(node):
    return min([node.lineno, *[decorator.lineno for decorator in getattr(node, "decorator_list", ())]]), node.end_lineno


def _edited(before, path, text, lines):
    """The _Parsed of lines of which many are those of `before`; None: parse all."""
    if heldback.steps_of(text) != before.steps:
        return None
    same_above, same_below = _same(before.lines, lines)
    kept = _last_kept_above(before.spans, same_above)
    first_below = _first_kept_below(before.spans, kept, len(before.lines) - same_below)
    shift = len(lines) - len(before.lines)
    start = before.spans[kept][0] if kept > 0 else 1
    end = before.spans[first_below][0] + shift if first_below < len(before.spans) else len(lines) + 1
    try:
        between = ast.parse("\n" * (start - 1) + "\n".join(lines[start - 1:end - 1]) + "\n", path)
    except (SyntaxError, RecursionError, MemoryError):  # of which the whole text says it best
        return None
    spans = [_span(node) for node in between.body]
    loops.watched(between, text)
    below = before.body[first_below:]
    if shift:
        for node in below:
            _move(node, shift)
    return _Parsed(path, text, lines, [*before.body[:kept], *between.body, *below],
                   [*before.spans[:kept], *spans, *[(first + shift, last + shift) for first, last in before.spans[first_below:]]])


def _same(old, new):
    """How many lines at the beginning, and how many of the others at the end, are the same."""
    most = min(len(old), len(new))
    above = next((position for position, (one, other) in enumerate(zip(old, new)) if one != other), most)
    below = next((position for position, (one, other) in enumerate(zip(reversed(old), reversed(new))) if one != other), most)
    return above, min(below, most - above)


def _last_kept_above(spans, same):
    """How many statements are kept: behind the last of them, one begins on a line of its own among the first `same` lines."""
    low, high = 0, len(spans)
    while low < high:  # the first statement that begins below these lines
        middle = (low + high) // 2
        low, high = (middle + 1, high) if spans[middle][0] <= same else (low, middle)
    kept = max(low - 1, 0)
    while kept > 0 and spans[kept - 1][1] >= spans[kept][0]:
        kept -= 1
    return kept


def _first_kept_below(spans, kept, last_changed):
    """The first statement behind the `kept` ones that begins below a line, and on a line of its own."""
    low, high = kept, len(spans)
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if spans[middle][0] > last_changed else (middle + 1, high)
    while 0 < low < len(spans) and spans[low - 1][1] >= spans[low][0]:
        low += 1
    return low


def _move(statement, shift):
    """A statement, all below it, and their code, to another line."""
    waiting = [statement]
    while waiting:
        node = waiting.pop()
        if "lens_code" in vars(node):
            flags, code = node.lens_code
            node.lens_code = flags, None if code is None else _moved(code, shift)
        if hasattr(node, "lineno"):
            node.lineno += shift
            node.end_lineno += shift
        for field in fields_with_nodes(type(node)):
            value = getattr(node, field, None)
            if type(value) is list:
                waiting.extend(item for item in value if isinstance(item, ast.AST))
            elif isinstance(value, ast.AST):
                waiting.append(value)


def _moved(code, shift):
    """The code of a statement, further down or up; None where its table of positions does not begin as expected.

    That of a module begins at line 1, whatever is in it: the first step to its first line is changed. What is nested has first lines of its own.
    """
    table = code.co_linetable
    if table[0] >> 3 & 15 != _LONG_FORM:
        return None
    step, end = _signed_at(table, 1)
    return code.replace(co_linetable=table[:1] + _signed(step + shift) + table[end:], co_consts=_constants_moved(code, shift))


def _constants_moved(code, shift):
    return tuple(constant.replace(co_firstlineno=constant.co_firstlineno + shift, co_consts=_constants_moved(constant, shift))
                 if isinstance(constant, type(code)) else constant for constant in code.co_consts)


# Numbers of the table of positions (CPython: InternalDocs/code_objects.md): six bits a byte, the lowest first, with 64 where more follow; the sign is the lowest bit.
_LONG_FORM = 14


def _signed_at(table, position):
    number = bits = 0
    while True:
        byte = table[position]
        number |= (byte & 63) << bits
        bits += 6
        position += 1
        if not byte & 64:
            return -(number >> 1) if number & 1 else number >> 1, position


def _signed(number):
    number = -number << 1 | 1 if number < 0 else number << 1
    found = bytearray()
    while number > 63:
        found.append(number & 63 | 64)
        number >>= 6
    return bytes([*found, number])
