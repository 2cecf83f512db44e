"""Where the value of an argument that nobody gives is taken from, in the order in which they are asked."""
import dataclasses
import enum
import linecache
import re

from .. import framework
from ..meanings.comparisons import by_text_or_name
from ..meanings.names import CannotAssume
from ..session import session
from . import configuration, fileclasses, spaces, usage, wholemodels, written
from .annotated import BY_TYPE, as_annotated, widened

_PLURAL = re.compile(r"(layers|dims|sizes|channels|widths|units|features|blocks)$", re.IGNORECASE)
_COUNTED = re.compile(r"layers|blocks", re.IGNORECASE)


def value_for(wanted):
    """(value, why). Raises CannotAssume."""
    unknown = None
    for source in SOURCES:
        try:
            found = source(wanted)
        except CannotAssume as error:
            if source not in _ASKED:
                raise
            unknown = error
            continue
        if found is not None:
            return found
    raise unknown


def _none(wanted):
    return (None, "its annotation allows None") if wanted.is_optional else None


def _annotated_class(wanted):
    cls = wanted.annotation
    if not isinstance(cls, type):
        return None
    if issubclass(cls, enum.Enum):
        return next(iter(cls)), f"the first of {cls.__name__}"
    if dataclasses.is_dataclass(cls) or cls.__module__ == "__main__" or cls is not wanted.callable and framework.of_users_class(cls) is not None:
        return wanted.constructed(cls), "its annotation"
    if cls is framework.named("torch").model_base and not wholemodels.is_whole(wanted.name):
        return written.make(framework.named("torch").passing_on()), "its annotation"
    return None


def _space(wanted):
    space = spaces.of(wanted.name, _text_around(wanted.callable))
    return None if space is None else (space, "its name")


def _text_around(callable_):
    """Of the file that defines a class or function."""
    code = getattr(getattr(callable_, "__init__", None) if isinstance(callable_, type) else callable_, "__code__", None)
    return session.text if code is None or callable_.__module__ == "__main__" else "".join(linecache.getlines(code.co_filename))


def _named(wanted):
    value = as_annotated(by_text_or_name(wanted.name), wanted.kind, wanted.name)
    return ([list(value), list(value)] if wanted.is_nested and isinstance(value, list) else value), "what its name usually means"


def _annotated_kind(wanted):
    return (BY_TYPE[wanted.kind], f"its annotation is {wanted.kind.__name__}") if wanted.kind in BY_TYPE else None


def _keywords(wanted):
    keywords = usage.keywords_of(wanted.callable, wanted.name)
    if keywords is None:
        return None
    return {one.name: widened(one.name, value_for(wanted.beside(one, keywords.callable))[0]) for one in keywords.missing}, f"`{keywords.callable.__name__}` takes what is in it"


def _used(wanted):
    return usage.value_of(wanted.callable, wanted.name)


def _plural(wanted):
    if not _PLURAL.search(wanted.name):
        return None
    return [2, 2, 2, 2] if _COUNTED.search(wanted.name) else [64, 32, 10], "what its name usually means"


SOURCES = (_none, _annotated_class, _space, fileclasses.part, wholemodels.whole, fileclasses.layers, _named, _annotated_kind, _keywords, configuration.named, _used, _plural, configuration.read)
_ASKED = frozenset({_named, _used})  # those that may know nothing; of the others, a part of the value is what nothing is known of
