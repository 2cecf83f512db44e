"""What a model is called with: inputs as the command and `# lens:` comments write them, drawn, and the names of its arguments."""
import ast
import contextlib
import inspect
import random
import re

from . import array
from .framework import InputSpec, Plain
from .signature import signature_of

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
            return Plain(value, name)
    raise ValueError(f"`{text}` is not an input: write `2x3x32x32` or `int:2x128:0..65`")


_NAMED = re.compile(r"(?:([A-Za-z_]\w*)\s*=\s*)?(.*)", re.DOTALL)


def in_order(specs, model):
    """Specs that name their argument at its place among the model's, the others before them; one that is left out has its default. Raises ValueError."""
    parameters = _positional(model)
    names = [parameter.name for parameter in parameters]
    placed = [spec for spec in specs if not spec.name]
    for spec in specs:
        if not spec.name:
            continue
        if spec.name not in names:
            raise ValueError(f"the model has no argument `{spec.name}`; it has: {', '.join(names)}")
        position = names.index(spec.name)
        placed.extend(None if p.default is p.empty else Plain(p.default) for p in parameters[len(placed):position + 1])
        placed[position] = spec
    return placed


def flat(specs):
    """Every InputSpec, those in dictionaries too, in the order in which they are drawn."""
    found = []
    for spec in specs:
        if isinstance(spec, InputSpec):
            found.append(spec)
        elif isinstance(spec, dict):
            found.extend(flat(spec.values()))
    return found


def drawn(owner, spec):
    """The argument that a spec asks for."""
    if isinstance(spec, InputSpec):
        return owner.draw(spec)
    if isinstance(spec, dict):
        return {key: drawn(owner, inner) for key, inner in spec.items()}
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


def _positional(model):
    """The parameters of what a model is called with. Raises TypeError or ValueError where they are not known."""
    method = next((getattr(type(model), name) for name in ("forward", "call") if callable(getattr(type(model), name, None))), None)
    if method is None:
        method = model if inspect.isfunction(model) else type(model).__call__
    parameters = list(signature_of(method).parameters.values())
    if not inspect.isfunction(model):
        parameters = parameters[1:]
    return [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def parameters_of(model):
    """Names of the arguments a model is called with, and how many of them are required."""
    try:
        positional = [p for p in _positional(model) if p.default is p.empty or p.name not in ("training", "mask")]
    except (TypeError, ValueError):
        positional = []
    if not positional:
        return ["input"], 1
    return [p.name for p in positional], max(1, sum(p.default is p.empty for p in positional))


def names_of(model, count):
    """Names of the first `count` arguments that a model is called with."""
    try:
        names = [parameter.name for parameter in _positional(model)][:count]
    except (TypeError, ValueError):
        names = ["input"][:count]
    return names + [f"input_{position}" for position in range(len(names), count)]
