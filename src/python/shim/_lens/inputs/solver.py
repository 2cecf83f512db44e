"""An input for a model that nobody calls, solved from what its layers say: the first layer gives rank and channels, a linear
layer behind a flatten fixes height and width.

Solving tries calls (`tries`): what the first guesses came to says what is tried next.
"""
import math
import re

from ..framework import InputSpec, Plain
from . import asked, firstpart, inputs, layerhints, methods, structure
from .firstinput import first_inputs
from .layerspecs import USUAL_SIZES
from .otherinputs import other_inputs
from .rectangle import Squares
from .sentence import Sentence
from .subject import UNKNOWN, Subject
from .tries import Tries

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
    return _Solver(owner, model, call, batch, prepare, given or {}, made_with or {}).solved()


class _Solver:
    def __init__(self, owner, model, call, batch, prepare, given, made_with):
        self.owner, self.model, self.given = owner, model, given
        batch = next((spec.shape[0] for spec in given.values() if isinstance(spec, InputSpec) and spec.shape), batch)
        taken = structure.of(model)
        self.names, self.required = taken.names, taken.required
        hints = layerhints.of(owner, model)
        if self.names:
            hints = firstpart.first(hints, model, methods.of(model), self.names[0])
        self.subject = Subject(owner, model, taken, hints, batch or DEFAULT_BATCH, batch is not None, made_with)
        self.sentence = Sentence(owner, model, self.names, given, hints)
        self.tries = Tries(owner, call, prepare, taken, hints)
        self.hint = None  # of the layer that gave what is tried
        self.widened = set()  # channels that layers behind asked for
        self.oblong = set()  # cells of the maps that rectangular images were looked for with
        self.last = None  # Outcome of the last call: in the end of the one that is shown

    def solved(self):
        for hint_of_first, first in [(None, self.given[0])] if 0 in self.given else first_inputs(self.subject):
            choices = other_inputs(self.subject, first, self.given)
            for place, rest in enumerate(choices):  # it grows by what errors ask for
                found = self.adapted(inputs.completed([first, *rest], self.given, self.model), hint_of_first)
                if found is not None:
                    return found
                if len(choices) <= _MAXIMUM_TRIES:
                    choices[place + 1:place + 1] = asked.others(self.last.failure or "", rest, self.last.specs, self.given)
                if self.tries.count > _MAXIMUM_TRIES or len(choices) > 2 and rest is choices[0] and self.fails_whatever_the_others():
                    break
        if self.tries.unlikely is not None:
            specs = self.tries.unlikely.specs
            return specs, self.sentence.of(specs)
        furthest = self.tries.furthest
        raise CannotSolve("no input was found that fits this model; write `# lens: input=(…)` above it", furthest, self.sentence.of(furthest or [], self.tries.hint_of_furthest), self.tries.failures)

    def attempt(self, specs):
        self.last = self.tries.outcome_of(specs, self.hint)
        return self.last

    # To what errors ask for

    def adapted(self, specs, hint):
        """(specs, assumptions) that the model takes, found by what the errors of the calls ask for; where a linear layer says how many features it wants, at the right height and width. None."""
        self.hint = hint
        wanted = first = None  # features of the layer that fixes height and width; the specs that were tried first, and what failed
        tried, answered, squares = set(), set(), Squares()
        waiting = [specs]
        while waiting and self.tries.count <= _MAXIMUM_TRIES:
            specs = waiting.pop(0)
            size = self.size_of(specs, hint)
            if size in tried:
                continue
            outcome = self.attempt(specs)
            if outcome.is_right:
                return self.refined(specs, hint, wanted)
            first = first or (specs, outcome.failure or "")
            ratio, features = outcome.too_few
            other = next((found for found in self.asked_for(outcome, hint, size) if found[0] not in answered), None) if ratio is None else None
            if other is not None:
                answered.add(other[0])
                waiting.append(other[1])
                continue
            tried.add(size)
            squares.saw(size, outcome)
            if ratio is None or size is None or 0 in self.given:
                break
            rank = hint[1].get("rank") or 2
            guess = max(1, round(size * ratio ** (1 / rank)))
            wanted = features
            around = [guess] + [guess + step * side for step in (1, 2, 3) for side in (1, -1)]
            waiting = [inputs.beside(self.subject.image(self.channels_of(hint), rank, n), specs, self.given)
                       for n in around if n >= _SMALLEST_IMAGE and n not in tried][:7]
        found = None if wanted is None and squares.cells is None else self.rectangular(specs, hint, squares, wanted)
        return self.with_channels(first, hint) if found is None and first is not None else found

    def with_channels(self, first, hint):
        """(specs, assumptions) with as many channels as a layer asks for that was given those of the input itself. None."""
        specs, failure = first
        wanted = asked.channels(failure, specs[0])
        if wanted is None or 0 in self.given or wanted in self.widened:
            return None
        self.widened.add(wanted)
        asking = next((pair for pair in self.subject.hints if pair[1].get("features") == wanted), hint)
        return self.adapted(inputs.beside(InputSpec((specs[0].shape[0], wanted, *specs[0].shape[2:])), specs, self.given), asking)

    def rectangular(self, specs, hint, squares, wanted):
        """(specs, assumptions) with images that are not as high as wide, where no square one gives maps of as many cells as are wanted. None."""
        if self.owner.channel_axis != "first" or squares.cells in self.oblong:
            return None
        self.oblong.add(squares.cells)
        within = lambda sides: inputs.beside(self.subject.image(self.channels_of(hint), 2, sides), specs, self.given)
        for cells in squares.maps():
            sides = squares.images(cells, lambda sides: self.attempt(within(sides)))
            if sides is not None:
                return self.refined(within(self.tightened(sides, within)), hint, wanted)
        return None

    def tightened(self, sides, within):
        """The smallest height and width that go through as these do."""
        for axis in range(2):
            while min(smaller := tuple(side - (place == axis) for place, side in enumerate(sides))) >= _SMALLEST_IMAGE and self.attempt(within(smaller)).is_right:
                sides = smaller
        self.attempt(within(sides))
        return sides

    def asked_for(self, outcome, hint, size):
        """(what was asked, other specs) by an error that does not say by how much something was too small."""
        specs, failure = outcome.specs, outcome.failure or ""
        first = specs[0]
        split = asked.split(failure)
        if split is not None and 0 not in self.given and first.shape[-1:] == split[:1]:
            yield ("split", split), [InputSpec((*first.shape[:-1], split[1]), first.dtype, first.low, first.high), *specs[1:]]
        joined = asked.joined(failure, specs)
        if joined is not None and not self.given:
            yield ("joined", joined), [InputSpec((spec.shape[0], joined, *spec.shape[2:])) if isinstance(spec, InputSpec) and spec.shape == first.shape else spec for spec in specs]
        if size is not None and 0 not in self.given and self.owner.channel_axis == "first" and asked.is_turned(failure, first):
            self.subject.channel_axis = "last"
            yield "turned", inputs.beside(self.subject.image(self.channels_of(hint), len(first.shape) - 2, size), specs, self.given)

    def fails_whatever_the_others(self):
        """Whether the last call, which failed, fails in the same words without all arguments but the first: then other values for them do not help."""
        first, *others = self.last.specs
        failure = self.last.failure
        if not others or any(spec is None for spec in others):  # which may be what fails
            return False
        return self.attempt([first, *[None if place not in self.given else spec for place, spec in enumerate(others, 1)]]).failure == failure is not None

    # What went through, made better

    def refined(self, specs, hint, wanted):
        """(specs, assumptions): of a good size, within the vocabularies, and with targets; the last call is the one that is shown."""
        specs = self.roomier(specs if wanted is None else self.tightest(specs, hint), hint)
        within, narrowest = self.within_vocabularies(specs)
        aimed = self.with_targets(within)
        if aimed is None and (narrowest is not None or len(self.names) > self.required):
            self.attempt(within)
        within = within if aimed is None else aimed
        return within, self.sentence.of(within, narrowest or hint, wanted)

    def tightest(self, specs, hint):
        """Of the sizes that give a layer the features it wants, a usual one, else the smallest: each window fits then, with no pixels left over."""
        size = self.size_of(specs, hint)
        if size is None or 0 in self.given:
            return specs
        found = {size: specs}
        while (smaller := min(found) - 1) >= _SMALLEST_IMAGE:
            fewer = inputs.beside(self.subject.image(self.channels_of(hint), hint[1].get("rank") or 2, smaller), specs, self.given)
            if not self.attempt(fewer).is_right:
                break
            found[smaller] = fewer
        best = found[next((usual for usual in USUAL_SIZES if usual in found), min(found))]
        self.attempt(best)
        return best

    def roomier(self, specs, hint):
        """Larger images for a model that is not cut out for small ones: where a window is larger than the map that it slides over, most of what it sees is padding."""
        size = self.size_of(specs, hint)
        if size is None or self.last.cramped_by <= 1 or 0 in self.given:
            return specs
        for larger in self.subject.larger_images(specs[0], size, size * self.last.cramped_by):
            others = inputs.beside(larger, specs, self.given)
            found = self.attempt(others)
            if found.is_right and found.cramped_by <= 1:
                return others
        self.attempt(specs)
        return specs

    def within_vocabularies(self, specs):
        """(specs, hint): integers below the smallest of the tables that they reach, and that table's hint; None where the specs are so already."""
        specs, narrowest = list(specs), None
        for position, (spec, reached) in enumerate(zip(specs, self.last.reached)):
            found = min(reached, key=lambda pair: pair[1]["vocabulary"], default=None)
            if found is not None and position not in self.given and spec.dtype == "int64" and spec.high > found[1]["vocabulary"]:
                specs[position] = spec.changed(high=found[1]["vocabulary"])
                narrowest = found
        return specs, narrowest

    def with_targets(self, specs):
        """The specs with one for the targets that the model computes its own loss of, `forward(self, idx, targets=None)`; None where it takes none or gives no loss."""
        position = next((i for i, name in enumerate(self.names) if i >= self.required and _TARGETS.fullmatch(name)), None)
        if position is None or len(specs) > position:
            return None
        first, defaults = specs[0], methods.defaults_of(self.model)
        between = [Plain(defaults[name], origin="default") for name in self.names[len(specs):position]]
        last = self.last.shapes[0][-1:] if self.last.shapes else ()
        classes = last[0] if last and last[0] > 1 else 2
        options = [InputSpec(first.shape, first.dtype, first.low, first.high)] if first.dtype == "int64" else []
        for option in [*options, InputSpec(first.shape[:1], "int64", 0, classes)]:
            found = self.attempt([*specs, *between, option])
            if found.is_right and any(math.prod(shape) == 1 for shape in found.shapes):
                return [*specs, *between, option]
        return None

    # Images

    def size_of(self, specs, hint):
        """Of images that are as high as wide, of signals and volumes; None of others."""
        if hint is None or hint[1]["kind"] not in ("conv", "norm", "patches") or len(specs[0].shape) < 3:
            return None
        sides = specs[0].shape[2:] if self.subject.channel_axis == "first" else specs[0].shape[1:-1]
        return None if len(sides) == 2 and sides[0] != sides[1] else sides[-1]

    def channels_of(self, hint):
        return hint[1].get("features") or UNKNOWN[hint[1]["kind"]]
