"""An input for a model that nobody calls, solved from what its layers say: the first layer gives rank and channels, a linear
layer behind a flatten fixes height and width.

Solving tries calls. A try costs recorded nodes and nothing else: state that it changes is put back (`inputs.trial`).
"""
import math
import operator
import re

from .. import fault, words
from ..framework import InputSpec, Plain
from ..recording import array, calls, provenance
from . import asked, firstpart, inputs, layerhints, methods, structure
from .firstinput import first_inputs
from .inputs import trial
from .layerspecs import USUAL_SIZES
from .otherinputs import other_inputs
from .sentence import Sentence
from .subject import UNKNOWN, Subject

DEFAULT_BATCH = 32
_MAXIMUM_TRIES = 60
_SMALLEST_IMAGE = 4  # a model that fits only a smaller one has been given something else that does not fit

# An argument that holds what the output is compared with.
_TARGETS = re.compile(r"(targets?|labels?|y|gt|ground_truth)(_ids)?", re.IGNORECASE)


class CannotSolve(Exception):
    """No input was found that the model takes; the message is one sentence. `specs`: the first of those that came furthest. `assumptions`: why they were tried. `tries`: (shapes, fault.Mark) of all."""

    def __init__(self, message, specs=None, assumptions=(), tries=()):
        super().__init__(message)
        self.specs, self.assumptions, self.tries = specs, list(assumptions), tries


def solve(owner, model, call, batch=None, prepare=lambda: None, given=None, made_with=None):
    """([InputSpec or None], assumptions): an input that `call(arguments)` takes, from what the layers say. Raises CannotSolve.

    `prepare` is called before each try, e.g. to seed what the try draws. `given`: place of an argument → its spec, which stays; the others are made to fit.
    `made_with`: name → value of what the model was made with.
    """
    return _Solver(owner, model, call, batch, prepare, given or {}, made_with or {}).solve()


class _Solver:
    def __init__(self, owner, model, call, batch, prepare, given, made_with):
        self.prepare, self.given = prepare, given
        batch = next((spec.shape[0] for spec in given.values() if isinstance(spec, InputSpec) and spec.shape), batch)
        self.owner, self.call, self.model = owner, call, model
        self.structure = structure.of(model)
        self.names, self.required = self.structure.names, self.structure.required
        self.hints = layerhints.of(owner, model)
        if self.names:
            self.hints = firstpart.first(self.hints, model, methods.of(model), self.names[0])
        self.subject = Subject(owner, model, self.structure, self.hints, batch or DEFAULT_BATCH, batch is not None, made_with)
        self.sentence = Sentence(owner, model, self.names, given, self.hints)
        self.tries = 0
        self.hint = None    # of the layer that gave what is tried
        self.wanted = None  # features of the layer that fixed height and width
        self.furthest = self.hint_of_furthest = None  # specs that came furthest before they failed, of several the first
        self.most_calls = -1
        self.failures = []    # (shapes, fault.Mark) of the calls that failed
        self.last_try = None  # (specs, words of its error or None)
        self.reached = []     # per input: the embeddings that its values index
        self.is_cramped = False  # whether a window was larger than its map in the last call that went through
        self.last_shapes = ()  # of the outputs of the last call that went through
        self.split = None     # (features given, features wanted) of the last call that failed by a split
        self.fallback = None  # a call that went through, but whose output does not look right

    def solve(self):
        for hint_of_first, first in [(None, self.given[0])] if 0 in self.given else first_inputs(self.subject):
            choices = other_inputs(self.subject, first, self.given)
            for place, rest in enumerate(choices):  # it grows by what errors ask for
                found = self.adapt(inputs.completed([first, *rest], self.given, self.model), hint_of_first)
                if found is not None:
                    return found
                if len(choices) <= _MAXIMUM_TRIES:
                    choices[place + 1:place + 1] = asked.others(self.last_try[1] or "", rest, self.last_try[0], self.given)
                if self.tries > _MAXIMUM_TRIES or len(choices) > 2 and rest is choices[0] and self.fails_whatever_the_others():
                    break
        if self.fallback is not None:
            return self.fallback
        raise CannotSolve("no input was found that fits this model; write `# lens: input=(…)` above it", self.furthest, self.sentence.of(self.furthest or [], self.hint_of_furthest), self.failures)

    # Trying

    def adapt(self, specs, hint):
        """Tries `specs`; where a linear layer says how many features it wants, follows it to the right height and width."""
        self.wanted, self.hint = None, hint
        tried = set()
        waiting = [specs]
        while waiting and self.tries <= _MAXIMUM_TRIES:
            specs = waiting.pop(0)
            size = self.size_of(specs, hint)
            if size in tried:
                continue
            tried.add(size)
            ratio, wanted, is_right = self.attempt(specs)
            if is_right:
                specs = self.roomier(specs if wanted is None else self.tightest(specs, hint), hint)
                within, narrowest = self.within_vocabularies(specs)
                aimed = self.with_targets(within)
                if aimed is not None:
                    within = aimed
                elif narrowest is not None or len(self.names) > self.required:
                    self.attempt(within)  # the last try is the call that is shown
                return within, self.sentence.of(within, narrowest or hint, wanted)
            if ratio is None and self.split is not None and 0 not in self.given and specs[0].shape[-1:] == self.split[:1] and self.split not in tried:
                tried.add(self.split)
                waiting.append([InputSpec((*specs[0].shape[:-1], self.split[1]), specs[0].dtype, specs[0].low, specs[0].high), *specs[1:]])
                tried.discard(size)
                continue
            joined = asked.joined(self.last_try[1] or "", specs)
            if ratio is None and joined is not None and not self.given and joined not in tried:
                tried.add(joined)
                waiting.append([InputSpec((spec.shape[0], joined, *spec.shape[2:])) if isinstance(spec, InputSpec) and spec.shape == specs[0].shape else spec for spec in specs])
                tried.discard(size)
                continue
            if ratio is None and size is not None and 0 not in self.given and self.owner.channel_axis == "first" and asked.is_turned(self.last_try[1] or "", specs[0]):
                self.subject.channel_axis = "last"
                waiting.append(inputs.beside(self.subject.image(self.channels_of(hint), len(specs[0].shape) - 2, size), specs, self.given))
                tried.discard(size)
                continue
            if ratio is None or size is None or 0 in self.given:
                break
            rank = hint[1].get("rank") or 2
            guess = max(1, round(size * ratio ** (1 / rank)))
            self.wanted = wanted
            around = [guess] + [guess + step * side for step in (1, 2, 3) for side in (1, -1)]
            waiting = [inputs.beside(self.subject.image(self.channels_of(hint), rank, n), specs, self.given)
                       for n in around if n >= _SMALLEST_IMAGE and n not in tried][:7]
        return None

    def fails_whatever_the_others(self):
        """Whether the last try, which failed, fails in the same words without all arguments but the first: then other values for them do not help."""
        specs, failure = self.last_try
        self.attempt([specs[0], *[None if place not in self.given else spec for place, spec in enumerate(specs[1:], 1)]])
        return self.last_try[1] == failure is not None

    def tightest(self, specs, hint):
        """Of the sizes that give a layer the features it wants, a usual one, else the smallest: each window fits then, with no pixels left over."""
        size = self.size_of(specs, hint)
        if size is None or 0 in self.given:
            return specs
        found = {size: specs}
        while (smaller := min(found) - 1) >= _SMALLEST_IMAGE:
            fewer = inputs.beside(self.subject.image(self.channels_of(hint), hint[1].get("rank") or 2, smaller), specs, self.given)
            *_, is_right = self.attempt(fewer)
            if not is_right:
                break
            found[smaller] = fewer
        best = found[next((usual for usual in USUAL_SIZES if usual in found), min(found))]
        self.attempt(best)  # the last try is the call that is shown
        return best

    def roomier(self, specs, hint):
        """Larger images for a model that is not cut out for small ones: where a window is larger than the map that it slides over, most of what it sees is padding."""
        size = self.size_of(specs, hint)
        if size is None or not self.is_cramped or 0 in self.given:
            return specs
        for larger in self.subject.larger_images(specs[0], size):
            others = inputs.beside(larger, specs, self.given)
            *_, is_right = self.attempt(others)
            if is_right and not self.is_cramped:
                return others
        self.attempt(specs)  # the last try is the call that is shown
        return specs

    def sees_padding(self, first):
        """Whether one of the convolutions called from record `first` on has a window larger than its map."""
        convolutions = {id(module) for module, hint in self.hints if hint["kind"] == "conv" and not hint.get("transposed")}
        for call in calls.records()[first:]:
            if id(call.module) in convolutions and call.inputs:
                window = getattr(call.module, "kernel_size", None)
                shape = call.inputs[0].shape
                sizes = shape[2:] if self.owner.channel_axis == "first" else shape[1:-1]
                if isinstance(window, tuple) and len(window) == len(sizes) and any(map(operator.gt, window, sizes)):
                    return True
        return False

    def with_targets(self, specs):
        """The specs with one for the targets that the model computes its own loss of, `forward(self, idx, targets=None)`; None where it takes none or gives no loss."""
        position = next((i for i, name in enumerate(self.names) if i >= self.required and _TARGETS.fullmatch(name)), None)
        if position is None or len(specs) > position:
            return None
        first, defaults = specs[0], methods.defaults_of(self.model)
        between = [Plain(defaults[name], origin="default") for name in self.names[len(specs):position]]
        last = self.last_shapes[0][-1:] if self.last_shapes else ()
        classes = last[0] if last and last[0] > 1 else 2
        options = [InputSpec(first.shape, first.dtype, first.low, first.high)] if first.dtype == "int64" else []
        for option in [*options, InputSpec(first.shape[:1], "int64", 0, classes)]:
            *_, is_right = self.attempt([*specs, *between, option])
            if is_right and any(math.prod(shape) == 1 for shape in self.last_shapes):
                return [*specs, *between, option]
        return None

    def within_vocabularies(self, specs):
        """(specs, hint): integers below the smallest of the tables that they reach, and that table's hint; None where the specs are so already."""
        specs, narrowest = list(specs), None
        for position, (spec, reached) in enumerate(zip(specs, self.reached)):
            found = min(reached, key=lambda pair: pair[1]["vocabulary"], default=None)
            if found is not None and position not in self.given and spec.dtype == "int64" and spec.high > found[1]["vocabulary"]:
                specs[position] = InputSpec(spec.shape, spec.dtype, spec.low, found[1]["vocabulary"], spec.name, spec.origin)
                narrowest = found
        return specs, narrowest

    def tables_reached(self, drawn, first):
        """For each input the embeddings (module, hint) whose indices come of it, in the calls from `first` on."""
        tables = {id(module): (module, hint) for module, hint in self.hints if hint["kind"] == "embedding" and hint.get("vocabulary")}
        looked_up = [(tables[id(call.module)], provenance.ancestors([call.inputs[0].id]))
                     for call in calls.records()[first:] if id(call.module) in tables and call.inputs]
        return [[table for table, sources in looked_up if isinstance(given, array.Array) and given.value.id in sources] for given in drawn]

    def size_of(self, specs, hint):
        if hint is None or hint[1]["kind"] not in ("conv", "norm", "patches") or len(specs[0].shape) < 3:
            return None
        return specs[0].shape[-1 if self.subject.channel_axis == "first" else -2]

    def channels_of(self, hint):
        return hint[1].get("features") or UNKNOWN[hint[1]["kind"]]

    def attempt(self, specs):
        """(ratio, wanted, is right): by what factor the elements before the failing layer were too few (None: not known)."""
        self.tries += 1
        self.last_try = specs, None
        batch = specs[0].shape[0] if specs[0].shape else 1
        self.prepare()
        first = len(calls.records())
        try:
            with trial():
                drawn = [inputs.drawn(self.owner, spec) for spec in specs]
                self.last_shapes = ()
                outputs = self.call(self.structure.assembled(drawn))
                self.reached = self.tables_reached(drawn, first)
                self.last_shapes = [value.shape for value in outputs]
                self.is_cramped = self.sees_padding(first)
        except (Exception, SystemExit) as error:
            reached = len(calls.records()) - first
            if reached > self.most_calls:
                self.furthest, self.hint_of_furthest, self.most_calls = specs, self.hint, reached
            self.failures.append((tuple(spec.shape for spec in specs if isinstance(spec, InputSpec)), fault.mark_of(error)))
            self.last_try = specs, words.of(error)
            self.split = asked.split(words.of(error))
            return (*asked.too_few(words.of(error), batch), False)
        shape = outputs[0].shape if outputs else ()
        leading = shape[0] if shape else batch
        sizes = specs[0].shape[:2]
        if leading in sizes or not shape or len(specs[0].shape) < 3:
            return None, self.wanted, True
        if self.fallback is None:
            self.fallback = specs, self.sentence.of(specs)
        return batch / leading if leading else None, None, False
