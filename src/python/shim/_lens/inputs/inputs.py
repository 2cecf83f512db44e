"""What a model is called with: inputs as the command and `# lens:` comments write them, drawn, and the names of its arguments."""
import ast
import contextlib
import random
import re

from .. import door
from ..framework import InputSpec, Plain
from ..recording import array, provenance
from . import adjacency, methods, structure

_SPEC = re.compile(r"(?:(int|float|int64|float32):)?(\d+(?:x\d+)*)(?::(-?\d+)\.\.(-?\d+))?")


def parse_spec(text, origin):
    """An InputSpec of `2x3x32x32`, `int:2x128:0..65` or `(2, 3, 32, 32)`; a `Plain` value of `None`, `True`, `0.5` or `'mean'`; `mask=None` names the
    argument that it is for. Raises ValueError."""
    name, text = _NAMED.fullmatch(text.strip()).groups()
    name = name or ""
    found = _SPEC.fullmatch(text)
    if found:
        kind, shape, low, high = found.groups()
        shape = tuple(int(n) for n in shape.split("x"))
        if kind and kind.startswith("int"):
            return InputSpec(shape, "int64", int(low or 0), int(high) if high else 2, name, origin)
        if low is None:
            return InputSpec(shape, "float32", name=name, origin=origin)
    else:
        try:
            value = ast.literal_eval(text)
        except (SyntaxError, ValueError):
            value = ()
        if isinstance(value, tuple) and value and all(type(n) is int and n >= 0 for n in value):
            return InputSpec(value, "float32", name=name, origin=origin)
        if value is None or isinstance(value, (bool, float, str)):
            return Plain(value, name, origin)
    raise ValueError(f"`{text}` is not an input: write `2x3x32x32` or `int:2x128:0..65`")


_NAMED = re.compile(r"(?:([A-Za-z_]\w*)\s*=\s*)?(.*)", re.DOTALL)


def by_place(specs, names):
    """place among the model's arguments → spec: one that names its argument at its place, the others before them. Raises ValueError."""
    placed = dict(enumerate(spec for spec in specs if not spec.name))
    for spec in specs:
        if not spec.name:
            continue
        if spec.name not in names:
            raise ValueError(f"the model has no argument `{spec.name}`; it has: {', '.join(names)}")
        placed[names.index(spec.name)] = spec
    return placed


def completed(specs, placed, model):
    """`specs` of the first arguments with those that are placed behind them; one between has its default."""
    names, defaults = structure.of(model).names, methods.defaults_of(model)
    found = list(specs)
    for place in range(len(found), max(placed, default=-1) + 1):
        found.append(placed[place] if place in placed else Plain(defaults.get(names[place]), origin="default"))
    return found


def beside(first, specs, given):
    """`specs` with another first one: what is as that was, with or without channels, becomes as this is, and what has its batch (the first axis that is as long) gets this one's."""
    before, batch = specs[0], first.shape[0]

    def fitted(spec):
        if not isinstance(spec, InputSpec) or before.shape[0] not in spec.shape:
            return spec
        if spec.shape == before.shape:
            return spec.changed(shape=first.shape)
        if spec.shape == (before.shape[0], *before.shape[2:]):  # a mask over maps without their channels
            return spec.changed(shape=(batch, *first.shape[2:]))
        if spec.is_adjacency:
            return spec.changed(shape=(*first.shape[:len(spec.shape) - 2], first.shape[-2], first.shape[-2]))
        axis = spec.shape.index(before.shape[0])
        return spec.changed(shape=(*spec.shape[:axis], batch, *spec.shape[axis + 1:]))
    return [first, *[spec if place in given else fitted(spec) for place, spec in enumerate(specs[1:], 1)]]


def in_batches_of(value, batch, origin="file"):
    """A spec for a value like one of the file's in another batch size; integers stay below the largest one seen."""
    high = max(door.read(value), default=0) + 1 if value.dtype.startswith("int") else None
    return InputSpec((batch, *value.shape[1:]), value.dtype, 0, high, origin=origin)


def drawn(owner, spec):
    """The value that a spec asks for."""
    if isinstance(spec, InputSpec):
        made = owner.wrap(adjacency.drawn(spec.shape)) if spec.is_adjacency else owner.draw(spec)
        provenance.drawn.add(made.value.id)
        return made
    return spec.value if isinstance(spec, Plain) else spec


@contextlib.contextmanager
def trial():
    """Whatever is written to tensors within is put back, and what Python draws is drawn again."""
    outer, array.journal = array.journal, {}
    state = random.getstate()
    try:
        yield
    finally:
        random.setstate(state)
        written, array.journal = array.journal, outer
        for storage, value in written.values():
            storage.value = value
            storage.version += 1
