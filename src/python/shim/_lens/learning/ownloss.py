"""The loss that the file itself computes: what it takes gradients of in its training step, or what stands for it in what a model gives. Which of them is taken, `lossof` says."""
import re
from typing import NamedTuple

from ..models.roots import roots
from ..recording import calls, provenance, site
from ..recording.array import Array, Parametrized
from ..session import session

_OF_FRAMEWORK = re.compile(r"\w+_loss|(binary_)?cross_entropy(_with_logits)?|kl_div")
_FLOATS = ("float32", "float64", "float16", "bfloat16")


class Loss(NamedTuple):
    """`TraceLoss` of src/graph/modelTrace.ts."""

    value: object                # door.Value
    site: int
    name: str | None = None      # of the framework's function that it is
    classes: int | None = None   # of a cross-entropy
    targets: str = "file"        # "file" | "random": see `targets_of`
    is_assumed: bool = False     # the file does not take it
    sentences: tuple = ()        # on what was assumed for it


class Step:
    """Losses whose gradients one optimizer step took, and the ids of what it trains; None where the file steps by hand."""

    def __init__(self):
        self.losses = []         # (Value, site)
        self.parameters = None


_steps = []


def gradients_taken(tensors, place=None):
    """Told of each `backward()`. `place`: site of where the loss is computed, where it is not the running one."""
    if not _steps or _steps[-1].parameters is not None:
        _steps.append(Step())
    _steps[-1].losses.extend((tensor.value, site.here() if place is None else place) for tensor in tensors if _is_loss(tensor))


def stepped(parameters):
    """Told of each optimizer step."""
    if _steps and _steps[-1].parameters is None:
        _steps[-1].parameters = {id(parameter) for parameter in parameters}
        roots.settle(_steps[-1].parameters, provenance.ancestors(value.id for value, _ in _steps[-1].losses))


def forget_last():
    """The step that was entered last is entered once more."""
    del _steps[-1:]


def clear():
    _steps.clear()


def of_outputs(outputs, trained):
    """The Loss that the file takes of some outputs (Values) to train some parameters (arrays); None where it takes none."""
    made = {value.id for value in outputs}
    trained = {id(array) for array in trained}
    for step in _steps:
        if step.parameters is not None and not step.parameters & trained:
            continue
        for value, place in step.losses:
            if provenance.ancestors([value.id]) & made:
                return Loss(value, place, *_named(value), targets_of(value, made))
    return None


def targets_of(value, outputs):
    """What a loss compares outputs (their ids) with: "random" where something that was drawn is in it by another way than through them."""
    return "random" if provenance.drawn & (provenance.ancestors([value.id], outputs) - set(outputs)) else "file"


def computed_of(outputs):
    """The Loss that the file's own call of a framework's function makes of some outputs (Values), without a gradient of it; None where there is none."""
    made = {value.id for value in outputs}
    for call in calls.records()[:session.calls_of_file]:
        value = call.outputs[0] if len(call.outputs) == 1 else None
        if call.parent is None and value is not None and _name_of(call) and value.dtype in _FLOATS and not value.shape and provenance.ancestors([value.id]) & made:
            return Loss(value, call.site, *_named(value), targets_of(value, made))
    return None


def _is_loss(tensor):
    return isinstance(tensor, Array) and tensor.value.dtype in _FLOATS and all(size == 1 for size in tensor.value.shape)


def _named(value):
    """(name, classes) of the framework's loss function that made a value; both None where the file's own formula did."""
    for call in calls.that_gave(value):
        name = _name_of(call)
        if name is not None:
            return name, _classes(name, call)
    return None, None


def _name_of(call):
    """Name of the framework's loss function that a call is, or None."""
    name = call.type if call.kind == "function" else getattr(type(call.module), "function", None)
    return name if name is not None and call.builtin and _OF_FRAMEWORK.fullmatch(name) else None


def _classes(name, call):
    if name != "cross_entropy" or len(call.inputs) < 2 or call.inputs[1].dtype in _FLOATS:
        return None
    shape = call.inputs[0].shape
    return shape[1] if len(shape) > 1 else None


def of_scalar(outputs, root):
    """The Loss that an only output of one number is: a module gives its own loss, or is one; or, of several outputs, `return logits, loss`, the one number that a framework's loss
    function made. None where it gives something else."""
    numbers = [value for value in outputs if not value.shape and value.dtype in _FLOATS]
    if root is None or len(numbers) != 1:
        return None
    [number] = numbers
    if len(outputs) == 1:
        return Loss(number, root.call.site if root.call.definition is None else root.call.definition)
    made = next((call for call in calls.that_gave(number) if _name_of(call) is not None), None)
    return None if made is None else Loss(number, made.site, *_named(number), targets_of(number, {value.id for value in outputs} - {number.id}))


def scalar_of(result):
    """The loss in what a loss function or a training step gives: a scalar, the `loss` of a dictionary, the first of a tuple."""
    if isinstance(result, dict):
        result = result.get("loss")
    elif isinstance(result, (tuple, list)) and result:
        result = result[0]
    return result if _is_loss(result) else None


def of_distributions(result, place):
    """The Loss of a model that gives a distribution of numbers: minus the logarithm of the density at what is drawn from it. None where it gives another thing."""
    waiting = [result]
    while waiting:
        thing = waiting.pop(0)
        if isinstance(thing, (list, tuple, dict)):
            waiting.extend(thing.values() if isinstance(thing, dict) else thing)
        if not isinstance(thing, Parametrized) or not hasattr(thing, "log_prob"):
            continue
        try:
            sample = thing.sample()
            loss = None if sample.value.dtype not in _FLOATS else -thing.log_prob(sample).mean()
        except NotImplementedError:  # of one that cannot be drawn from
            continue
        if loss is not None and _is_loss(loss):
            return Loss(loss.value, site.NO_SITE if place is None else place, "negative_log_likelihood", None, "random", True)
    return None
