"""Loss functions of the file that nothing calls: taken of what a call of the model was given and gave, and of a target that is drawn where they ask for one."""
import ast
import inspect
import re

from .. import diagnostics, door, sourcetree
from ..framework import InputSpec
from ..inputs import structure
from ..recording import provenance, site
from ..recording.array import Array
from ..session import session
from ..signature import signature_of
from .ownloss import Loss, scalar_of, targets_of

_FUNCTION = re.compile(r"(\w+_)?(loss|criterion)(_(fn|func|function|fun))?|loss_\w+|(compute|get|calc)_loss|(\w+2|\w+_)?(mse|rmse|mae|l1|l2)", re.IGNORECASE)
_TARGET = re.compile(r"y|ys|gt|tgt|true|truth|ground_truth|actual|expected|(y_|\w+_)?(true|targets?|labels?|gt|truth)|(true|target|gt)_\w+|targets?|labels?|masks?", re.IGNORECASE)
# Words of a loss's text → the kind of target that is tried first.
_OF_CLASSES = re.compile(r"cross_entropy|CrossEntropy|nll_?loss|one_hot|gather|\.long\(", re.IGNORECASE)
_OF_LABELS = re.compile(r"sigmoid|bce|binary|dice|iou|jaccard|tversky|focal", re.IGNORECASE)
# Names of what a loss takes beside tensors → a value, by the model's first output: how many there are, and a weight of one term against another.
_PLAIN = {
    re.compile(r"(n|num|nb)_\w+"): lambda output: output.shape[0] if len(output.shape) else 1,
    re.compile(r"norm|scale|coef\w*|\w+_coef|alpha|beta|gamma|lambda\w*|(\w+_)?(lambda|weight)"): lambda output: 1,
}
_TARGETS = object()  # stands for the target among the arguments


def of_function(owner, model, arguments, result, seed):
    """The Loss that the model's method or the file's function for its loss makes of a call's arguments and result; None where there is none or it fails."""
    outputs = _tensors(result)
    for name, function in _functions(owner, model):
        given, more = _arguments(function, model, arguments, outputs)
        if given is None:
            continue
        is_drawn = _TARGETS in [one for one in given if one is _TARGETS]
        error = None
        for target in _targets(owner, function, outputs[0]) if is_drawn else (None,):
            door.manual_seed(seed + 2)
            try:
                drawn = None if target is None else target()
                provenance.drawn.update(() if drawn is None else [drawn.value.id])
                # A weight may be asked for as a tensor (`pos_weight`), which stands for a number elsewhere too.
                weights = {keyword: owner.draw(InputSpec((1,))) * 0 + value for keyword, value in more.items() if keyword.endswith("weight")}
                loss = scalar_of(function(*[drawn if one is _TARGETS else one for one in given], **{**more, **weights}))
            except Exception as raised:
                error = error or raised
                continue
            if loss is not None:
                said = tuple(f"{name}: `{keyword}` is not given, assumed {value:g}" for keyword, value in more.items())
                return Loss(loss.value, _place_of(function), targets=targets_of(loss.value, {output.value.id for output in outputs}), sentences=said)
        if error is not None:
            diagnostics.log_failure(f"the loss of `{name}` is not taken", error)
    return None


def _place_of(function):
    code = getattr(function, "__code__", None) or function.__func__.__code__
    return site.of_position(code.co_filename, code.co_firstlineno, 0, code.co_firstlineno, 0)


def has_function(owner, model):
    return bool(_functions(owner, model))


def _functions(owner, model):
    """[(name, function)]: methods of the model, then functions of the file, and those of the workspace's others that it takes and calls; where there are none, what a file calls that trains it."""
    methods = [(name, getattr(model, name)) for name in dir(type(model)) if _FUNCTION.fullmatch(name) and inspect.isfunction(getattr(type(model), name, None))]
    functions = [(name, thing) for name, thing in session.things() if _FUNCTION.fullmatch(name) and inspect.isfunction(thing) and _is_of_file(name, thing)]
    return methods + functions or _written(owner, type(model).__name__)


def _written(owner, name):
    """Looked for once after a run."""
    if name not in session.written_losses:
        session.written_losses[name] = session.written_loss(owner, name, _FUNCTION.fullmatch)
    return session.written_losses[name]


def _is_of_file(name, function):
    return function.__module__ == "__main__" or site.is_user_file(function.__code__.co_filename) and re.search(rf"\b{name}\(", session.text) is not None


def _tensors(result):
    if isinstance(result, Array):
        return [result]
    if isinstance(result, dict):
        result = list(result.values())
    return [item for item in result if isinstance(item, Array)] if isinstance(result, (tuple, list)) else []


def _arguments(function, model, arguments, outputs):
    """(args, kwargs): parameters named as the model's arguments get these, the others the outputs in their order; where there is one more, the one named as a target is
    `_TARGETS`, else the last. args is None where they do not come out even."""
    parameters = list(signature_of(function).parameters.values())
    by_name = dict(zip(structure.of(model).names, arguments))
    if any(parameter.kind is parameter.VAR_POSITIONAL for parameter in parameters):
        keywords = next((parameter.name for parameter in parameters if parameter.kind is parameter.VAR_KEYWORD), None)
        return list(outputs), _weights_read(function, keywords)
    required = [parameter.name for parameter in parameters if parameter.default is parameter.empty and parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
    more = {name: _PLAIN[kind](outputs[0]) for name in required if name not in by_name and outputs for kind in _PLAIN if kind.fullmatch(name)} if len(required) > len(outputs) + 1 else {}
    required = [name for name in required if name not in more]
    given = _by_names(required, by_name, outputs)
    if given is None and len(required) == len(outputs) + 1:  # its names are its own: `img2mse(x, y)` beside `forward(x)`
        given = _by_names(required, {}, outputs)
    return given, more


def _by_names(required, by_name, outputs):
    """Values for the required parameters of a loss; None where they do not come out even."""
    free = [name for name in required if name not in by_name]
    target = next((name for name in reversed(free) if _TARGET.fullmatch(name)), free[-1]) if outputs and len(free) == len(outputs) + 1 else None
    waiting = list(outputs)
    given = []
    for name in required:
        if name in by_name:
            given.append(by_name[name])
        elif name == target:
            given.append(_TARGETS)
        elif waiting:
            given.append(waiting.pop(0))
        else:
            return None
    return given if not waiting and (len(outputs) > 1 or target is not None) else None


def _targets(owner, function, output):
    """Functions that draw a target for an output each, the likeliest by the loss's text first."""
    shape = tuple(output.shape)
    draw = lambda *spec: lambda: owner.draw(InputSpec(*spec))
    values = [draw(shape), draw((*shape[:1], 1)), draw(shape[:1])]
    classes = [draw((*shape[:1], *shape[2:]), "int64", 0, shape[1]), draw(shape[:-1], "int64", 0, shape[-1])] if len(shape) > 1 else []
    labels = [lambda: owner.draw(InputSpec(shape, "int64", 0, 2)) * 1.0, *classes[:1]]
    text = f"{function.__qualname__} {ast.unparse(sourcetree.of(function))}"
    if _OF_CLASSES.search(text):
        return [*classes, *labels, *values]
    return [*labels, *values] if _OF_LABELS.search(text) else [*values, *classes]


# A weight of one term of a loss against another, where nobody says it: a batch of 200 in a data set of 40,000.
_WEIGHT = 0.005


def _weights_read(function, keywords):
    """Values for what a function reads of its `**keywords`: the weight of a term each."""
    return {node.slice.value: _WEIGHT for node in ast.walk(sourcetree.of(function))
            if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id == keywords and isinstance(node.slice, ast.Constant)}
