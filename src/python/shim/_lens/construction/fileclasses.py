"""The file's own class that an argument is named after: `encoder` an instance of `Encoder`, `block` the class `BasicBlock` itself, `layers` several of `DecoderLayer`."""
import re
import sys

from .. import framework
from ..meanings import names
from ..session import session
from . import usage

# Words that are the names of too many things.
_OF_ANYTHING = frozenset({"model", "net", "x", "layer", "module", "act", "norm"})
_BLOCK = re.compile(r"block|bottleneck", re.IGNORECASE)
_LAYERS = re.compile(r"(\w+_)?(layers|blocks)")


def part(wanted):
    """(class or instance, why), or None."""
    word = wanted.name.replace("_", "").lower()
    if word in _OF_ANYTHING or len(word) < 4:
        return None
    reason = "the file's class of that name"
    classes = [thing for _, thing in session.things() if framework.of_users_class(thing) is not None and thing is not wanted.callable]
    if word.endswith("block"):
        block = next((cls for cls in classes if _BLOCK.search(cls.__name__)), None)
        return None if block is None else (block, reason)
    named = [cls for cls in classes if cls.__name__.lower() == word]
    if not named and not names.is_known(wanted.name):  # `depth` is a number, whatever begins with it: `DepthWiseConv2d`
        named = [cls for cls in classes if cls.__name__.lower().startswith(word)]
    return (wanted.constructed(named[0]), reason) if named else None


def layers(wanted):
    """(two of the layers that a class is a stack of, why) where it takes the layers themselves: `DecoderLayer` of a `Decoder`; else None."""
    whole = wanted.callable
    if not _LAYERS.fullmatch(wanted.name) or not isinstance(whole, type) or not usage.is_gone_through(whole, wanted.name):
        return None
    namespace = vars(sys.modules.get(whole.__module__, session.main))
    cls = next((namespace[whole.__name__ + kind] for kind in ("Layer", "Block") if isinstance(namespace.get(whole.__name__ + kind), type)), None)
    return None if cls is None or framework.of(cls) is None else ([wanted.constructed(cls) for _ in range(2)], "the file's class of such layers")
