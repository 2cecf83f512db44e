"""Calls that are tried while an input is looked for, and what each came to. A try costs recorded nodes and nothing else: state that it changes is put back."""
from dataclasses import dataclass, field

from .. import fault, words
from ..framework import InputSpec
from ..recording import array, calls, provenance
from . import asked, inputs


@dataclass
class Outcome:
    """What a call on some inputs came to."""

    specs: list
    failure: str = None                          # words of its error; None where it went through
    shapes: list = field(default_factory=list)   # of the outputs
    reached: list = field(default_factory=list)  # per input: the embeddings that its values index, as (module, hint)
    cramped_by: float = 1                        # how many times larger a window was than the map that it slides over, at most
    map: tuple = None                            # shape of the last that a layer gave of images, (N, C, H, W); None where none did

    @property
    def batch(self):
        """Of what was given."""
        return self.specs[0].shape[0] if self.specs[0].shape else 1

    @property
    def is_right(self):
        """Whether the output, if it has axes, is of the batch that was given: else samples lie in another axis."""
        return self.failure is None and (not self.shapes or not self.shapes[0] or len(self.specs[0].shape) < 3 or self.shapes[0][0] in self.specs[0].shape[:2])

    @property
    def too_few(self):
        """(ratio, wanted), of one that is not right: by what factor the elements before the failing layer were too few, and the features that it wants; None for what is not known."""
        if self.failure is not None:
            return asked.too_few(self.failure, self.batch)
        leading = self.shapes[0][0]
        return (self.batch / leading if leading else None), None


class Tries:
    """`call`: calls a model with arguments; `prepare`: is called before, e.g. to seed what the call draws. `hints`: [(module, hint)] of the model's layers."""

    def __init__(self, owner, call, prepare, structure, hints):
        self._owner, self._call, self._prepare, self._structure = owner, call, prepare, structure
        self._tables = {id(module): (module, hint) for module, hint in hints if hint["kind"] == "embedding" and hint.get("vocabulary")}
        self._convolutions = {id(module) for module, hint in hints if hint["kind"] == "conv" and not hint.get("transposed")}
        self._most_calls = -1
        self.count = 0
        self.failures = []    # (shapes, fault.Mark) of the calls that failed
        self.furthest = None  # specs that came furthest before they failed, of several the first
        self.hint_of_furthest = None
        self.unlikely = None  # the first Outcome that went through, but whose output does not look right

    def outcome_of(self, specs, hint):
        """The Outcome of a call on specs; `hint`: of the layer that gave them."""
        self.count += 1
        self._prepare()
        first = len(calls.records())
        found = Outcome(specs)
        try:
            with inputs.trial():
                drawn = [inputs.drawn(self._owner, spec) for spec in specs]
                outputs = self._call(self._structure.assembled(drawn))
                found.reached = self._tables_reached(drawn, first)
                found.shapes = [value.shape for value in outputs]
                found.cramped_by = self._cramped_by(first)
        except (Exception, SystemExit) as error:
            reached = len(calls.records()) - first
            if reached > self._most_calls:
                self.furthest, self.hint_of_furthest, self._most_calls = specs, hint, reached
            self.failures.append((tuple(spec.shape for spec in specs if isinstance(spec, InputSpec)), fault.mark_of(error)))
            return Outcome(specs, words.of(error), map=_last_map(first))
        found.map = _last_map(first)
        if not found.is_right and self.unlikely is None:
            self.unlikely = found
        return found

    def _tables_reached(self, drawn, first):
        """For each input the embeddings whose indices come of it, in the calls from record `first` on."""
        looked_up = [(self._tables[id(call.module)], provenance.ancestors([call.inputs[0].id]))
                     for call in calls.records()[first:] if id(call.module) in self._tables and call.inputs]
        return [[table for table, sources in looked_up if isinstance(given, array.Array) and given.value.id in sources] for given in drawn]

    def _cramped_by(self, first):
        """How many times as large as its map a window is, of the convolutions called from record `first` on; 1 where none is larger."""
        most = 1
        for call in calls.records()[first:]:
            if id(call.module) in self._convolutions and call.inputs:
                window = getattr(call.module, "kernel_size", None)
                shape = call.inputs[0].shape
                sizes = shape[2:] if self._owner.channel_axis == "first" else shape[1:-1]
                if isinstance(window, tuple) and len(window) == len(sizes):
                    most = max(most, *(extent / size for extent, size in zip(window, sizes) if size))
        return most


def _last_map(first):
    """Shape of the last map that the calls from record `first` on gave; None."""
    return next((output.shape for call in reversed(calls.records()[first:]) for output in call.outputs[:1] if len(output.shape) == 4), None)
