"""What a call in the text of the workspace says of the arguments of a class or function; what it does not is assumed."""
import ast
import contextlib
import re
from typing import NamedTuple

from .. import diagnostics, signature
from ..learning import training
from ..meanings.names import by_name, is_known
from ..missing import absent
from ..session import session
from . import completion, places, usage, writtencalls
from .argument import Argument, Arguments
from .evaluation import Evaluation
from .settings import Settings

_UNSAID = object()


class FoundCall(NamedTuple):
    """The Arguments of a call in a text. `said`, `unsaid`: how many of those that are required it says, and how many it does not; it may say others all the same."""

    arguments: Arguments
    said: int
    unsaid: int


def read(callable_, name, program, node):
    """The FoundCall of a call in a text; None where it says nothing, or cannot be taken."""
    place = f"line {node.lineno}" if program.path == session.path else f"line {node.lineno} of {program.file_name}"
    settings = Settings(program.tree, node)
    evaluation = Evaluation(program, settings)
    with diagnostics.tried() as attempt, contextlib.nullcontext() if program.path == session.path else training.of_another_file():
        try:
            said = writtencalls.of_call(callable_, node, "file", f"as on {place}", lambda expression: _value_or_unsaid(evaluation, expression, place))
            for parameter, argument in said.items():
                if isinstance(argument, Argument) and argument.value is None and usage.reads_attributes(callable_, parameter):
                    argument.value = _UNSAID  # the name is bound to what it is meant for elsewhere: `h = None`
            said.update({parameter: argument.as_assumed() for parameter, argument in said.items()
                         if isinstance(argument, Argument) and argument.text and settings.has(argument.text)})
            found = completion.completed(callable_, name, {parameter: argument for parameter, argument in said.items() if not _is_unsaid(parameter, argument)})
            if isinstance(callable_, type):
                found.following = [one for one in (_following(evaluation, *one) for one in places.following(program, node, callable_)) if one is not None]
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"the arguments that `{name}` has on {place} are not taken", error)
            return None
        finally:
            attempt.drop()
    required = {parameter.name for parameter in signature.parameters_of(callable_) if signature.is_required(parameter)}
    said_of_required = sum(parameter in said and not _is_unsaid(parameter, said[parameter]) for parameter in required)
    if required and said_of_required == 0 and not any(not _is_unsaid(parameter, argument) for parameter, argument in said.items()):
        return None
    is_absent = any(_is_of_absent(parameter, argument) for parameter, argument in said.items())
    found.sentences.append(f"{name}: constructed as on {place}" + (f", without what is not known, since {absent.lacking(absent.packages())}" if is_absent else ""))
    found.sentences.extend(settings.sentences())
    found.line = node.lineno if program.path == session.path else None
    return FoundCall(found, said_of_required, len(required) - said_of_required)


def _following(evaluation, method, call):
    """(method, args, kwargs) of a call on the instance; None where what it is given is not here, as weights are that are loaded."""
    try:
        return method, [evaluation.value_at(one) for one in call.args], {one.arg: evaluation.value_at(one.value) for one in call.keywords}
    except (Exception, SystemExit) as error:
        diagnostics.log_failure(f"`{method}` is not called on the model", error)
        return None


def _value_or_unsaid(evaluation, expression, place):
    try:
        return evaluation.value_at(expression)
    except (Exception, SystemExit) as error:
        diagnostics.log_failure(f"`{ast.unparse(expression)}` of {place} is not known", error)
        return _UNSAID


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
