"""Values for the arguments that a model is made with: those of a `# lens:` comment, else those of a call that the workspace's text has, else what `completion` assumes."""
import ast
import contextlib
import itertools
import re
from typing import NamedTuple

from .. import diagnostics, signature
from ..learning import training
from ..meanings.names import by_name, is_known
from ..missing import absent
from ..session import session
from . import completion, parsers, places, writtencalls
from .argument import Argument, Arguments
from .namespace import Sentence

_MOST_CALLS = 6  # that are tried for one that says all
_UNSAID = object()


class _Written(NamedTuple):
    """The Arguments of a call in a text. `said`, `unsaid`: how many of those that are required it says, and how many it does not."""

    arguments: Arguments
    said: int
    unsaid: int


def for_call(callable_, name, given=None):
    """The Arguments to call a class or function of the file with: `given` (of a comment) before those of a call in a text, those before assumed ones.

    Raises CannotAssume, and what the evaluation of `given` raises.
    """
    if given is None:
        found = as_in_file(callable_, name) or as_elsewhere(callable_, name)
        if found is not None:
            return found
    return completion.completed(callable_, name, {} if given is None else writtencalls.of_text(callable_, given))


def is_required(callable_):
    """Whether it cannot be called without arguments."""
    return any(signature.is_required(parameter) for parameter in signature.parameters_of(callable_))


def can_assume(callable_, name):
    """Whether values are known for all that it requires."""
    try:
        for_call(callable_, name)
    except (Exception, SystemExit):
        return False
    return True


def as_in_file(callable_, name):
    """The Arguments of a call of `name` in the file's text; None where there is no usable one."""
    return _remembered(("file", name, id(callable_)), lambda: _best(callable_, name, places.calls_in_file(callable_, name, is_required(callable_))))


def as_elsewhere(callable_, name):
    """The Arguments of a call in another file of the workspace, of a class or function that requires some; None where there is no usable one."""
    if not is_required(callable_) or "." in name:
        return None
    return _remembered(("workspace", name, id(callable_)), lambda: _best(callable_, name, places.calls_elsewhere(callable_, name)))


def _remembered(key, find):
    """Looked for once after a run."""
    if key not in session.written_arguments:
        session.written_arguments[key] = find()
    return session.written_arguments[key]


def _best(callable_, name, calls):
    """The first of some calls that says all that is required, else the one that says most of it."""
    best = None
    for program, node in itertools.islice(calls, _MOST_CALLS):
        found = _as_written(callable_, name, program, node)
        if found is None:
            continue
        if found.unsaid == 0:
            return found.arguments
        if best is None or found.said > best.said:
            best = found
    return best and best.arguments


def _as_written(callable_, name, program, node):
    """What a call in a text says, the rest assumed; None where it says nothing that is required."""
    place = f"line {node.lineno}" if program.path == session.path else f"line {node.lineno} of {program.file_name}"
    settings = {}  # name of an argument → what stands for it

    def settings_of(program, function, argument):
        if argument not in settings:
            settings[argument] = parsers.settings_for({inner.attr for inner in ast.walk(program.tree)
                                                       if isinstance(inner, ast.Attribute) and isinstance(inner.value, ast.Name) and inner.value.id == argument})
        return settings[argument]

    def evaluated(expression):
        try:
            return program.value_at(expression)
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"`{ast.unparse(expression)}` of {place} is not known", error)
            return _UNSAID
    program.settings = settings_of
    with diagnostics.tried() as attempt, contextlib.nullcontext() if program.path == session.path else training.of_another_file():
        try:
            said = writtencalls.of_call(callable_, node, "file", f"as on {place}", evaluated)
            known = {parameter: argument for parameter, argument in said.items() if not _is_unsaid(parameter, argument)}
            found = completion.completed(callable_, name, known)
            if isinstance(callable_, type):
                found.following = [(method, [program.value_at(one) for one in call.args], {one.arg: program.value_at(one.value) for one in call.keywords})
                                   for method, call in places.following(program, node, callable_)]
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"the arguments that `{name}` has on {place} are not taken", error)
            return None
        finally:
            attempt.drop()
    required = {parameter.name for parameter in signature.parameters_of(callable_) if signature.is_required(parameter)}
    said_of_required = len(required & known.keys())
    if required and said_of_required == 0:
        return None
    is_absent = any(_is_of_absent(parameter, argument) for parameter, argument in said.items())
    found.sentences.append(f"{name}: constructed as on {place}" + (f", without what is not known, since {absent.lacking(absent.packages())}" if is_absent else ""))
    found.sentences.extend(Sentence(argument, stand_in) for argument, stand_in in settings.items() if stand_in is not None)
    found.line = node.lineno if program.path == session.path else None
    return _Written(found, said_of_required, len(required) - said_of_required)


def _is_unsaid(name, argument):
    """Whether an argument of a call's text is not known: it could not be evaluated, or is of a package that is not here."""
    several = argument if isinstance(argument, list) else [argument]
    return any(one.value is _UNSAID for one in several) or _is_of_absent(name, argument)


def _is_of_absent(name, argument):
    """Whether it is a thing of a package that is not here, or a size of its empty data."""
    if not isinstance(argument, Argument):
        return False
    if absent.is_missing(argument.value):
        return True
    size = by_name(name) if is_known(name) else None
    if not absent.packages() or type(argument.value) is not int or argument.text == str(argument.value) or type(size) is not int:
        return False
    return argument.value == 0 < size or argument.value == 1 < size and _is_counted(argument.text)


_COUNTED = re.compile(r"\b(a?max|n?unique|len|set)\b")


def _is_counted(text):
    """Whether a text, or what the file assigns to the name that it is, counts data: `int(labels.max()) + 1`."""
    assigned = [node.value for node in session.syntax.outermost_first(ast.Assign) if text in map(ast.unparse, node.targets)] if text.isidentifier() else []
    return any(_COUNTED.search(one) for one in (text, *map(ast.unparse, assigned)))
