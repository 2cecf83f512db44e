"""Whose an error is that a model raises while it is made or called here: the file's, or that of the arguments and inputs that were assumed.

What holds for any argument (a name that is not there, two layers of the file that do not fit) is the file's, and an error on its line. What follows from a
value that nobody wrote is no mistake of the user's: it is a warning on the class, in the framework's words, with the comment that says the value.
"""
import ast
import linecache
import math
import re
import types
import typing

from . import diagnostics, mismatches, words
from .mends.table import mend_of
from .recording import calls, provenance, site
from .recording.array import Array
from .session import session

_SIGNATURE = re.compile(r"positional argument|keyword argument|abstract (class|method)")
_READ = re.compile(r"(?:self(?:\.[^\W\d]\w*)+|[^\W\d]\w*)")
_REFUSES = re.compile(r"\s*(raise|assert)\b")
_SIZES_TOLD_BY = 3  # of fewer, what all are multiples of is chance
_CONDITION = re.compile(r"\s*(if|elif|else|for|while|case|try|except|with)\b")


class Mark(typing.NamedTuple):
    """An error as it is told from others: where it was raised, and the sizes that do not fit, or what it says where it names none."""

    place: int
    sizes: tuple | str


def mark_of(error):
    message = words.of(error)
    return Mark(site.of_traceback(error.__traceback__), mismatches.sizes_in(message) or message)


class Assumed:
    """What a model is made and called with that nobody wrote.

    `arguments`: values that it is made with. `inputs`: those that it is called with. `tries`: (shapes, Mark) of calls on other inputs that failed too.
    `first`: the number of the first of `calls.records()` that is part of the call. `unsolved`: why nothing better was assumed; empty where what was assumed fits.
    """

    def __init__(self, arguments=(), inputs=(), tries=(), first=0, unsolved=""):
        self.arguments, self.inputs, self.tries, self.first = list(arguments), list(inputs), list(tries), first
        self.unsolved = unsolved

    def __bool__(self):
        return bool(self.arguments or self.inputs)

    def holds(self, value):
        """Whether a value is one of these, or made of an input by no layer yet."""
        if isinstance(value, Array):
            return self._is_of_input(value.value.id)
        if type(value) in (int, float, str, bool):
            return any(type(one) is type(value) and one == value for one in self.arguments)
        return any(one is value for one in (*self.arguments, *self.inputs))

    def _is_of_input(self, value_id):
        behind = provenance.ancestors([value_id])
        if not any(isinstance(one, Array) and one.value.id in behind for one in (*self.inputs, *self.arguments)):
            return False
        return not any(output.id in behind for call in calls.records()[self.first:] if call.builtin and call.kind == "module" for output in call.outputs)


def is_of_assumed(error, assumed):
    """Whether an error follows from what was assumed; False where it would be there for any argument and input."""
    if not assumed or _holds_for_any(error):
        return False
    if isinstance(error, AttributeError):
        return _is_of(getattr(error, "obj", None), assumed) and mend_of(error) is None
    if diagnostics.kind_of(error) == "shape" or isinstance(mark_of(error).sizes, tuple):
        return not _is_among_constants(mark_of(error), assumed)
    frame, line = _failing(error)
    if frame is None or not assumed.inputs:
        return True
    text = linecache.getline(frame.f_code.co_filename, line)
    if _REFUSES.match(text):  # the file itself tells what it does not take
        return not text.lstrip().startswith("raise") or _is_on_condition(frame, line)
    return any(assumed.holds(value) or value is None and "NoneType" in words.of(error) for value in _values_read(frame, text))


def _holds_for_any(error):
    if isinstance(error, NameError) and not isinstance(error, UnboundLocalError):
        return True
    return isinstance(error, (ImportError, SyntaxError)) or diagnostics.kind_of(error) in ("unsupported", "limit") \
        or isinstance(error, TypeError) and _SIGNATURE.search(words.of(error)) is not None


def _is_of(owner, assumed):
    """Whether it is owing to what was assumed that an object has no such attribute."""
    if isinstance(owner, (types.ModuleType, type)) and not assumed.holds(owner):
        return False
    return assumed.holds(owner) or bool(assumed.arguments) and (owner is None or isinstance(owner, (int, float, str, list, tuple, dict, types.FunctionType)))


def _is_among_constants(mark, assumed):
    """Whether sizes that do not fit are the file's own: written there, or the same for every input."""
    if isinstance(mark.sizes, tuple):
        written = {node.value for node in session.syntax.outermost_first(ast.Constant) if type(node.value) is int}
        if all(size in written and not assumed.holds(size) for size in mark.sizes):
            return True
        if not assumed.arguments and _is_no_multiple(mark, assumed.tries):
            return True
    samples = {tuple(shape[1:] for shape in shapes) for shapes, other in assumed.tries if other == mark}  # however many there are of one
    return not assumed.arguments and len(samples) > 1


def _is_no_multiple(mark, tries):
    """Whether the size that is wanted is no multiple of what inputs of several sizes all give multiples of: the channels of maps that are made flat.

    Then no other height and width gives it either.
    """
    given, wanted = mark.sizes
    found = {other.sizes[0] for _, other in tries if other.place == mark.place and isinstance(other.sizes, tuple) and other.sizes[1] == wanted} | {given}
    return len(found) >= _SIZES_TOLD_BY and wanted % math.gcd(*found) != 0


def _failing(error):
    """(frame, line) of the innermost place of the user's code that an error passed; (None, 0): it passed none."""
    found, passed = (None, 0), error.__traceback__
    while passed is not None:
        if site.is_user_file(passed.tb_frame.f_code.co_filename):
            found = passed.tb_frame, passed.tb_lineno
        passed = passed.tb_next
    return found


def _is_on_condition(frame, line):
    """Whether a statement stands below an `if` or the like of its function."""
    before = [linecache.getline(frame.f_code.co_filename, number) for number in range(frame.f_code.co_firstlineno, line + 1)]
    depth = _depth(before[-1])
    around = next((text for text in reversed(before) if text.strip() and _depth(text) < depth), "")
    return _CONDITION.match(around) is not None


def _depth(text):
    return len(text) - len(text.lstrip())


def _values_read(frame, text):
    for name in dict.fromkeys(_READ.findall(text)):
        parts = name.split(".")
        if parts[0] not in frame.f_locals:
            continue
        value = frame.f_locals[parts[0]]
        for part in parts[1:]:
            kept = getattr(value, "__dict__", {})
            value = kept.get(part, kept.get("_modules", {}).get(part))
        yield value


def report(error, said, assumed, place, hint=None, fixes=()):
    """Says an error once, as what it is; whether it follows from what was assumed.

    `said`: what did not come about, "`Net` could not be called with what was assumed"; `place`: of the class, or None.
    """
    place = site.NO_SITE if place is None else place
    if not is_of_assumed(error, assumed):
        diagnostics.report_exception(error, place)
        return False
    told = f"{type(error).__name__}: {words.of(error)}".rstrip(": ")
    comment = "args" if assumed.arguments and not isinstance(getattr(error, "obj", None), Array) else "input"
    diagnostics.report("skipped", "warning", f"{said}: {told}; say {_THEM[comment]} with `# lens: {comment}=(…)` above it", place, hint, fixes)
    return True


_THEM = {"args": "them", "input": "it"}


def report_unknown(message, place):
    """Says what nobody wrote and nothing tells: with what a model is made or called. Nothing in the file is wrong: it is a warning on the class."""
    diagnostics.report("skipped", "warning", message, site.NO_SITE if place is None else place)
