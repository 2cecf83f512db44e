"""A graph as networks of graphs take it: for each node a row of who is beside it. Normal numbers would make of it weights below zero, of which no row is an average."""
from .. import door

_BESIDE = 4  # nodes, about, that each one is beside


def drawn(shape):
    """A Value of square matrices: 1 for each pair of neighbours (either way) and each node with itself, and each row divided by its sum, D⁻¹(A + I) of Kipf & Welling (2017)."""
    nodes = shape[-1]
    chance = door.record("uniform", generator=0, shape=list(shape), **{"from": 0.0, "to": 1.0}, dtype="float32")
    turned = door.record("permute", [chance], dims=[*range(len(shape) - 2), len(shape) - 1, len(shape) - 2])
    # that the smaller of two is below p/2 has the probability p - p²/4
    beside = door.record("lt", [door.record("minimum", [chance, turned]), _number(min(_BESIDE / (2 * nodes), 1.0))])
    itself = door.record("eye", n=nodes, m=nodes, dtype="float32")
    joined = door.record("where", [beside, _number(1.0), itself])
    return door.record("div", [joined, door.record("sum", [joined], dim=[len(shape) - 1], keepdim=True)])


def _number(value):
    return door.record("full", shape=[], value=value, dtype="float32")
