"""Layers of a model that no call reached: rows of their own, behind those of the module that holds them.

One that has no parameters says nothing; one whose weights are read all the same (tied, or by a function) was put to use; and the parts of a framework's own layer
are its affair.
"""
from ..recording import calls, provenance, site


def placed(owner, made, records):
    """`records`, what trace.py writes of the calls of a modelcall.ModelCall, with one more for each layer that was not reached."""
    missed = list(_topmost(owner, made))
    for number, (holder, path, module) in enumerate(missed):
        record = _record(owner, path, module, holder, len(calls.records()) + number)
        records.insert(_end_of(holder, records), record)
    return records


def _topmost(owner, made):
    """(call of the module that holds it, path, module), from the outside in."""
    opened = {}
    for call in calls.records()[made.first:made.end]:
        if call.module is not None:
            opened.setdefault(id(call.module), call)
    modules = owner.modules(made.model)
    calls_by_path = {path: opened[id(module)] for path, module in modules if id(module) in opened}
    holding = {above for path in calls_by_path for above in _around(owner, path)}  # paths below which something is called
    read, listed = None, set()
    for path, module in modules:
        above = _around(owner, path)
        if path in calls_by_path or path in holding or not listed.isdisjoint(above):
            continue
        holder = next((around for around in above if around in calls_by_path), None)
        if holder is None or calls_by_path[holder].builtin and holder not in holding:
            continue
        own = [entry.value.id for entry in made.parameters if entry.parameter.path == path or path in _around(owner, entry.parameter.path)]
        if own and read is None:
            read = provenance.ancestors([value.id for call in calls.records()[made.first:made.end] for value in call.outputs] + [value.id for value in made.outputs])
        if own and read.isdisjoint(own):
            listed.add(path)
            yield calls_by_path[holder], path, module


def _around(owner, path):
    """The paths around one, innermost first, the root's last."""
    names = path.split(owner.separator) if path else []
    return [owner.separator.join(names[:count]) for count in reversed(range(len(names)))]


def _end_of(holder, records):
    """Where the calls within one end."""
    inside = {holder.id}
    end = 0
    for position, record in enumerate(records):
        if record["id"] == holder.id or record["parent"] in inside:
            inside.add(record["id"])
            end = position + 1
    return end


def _record(owner, path, module, holder, number):
    return {
        "id": number, "parent": holder.id, "kind": "module", "path": path, "type": type(module).__name__, "module": None,
        "summary": owner.summary(module), "builtin": owner.is_container_class(type(module)), "definition": owner.definition(module), "call": site.NO_SITE,
        "inputs": [], "outputs": [], "failure": None, "isCalled": False,
    }
