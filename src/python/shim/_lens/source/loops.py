"""The user's loops, watched: a training loop is entered once and left after its first optimizer step; one that computes for longer than the run may take is left too.

Before a statement is compiled, each outermost `for` and `while` of a function's body (and of the module's) is wrapped as

    with __lens_loop__():
        for …:
            __lens_turn__()
            …

with all positions kept. A condition in it that holds back a step of training (`if global_step > learning_starts:` before `loss.backward()`) becomes
`__lens_due__(…)`, which lets the step be entered after some turns, whatever the condition says; what a loop in it before that step goes through becomes
`__lens_paced__(…)`, which ends when that takes too long. Loops of generators are left as they are: they are suspended, and do not nest with their callers.
"""
import ast
import sys
import time

from .. import diagnostics, leaving, words
from ..recording import calls, provenance, site
from . import doors, forwardcalls, heldback, placing, statements

# A loop that takes gradients by hand, without an optimizer of the framework's, is left after this many turns.
TURNS_OF_A_HAND_WRITTEN_TRAINING_LOOP = 10
# After so many turns of a loop without a gradient, the conditions that hold back its training step are taken for true.
TURNS_BEFORE_A_STEP_IS_DUE = 64
# A loop that computes is left when this part of the time limit is over, so that what stands behind it is run.
_PART_OF_THE_TIME = 0.6
# And the step of training that a condition holds back is entered when this part is over.
_PART_BEFORE_A_STEP_IS_DUE = 0.3
# A loop within it that goes before that step ends when it has gone on for this part.
_PART_OF_A_LOOP_BEFORE = 0.2

_limit = None       # (seconds that the run may take, the moment it began)
_open = []          # _Loop, outermost first
later_turns = []    # ranges of call ids: what ran in an outermost loop after its first turn


class _Leave(leaving.LeaveTrainingLoop):
    """Leaves `loop`, or the outermost one where it is None."""

    def __init__(self, message, loop=None):
        self.message, self.loop = message, loop


class _Loop:
    __slots__ = ("place", "turns", "gradients_before", "made_before", "first_later_call", "is_hastened")

    def __init__(self):
        frame = sys._getframe(1)
        self.place = frame.f_code, frame.f_lasti  # of the loop's header
        self.turns = 0
        self.gradients_before = provenance.gradients
        self.made_before = provenance.made()
        self.first_later_call = None
        self.is_hastened = False  # a condition that was false has been taken for true

    @property
    def gradients(self):
        return provenance.gradients - self.gradients_before

    @property
    def is_computing(self):
        """At least one operation in each turn."""
        return provenance.made() - self.made_before >= self.turns - 1

    def __enter__(self):
        _open.append(self)
        leaving.depth += 1
        return self

    def __exit__(self, error_type, error, traceback):
        _open.pop()
        leaving.depth -= 1
        is_left = getattr(error, "loop", None) is self
        if self.turns > 1 and (is_left or not _open):
            later_turns.append(range(self.first_later_call, len(calls.records())))
        if self.is_hastened and error_type is not None and issubclass(error_type, Exception):
            diagnostics.report("skipped", "information", f"training is not run: its first step was tried after {_times(self.turns)}, "
                               f"before the file would take it, and failed: {words.of(error)}", site.of_code(*self.place))
            return True
        if error_type is None or not issubclass(error_type, leaving.LeaveTrainingLoop):
            return False
        if _open and not is_left:
            return False
        message = error.message if isinstance(error, _Leave) else "training is not run: the loop was left after {turns}"
        diagnostics.report("skipped", "information", message.format(turns=_times(self.turns)), site.of_code(*self.place))
        return True


def _due(condition, steps=(), *callees):
    """What a condition that holds back a step of training gives; true where the step is due. `steps`, `callees`: see `heldback`."""
    if condition or not _open:
        return condition
    outermost = _open[0]
    is_due = outermost.turns > TURNS_BEFORE_A_STEP_IS_DUE or outermost.turns > 1 and _is_over(_PART_BEFORE_A_STEP_IS_DUE)
    if not is_due or outermost.gradients or callees and not heldback.takes_gradients(steps, callees):
        return condition
    outermost.is_hastened = True
    return True


def _paced(things):
    """What a loop before a step of training goes through, as far as there is time for it."""
    began, turns = time.perf_counter(), 0
    for thing in things:
        if turns and _limit is not None and _open and not _open[0].gradients and time.perf_counter() - began > _PART_OF_A_LOOP_BEFORE * _limit[0]:
            diagnostics.report("skipped", "information", f"the loop was left after {_times(turns + 1)}: a step of training comes behind it", site.here())
            return
        turns += 1
        yield thing


def is_hastened():
    """Whether a step is being taken that a condition of the file holds back."""
    return bool(_open) and _open[0].is_hastened


def _times(turns):
    return "its first step" if turns <= 1 else "its first turn" if turns == 2 else f"{turns - 1} turns"


def _turn():
    loop = _open[-1]
    loop.turns += 1
    if loop.turns == 2:
        loop.first_later_call = len(calls.records())
    turns = TURNS_OF_A_HAND_WRITTEN_TRAINING_LOOP
    if loop.turns <= turns:
        return
    is_of_a_model = calls.current_id() != calls.NO_CALL
    if loop.gradients >= turns and (len(_open) == 1 or not is_of_a_model):
        raise _Leave("training is not run: the loop was left after {turns}", loop)
    if not is_of_a_model and loop.is_computing and _is_over(_PART_OF_THE_TIME):
        raise _Leave(f"the loop was left after {{turns}}: all of it takes longer than {_limit[0]:g} s")


def _is_over(part):
    return _limit is not None and time.perf_counter() > _limit[1] + part * _limit[0]


def limit_time(seconds, began=0):
    """`seconds` that the file may run since `began`; None: it has been run, and what follows is no loop of its own level."""
    global _limit
    _limit = None if seconds is None else (seconds, began)


def close_all():
    """Forgets loops that an interrupt left open."""
    _open.clear()
    leaving.depth = 0


def clear():
    limit_time(None)
    close_all()
    later_turns.clear()


def watched(tree, text):
    """The tree of a text, or of a part of it, with its outermost loops wrapped and its calls of `forward` taken for calls, in place."""
    waiting = [(tree.body, None, False)]  # a list of statements, the function it is of, whether a loop is around
    generators, steps = _Generators(text), heldback.steps_of(text)
    while waiting:
        body, function, is_in_loop = waiting.pop()
        for position, node in enumerate(body):
            is_loop = isinstance(node, (ast.For, ast.While))
            if is_loop and not is_in_loop and not generators.has(function):
                body[position] = _wrapped(node)
                heldback.hasten(node, steps)
                heldback.pace(node, steps)
            if isinstance(node, ast.AsyncFunctionDef):
                continue
            if isinstance(node, ast.FunctionDef):
                waiting.append((node.body, node, False))
                continue
            for block in statements.blocks(node):
                waiting.append((block, function, is_in_loop or is_loop))
    return forwardcalls.taken_for_calls(tree, text)


def _wrapped(node):
    end = node.iter if isinstance(node, ast.For) else node.test
    header = node.lineno, node.col_offset, end.end_lineno, end.end_col_offset
    node.body.insert(0, placing.at(ast.Expr(placing.call("turn")), header))
    return placing.at(ast.With([ast.withitem(placing.call("loop"))], [node]), header, [node])


class _Generators:
    """Which functions of a text are generators. Few texts have the word at all, and only functions with a loop are looked at."""

    def __init__(self, text):
        self._lines = text.split("\n") if "yield" in text else []
        self._known = {}

    def has(self, function):
        if function is None or not self._lines:
            return False
        if function not in self._known:
            lines = self._lines[function.lineno - 1:function.end_lineno]
            self._known[function] = any("yield" in line for line in lines) and _yields(function)
        return self._known[function]


def _yields(function):
    waiting = list(function.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return False


doors.open_for_all(loop=_Loop, turn=_turn, due=_due, paced=_paced)
