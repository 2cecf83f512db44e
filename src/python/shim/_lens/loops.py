"""The user's loops, watched: a training loop is entered once and left after its first optimizer step.

Before a statement is compiled, each outermost `for` and `while` of a function's body (and of the module's) is wrapped as

    with __lens_loop__(k):
        for …:
            __lens_turn__()
            …

with all positions kept. Loops of generators are left as they are: they are suspended, and do not nest with their callers.
"""
import ast
import builtins

from . import calls, diagnostics, provenance, site, training

# A loop that takes gradients by hand, without an optimizer of the framework's, is left after this many turns.
TURNS_OF_A_HAND_WRITTEN_TRAINING_LOOP = 10

_headers = []       # (file, line, column, end line, end column) of each wrapped loop
_open = []          # _Loop, outermost first
later_turns = []    # ranges of call ids: what ran in an outermost loop after its first turn


class _Loop:
    __slots__ = ("header", "turns", "gradients_before", "first_later_call")

    def __init__(self, header):
        self.header = header
        self.turns = 0
        self.gradients_before = provenance.gradients
        self.first_later_call = None

    @property
    def gradients(self):
        return provenance.gradients - self.gradients_before

    def __enter__(self):
        _open.append(self)
        training.found.loop_depth += 1
        return self

    def __exit__(self, error_type, error, traceback):
        _open.pop()
        training.found.loop_depth -= 1
        if self.turns > 1 and not _open:
            later_turns.append(range(self.first_later_call, len(calls.records())))
        if error_type is None or not issubclass(error_type, training.LeaveTrainingLoop) or _open:
            return False
        diagnostics.report("skipped", "information", f"training is not run: the loop was left after {_times(self.turns)}",
                           site.of_position(*_headers[self.header]))
        return True


def _times(turns):
    return "its first step" if turns <= 1 else "its first turn" if turns == 2 else f"{turns - 1} turns"


def _turn():
    loop = _open[-1]
    loop.turns += 1
    if loop.turns == 2:
        loop.first_later_call = len(calls.records())
    turns = TURNS_OF_A_HAND_WRITTEN_TRAINING_LOOP
    if loop.turns > turns and loop.gradients >= turns and len(_open) == 1:
        raise training.LeaveTrainingLoop()


def close_all():
    """Forgets loops that an interrupt left open."""
    _open.clear()
    training.found.loop_depth = 0


def clear():
    close_all()
    _headers.clear()
    later_turns.clear()


def install():
    """Makes the two names known to all code, the file's modules included."""
    builtins.__lens_loop__ = _Loop
    builtins.__lens_turn__ = _turn


def watched(tree, file):
    """The tree with its outermost loops wrapped, in place."""
    return _Watch(file).visit(tree)


class _Watch(ast.NodeTransformer):
    def __init__(self, file):
        self.file = file

    def visit_FunctionDef(self, node):
        if not _is_generator(node):
            self.generic_visit(node)
        else:
            node.body = [self.visit(child) if isinstance(child, _FUNCTIONS) else child for child in node.body]
        return node

    visit_AsyncFunctionDef = lambda self, node: node

    def visit_For(self, node):
        _NestedFunctions(self).generic_visit(node)
        header = node.lineno, node.col_offset, node.iter.end_lineno, node.iter.end_col_offset
        return self.wrap(node, header)

    def visit_While(self, node):
        _NestedFunctions(self).generic_visit(node)
        header = node.lineno, node.col_offset, node.test.end_lineno, node.test.end_col_offset
        return self.wrap(node, header)

    def wrap(self, node, header):
        _headers.append((self.file, *header))
        turn = ast.Expr(ast.Call(ast.Name("__lens_turn__", ast.Load()), [], []))
        start = ast.Call(ast.Name("__lens_loop__", ast.Load()), [ast.Constant(len(_headers) - 1)], [])
        node.body.insert(0, _placed(turn, node))
        return _placed(ast.With([ast.withitem(start)], [node]), node, keep=node)


class _NestedFunctions(ast.NodeTransformer):
    """Inside a loop only the functions defined there are looked at."""

    def __init__(self, watch):
        self.watch = watch

    def visit_FunctionDef(self, node):
        return self.watch.visit(node)

    visit_AsyncFunctionDef = lambda self, node: node


_FUNCTIONS = (ast.FunctionDef, ast.ClassDef)


def _placed(node, like, keep=None):
    """`node` and all below it (except `keep`) at the position of `like`'s first line."""
    for child in _all_but(node, keep):
        child.lineno, child.col_offset = like.lineno, like.col_offset
        child.end_lineno, child.end_col_offset = like.lineno, like.col_offset + 1
    return node


def _all_but(node, keep):
    yield node
    for child in ast.iter_child_nodes(node):
        if child is not keep:
            yield from _all_but(child, keep)


def _is_generator(function):
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return False
