"""Values for the arguments that a model is made with: those of a `# lens:` comment, else those of the file's own calls, else what names and annotations mean."""
import argparse
import ast
import dataclasses
import enum
import inspect
import re
import sys
import types
import typing

from .. import diagnostics, framework
from ..missing import absent
from ..models import factories
from ..session import session
from ..signature import parameters_of
from . import importedclasses, spaces, usage, wholemodels, written, writtencalls
from .annotated import BY_TYPE, as_annotated, widened
from .argument import Argument, Arguments, short
from .comparisons import by_text_or_name
from .lengths import as_long_as_asked
from .names import CannotAssume, by_name, is_known

_BASIC = {kind.__name__: kind for kind in BY_TYPE}
_CONFIGURATION = re.compile(r"conf|cfg|args|hparams|params|options|opt|hp", re.IGNORECASE)
_VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


class Namespace(argparse.Namespace):
    """A configuration object whose class is not known: each attribute is taken from what its name means, once."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if re.search(rf"\.{name} is (not )?None", session.text) and not is_known(name):  # the file knows what to do without it
            value = None
        else:
            try:
                value = by_text_or_name(name)
                if isinstance(value, int) and usage.is_attribute_gone_through(name):
                    value = as_annotated(value, list, name)
            except CannotAssume:
                if re.search(rf"(\.{name}|\[['\"]{name}['\"]\])(\.[^\W\d]|\[['\"])", session.text):
                    value = Namespace()  # a part of the configuration, whose own attributes are read
                else:
                    value = usage.value_of_attribute(name, Namespace)
        setattr(self, name, value)
        return value

    def __getitem__(self, name):
        return getattr(self, name)

    def get(self, name, default=None):
        return vars(self).get(name, default) if default is not None else getattr(self, name)

    def keys(self):
        return vars(self).keys()


def for_call(callable_, name, given=None):
    """The Arguments to call a class or function of the file with: `given` (of a comment) before those of the file's own call, those before assumed ones.

    Raises CannotAssume, and what the evaluation of `given` raises.
    """
    if given is None:
        found = as_in_file(callable_, name) or as_in_imported(callable_, name)
        if found is not None:
            return found
    return _completed(callable_, name, {} if given is None else writtencalls.of_text(callable_, given))


def is_required(callable_):
    """Whether it cannot be called without arguments."""
    return any(_is_required(parameter) for parameter in parameters_of(callable_))


def can_assume(callable_, name):
    """Whether values are known for all that it requires."""
    try:
        for_call(callable_, name)
    except Exception:
        return False
    return True


def _is_required(parameter):
    return parameter.default is parameter.empty and parameter.kind not in _VARIADIC


def _completed(callable_, name, known):
    """`known`: name → Argument, or a list of them for `*args` and `**kwargs`. What is required beside them is assumed."""
    found = Arguments()
    is_gap = False  # behind a default that was left out, arguments are given by name
    for parameter in parameters_of(callable_):
        if parameter.kind in _VARIADIC:
            for argument in known.get(parameter.name, ()) or _handed_to_base(parameter, callable_, name, found.sentences):
                found.listed.append(argument)
                if parameter.kind is parameter.VAR_POSITIONAL:
                    found.args.append(argument.value)
                else:
                    found.kwargs[argument.name] = argument.value
            continue
        argument = known.get(parameter.name)
        if argument is not None and argument.origin == "file" and argument.value is None and _is_required(parameter) and wholemodels.is_whole(parameter.name):
            argument = None
        if argument is None and not _is_required(parameter):
            is_gap = True
            found.listed.append(Argument(parameter.name, parameter.default, "default", ""))
            continue
        if argument is None:
            argument = _assumed(parameter, callable_, name, found.sentences)
        found.give(parameter.replace(kind=parameter.KEYWORD_ONLY) if is_gap and parameter.kind is parameter.POSITIONAL_OR_KEYWORD else parameter, argument)
    return found


def _handed_to_base(parameter, callable_, name, sentences):
    """Arguments that a class takes as `**kwargs` since one below it requires them."""
    keywords = usage.keywords_of(callable_, parameter.name) if parameter.kind is parameter.VAR_KEYWORD and isinstance(callable_, type) else None
    if keywords is None or keywords.callable not in callable_.__mro__:
        return []
    own = {one.name for one in parameters_of(callable_)}
    return [_assumed(one, keywords.callable, name, sentences) for one in keywords.missing if one.name not in own]


def _assumed(parameter, callable_, name, sentences):
    try:
        value, reason = _value_for(parameter, callable_, sentences)
    except CannotAssume as error:
        error.argument = parameter.name  # in the end that of the outermost, which the user can give
        raise
    value = as_long_as_asked(callable_, parameter.name, value)
    if isinstance(value, Namespace):
        sentences.append(_OfNamespace(parameter.name, value))
    else:
        sentences.append(f"{name}: `{parameter.name}` is not given, assumed {short(value)}")
    return Argument(parameter.name, value, "assumed", reason)


class _OfNamespace:
    """The sentence of a configuration, written when it is known what the model read of it."""

    def __init__(self, name, namespace):
        self._name, self._namespace = name, namespace

    def __str__(self):
        read = ", ".join(f"{key} = {short(value)}" for key, value in vars(self._namespace).items())
        return f"`{self._name}` is not given, assumed {read or 'an empty one'}"


def _value_for(parameter, callable_, sentences):
    """(value, why): of a parameter that `callable_` requires. Raises CannotAssume."""
    annotation = parameter.annotation
    if isinstance(annotation, str):
        annotation = session.namespace.get(annotation, _BASIC.get(annotation, annotation))
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        if type(None) in typing.get_args(annotation):
            return None, "its annotation allows None"
        annotation = typing.get_args(annotation)[0]
    if isinstance(annotation, type):
        if issubclass(annotation, enum.Enum):
            return next(iter(annotation)), f"the first of {annotation.__name__}"
        if dataclasses.is_dataclass(annotation) or annotation.__module__ == "__main__" or annotation is not callable_ and framework.of_users_class(annotation) is not None:
            return _constructed(annotation, sentences), "its annotation"
        if annotation is framework.named("torch").model_base and not wholemodels.is_whole(parameter.name):
            return written.make(framework.named("torch").passing_on()), "its annotation"
    kind = origin or annotation
    if not isinstance(kind, type):  # a name that is not there, or a value: annotations can be anything
        kind = None
    space = spaces.of(parameter.name)
    if space is not None:
        return space, "its name"
    part = _part_of_file(parameter.name, callable_)
    if part is not None:
        return part if isinstance(part, type) else _constructed(part.made, sentences), f"the file's class of that name"
    if wholemodels.is_whole(parameter.name) and isinstance(callable_, type) and kind not in BY_TYPE and (model := _whole_model(parameter, callable_, sentences)) is not None:
        return model
    layers = _layers_of_file(parameter.name, callable_, sentences)
    if layers is not None:
        return layers, "the file's class of such layers"
    try:
        value = by_text_or_name(parameter.name)
        value = as_annotated(value, kind, parameter.name)
        return ([list(value), list(value)] if _is_nested(annotation) and isinstance(value, list) else value), "what its name usually means"
    except CannotAssume:
        pass
    if kind in BY_TYPE:
        return BY_TYPE[kind], f"its annotation is {kind.__name__}"
    keywords = usage.keywords_of(callable_, parameter.name)
    if keywords is not None:
        return {one.name: widened(one.name, _value_for(one, keywords.callable, sentences)[0]) for one in keywords.missing}, f"`{keywords.callable.__name__}` takes what is in it"
    if _CONFIGURATION.search(parameter.name):
        return _configuration(sentences), "what its attributes' names usually mean"
    try:
        return usage.value_of(callable_, parameter.name)
    except CannotAssume:
        if re.search(r"(layers|dims|sizes|channels|widths|units|features|blocks)$", parameter.name, re.IGNORECASE):
            return [2, 2, 2, 2] if re.search(r"layers|blocks", parameter.name, re.IGNORECASE) else [64, 32, 10], "what its name usually means"
        if usage.reads_attributes(callable_, parameter.name):
            return Namespace(), "what its attributes' names usually mean"
        raise


_open = []  # classes that a whole model is looked for


def _whole_model(parameter, callable_, sentences):
    """(model, why), or None: see `wholemodels`."""
    if callable_ in _open:  # two wrappers would be made of each other without end
        return None
    said = []

    def construct(cls):
        said[:] = []
        return _constructed(cls, said)
    _open.append(callable_)
    try:
        found = wholemodels.for_argument(parameter.name, callable_, construct)
    except CannotAssume:
        return None
    finally:
        _open.pop()
    if not found[1].startswith("a stand-in"):
        sentences.extend(said)
    return found


class _Instance:
    """An instance of a class is meant, and not the class itself."""

    def __init__(self, made):
        self.made = made


def _part_of_file(name, whole):
    """The file's class that an argument's name is of: `encoder` an instance of `Encoder`, `block` the class `BasicBlock` itself; None where there is none.

    `whole`: what takes the argument, which is no part of itself.
    """
    word = name.replace("_", "").lower()
    if word in ("model", "net", "x", "layer", "module", "act", "norm") or len(word) < 4:
        return None
    classes = [thing for _, thing in session.things() if framework.of_users_class(thing) is not None and thing is not whole]
    if word.endswith("block"):
        return next((cls for cls in classes if re.search(r"block|bottleneck", cls.__name__, re.IGNORECASE)), None)
    named = [cls for cls in classes if cls.__name__.lower() == word] or [cls for cls in classes if cls.__name__.lower().startswith(word)]
    return _Instance(named[0]) if named else None


def _is_nested(annotation):
    """`List[List[int]]`"""
    return any(typing.get_origin(inner) in (list, tuple) for inner in typing.get_args(annotation))


_LAYERS = re.compile(r"(\w+_)?(layers|blocks)")


def _layers_of_file(name, whole, sentences):
    """Two of the layers that a class is a stack of, `DecoderLayer` of a `Decoder`, where it takes the layers themselves; None."""
    if not _LAYERS.fullmatch(name) or not isinstance(whole, type) or not usage.is_gone_through(whole, name):
        return None
    namespace = vars(sys.modules.get(whole.__module__, session.main))
    cls = next((namespace[whole.__name__ + kind] for kind in ("Layer", "Block") if isinstance(namespace.get(whole.__name__ + kind), type)), None)
    return None if cls is None or framework.of(cls) is None else [_constructed(cls, sentences) for _ in range(2)]


def _constructed(cls, sentences):
    found = _completed(cls, cls.__name__, {})
    sentences.extend(found.sentences)
    return written.make(cls, *found.args, **found.kwargs)


def _configuration(sentences):
    """The file's own configuration class, else an object that knows what its attributes' names mean."""
    for _, thing in session.things():
        if isinstance(thing, type) and thing.__module__ == "__main__" and re.search(r"config|hparams|args|cfg", thing.__name__, re.IGNORECASE):
            if _takes_any_keyword(thing):  # and keeps it: what the model reads of it is known by no one but the model
                thing = type(thing.__name__, (thing, Namespace), {"__module__": thing.__module__})
            return _constructed(thing, sentences)
    return Namespace()


def _takes_any_keyword(cls):
    try:
        parameters = inspect.signature(cls).parameters.values()
    except (TypeError, ValueError):
        return False
    return any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters)


# Calls in the text

def _is_of_absent(name, argument):
    """Whether an argument of a call's text is of a package that is not here: a thing of it, or a size of its empty data."""
    if not isinstance(argument, Argument):
        return False
    if absent.is_missing(argument.value):
        return True
    size = by_name(name) if is_known(name) else None
    return bool(absent.packages()) and type(argument.value) is int and argument.value == 0 and argument.text != "0" and type(size) is int and size > 0


def as_in_file(callable_, name):
    """The Arguments of a call of `name` in the file's text, evaluated in the file's namespace; None where there is no usable one."""
    if session.tree is None:
        return None
    makers = factories.lines()
    nodes = [node for node in session.syntax.outermost_first(ast.Call) if isinstance(node.func, ast.Name) and node.func.id == name
             and (node.args or node.keywords)]
    # a function that makes a variant of a model says no more of it than its own defaults do
    within = {id(node) for node in nodes if any(node.lineno in lines for lines in makers)}
    nodes = [node for node in nodes if id(node) not in within] + [node for node in nodes if id(node) in within and is_required(callable_)]
    for node in nodes:
        found = _as_written(callable_, name, node, f"line {node.lineno}", session.namespace)
        if found is not None:
            found.line = node.lineno
            return found
    return None


def as_in_imported(callable_, name):
    """The Arguments of a call of a class in a function of a file that the file imports; None where there is no usable one."""
    for file, module in importedclasses.modules() if isinstance(callable_, type) and callable_.__module__ != "__main__" else ():
        for node in importedclasses.calls_in(file, module):
            found = _as_written(callable_, name, node, f"line {node.lineno} of {file.path.rpartition('/')[2]}", vars(module)) if vars(module)[node.func.id] is callable_ else None
            if found is not None:
                return found
    return None


def _as_written(callable_, name, node, place, namespace):
    """The Arguments of a call in a text; None where it says not all that is required, or cannot be evaluated."""
    try:
        said = writtencalls.of_call(callable_, node, "file", f"as on {place}", namespace)
        known = {parameter: argument for parameter, argument in said.items() if not _is_of_absent(parameter, argument)}
        found = _completed(callable_, name, known)
    except Exception as error:
        diagnostics.log_failure(f"the arguments that `{name}` has on {place} are not taken", error)
        return None
    if found.sentences and len(known) == len(said):
        return None
    found.sentences.append(f"{name}: constructed as on {place}" + (
        "" if len(known) == len(said) else f", without what comes of {absent.listed(absent.packages())}, which is not here"))
    return found
