"""Tuples of one number, and channel counts that divide well."""
from collections.abc import Iterable


def to_ntuple(n):
    """A function that repeats what is not a sequence `n` times."""
    return lambda x: tuple(x) if isinstance(x, Iterable) and not isinstance(x, str) else (x,) * n


_ntuple = to_ntuple
to_1tuple, to_2tuple, to_3tuple, to_4tuple = map(to_ntuple, (1, 2, 3, 4))


def make_divisible(v, divisor=8, min_value=None, round_limit=0.9):
    """The multiple of `divisor` nearest to `v`, but no less than `round_limit` of it."""
    nearest = max(min_value or divisor, int(v + divisor / 2) // divisor * divisor)
    return nearest + divisor if nearest < round_limit * v else nearest


def extend_tuple(x, n):
    """The first `n` of a tuple, its last one repeated where there are fewer."""
    x = tuple(x) if isinstance(x, (tuple, list)) else (x,)
    return (x + x[-1:] * (n - len(x)))[:n]
