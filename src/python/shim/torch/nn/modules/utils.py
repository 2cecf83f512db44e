"""torch.nn.modules.utils: a number, or one for each axis."""
from collections.abc import Iterable


def _ntuple(n):
    def parse(value):
        return tuple(value) if isinstance(value, Iterable) else (value,) * n
    return parse


_single, _pair, _triple, _quadruple = map(_ntuple, (1, 2, 3, 4))
