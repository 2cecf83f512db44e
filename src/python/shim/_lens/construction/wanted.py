"""An argument that a class or function requires and that nobody gives: what is known of it before a value is looked for."""
import types
import typing

from ..session import session
from .annotated import BY_TYPE

_BASIC = {kind.__name__: kind for kind in BY_TYPE}


class Wanted:
    """`callable`: what requires it. `kind`: the class that its annotation means, None where it means none. `sentences`: takes what is assumed on the way."""

    def __init__(self, parameter, callable_, sentences, complete):
        self.name, self.callable, self.sentences = parameter.name, callable_, sentences
        self._complete = complete  # `completion.constructed`
        self.annotation, self.is_optional = _resolved(parameter.annotation)
        kind = typing.get_origin(self.annotation) or self.annotation
        self.kind = kind if isinstance(kind, type) else None  # a name that is not there, or a value: annotations can be anything

    @property
    def is_nested(self):
        """`List[List[int]]`"""
        return any(typing.get_origin(inner) in (list, tuple) for inner in typing.get_args(self.annotation))

    def constructed(self, cls):
        """An instance of a class, what it requires assumed."""
        return self._complete(cls, self.sentences)

    def beside(self, parameter, callable_):
        """Another one, which this one is to hold."""
        return Wanted(parameter, callable_, self.sentences, self._complete)

    def apart(self):
        """The same, with sentences of its own."""
        other = object.__new__(Wanted)
        vars(other).update(vars(self), sentences=[])
        return other


def _resolved(annotation):
    """(annotation, whether it allows None); of several the first."""
    if isinstance(annotation, str):
        annotation = session.namespace.get(annotation, _BASIC.get(annotation, annotation))
    if typing.get_origin(annotation) not in (typing.Union, types.UnionType):
        return annotation, False
    several = typing.get_args(annotation)
    return several[0], type(None) in several
