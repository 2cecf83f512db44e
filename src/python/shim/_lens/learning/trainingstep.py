"""`training_step` of a Lightning module, entered once: its loss is the file's own.

What is shown is the call of the module itself where the step makes one. A step that calls its parts (`self.encoder(x)`) is itself the call.
"""
from .. import leaving
from .. import diagnostics
from ..framework import InputSpec
from ..inputs import inputs, structure
from ..models.roots import roots
from ..recording import calls, site
from ..recording.array import values_in
from ..signature import signature_of
from . import ownloss, training


def enter(model, batch, optimizers):
    """Runs the step. False where it gave no loss. Raises what the step raises."""
    first = len(calls.records())
    before = {id(root.module) for root in roots.all()}
    if not _run(model, lambda: _step(model, batch), optimizers):
        return False
    if roots.of(model) is None or roots.of(model).call.id < first:
        for root in roots.all():
            if id(root.module) not in before:
                roots.take(root.module)
        ownloss.forget_last()
        return _run(model, lambda: _as_call(model, batch), optimizers)
    return True


def on_inputs(owner, model, specs, outputs):
    """Enters the step of a module that nothing trains, with a batch of its own inputs and of targets that it takes. False where none was found."""
    part = structure.of_training_step(model)
    if not isinstance(part, tuple):
        return False
    shape = outputs[0].shape if outputs else ()
    classes = shape[1] if len(shape) > 1 and shape[1] > 1 else 2
    first = specs[0]
    failure = None
    choices = [InputSpec(first.shape[:1], "int64", 0, classes), InputSpec(shape), InputSpec(first.shape[:1]), first]
    for target in choices:
        batch = tuple(inputs.drawn(owner, spec) for spec in [*specs, *[target] * len(part)][:len(part)])
        try:
            with inputs.trial():
                if enter(model, batch, _optimizers(model)):
                    return True
        except Exception as error:
            failure = failure or error
    if failure is not None:
        diagnostics.log_failure(f"the loss of `{type(model).__name__}.training_step` is not taken, since it fails on a batch that is made up", failure)
    return False


def _optimizers(model):
    """What the module configures; none where that fails."""
    try:
        return optimizers_of(model)
    except Exception as error:
        diagnostics.log_failure(f"the optimizer of `{type(model).__name__}.configure_optimizers` is not taken", error)
        return []


def optimizers_of(model):
    """Every optimizer in what `configure_optimizers` gives: one, a list, `(optimizers, schedulers)`, or a dictionary."""
    found, waiting = [], [model.configure_optimizers()]
    while waiting:
        thing = waiting.pop(0)
        if hasattr(thing, "param_groups"):
            found.append(thing)
        elif isinstance(thing, dict):
            waiting.append(thing.get("optimizer"))
        elif isinstance(thing, (list, tuple)):
            waiting.extend(thing)
    return found


def configure(model):
    """Lets quick-train know of the optimizer of a module that nothing trains."""
    if training.found.optimizer is None:
        _optimizers(model)


def as_call(model, batch):
    """The step as a call of the module, which its loss is told of."""
    result = _as_call(model, batch)
    loss = ownloss.scalar_of(result)
    if loss is not None:
        _tell(model, loss, [])
    return result


def _as_call(model, batch):
    return calls.run(lambda: _step(model, batch), "module", type(model).__name__, module=model, builtin=False,
                     definition=model.__dict__.get("_lens_definition"), inputs=values_in(batch), values_of=values_in)


def _step(model, batch):
    names = list(signature_of(model.training_step).parameters)
    more = {"batch_idx": 0, "batch_nb": 0, "batch_index": 0, "optimizer_idx": 0, "dataloader_idx": 0}
    return model.training_step(batch, *[more.get(name, 0) for name in names[1:] if name not in ("args", "kwargs")])


def _run(model, step, optimizers):
    leaving.depth += 1
    try:
        loss = ownloss.scalar_of(step())
    except leaving.LeaveTrainingLoop:  # it steps by itself
        return True
    finally:
        leaving.depth -= 1
    if loss is None:
        return False
    _tell(model, loss, optimizers)
    return True


def _tell(model, loss, optimizers):
    code = model.training_step.__func__.__code__
    ownloss.gradients_taken([loss], site.of_position(code.co_filename, code.co_firstlineno, 0, code.co_firstlineno, 0))
    parameters = [parameter for optimizer in optimizers for group in optimizer.param_groups for parameter in group["params"]]
    ownloss.stepped(parameters or model.parameters())
