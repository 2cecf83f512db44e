"""What is done to a tensor for a pattern: split its axes, permute, reduce, add axes, join axes; each only where it changes something."""
import functools
import math
from collections import namedtuple

from ._error import EinopsError
from ._pattern import ELLIPSIS, Number, Side, fault_of_name

REDUCTIONS = ("min", "max", "sum", "mean", "prod", "any", "all")

# split: shape before the permutation. order: the permutation. reduced: positions after it, all at the end. added: position of a new
# axis -> its length. joined: the last shape. None, or empty: nothing to do.
Steps = namedtuple("Steps", "split order reduced added joined")


class Plan:
    """A pattern for tensors of one rank, with the axes whose lengths are given by name. `steps` are for one shape."""

    def __init__(self, pattern, operation, given, rank):
        """Raises EinopsError where the pattern itself, or the rank, or a name is wrong."""
        left_text, right_text = pattern.split("->")
        left, right = Side(left_text), Side(right_text)
        _check(pattern, operation, left, right, given)
        ellipsis = _axes_of_ellipsis(left, rank)
        self._left, self._right = left.with_axes_for_ellipsis(ellipsis), right.with_axes_for_ellipsis(ellipsis)
        before = [axis for group in self._left for axis in group]
        after = [axis for group in self._right for axis in group]
        self._numbers = {axis: axis.length for axis in (*before, *after) if isinstance(axis, Number)}
        for name in given:
            if fault_of_name(name):
                raise EinopsError("Invalid name for an axis", name)
            if name not in before and name not in after:
                raise EinopsError(f"Axis {name} is not used in transform")
        for group in self._left:
            unknown = {axis for axis in group if axis not in given and axis not in self._numbers}
            if len(unknown) > 1:
                raise EinopsError(f"Could not infer sizes for {unknown}")
        kept, here = set(after), set(before)
        gone = [axis for axis in before if axis not in kept]
        ordered = [axis for axis in after if axis in here] + gone
        self._before = before
        self._is_split, self._is_joined = (any(len(group) != 1 for group in side) for side in (self._left, self._right))
        self._order = [before.index(axis) for axis in ordered]
        if self._order == sorted(self._order):
            self._order = None
        self._reduced = tuple(range(len(ordered) - len(gone), len(ordered)))
        self._added = {position: axis for position, axis in enumerate(after) if axis not in here}

    def steps(self, shape, lengths):
        """`shape`: lengths of the axes, None where one is not known yet. `lengths`: axis name -> length, as given."""
        known = {**self._numbers, **lengths}
        for size, group in zip(shape, self._left):
            unknown = next((axis for axis in group if axis not in known), None)
            if unknown is not None and len(group) == 1:
                known[unknown] = size
                continue
            product = math.prod(known[axis] for axis in group if axis is not unknown)
            if unknown is None:
                if size is not None and size != product:
                    raise EinopsError(f"Shape mismatch, {size} != {product}")
            elif size is None:
                known[unknown] = None
            elif size % product != 0:
                raise EinopsError(f"Shape mismatch, can't divide axis of length {size} in chunks of {product}")
            else:
                known[unknown] = size // product
        return Steps(
            [_size([known[axis]]) for axis in self._before] if self._is_split else None, self._order, self._reduced,
            {position: known[axis] for position, axis in self._added.items()},
            [_size([known[axis] for axis in group]) for group in self._right] if self._is_joined else None)


def _size(lengths):
    """The length of axes joined; -1, for a reshape to find out, where one is not known."""
    return -1 if None in lengths else math.prod(lengths)


@functools.lru_cache(1024)
def plan(pattern, operation, given, rank):
    """The plan, kept for patterns whose operation is a name."""
    return Plan(pattern, operation, given, rank)


def plan_of(pattern, operation, given, rank):
    if callable(operation):
        return Plan(pattern, operation, given, rank)
    return plan(pattern, operation, given, rank)


def plans_of_all_ranks(pattern, operation, given):
    """What a layer is made with, so that a wrong pattern is refused before there is a tensor. Rank -> Plan."""
    left = Side(pattern.split("->")[0])
    lowest = len(left.groups) - 1
    ranks = range(lowest, lowest + 8) if left.ellipsis else [lowest + 1]
    return {rank: plan_of(pattern, operation, given, rank) for rank in ranks}


def _check(pattern, operation, left, right, given):
    """New axes appear in `repeat` only, and vanish in reductions only."""
    if right.ellipsis and not left.ellipsis:
        raise EinopsError(f"Ellipsis found in right side, but not left side of a pattern {pattern}")
    if left.ellipsis == "grouped":
        raise EinopsError(f"Ellipsis inside parenthesis in the left side is not allowed: {pattern}")
    if operation == "rearrange":
        if left.has_numbers or right.has_numbers:
            raise EinopsError("Non-unitary anonymous axes are not supported in rearrange (exception is length 1)")
        if left.names != right.names:
            raise EinopsError(f"Identifiers only on one side of expression (should be on both): {left.names ^ right.names}")
    elif operation == "repeat":
        if left.names - right.names:
            raise EinopsError(f"Unexpected identifiers on the left side of repeat: {left.names - right.names}")
        without = {axis for axis in right.names if not isinstance(axis, Number)} - left.names - set(given)
        if without:
            raise EinopsError(f"Specify sizes for new axes in repeat: {without}")
    elif operation in REDUCTIONS or callable(operation):
        if right.names - left.names:
            raise EinopsError(f"Unexpected identifiers on the right side of reduce {operation}: {right.names - left.names}")
    else:
        raise EinopsError(f"Unknown reduction {operation}. Expect one of {REDUCTIONS}.")


def _axes_of_ellipsis(left, rank):
    """Names for the axes that an ellipsis stands for in a tensor of this rank."""
    if not left.ellipsis:
        if rank != len(left.groups):
            raise EinopsError(f"Wrong shape: expected {len(left.groups)} dims. Received {rank}-dim tensor.")
        return []
    others = len(left.groups) - 1
    if rank < others:
        raise EinopsError(f"Wrong shape: expected >={others} dims. Received {rank}-dim tensor.")
    return [f"{ELLIPSIS}{position}" for position in range(rank - others)]
