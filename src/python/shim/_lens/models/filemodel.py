"""The file itself as a model: layers called one after another by hand, functions on tensors, `tf.Variable`s in formulas.

Its rows are the calls that no other call was open around; its parameters are those of its layers, the variables it
reads, and arrays whose names say that they are weights; its inputs are the other named arrays it begins with.
"""
import ast
import itertools
import math
import re

from .. import framework
from ..package import package_of
from ..recording import calls, provenance
from ..recording.array import Array
from ..session import session
from ..signature import signature_of
from ..source import loops
from .roots import roots

_WEIGHT_NAME = re.compile(r"[wW]\d*|[wW]_\w+|(\w+_)?(weights?|kernel|theta)\d*|\w+_[wW]\d*")
_BIAS_NAME = re.compile(r"[bB]\d*|[bB]_\w+|(\w+_)?bias(es)?\d*|\w+_[bB]\d*")
_LOSS_NAME = re.compile(r"loss|cross_entropy|criterion", re.IGNORECASE)
# What a helper of training works on; no network's input is called so.
_NO_TENSOR_NAME = re.compile(r"(\w+_)?(parameters|models?|modules?|optimizers?|schedulers?|(data_?)?loaders?|datasets?|loggers?|args|opt|cfg|configs?|"
                             r"path|dir|directory|folder|file|file_?name|state_dict|checkpoint|ckpt)")
_MAXIMUM_ROWS = 500
_FLOATS = ("float32", "float64", "float16", "bfloat16")


class FileModel:
    """What the file computed at its own level."""

    def __init__(self, owner, root_calls, arrays):
        self.owner = owner
        self.name = re.sub(r"\.\w+$", "", session.path.rpartition("/")[2].rpartition(":")[2]) or "file"
        self.calls = root_calls    # outermost calls, in order
        self.arrays = arrays       # [(name, Array)] of the file's own level
        self.outputs = self._outputs()
        reached = provenance.ancestors(value.id for value in self.outputs)
        self.reached = reached
        self.parameters, self.inputs = self._leaves(reached)

    def _outputs(self):
        """Values that nothing else of the file was made from; the one with most behind it first."""
        values = {}
        for call in self.calls:
            if not _LOSS_NAME.search(call.type):
                values.update((value.id, value) for value in call.outputs)
        values.update((array.value.id, array.value) for _, array in self.arrays if provenance.is_derived(array.value.id))
        values = {id_: value for id_, value in values.items() if value.dtype in _FLOATS}
        if any(value.shape for value in values.values()):  # a loss computed by hand is not the output
            values = {id_: value for id_, value in values.items() if value.shape or math.prod(value.shape) > 1}
        ends = provenance.ends(values)
        called = {value.id for call in self.calls for value in call.outputs}
        if called:  # arrays that are only prepared, without any function of a framework, are no outputs
            ends = ends & (called | provenance.made_from_any(ends, called)) or ends
        last = sorted(ends)[-_MAXIMUM_ROWS:]
        behind = {id_: len(provenance.ancestors([id_])) for id_ in last}
        return [values[id_] for id_ in sorted(last, key=lambda id_: (-behind[id_], -id_))]

    def _leaves(self, reached):
        """([(name, Array, value)] of parameters, [(name, value)] of inputs)"""
        parameters, inputs, seen = [], [], set()
        ids = {array.value.id for _, array in self.arrays}
        owned = {entry.value.id for call in self.calls for entry in _parameters_of(call)}
        ends = {value.id for value in self.outputs}
        made = {value.id for call in self.calls for value in call.outputs}
        derived = provenance.made_from_any(ids, ids | made) | ends | made
        for name, array in self.arrays:
            value = array.value
            if value.id in seen or value.id not in reached or value.id in owned or value.dtype not in _FLOATS:
                continue
            is_variable = self.owner.is_variable(array)
            if not is_variable and value.id in derived:
                continue
            seen.add(value.id)
            if is_variable or _is_weight(name, value):
                parameters.append((name, array, value))
            else:
                inputs.append((name, value))
        lone = self._lone_variables(parameters, {value.id for _, value in inputs})
        inputs.extend((name, value) for name, _, value in parameters if value.id in lone)
        parameters = [entry for entry in parameters if entry[2].id not in lone]
        if not inputs:
            inputs = self._unnamed_inputs(reached, owned | {value.id for _, _, value in parameters})
        return parameters, inputs

    def _lone_variables(self, parameters, inputs):
        """Ids of variables that some output is made from without any input: `x = torch.tensor(…, requires_grad=True)` is one."""
        lone = set()
        for output in self.outputs if parameters else ():
            before = provenance.ancestors([output.id])
            if before & inputs:
                continue
            here = [(name, value) for name, _, value in parameters if value.id in before]
            lone.update(value.id for name, value in here if len(here) == 1 or not _is_weight(name, value))
        return lone

    def _unnamed_inputs(self, reached, owned):
        """What outermost calls took that no earlier call had made."""
        made, found = set(), []
        for call in self.calls:
            for value in call.inputs:
                if value.id in reached and value.id not in owned and not provenance.ancestors([value.id]) & made and value.dtype in _FLOATS:
                    if all(value.id != known.id for _, known in found):
                        found.append((f"input_{len(found)}" if found else "input", value))
            made.update(value.id for value in call.outputs)
        return found

    def has_other_calls(self, root):
        """Whether the file computes more than the one module call: functions on its result, or beside it."""
        return any(call is not root.call and call.module is not root.module and not _LOSS_NAME.search(call.type) for call in self.calls)

    def chains_weights(self, own, composite):
        """Whether single layers with weights are called in one chain with whole models: an encoder and a bare head."""
        bare = [root for root in own if root not in composite and root.parameters]
        made = {value.id for root in composite for value in root.call.outputs}
        for root in bare:
            before = provenance.ancestors(value.id for value in root.call.inputs)
            after = {value.id for value in root.call.outputs}
            if before & made or any(after & provenance.ancestors(value.id for value in other.call.inputs) for other in composite):
                return True
        return False


def _is_weight(name, value):
    return bool(_BIAS_NAME.fullmatch(name) and len(value.shape) < 2 or _WEIGHT_NAME.fullmatch(name))


def of_file():
    """The file's own computation, or None where it has none. Found once, after the file has run."""
    if session.computation == ():
        session.computation = _of_file()
    return session.computation


def _of_file():
    owner = framework_in_use()
    if owner is None:
        return None
    model = FileModel(owner, [*itertools.islice(_outermost_calls(), _MAXIMUM_ROWS)], named_arrays())
    return model if model.outputs and (model.inputs or model.parameters or model.calls) else None


def _outermost_calls():
    """Calls that no other was open around, without those that a loop makes again on the next data."""
    outputs_at = {}  # place and kind of calls → ids of what they gave
    for call in calls.records():
        if call.parent is not None or not (call.outputs or call.failure):
            continue
        earlier = outputs_at.setdefault((call.site, call.type, id(call.module)), {})
        is_again = bool(earlier) and any(call.id in turns for turns in loops.later_turns)
        if not is_again or provenance.reaches((value.id for value in call.inputs), earlier):
            yield call
        earlier.update((value.id, None) for value in call.outputs)


def framework_in_use():
    """The framework that the file's names come from: NumPy where it is the only one; the first registered where none is to be seen."""
    known = {owner.name: owner for owner in framework.registered()}
    origins = {package_of(thing) for _, thing in session.things()}
    for name in ("torch", "tensorflow", "keras"):
        if name in origins and name in known:
            return known[name]
    if "numpy" in origins:
        return known["numpy"]
    return next(iter(known.values()), None)


def is_of_tensors(name, function):
    """A function that returns something, whose required arguments are one to three, none of which is by its name a model, a loader or a path: tried on tensors when it is asked for."""
    if not _returns(name):
        return False
    try:
        parameters = signature_of(function).parameters.values()
    except (TypeError, ValueError):
        return False
    required = [p for p in parameters if p.default is p.empty and p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
    return 1 <= len(required) <= 3 and required[0].name != "self" and not any(_NO_TENSOR_NAME.fullmatch(p.name) for p in required)


def _returns(name):
    """Whether the file's function of a name may return a value, by its text; a lambda does."""
    nodes = [node for node in session.syntax.outermost_first(ast.FunctionDef) if node.name == name] if session.tree is not None else []
    return not nodes or any(isinstance(inner, ast.Return) and inner.value is not None for node in nodes for inner in session.syntax.within(node))


def named_arrays():
    """[(name, Array)] of the file's own level, also of those within short lists and dictionaries."""
    found = []
    for name, thing in session.things():
        if isinstance(thing, (list, tuple)) and len(thing) < 100:
            found.extend((f"{name}[{index}]", item) for index, item in enumerate(thing))
        elif isinstance(thing, dict) and not name.startswith("__") and len(thing) < 100:
            found.extend((f"{name}[{key!r}]", item) for key, item in thing.items())
        else:
            found.append((name, thing))
    return [(name, thing) for name, thing in found if isinstance(thing, Array) and thing.is_recorded]


def _parameters_of(call):
    root = roots.of(call.module) if call.module is not None else None
    return root.parameters if root is not None else []
