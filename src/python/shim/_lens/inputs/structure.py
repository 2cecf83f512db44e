"""The arguments of a model as it takes them apart: `x, y = batch`, `batch["image"]`. What is solved, named and drawn are the leaves of that."""
import ast
import inspect

from .. import sourcetree
from ..recording import site
from ..signature import signature_of
from . import methods
from .parts import Record, leaves_of, part_of, record_of


class Keyword:
    """An argument that is taken by its name only: `forward(self, *, query, key)`."""

    def __init__(self, name, value):
        self.name, self.value = name, value


def call(callable_, arguments, **more):
    """Calls with arguments of which some are Keywords."""
    named = {argument.name: argument.value for argument in arguments if isinstance(argument, Keyword)}
    return callable_(*[argument for argument in arguments if not isinstance(argument, Keyword)], **named, **more)


class Structure:
    """`parts`: for each argument its name, a tuple of the names it is unpacked to, a dict from key to name, or a Record. `required`: how many leaves must be given.

    `keywords`: names of the arguments that are taken by name only.
    """

    def __init__(self, parts, required, keywords=()):
        self.parts = parts
        self.keywords = frozenset(keywords)
        self.names = [name for part in parts for name in leaves_of(part)]
        self.required = required

    def assembled(self, leaves):
        """The arguments made of values for the first leaves."""
        waiting, arguments = list(leaves), []
        for part in self.parts:
            if not waiting:
                break
            taken, waiting = waiting[:len(leaves_of(part))], waiting[len(leaves_of(part)):]
            if isinstance(part, Record):
                arguments.append(part.made(taken))
            elif isinstance(part, str):
                arguments.extend([Keyword(part, value) for value in taken] if part in self.keywords else taken)
            else:
                arguments.append(tuple(taken) if isinstance(part, tuple) else dict(zip(part, taken)))
        return arguments + waiting

    def described(self, count):
        """Names of the first `count` leaves."""
        return self.names[:count] + [f"input_{position}" for position in range(len(self.names), count)]

    def named(self, args, kwargs):
        """[(name, value)] of the arguments that a call was given; what a part takes apart is one for each of its leaves."""
        found = []
        for position, given in enumerate(args):
            part = self.parts[position] if position < len(self.parts) else f"input_{position}"
            if isinstance(part, tuple) and isinstance(given, (tuple, list)) and len(given) == len(part):
                found.extend(zip(part, given))
            elif isinstance(part, Record) and isinstance(given, part.cls):
                found.extend((name, getattr(given, field, None)) for field, name in part.fields.items())
            elif isinstance(part, dict) and isinstance(given, dict):
                found.extend((part.get(key, key), value) for key, value in given.items())
            else:
                found.append((part if isinstance(part, str) else f"input_{position}", given))
        return [*found, *kwargs.items()]


def of(model):
    """The Structure of a model's arguments."""
    try:
        parameters = methods.parameters_of(model)
    except (TypeError, ValueError):
        parameters = []
    if methods.has_only_training_step(model):
        parameters = parameters[:1]
    if not parameters:
        return Structure([], 0) if _takes_nothing(model) else Structure(["input"], 1)
    function = methods.of(model)
    code = getattr(function, "__code__", None)
    is_read = code is not None and site.is_user_file(code.co_filename)  # a framework's own takes nothing apart
    parts = [record_of(function, parameter) or part_of(function, parameter.name) if is_read and parameter.default is parameter.empty else parameter.name for parameter in parameters]
    last = max((place for place, parameter in enumerate(parameters) if parameter.default is parameter.empty or is_read and _is_asserted(function, parameter)), default=-1)
    required = sum(len(leaves_of(part)) for part in parts[:last + 1])
    return Structure(parts, max(1, required), [parameter.name for parameter in parameters if parameter.kind is parameter.KEYWORD_ONLY])


def _takes_nothing(model):
    """`def forward(self):`, of a model that makes its tensors itself."""
    try:
        return not inspect.isfunction(model) and [parameter.kind for parameter in signature_of(methods.of(model)).parameters.values()] == [inspect.Parameter.POSITIONAL_OR_KEYWORD]
    except (TypeError, ValueError):
        return False


def _is_asserted(function, parameter):
    """Whether a parameter that has None for its default may not be None: `assert mask is not None`."""
    return parameter.default is None and any(
        isinstance(node, ast.Assert) and ast.unparse(node.test) == f"{parameter.name} is not None" for node in ast.walk(sourcetree.of(function)))


def of_training_step(model):
    """How the training step takes its batch apart."""
    return part_of(type(model).training_step, list(signature_of(type(model).training_step).parameters)[1])
