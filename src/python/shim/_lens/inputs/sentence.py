"""The sentence that says which input was assumed, and why: "input assumed (32, 3, 32, 32): conv1 takes 3 channels"."""
from ..framework import InputSpec, Plain


class Sentence:
    """`names`: of the arguments, of which those at the places of `given` were not assumed. `hints`: [(module, hint)]."""

    def __init__(self, owner, model, names, given, hints):
        self._model, self._names, self._given, self._hints = model, names, given, hints
        self._paths = {id(module): path for path, module in owner.modules(model)} if owner.is_model(model) else {}

    def of(self, specs, hint=None, wanted=None):
        """[the sentence]; [] where nothing was assumed. `hint`: of the layer that said it; `wanted`: features of the layer that fixed height and width."""
        assumed = [(name, spec) for place, (name, spec) in enumerate(zip(self._names, specs)) if place not in self._given]
        if self._given and not any(isinstance(spec, InputSpec) for _, spec in assumed):
            return []
        shapes = ", ".join(_shape_text(spec) for _, spec in assumed if isinstance(spec, InputSpec))
        plain = [f"{name} = {spec.value!r}" for name, spec in assumed if isinstance(spec, Plain)]
        reasons = []
        if hint is not None:
            module, facts = hint
            reasons.append(f"{self._path_of(module) or _name_of(module, self._model) or type(module).__name__} {_takes(facts)}")
        if wanted:
            reasons.append(f"{self._linear_taking(wanted)} takes {wanted} features")
        said = ", ".join([shapes, *plain])
        return [f"input assumed {said}" + (f": {', '.join(reasons)}" if reasons else ": nothing in the model says what it takes")]

    def _path_of(self, module):
        return self._paths.get(id(module), "")

    def _linear_taking(self, features):
        for module, hint in self._hints:
            if hint["kind"] == "linear" and hint.get("features") == features:
                return self._path_of(module) or type(module).__name__
        return "the layer behind"


def _name_of(thing, function):
    return next((name for name, value in getattr(function, "__globals__", {}).items() if value is thing), None)


def _takes(hint):
    features, kind = hint.get("features"), hint["kind"]
    if kind == "embedding":
        return f"takes tokens below {hint.get('vocabulary')}"
    if kind in ("conv", "patches"):
        return f"takes {features} channel{'' if features == 1 else 's'}" if features else "does not say how many channels it takes"
    return f"takes {features} features" if features else "does not say how many features it takes"


def _shape_text(spec):
    text = f"({', '.join(map(str, spec.shape))}{',' if len(spec.shape) == 1 else ''})"
    if spec.dtype == "bool":
        return f"{text} of False"
    if spec.is_adjacency:
        return f"{text} of neighbours in a graph, each row divided by its sum"
    if spec.dtype != "int64":
        return text
    return f"{text} of {spec.low}" if spec.low == spec.high - 1 else f"{text} of integers below {spec.high}"
