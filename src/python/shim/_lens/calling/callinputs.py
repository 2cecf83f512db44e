"""What a model is called with here: what the request or a comment says; beside it the file's own arguments, what is declared, or what is solved."""
import copy
import typing

from .. import diagnostics, door, fault, framework
from ..construction import arguments
from ..construction.lenscomments import comment_for
from ..construction.making import say
from ..inputs import inputs, solver, structure
from ..models.roots import roots
from ..recording.array import values_in
from . import textinputs


class Inputs(typing.NamedTuple):
    """`specs`: of InputSpec, None, Plain, dict or values; None if none was found, which is reported. `tries`, `unsolved`: see `fault.Assumed`. `origin`: of the values."""

    specs: list | None
    assumptions: list
    tries: list = ()
    unsolved: str = ""
    origin: str = "file"


def told(candidate, request):
    """Specs of the request, else of what a comment says of the model; empty where neither says any."""
    if request.inputs:
        return request.inputs
    comment = comment_for(candidate, request)
    return comment.inputs or [] if comment is not None else []


def assumed_of(leaves, specs):
    """Those of the drawn values that nobody wrote the specs of."""
    return [leaf for leaf, spec in zip(leaves, specs) if spec is None or getattr(spec, "origin", "") in ("inferred", "assumed")]


def is_other_batch(root, request):
    """Whether another batch size was asked for than that of the file's call."""
    return request.batch is not None and any(value.shape[:1] != (request.batch,) for value in root.call.inputs)


def specs_for(candidate, model, request, made_with=()):
    """The Inputs of a model's call. `made_with`: arguments.Argument of what it was made with."""
    owner = candidate.owner
    declared = [_with_batch(spec, request.batch, "declared") for spec in owner.declared_inputs(model) or ()]
    names = [spec.name for spec in declared] if declared and all(spec.name for spec in declared) else structure.of(model).names
    asked = told(candidate, request)
    try:
        placed = inputs.by_place(asked, names)
    except ValueError as error:
        say(str(error))
        return Inputs(None, [])
    if not structure.of(model).names:
        return Inputs([], [])
    if candidate.root is not None and candidate.root.has_data and (placed or is_other_batch(candidate.root, request)):
        return Inputs(_around_files(candidate.root, placed) if placed else _in_batches_of(candidate.root, request.batch), [])
    if placed and (not any(spec.name for spec in asked) or 0 in placed and not isinstance(placed[0], framework.InputSpec)):
        return Inputs(inputs.completed([], placed, model), [])
    if declared:
        batch = next((spec.shape[0] for spec in placed.values() if isinstance(spec, framework.InputSpec) and spec.shape), request.batch)
        return Inputs([placed.get(place) or _with_batch(spec, batch, "declared") for place, spec in enumerate(declared)], [])
    tried = _unbuilt_copy(owner, model)
    written = None if placed else textinputs.of(candidate, tried, request)
    if written is not None and written.fits:
        return Inputs(written.specs, [written.sentence], origin=textinputs.ORIGIN)
    try:
        def prepare():
            roots.take(tried)
            door.manual_seed(request.seed + 1)
        specs, assumptions = solver.solve(owner, tried, lambda arrays: values_in(owner.call(tried, arrays, request.is_training)), request.batch, prepare, placed,
                                          {argument.name: argument.value for argument in made_with or _made_with_in_file(model)})
        return Inputs(specs, [*assumptions, *([written.said_refused()] if written is not None and written.is_own else [])])
    except solver.CannotSolve as error:
        if placed and error.specs is not None and all(place in placed for place in range(structure.of(model).required)):
            return Inputs(error.specs, [])  # all was told: what stands against it is the model's to say
        if written is not None:
            return Inputs(written.specs, [written.sentence], origin=textinputs.ORIGIN)
        if error.specs is None:
            fault.report_unknown(f"`{candidate.name}`: {error}", candidate.definition)
        return Inputs(error.specs, error.assumptions, error.tries, str(error))


def _made_with_in_file(model):
    """The Arguments that the file itself makes the model's class with, by its text."""
    cls = type(model)
    if cls.__module__ != "__main__" or not arguments.is_required(cls):
        return []
    found = arguments.as_in_file(cls, cls.__name__)
    return [] if found is None else found.listed


def _around_files(root, placed):
    """What is told in place of the file's own arguments; tensors of its batch, beside one of another, are drawn anew."""
    taken = structure.of(root.module)
    own = dict(zip(taken.names, root.call.inputs)) if root.call.given is None else dict(taken.named(*root.call.given))
    batches = {}  # of the file's → of what is told in its place
    for place, spec in placed.items():
        value = next(iter(values_in(own.get(taken.names[place]))), None) if place < len(taken.names) else None
        if value is not None and isinstance(spec, framework.InputSpec) and value.shape and spec.shape and value.shape[0] != spec.shape[0]:
            batches[value.shape[0]] = spec.shape[0]
    filled = dict(placed)
    for place, name in enumerate(taken.names):
        if place in placed or name not in own:
            continue
        values = values_in(own[name])
        if len(values) == 1 and values[0].shape and values[0].shape[0] in batches:
            filled[place] = inputs.in_batches_of(values[0], batches[values[0].shape[0]])
        else:
            filled[place] = own[name] if values else framework.Plain(own[name], origin="file")
    return inputs.completed([], filled, root.module)


def _in_batches_of(root, batch):
    """The inputs of the file's call, to be drawn anew in another batch size."""
    return [inputs.in_batches_of(value, batch) for value in root.call.inputs if value.shape]


def _unbuilt_copy(owner, model):
    """What is tried on a model that its first call builds must not decide its weights."""
    if not owner.built_by_call:
        return model
    try:
        return copy.deepcopy(model)
    except Exception as error:
        diagnostics.log_failure(f"`{type(model).__name__}` cannot be copied: inputs are tried on the model itself, which builds it", error)
        return model


def _with_batch(spec, batch, origin):
    shape = spec.shape if batch is None else (batch, *spec.shape[1:])
    if spec.is_adjacency and len(shape) == 2:  # the nodes are the batch
        shape = (shape[0], shape[0])
    return spec.changed(shape=shape, origin=origin)
