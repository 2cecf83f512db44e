"""The model that inputs are guessed for: what its layers take, and what it keeps and was made with."""
import argparse
import functools
import itertools
import math

from ..framework import InputSpec
from . import argumentnames, methods

STEPS = 16                  # time steps of a sequence
UNKNOWN = {"linear": 784, "conv": 3, "recurrent": 16, "norm": 16, "attention": 64, "embedding": 1, "patches": 3}  # features, where a layer does not say them
_PIXELS_OF_FULL_BATCH = 64 * 64
_LARGER_SIZES = (64, 128, 224)
_FEWEST_IMAGES = 4
_LARGEST_IMAGE = 1024
_SECTIONS = 3               # of settings within settings that are looked through
_CONFIGURATIONS = ("config", "configs", "cfg", "hparams", "args", "params", "opt", "pretrained_cfg", "default_cfg")


class Subject:
    """`hints`: [(module, hint)] of the layers, in the order of their construction. `made_with`: name → value, what the model was made with.

    `channel_axis`: of images, as the model takes them: one that turns them itself, `x.permute(0, 3, 1, 2)`, takes the other way.
    """

    def __init__(self, owner, model, structure, hints, batch, is_batch_given, made_with):
        self.model, self.method, self.hints = model, methods.of(model), hints
        self.names, self.required = structure.names, structure.required
        self.batch, self.is_batch_given = batch, is_batch_given
        self.made_with = made_with
        self.channel_axis = owner.channel_axis
        self.is_batch_first = owner.channel_axis == "last"  # of recurrent layers that do not say
        self._parts = owner.modules(model) if owner.is_model(model) else ()
        self.annotations = methods.annotations_of(model)
        longest = self.kept(argumentnames.KEPT_LENGTHS)
        self.lengths = [min(STEPS, longest or STEPS), *([longest] if longest and longest != STEPS else [])]
        self.has_marks = any(argumentnames.MARKS.fullmatch(name.lower()) for name in self.names)

    def kept(self, attributes):
        """A size that the model, or its configuration, keeps under one of these names; None."""
        return next((size for size in _kept_by(self._holders, attributes) if type(size) is int and size > 0), None)

    @property
    def _holders(self):
        return (self.model, *(getattr(self.model, name, None) for name in _CONFIGURATIONS), self.made_with, *self.made_with.values())

    @functools.cached_property
    def image_size(self):
        """(height, width) that the model, its configuration or the first of its parts that does keeps for its images; None."""
        sides = ((self.kept((height,)), self.kept((width,))) for height, width in argumentnames.KEPT_IMAGE_SIDES)
        kept = itertools.chain((pair for pair in sides if None not in pair), _kept_by(self._holders, argumentnames.OWN_IMAGE_SIZES), self._set_image_sizes(), _kept_by((module for _, module in self._parts), argumentnames.KEPT_IMAGE_SIZES))
        return next((size for size in map(_image_size, kept) if size is not None), None)

    def _set_image_sizes(self):
        """Those in the sections of settings that it was made with: `cfg.MODEL.IMAGE_SIZE`."""
        waiting = [(value, _SECTIONS) for value in self.made_with.values()]
        while waiting:
            settings, depth = waiting.pop(0)
            items = vars(settings) if isinstance(settings, argparse.Namespace) else settings
            for name, value in items.items() if depth and isinstance(items, dict) else ():
                if isinstance(name, str) and name.lower() in argumentnames.KEPT_IMAGE_SIZES:
                    yield value
                waiting.append((value, depth - 1))

    def width_of(self, name):
        """As wide as the model says that an argument is, `c_dim` of `c`; None where it does not, and of a time or a state, which are something else."""
        if any(pattern.fullmatch(name.lower()) for pattern in (argumentnames.STATE, argumentnames.TIMES, argumentnames.NOISE)):
            return None
        of_classes = argumentnames.KEPT_CLASSES if argumentnames.CLASSES.fullmatch(name.lower()) else ()  # one-hot
        return self.kept((*argumentnames.widths_of(name), *of_classes))

    def size_named(self, name):
        """A size by its name in a text: a number, or what the model keeps or was made with under it; None where that says nothing."""
        return int(name) if name.isdigit() else self.kept((name,))

    def hints_of(self, *kinds):
        return [hint for _, hint in self.hints if hint["kind"] in kinds]

    @property
    def first_kind(self):
        """Of the first layer; None where none says what it takes."""
        return self.hints[0][1]["kind"] if self.hints else None

    @property
    def vocabularies(self):
        return [hint["vocabulary"] for hint in self.hints_of("embedding") if hint.get("vocabulary")]

    @property
    def looks_up_single_things(self):
        """Whether each argument is looked up in a table of its own, and no layer or name asks for several in a row: `forward(user, item)`."""
        arguments = self.names[:self.required]
        return (1 < len(arguments) <= len(self.hints_of("embedding")) and len(self.lengths) == 1 and not self.hints_of("recurrent", "attention", "conv")
                and not any(argumentnames.SEQUENCES.fullmatch(name.lower()) for name in arguments))

    @property
    def state_size(self):
        """Features of a state that a hand-written recurrent model takes; 0 where it takes none."""
        if not any(argumentnames.STATE.fullmatch(name.lower()) for name in self.names[1:self.required]):
            return 0
        return next((size for size in (getattr(self.model, name, None) for name in argumentnames.KEPT_STATE_SIZES) if isinstance(size, int)), 0)

    # Images

    def image(self, channels, rank, size):
        """A batch of images, signals or volumes, of one size on each axis or of these sizes: a smaller one of large ones, unless it was given."""
        batch, sizes = self.batch, (size,) * rank if type(size) is int else size
        if not self.is_batch_given and math.prod(sizes) > _PIXELS_OF_FULL_BATCH:
            batch = max(2, batch * _PIXELS_OF_FULL_BATCH // math.prod(sizes))
        return InputSpec((batch, channels, *sizes) if self.channel_axis == "first" else (batch, *sizes, channels))

    def larger_images(self, image, size, least):
        """Images like this one, which is as large as `size`, of other usual sizes that are not below a least one, in batches of no more pixels."""
        rank = len(image.shape) - 2
        channels = image.shape[1] if self.channel_axis == "first" else image.shape[-1]
        for larger in _LARGER_SIZES:
            if larger >= least and larger > size:
                batch = self.batch if self.is_batch_given else max(_FEWEST_IMAGES, image.shape[0] * size ** rank // larger ** rank)
                found = self.image(channels, rank, larger)
                yield InputSpec((batch, *found.shape[1:]))


def _kept_by(holders, attributes):
    for holder in holders:
        for name in attributes:
            found = getattr(holder, "__dict__", {}).get(name, holder.get(name) if isinstance(holder, dict) else None)
            if found is not None:
                yield found


def _image_size(kept):
    """(height, width) of what a model keeps: one size, `[224]`, two, or channels and two; None of anything else."""
    sizes = tuple(kept) if isinstance(kept, (list, tuple)) else (kept,)
    if not 0 < len(sizes) < 4 or any(type(size) is not int or not 0 < size <= _LARGEST_IMAGE for size in sizes):
        return None
    return (*sizes, *sizes)[:2] if len(sizes) < 3 else sizes[1:]
