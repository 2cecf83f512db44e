"""Which classes are losses: they are no model of a file that has another, and are shown where they are all that it has."""
import re

from ..inputs import methods

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_LOSS = ("loss", "losses", "criterion", "entropy")


def is_loss(cls):
    """By the last word of its name, `FocalLoss`; by the first, `LossOfPairs`, where it takes what outputs are compared with."""
    words = [word.lower() for word in _WORD.findall(cls.__name__)]
    if not words:
        return False
    return words[-1] in _LOSS or words[0] in _LOSS and _required(cls) > 1


def _required(cls):
    try:
        return sum(parameter.default is parameter.empty for parameter in methods.parameters_of_class(cls))
    except (TypeError, ValueError):
        return 0
