"""What a call was given, for the report: its tensors, and what is no tensor or was left at its default."""
import typing

from .. import door, framework
from ..construction import written
from ..inputs import methods, structure
from ..recording.array import values_in


class Given(typing.NamedTuple):
    """A tensor that a model was called with; `InputReport` of src/protocol/report.ts has the meaning of the fields."""

    name: str
    value: door.Value
    range: list | None
    origin: str


class GivenPlain(typing.NamedTuple):
    """An argument of the call that is no tensor; `PlainInputReport` of src/protocol/report.ts has the meaning of the fields."""

    name: str
    value: str
    origin: str


def with_specs(names, specs, inputs_of_call, origin):
    """The inputs of a call with what their specs say of them, and the `origin` of those that are values; as they are, where the call was of others."""
    described = [(name, spec) for name, spec in zip(names, specs) for _ in range(1 if isinstance(spec, framework.InputSpec) else len(values_in(spec)))]
    if len(described) != len(inputs_of_call):
        return inputs_of_call
    return [Given(spec.name or name, given.value, spec.range, spec.origin) if isinstance(spec, framework.InputSpec) else given._replace(name=name, origin=origin)
            for (name, spec), given in zip(described, inputs_of_call)]


def plain_of(owner, model, specs):
    """[GivenPlain]: what a call on specs was given beside tensors, and what it left at its default."""
    names, defaults = structure.of(model).names, methods.defaults_of(model)
    found = []
    for position, name in enumerate(names):
        if position < len(specs):
            spec = specs[position]
            if spec is None or isinstance(spec, framework.Plain):
                value, origin = (None, "inferred") if spec is None else (spec.value, spec.origin)
                found.append((name, value, origin))
        elif name in defaults:
            found.append((name, defaults[name], "default"))
    return _shown_plain(owner, found)


def plain_of_root(root):
    """[GivenPlain] of the file's own call."""
    if root.call.given is None:
        return []
    taken = structure.of(root.module)
    given = taken.named(*root.call.given)
    known = {name for name, _ in given}
    defaults = [(name, value, "default") for name, value in methods.defaults_of(root.module).items() if name not in known]
    return _shown_plain(root.framework, [*((name, value, "file") for name, value in given), *defaults])


def _shown_plain(owner, found):
    """Those that can be written as text. A Keras model is told by the mode whether it trains."""
    return [GivenPlain(name, written.text_of(value), origin) for name, value, origin in found
            if (value is None or isinstance(value, (bool, int, float, str))) and name not in owner.told_by_mode]


def names_in(root):
    """A name for each tensor that the call of a root was given."""
    taken = structure.of(root.module)
    if root.call.given is None:
        return taken.described(len(root.call.inputs))
    names = []
    for name, value in taken.named(*root.call.given):
        count = len(values_in(value))
        names.extend([name] if count == 1 else [f"{name}[{position}]" for position in range(count)])
    return names
