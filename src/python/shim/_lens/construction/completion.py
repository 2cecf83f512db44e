"""What a class or function requires beside the arguments that are known: values for them, by what the file does with them and by what names and annotations mean."""
import dataclasses
import enum
import re
import sys
import types
import typing

from .. import framework
from ..session import session
from ..signature import VARIADIC, is_required, parameters_of
from . import spaces, usage, wholemodels, written
from .annotated import BY_TYPE, as_annotated, widened
from .argument import Argument, Arguments, short
from .comparisons import by_text_or_name
from .lengths import as_long_as_asked
from .names import CannotAssume
from .namespace import Namespace, Sentence

_BASIC = {kind.__name__: kind for kind in BY_TYPE}
_CONFIGURATION = re.compile(r"conf|cfg|args|hparams|params|options|opt|hp", re.IGNORECASE)


def completed(callable_, name, known):
    """`known`: name → Argument, or a list of them for `*args` and `**kwargs`. What is required beside them is assumed."""
    found = Arguments()
    is_gap = False  # behind a default that was left out, arguments are given by name
    for parameter in parameters_of(callable_):
        if parameter.kind in VARIADIC:
            for argument in known.get(parameter.name, ()) or _handed_to_base(parameter, callable_, name, found.sentences):
                found.listed.append(argument)
                if parameter.kind is parameter.VAR_POSITIONAL:
                    found.args.append(argument.value)
                else:
                    found.kwargs[argument.name] = argument.value
            continue
        argument = known.get(parameter.name)
        if argument is not None and argument.origin == "file" and argument.value is None and is_required(parameter) and wholemodels.is_whole(parameter.name):
            argument = None
        if argument is None and not is_required(parameter):
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
        sentences.append(Sentence(parameter.name, value))
    else:
        sentences.append(f"{name}: `{parameter.name}` is not given, assumed {short(value)}")
    return Argument(parameter.name, value, "assumed", reason)


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
    found = completed(cls, cls.__name__, {})
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
    return any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters_of(cls))
