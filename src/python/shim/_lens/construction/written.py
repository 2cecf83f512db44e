"""How a value is written as Python text that gives it in the file's namespace; `Namespace` there is `argparse`'s."""
import argparse
import dataclasses
import enum
import math
import types

from .. import framework
from ..session import session
from ..signature import parameters_of

_made = {}  # id of an object that was made here → (the object, class, args, kwargs); None in place of the class where that is not all that it is


class NotWritten(Exception):
    """No text gives a value; the message names its class."""


def clear():
    _made.clear()


def make(cls, *args, **kwargs):
    """An instance, of which it is remembered how it was made."""
    thing = cls(*args, **kwargs)
    _made[id(thing)] = thing, cls, args, kwargs
    return thing


def change(thing, attribute, value):
    """Sets what no text says of an object that was made here."""
    setattr(thing, attribute, value)
    _made.pop(id(thing), None)


def parts_of(thing):
    """(class, args, kwargs), by name where they have one, of an object that was made here; None of any other."""
    _, cls, args, kwargs = _made.get(id(thing), (None, None, (), {}))
    return None if cls is None else (cls, *_by_name(cls, args, kwargs))


def text_of(value):
    """The text; of what none gives, how it was made here, or what it says of itself on one line."""
    try:
        return code_of(value)
    except NotWritten:
        made = parts_of(value)
        if made is None:
            return " ".join(repr(value).split())
        cls, args, kwargs = made
        return f"{cls.__name__}({', '.join([*map(text_of, args), *(f'{name}={text_of(one)}' for name, one in kwargs.items())])})"


def code_of(value):
    """The text. Raises NotWritten."""
    if isinstance(value, argparse.Namespace):
        return f"{next((cls.__name__ for cls in type(value).__mro__ if session.namespace.get(cls.__name__) is cls), 'Namespace')}({_listed((), vars(value))})"
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return f"{code_of(type(value))}({_listed((), {field.name: getattr(value, field.name) for field in dataclasses.fields(value) if field.init})})"
    if id(value) in _made:
        _, cls, args, kwargs = _made[id(value)]
        return f"{code_of(cls)}({_listed(*_by_name(cls, args, kwargs))})"
    if isinstance(value, (type, types.FunctionType)):
        return _name_of(value)
    if isinstance(value, enum.Enum):
        return f"{code_of(type(value))}.{value.name}"
    if type(value) is list:
        return f"[{code_of(value[0])}] * {len(value)}" if len(value) > 1 and all(item is value[0] for item in value) else f"[{_listed(value, {})}]"
    if type(value) is tuple:
        return f"({code_of(value[0])},)" if len(value) == 1 else f"({_listed(value, {})})"
    if type(value) is dict:
        return "{" + ", ".join(f"{code_of(key)}: {code_of(one)}" for key, one in value.items()) + "}"
    if value is None or type(value) in (bool, int, str, bytes) or type(value) is float and math.isfinite(value):
        return repr(value)
    return _own_text(value)


def _by_name(cls, args, kwargs):
    """(args, kwargs) all by name where each has one."""
    parameters = parameters_of(cls)[:len(args)]
    if len(parameters) < len(args) or any(parameter.kind is not parameter.POSITIONAL_OR_KEYWORD for parameter in parameters):
        return args, kwargs
    return (), {**{parameter.name: value for parameter, value in zip(parameters, args)}, **kwargs}


def _listed(args, kwargs):
    return ", ".join([*map(code_of, args), *(f"{name}={code_of(value)}" for name, value in kwargs.items())])


def _name_of(thing):
    """The name of a class or function in the file, also behind that of a module there; of a class that is an adaptation of ours, that of what it adapts."""
    for one in thing.__mro__[:-1] if isinstance(thing, type) else (thing,):
        known = session.namespace.get(one.__name__)
        if known is one:
            return one.__name__
        for name, module in session.namespace.items():
            if isinstance(module, types.ModuleType) and getattr(module, one.__name__, None) is one:
                return f"{name}.{one.__name__}"
        if framework.of(one) is None or not framework.of(one).is_container_class(one):
            break
    raise NotWritten(f"`{thing.__name__}`, which has no name in this file")


def _own_text(value):
    """What a value says of itself, where Python takes it for an equal one: `torch.float32`."""
    text = repr(value)
    try:
        if eval(text, dict(session.namespace)) == value:
            return text
    except Exception:  # it is no expression, or one of names that are not there
        pass
    raise NotWritten(f"a `{type(value).__name__}`")
