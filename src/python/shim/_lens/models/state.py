"""Parameters and buffers of a model with the values that they had when a call began."""
from typing import Any, NamedTuple

from ..framework import Buffer, Parameter


class ParameterState(NamedTuple):
    parameter: Parameter
    value: Any  # a door.Value


class BufferState(NamedTuple):
    """`before` and `after` the call, each a door.Value."""
    buffer: Buffer
    before: Any
    after: Any


def parameters(owner, module, journal):
    """[ParameterState] of a module; `journal`: what was assigned since the call began, `array.journal`."""
    return [ParameterState(entry, _value_before(entry.array, journal)) for entry in owner.parameters(module)]


def buffers(owner, module, journal):
    """[BufferState] of a module, at the end of its call."""
    return [BufferState(entry, _value_before(entry.array, journal), entry.array.value) for entry in owner.buffers(module)]


def _value_before(array, journal):
    entry = journal.get(id(array._storage))
    return entry[1] if entry is not None and not array._steps else array.value
