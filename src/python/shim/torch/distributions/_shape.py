"""Sums over the dimensions of an event."""


def last_summed(value, count):
    """The sum over the last `count` dimensions."""
    return value.sum(tuple(range(-count, 0))) if count else value
