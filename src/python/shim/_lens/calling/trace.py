"""One model of the file as `ModelTrace` (src/graph/modelTrace.ts): the call that the file made, or one made for it here.

Entry points of the TypeScript side: `trace_model`, and `sites_from` for the places that its site ids mean.
"""
import json

from .. import diagnostics, stopping
from ..construction import discovery, lenscomments, making
from ..learning import classwords, lossof, namedloss, training
from ..models import bound, modelclasses
from ..recording import calls, provenance, site
from ..running import surroundings
from ..session import session
from ..source import comments
from . import shown, uncalled
from .request import Request


@stopping.ends({"trace": None})
def trace_model(request_json):
    """{model, call, inputs, lens, seed, mode, batch, weights} → {trace: ModelTrace | null, diagnostics}"""
    trace = candidate = None
    with surroundings.of_session():
        try:
            session.is_traced = True
            request = Request(**json.loads(request_json))
            candidate = making.candidate_for(request) if session.tree is not None else None
            trace = None if candidate is None else _traced(candidate, request)
        except comments.NotUnderstood as error:
            making.say(str(error))
        except KeyboardInterrupt as error:
            diagnostics.report("limit", "error", "stopped: the model was not made and called within the time limit", stopping.place(error))
        except BaseException as error:
            diagnostics.report_broken(error, site.NO_SITE if candidate is None or candidate.definition is None else candidate.definition)
        finally:
            session.is_traced = False
    return json.dumps({"trace": trace, "diagnostics": diagnostics.taken()})


def sites_from(request_json):
    """{start} → {positions: the site table from `start` on}"""
    return json.dumps({"positions": site.table()[json.loads(request_json)["start"]:]})


def _traced(candidate, request):
    if candidate.kind == "file":
        if request.weights is not None:
            diagnostics.report("skipped", "warning", f"weights: {request.weights.name} was not loaded: here the file's own statements are the model, "
                               "and they are not run again")
        if request.inputs or (comment := lenscomments.comment_for(candidate, request)) is not None and comment.inputs:
            diagnostics.report("skipped", "warning", "the input that is given was not taken: here the file's own statements are the model, and its input is what they make it")
        return _of_file(candidate)
    made = shown.call_of(candidate, request)
    if request.model is request.call is None and (candidate.is_unknown if made is None else candidate.kind == "class" and made.is_hollow):
        candidate, made = _next_to(candidate, request, made)
    return None if made is None else _of_call(candidate, made)


# Each costs a search for arguments and for an input.
_MOST_INSTEAD = 12


def _next_to(main, request, made):
    """(candidate, call) of the first model that can be shown in the place of the main one, of which nobody says what it is made with; else of that one, as it is."""
    with diagnostics.tried() as attempt:
        offered = discovery.candidates()
        others, parts = offered[1:], modelclasses.parts({candidate.name for candidate in offered})
        for candidate in [*others, *parts][:_MOST_INSTEAD]:
            other = None if candidate.kind == "file" else shown.call_of(candidate, request)
            if other is not None and other.outputs and (other.parameters or candidate not in parts):
                attempt.soften()
                diagnostics.report("skipped", "information", f"`{candidate.name}` is shown in the place of `{main.name}`", site.NO_SITE if candidate.definition is None else candidate.definition)
                return candidate, other
            attempt.drop()
    return main, made


def _of_call(candidate, made):
    """`made`: a modelcall.ModelCall"""
    owner = candidate.owner
    paths = _Paths(owner.separator)
    if made.root is not None:
        paths.add(owner, made.model)
    records = _call_records(calls.records()[made.first:made.end], paths, made.top)
    if made.root is not None:
        records = uncalled.placed(owner, made, records)
    inputs = [{"name": given.name, "value": given.value.id, "range": given.range, "origin": given.origin} for given in made.inputs]
    plain = [{"name": given.name, "value": given.value, "origin": given.origin} for given in made.plain]
    arguments = [{"name": argument.name, "value": argument.text, "origin": argument.origin, "reason": argument.reason} for argument in made.arguments]
    return _document(
        candidate.name, type(made.model).__name__, owner, candidate.definition, records,
        [_parameter(paths, entry) for entry in made.parameters],
        [_buffer(paths, entry) for entry in made.buffers],
        inputs, plain, arguments, [value.id for value in made.outputs], [str(sentence) for sentence in made.assumptions], made.depends_on_data(), made.weights, made.own_loss)


def _of_file(candidate):
    whole = candidate.made
    paths = _Paths(whole.owner.separator)
    parameters, buffers, seen = [], [], set()
    trained = [array for _, array, _ in whole.parameters]
    for call in whole.calls:
        root = discovery.roots.of(call.module) if call.module is not None else None
        if root is None or id(call.module) in seen:
            continue
        seen.add(id(call.module))
        owner = root.framework
        above = owner.name_of(call.module, bound.variable_of(call.module))
        paths.add(owner, call.module, above)
        parameters.extend(_parameter(paths, entry, above) for entry in root.parameters)
        trained.extend(entry.parameter.array for entry in root.parameters)
        buffers.extend(_buffer(paths, entry, above) for entry in root.buffers)
    for name, _, value in whole.parameters:
        parameters.append({"path": "", "module": None, "name": name, "value": value.id, "trainable": True, "site": None})
    ids = {call.id for call in whole.calls}
    records = [call for call in calls.records() if call.id in ids or call.parent is not None]
    return _document(
        candidate.name, None, whole.owner, candidate.definition, _call_records(_with_inner(records, ids), paths, None), parameters, buffers,
        [{"name": name, "value": value.id, "range": None, "origin": "file"} for name, value in whole.inputs], [], [],
        [value.id for value in whole.outputs], [], False, own_loss=lossof.of_file(whole, trained))


def _with_inner(records, ids):
    """The calls of `ids` and everything called within them."""
    kept = set(ids)
    result = []
    for call in records:
        if call.id in kept or call.parent is not None and call.parent.id in kept:
            kept.add(call.id)
            result.append(call)
    return result


def _document(name, model, owner, definition, call_records, parameters, buffers, inputs, plain, arguments, outputs, assumptions, data_dependent, weights=None, own_loss=None):
    return {
        "name": name, "framework": owner.name, "separator": owner.separator, "definition": definition, "calls": call_records, "parameters": parameters,
        "buffers": buffers, "inputs": inputs, "plainInputs": plain, "arguments": arguments, "outputs": outputs, "channelAxis": owner.channel_axis, "training": _training(owner, model),
        "assumptions": assumptions, "dataDependent": data_dependent,
        **({} if weights is None else {"weights": weights}), **_log_probabilities(outputs),
        **({} if own_loss is None else {"ownLoss": _own_loss(own_loss)}),
    }


def _log_probabilities(outputs):
    known = provenance.log_probabilities & provenance.ancestors(outputs) if provenance.log_probabilities else ()
    return {"logProbabilities": sorted(known)} if known else {}


def _own_loss(loss):
    said = {"value": loss.value.id, "site": loss.site, "name": loss.name, "classes": loss.classes, "targets": loss.targets}
    return {**said, "isAssumed": True} if loss.is_assumed else said


def _training(owner, model):
    """`model`: name of its class."""
    found = training.found
    return {
        "named": list(namedloss.named(owner, model)), "spokenOf": classwords.spoken_of(),
        "loss": found.loss, "fromProbabilities": found.from_probabilities, "optimizer": found.optimizer,
        "settings": found.settings, "notes": found.notes, "batchSize": found.batch_size,
    }


class _Paths:
    """Where each module lies below the root, and a small number for each. `separator`: between the names of a path."""

    def __init__(self, separator):
        self._separator = separator
        self._paths = {}
        self._numbers = {}

    def add(self, owner, model, above=""):
        for path, module in owner.modules(model):
            self._paths.setdefault(id(module), self.below(above, path))

    def below(self, above, path):
        return self._separator.join(part for part in (above, path) if part)

    def of(self, call):
        if call.kind == "function":
            return self.of(call.parent) if call.parent is not None else ""
        path = self._paths.get(id(call.module))
        if path is None:  # made on the fly, within forward
            above = self.of(call.parent) if call.parent is not None else ""
            path = self.below(above, call.type)
        return path

    def number(self, module):
        return None if module is None else self._numbers.setdefault(id(module), len(self._numbers))


def _parameter(paths, state, above=""):
    """Of a state.ParameterState; `above`: what its paths begin with where the whole file is shown."""
    entry = state.parameter
    parts = {"isComplex": True} if getattr(entry.array, "_is_complex", False) else {}
    return {"path": paths.below(above, entry.path), "module": paths.number(entry.module), "name": entry.name, "value": state.value.id,
            "trainable": bool(entry.trainable), "site": entry.site, **parts}


def _buffer(paths, state, above=""):
    entry = state.buffer
    return {"path": paths.below(above, entry.path), "name": entry.name, "before": state.before.id, "after": state.after.id}


_MOST_WITHIN_ITSELF = 3


def _without_endless(records):
    """Without the hundreds of calls of a recursion that did not end: of a layer that failed within itself, the outermost."""
    depths, left_out, kept = {}, set(), []
    for call in records:
        above = call.parent
        while above is not None and (above.module is not call.module or above.kind != call.kind):
            above = above.parent
        depths[call.id] = 0 if above is None or call.module is None else depths.get(above.id, 0) + 1
        if call.parent is not None and call.parent.id in left_out or call.failure is not None and depths[call.id] > _MOST_WITHIN_ITSELF:
            left_out.add(call.id)
        else:
            kept.append(call)
    return kept


def _call_records(records, paths, top):
    """`top`: id of the call that counts as outermost (its parent is null)."""
    records = _without_endless(records)
    kept = {call.id for call in records}
    return [{
        "id": call.id, "parent": call.parent.id if call.parent is not None and call.parent.id in kept and call.id != top else None,
        "kind": call.kind, "path": paths.of(call), "type": call.type, "module": paths.number(call.module),
        "summary": call.summary, "builtin": bool(call.builtin), "definition": call.definition, "call": call.site,
        "inputs": [value.id for value in call.inputs], "outputs": [value.id for value in call.outputs], "failure": call.failure,
    } for call in records]
