"""The model that inputs are guessed for: what its layers take, and what it keeps and was made with."""
from ..framework import InputSpec
from . import argumentnames, methods

STEPS = 16                  # time steps of a sequence
UNKNOWN = {"linear": 784, "conv": 3, "recurrent": 16, "norm": 16, "attention": 64, "embedding": 1, "patches": 3}  # features, where a layer does not say them
_PIXELS_OF_FULL_BATCH = 64 * 64
_LARGER_SIZES = (64, 128, 224)
_FEWEST_IMAGES = 4
_CONFIGURATIONS = ("config", "configs", "cfg", "hparams", "args", "params", "opt")


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
        self.annotations = methods.annotations_of(model)
        longest = self.kept(argumentnames.KEPT_LENGTHS)
        self.lengths = [min(STEPS, longest or STEPS), *([longest] if longest and longest != STEPS else [])]
        self.has_marks = any(argumentnames.MARKS.fullmatch(name.lower()) for name in self.names)

    def kept(self, attributes):
        """A size that the model, or its configuration, keeps under one of these names; None."""
        for holder in (self.model, *(getattr(self.model, name, None) for name in _CONFIGURATIONS), self.made_with, *self.made_with.values()):
            for name in attributes:
                size = getattr(holder, "__dict__", {}).get(name, holder.get(name) if isinstance(holder, dict) else None)
                if type(size) is int and size > 0:
                    return size
        return None

    def width_of(self, name):
        """As wide as the model says that an argument is, `c_dim` of `c`; None where it does not, and of a time or a state, which are something else."""
        if any(pattern.fullmatch(name.lower()) for pattern in (argumentnames.STATE, argumentnames.TIMES, argumentnames.NOISE)):
            return None
        return self.kept(argumentnames.widths_of(name))

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
    def state_size(self):
        """Features of a state that a hand-written recurrent model takes; 0 where it takes none."""
        if not any(argumentnames.STATE.fullmatch(name.lower()) for name in self.names[1:self.required]):
            return 0
        return next((size for size in (getattr(self.model, name, None) for name in argumentnames.KEPT_STATE_SIZES) if isinstance(size, int)), 0)

    # Images

    def image(self, channels, rank, size):
        """A batch of images, signals or volumes of this size on each axis: a smaller one of large ones, unless it was given."""
        batch = self.batch
        if not self.is_batch_given and size ** rank > _PIXELS_OF_FULL_BATCH:
            batch = max(2, batch * _PIXELS_OF_FULL_BATCH // size ** rank)
        sizes = (size,) * rank
        return InputSpec((batch, channels, *sizes) if self.channel_axis == "first" else (batch, *sizes, channels))

    def larger_images(self, image, size):
        """Images like this one of other usual sizes, in batches of no more pixels."""
        rank = len(image.shape) - 2
        channels = image.shape[1] if self.channel_axis == "first" else image.shape[-1]
        for larger in _LARGER_SIZES:
            if larger > size:
                batch = self.batch if self.is_batch_given else max(_FEWEST_IMAGES, image.shape[0] * size ** rank // larger ** rank)
                found = self.image(channels, rank, larger)
                yield InputSpec((batch, *found.shape[1:]))
