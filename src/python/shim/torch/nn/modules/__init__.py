"""torch.nn.modules: every module class, gathered from the files that define them by family."""
from . import activation, attention, container, conv, dropout, linear, loss, normalization, pooling, rnn, shaping, sparse, transformer
from .module import Module

_FAMILIES = (activation, attention, container, conv, dropout, linear, loss, normalization, pooling, rnn, shaping, sparse, transformer)

CLASSES = {"Module": Module}
for _family in _FAMILIES:
    for _name, _member in vars(_family).items():
        if isinstance(_member, type) and issubclass(_member, Module) and not _name.startswith("_"):
            CLASSES[_name] = _member
globals().update(CLASSES)
__all__ = list(CLASSES)
del _family, _name, _member
