"""The loss that the file itself computes: what it takes gradients of in its training step, or what its loss function makes of a model's outputs.

Only where that is more than one of the known losses of the model's own output: those are taken of random targets, which any run of PyTorch can repeat.
"""
import ast
import inspect
import re
import textwrap

from ..inputs import structure
from ..recording import calls, provenance, site
from ..recording.array import Array
from ..session import session
from ..signature import signature_of

_KNOWN = frozenset({"cross_entropy", "nll_loss", "mse_loss", "binary_cross_entropy", "binary_cross_entropy_with_logits",
                    "CrossEntropyLoss", "NLLLoss", "MSELoss", "BCELoss", "BCEWithLogitsLoss"})
_FUNCTION = re.compile(r"(\w+_)?(loss|criterion)(_(fn|func|function|fun))?|loss_\w+|(compute|get|calc)_loss", re.IGNORECASE)
_FLOATS = ("float32", "float64", "float16", "bfloat16")


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


def forget_last():
    """The step that was entered last is entered once more."""
    del _steps[-1:]


def clear():
    _steps.clear()


KNOWN = object()  # the file takes a known loss of the call's output: `training` says which


def of_call(made):
    """(Value, site) of the file's own loss of a modelcall.ModelCall, KNOWN, or None where the file takes none of it."""
    outputs = {value.id for value in made.outputs}
    trained = {id(entry[3]) for entry in made.parameters}
    for step in _steps:
        if step.parameters is not None and not step.parameters & trained:
            continue
        for value, place in step.losses:
            if provenance.ancestors([value.id]) & outputs:
                return KNOWN if _is_known(value, made) else (value, place)
    return None


def _is_loss(tensor):
    return isinstance(tensor, Array) and tensor.value.dtype in _FLOATS and all(size == 1 for size in tensor.value.shape)


def _is_known(value, made):
    """Whether a value is a known loss of the model's output itself, and not of what another model made of it."""
    loss = next((call for call in calls.records() if call.type in _KNOWN and any(output.id == value.id for output in call.outputs)), None)
    if loss is None or not loss.inputs:
        return False
    before = provenance.ancestors([loss.inputs[0].id])
    if not made.outputs or made.outputs[0].id not in before:
        return False
    outputs = {output.id for output in made.outputs}
    return not any(call.kind == "module" and call.parent is None and call.id < loss.id and before & {output.id for output in call.outputs}
                   and provenance.ancestors(given.id for given in call.inputs) & outputs for call in calls.records()[made.end:])


def of_scalar(outputs, root):
    """(Value, site) of an only output that is one number: a module that gives its own loss, or is one. None where it gives something else."""
    if root is None or len(outputs) != 1 or outputs[0].shape or outputs[0].dtype not in _FLOATS:
        return None
    return outputs[0], root.call.site if root.call.definition is None else root.call.definition


# Loss functions that nothing calls

def of_function(model, arguments, result):
    """(Value, site) of what the model's method or the file's function for its loss makes of a call's arguments and result; None where there is none or it fails."""
    outputs = _tensors(result)
    for function in _functions(model):
        given = _arguments(function, model, arguments, outputs)
        if given is None:
            continue
        try:
            loss = scalar_of(function(*given[0], **given[1]))
        except Exception:
            continue
        if loss is not None:
            code = getattr(function, "__code__", None) or function.__func__.__code__
            return loss.value, site.of_position(code.co_filename, code.co_firstlineno, 0, code.co_firstlineno, 0)
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
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError):
        return {}
    return {node.slice.value: 0.005 for node in ast.walk(tree)
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == "kwargs" and isinstance(node.slice, ast.Constant)}
