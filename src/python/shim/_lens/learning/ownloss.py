"""The loss that the file itself computes: what it takes gradients of in its training step, or what its loss function makes of a model's outputs."""
import ast
import inspect
import re
from typing import NamedTuple

from .. import diagnostics, sourcetree
from ..inputs import structure
from ..models.roots import roots
from ..recording import calls, provenance, site
from ..recording.array import Array
from ..session import session
from ..signature import signature_of

_FUNCTION = re.compile(r"(\w+_)?(loss|criterion)(_(fn|func|function|fun))?|loss_\w+|(compute|get|calc)_loss", re.IGNORECASE)
_OF_FRAMEWORK = re.compile(r"\w+_loss|(binary_)?cross_entropy(_with_logits)?|kl_div")
_FLOATS = ("float32", "float64", "float16", "bfloat16")


class Loss(NamedTuple):
    """`TraceLoss` of src/graph/modelTrace.ts."""

    value: object                # door.Value
    site: int
    name: str | None = None      # of the framework's function that it is
    classes: int | None = None   # of a cross-entropy
    targets: str = "file"


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
                return Loss(value, place, *_named(value))
    return None


def computed_of(outputs):
    """The Loss that a function of the framework makes of some outputs (Values), without a gradient of it; None where there is none."""
    made = {value.id for value in outputs}
    for call in calls.records():
        if call.parent is None and _name_of(call) and any(value.dtype in _FLOATS and not value.shape and provenance.ancestors([value.id]) & made for value in call.outputs):
            return Loss(call.outputs[0], call.site, *_named(call.outputs[0]))
    return None


def _is_loss(tensor):
    return isinstance(tensor, Array) and tensor.value.dtype in _FLOATS and all(size == 1 for size in tensor.value.shape)


def _named(value):
    """(name, classes) of the framework's loss function that made a value; both None where the file's own formula did."""
    for call in calls.records():
        if not any(output.id == value.id for output in call.outputs):
            continue
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
    """The Loss that an only output of one number is: a module gives its own loss, or is one. None where it gives something else."""
    if root is None or len(outputs) != 1 or outputs[0].shape or outputs[0].dtype not in _FLOATS:
        return None
    return Loss(outputs[0], root.call.site if root.call.definition is None else root.call.definition)


# Loss functions that nothing calls

def of_function(model, arguments, result):
    """The Loss that the model's method or the file's function for its loss makes of a call's arguments and result; None where there is none or it fails."""
    outputs = _tensors(result)
    for function in _functions(model):
        given = _arguments(function, model, arguments, outputs)
        if given is None:
            continue
        try:
            loss = scalar_of(function(*given[0], **given[1]))
        except Exception as error:
            diagnostics.log_failure(f"the loss of `{function.__qualname__}` is not taken", error)
            continue
        if loss is not None:
            code = getattr(function, "__code__", None) or function.__func__.__code__
            return Loss(loss.value, site.of_position(code.co_filename, code.co_firstlineno, 0, code.co_firstlineno, 0))
    return None


def has_function(model):
    return bool(_functions(model))


def scalar_of(result):
    """The loss in what a loss function or a training step gives: a scalar, the `loss` of a dictionary, the first of a tuple."""
    if isinstance(result, dict):
        result = result.get("loss")
    elif isinstance(result, (tuple, list)) and result:
        result = result[0]
    return result if _is_loss(result) else None


def _functions(model):
    methods = [getattr(model, name) for name in dir(type(model)) if _FUNCTION.fullmatch(name) and inspect.isfunction(getattr(type(model), name, None))]
    functions = [thing for name, thing in session.things()
                 if _FUNCTION.fullmatch(name) and inspect.isfunction(thing) and thing.__module__ == "__main__"]
    return methods + functions


def _tensors(result):
    if isinstance(result, Array):
        return [result]
    if isinstance(result, dict):
        result = list(result.values())
    return [item for item in result if isinstance(item, Array)] if isinstance(result, (tuple, list)) else []


def _arguments(function, model, arguments, outputs):
    """(args, kwargs): parameters named as the model's arguments get these, the others the outputs in their order; None where they do not come out even.

    A loss of one output alone and a target is not made here: the target would have to be.
    """
    parameters = list(signature_of(function).parameters.values())
    by_name = dict(zip(structure.of(model).names, arguments))
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        return list(outputs), _keywords_read(function)
    required = [parameter for parameter in parameters if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    waiting = list(outputs)
    given = []
    for parameter in required:
        if parameter.name in by_name:
            given.append(by_name[parameter.name])
        elif waiting:
            given.append(waiting.pop(0))
        else:
            return None
    return (given, {}) if not waiting and len(outputs) > 1 else None


def _keywords_read(function):
    """Values for what a function reads of its `**kwargs`: each a small weight."""
    return {node.slice.value: 0.005 for node in ast.walk(sourcetree.of(function))
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "kwargs" and isinstance(node.slice, ast.Constant)}
