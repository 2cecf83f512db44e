"""What the arguments of a model may be, most likely first: from what its layers take, from names and annotations, and from sizes that it keeps."""
import re

from ..framework import InputSpec, Plain
from . import described, unpacking
from .structure import annotations_of, method_of

STEPS = 16                  # time steps of a sequence
_NO_HINT_FEATURES = 10      # for a model of which nothing says how wide its input is
UNKNOWN = {"linear": 784, "conv": 3, "recurrent": 16, "norm": 16, "attention": 64, "embedding": 1, "patches": 3}
# Heights and widths to try, for images of one channel and of more; a large image takes a smaller batch.
_VIDEOS = ((16, 112, 112), (16, 224, 224))  # frames, height and width, for three axes
_SIZES = {1: (28, 32, 64, 96, 128, 224, 256), 3: (32, 64, 96, 128, 224, 28, 256, 299, 320, 512)}
_SIGNALS = (64, 128, 256, 512, 1024, 32, 28, 16)  # steps, for one axis
_ATARI_SIZE = 84            # of a game's screen, as Mnih et al. (2015) shrink it: what three convolutions without padding bring to 7 by 7
_PIXELS_OF_FULL_BATCH = 64 * 64
_NUMBERS_OF_FULL_BATCH = 2 ** 16  # in maps of many channels
_LARGER_SIZES = (64, 128, 224)
_FEWEST_IMAGES = 4
_EDGES_PER_NODE = 4
_DIFFUSION_STEPS = 1000
_CHOICES = 12               # of all arguments behind the first

# Where a model keeps how long its sequences are, how many variables they have, and the size of a state.
_LENGTH_ATTRIBUTES = ("block_size", "seq_len", "max_len", "max_seq_len", "seq_length", "max_length", "context_length", "n_ctx", "context_size", "window_size",
                      "lookback", "input_len", "num_steps")
_VARIABLE_ATTRIBUTES = ("enc_in", "channels", "c_in", "n_features", "num_features", "input_size", "input_dim")
_WIDTH_ATTRIBUTES = ("input_size", "input_dim", "in_features", "n_inputs", "d_model", "in_channels")
_IMAGE_ATTRIBUTES = ("img_size", "image_size", "input_resolution", "size")
_LARGEST_IMAGE = 1024
_STATE_SIZES = ("hidden_size", "hidden_dim", "hidden", "nhid", "state_size")

_TOKENS = re.compile(r"tok|ids?$|idx|word|src|text|indices")
_IDS = re.compile(r"(input_?|token_?)?ids|tokens|input_tokens")
_VOCABULARY = 1000
_IMAGES = re.compile(r"(input_?|x_?)?(im(g|age)|pixel|frame|pic)s?(_\w+)?|pixel_values")
_POINTS = re.compile(r"xyz|points?|pts|point_?clouds?|pcd?")
_POINTS_OF_A_CLOUD = 1024
_AUDIO = re.compile(r"wav(e|eform)?s?|audio\w*|speech|signal\w*")
_SPECTROGRAMS = re.compile(r"(log_?)?mels?(_?spec\w*)?|spec(trogram)?s?|fbank")
# An argument that carries a recurrent model's state.
_STATE = re.compile(r"((lstm|rnn|gru|recurrent)_?)?states?(\[\d\])?|(lstm|rnn|gru)_?hiddens?(\[\d\])?|(h|hx|hidden|hidden_?state)\[\d\]|h|hx|h_?0|hidden|hidden_?state|state|cache|memory_?state|prev.*")
# An argument that says how long each sequence of a padded batch is.
_LENGTHS = re.compile(r"(\w+_)?(len|lens|length|lengths)|x_?lens?")
# Whether an episode ended before a step: zeros and ones.
_ENDINGS = re.compile(r"dones?|terminat(ed|ions?|als?)|resets?|episode_starts?")
# The sizes of a tensor, as `forward` names them.
_CHANNELS = re.compile(r"c|d|e|f|(num_|n_|in_|d_)?(ch|chans?|channels?|dims?|features?|feat|emb\w*|input|model|in|c|d)|embed_?dim|hidden\w*", re.IGNORECASE)
_BATCH = re.compile(r"b|n|bs|bsz|bz|(n_|num_)?batch\w*|samples", re.IGNORECASE)
_WIDTHS = 4                 # of layers that are tried for a first argument of which only the rank is known
_QUERIES = re.compile(r"quer(y|ies)_?(embed\w*|pos\w*)|object_queries")
_TIMES = re.compile(r"t|ts|time_?steps?|times?|diffusion_steps?")
_NOISE = re.compile(r"sigmas?|noise_?levels?|noise_labels|time_?cond")
_CLASSES = re.compile(r"labels?|y|cond|classes|class_?labels?|c")
_ADJACENCY = re.compile(r"adj(_?mat(rix)?|acency(_matrix)?)?s?|a|graph|laplacian|support|g")
_EDGES = re.compile(r"edges?(_?index)?|edge_indices")
_EDGE_FEATURES = re.compile(r"edge_?(weight|attr|feats?|type)s?")
_MEMBERS = re.compile(r"batch(_?(index|ids?))?|graph_ids?")
_MARKS = re.compile(r"x_?mark(_\w+)?|(\w+_)?mark|time_?(marks?|stamps?|features?)")
_SERIES = 7                 # of a forecast that takes any number of them
_MARKS_PER_STEP = range(1, 7)  # from the month alone to month, day, weekday, hour, minute and second
_FEATURES = re.compile(r"(\w+_)?feat(ure)?s?|(\w+_)?embed(ding)?s?|latents?|z|noise")
# What an encoder has made of the input, as a decoder takes it.
_ENCODED = re.compile(r"enc(oder|oded)?_?(src|inputs?|out(put)?s?|hidden\w*|states?|features?|x)?|memory|encoder_\w+|context")
_STARTS = re.compile(r"(start|cur(rent)?|offset)?_?(pos|position|offset|start|step|idx|index|layer|epoch|level|depth)")


def _is_batch_behind(sizes):
    return any(map(_BATCH.fullmatch, sizes[1:])) and not _BATCH.fullmatch(sizes[0])


class Guesses:
    """`hints`: [(module, hint)] of the layers, in the order of their construction. `made_with`: name → value, what the model was made with."""

    def __init__(self, owner, model, structure, hints, batch, is_batch_given, made_with):
        self.owner, self.model, self.hints = owner, model, hints
        self.names, self.required = structure.names, structure.required
        self.batch, self.is_batch_given = batch, is_batch_given
        self.made_with = made_with
        self.channel_axis = owner.channel_axis  # of images, as the model takes them: one that turns them itself, `x.permute(0, 3, 1, 2)`, takes the other way
        self.annotations = annotations_of(model)
        longest = self._kept(_LENGTH_ATTRIBUTES)
        self.lengths = [min(STEPS, longest or STEPS), *([longest] if longest and longest != STEPS else [])]

    def _kept(self, attributes):
        """A size that the model, or its configuration, keeps under one of these names."""
        kept = (getattr(self.model, name, None) for name in ("config", "configs", "cfg", "hparams", "args", "params", "opt"))
        for holder in (self.model, *kept, self.made_with, *self.made_with.values()):
            for name in attributes:
                size = getattr(holder, "__dict__", {}).get(name, holder.get(name) if isinstance(holder, dict) else None)
                if type(size) is int and size > 0:
                    return size
        return None

    @property
    def usual_sizes(self):
        return (*_SIZES[1], _ATARI_SIZE, *_SIZES[3])

    # The first argument

    def first_inputs(self):
        """(hint, InputSpec) in the order of trying; the hint is None where no layer gave it."""
        name = self.names[0].lower()
        hints = list(self.hints)
        embeddings = [pair for pair in hints if pair[1]["kind"] == "embedding"]
        if embeddings and (_TOKENS.search(name) or hints[0][1]["kind"] == "embedding"):
            # What the tokens really reach is known once a call went through: see `Solver.within_vocabularies`.
            largest = max(embeddings, key=lambda pair: pair[1].get("vocabulary") or 0)
            hints = [largest] + [pair for pair in hints if pair[1]["kind"] != "embedding"]
        found = [(None, spec) for spec in self.by_name(name)]
        found += [((module, hint), spec) for module, hint in hints for spec in self.specs_of(hint)]
        if not hints:
            found += [(None, InputSpec(shape, origin="assumed")) for shape in ((self.batch, _NO_HINT_FEATURES),)]
        sizes = unpacking.sizes_of(method_of(self.model), self.names[0])
        if sizes is not None:  # of another rank, none fits
            found, said = [pair for pair in found if len(pair[1].shape) == len(sizes)], [(None, spec) for spec in self.by_sizes(sizes)]
            found = said + found if _is_batch_behind(sizes) else found + said
        elif (sizes := described.sizes_of(method_of(self.model), self.names[0])) is not None:  # which may be out of date
            said, like = [(None, spec) for spec in self.by_sizes(sizes)], [pair for pair in found if len(pair[1].shape) == len(sizes)]
            found = (said + like if _is_batch_behind(sizes) else like + said) + [pair for pair in found if len(pair[1].shape) != len(sizes)]
        found += [(None, spec) for spec in self.without_hints()]
        seen = set()
        for hint, spec in found:
            key = spec.shape, spec.dtype, spec.high
            if key not in seen:
                seen.add(key)
                yield hint, spec

    def by_name(self, name):
        """What a name says that no layer at the beginning does: of a model whose first layer comes behind a reshape."""
        first = self.hints[0][1]["kind"] if self.hints else None
        variables = self._kept(_VARIABLE_ATTRIBUTES) or (_SERIES if self._kept(("pred_len",)) else None)
        if self.has_marks and variables:  # series in time, whatever layer comes first
            for steps in reversed(self.lengths):
                yield InputSpec((self.batch, steps, variables))
        if first != "embedding" and _IDS.fullmatch(name):
            yield InputSpec((self.batch, STEPS), "int64", 0, _VOCABULARY)
        if first == "embedding" and _FEATURES.fullmatch(name):
            yield InputSpec((self.batch, self.hints[0][1].get("features") or UNKNOWN["attention"]))
        if _POINTS.fullmatch(name):
            for features in (3, 6, 9):  # places, normals and colours
                yield InputSpec((2, features, _POINTS_OF_A_CLOUD))
            yield InputSpec((2, _POINTS_OF_A_CLOUD, 3))
        if first in ("conv", "embedding", "recurrent", "patches"):
            return
        if _IMAGES.fullmatch(name):
            channels = next((hint["features"] for _, hint in self.hints if hint["kind"] == "conv" and hint.get("features")), UNKNOWN["conv"])
            for size in _SIZES[3]:
                yield self.image(channels, 2, size)

    def by_sizes(self, names):
        """What the names say that the model gives the sizes of its first argument."""
        rank = len(names)
        if not 1 < rank < 5:
            return
        named = [axis for axis, name in enumerate(names) if _CHANNELS.fullmatch(name)]
        channel = named[-1] if named else 1 if rank == 4 and self.channel_axis == "first" else rank - 1
        batch = next((axis for axis, name in enumerate(names) if _BATCH.fullmatch(name)), 1 if channel == 0 else 0)
        if self.hints and self.hints[0][1]["kind"] == "embedding" and not named:
            yield InputSpec([self.batch if axis == batch else STEPS for axis in range(rank)], "int64", 0, self.hints[0][1].get("vocabulary") or _VOCABULARY)
        said = self._kept(_WIDTH_ATTRIBUTES)
        widths = dict.fromkeys([said] if said else []) | dict.fromkeys(hint["features"] for _, hint in self.hints if hint["kind"] != "embedding" and hint.get("features"))
        for width in list(widths)[:_WIDTHS] or [UNKNOWN["attention"]]:
            samples = self.batch if self.is_batch_given or rank < 4 else min(self.batch, max(2, _NUMBERS_OF_FULL_BATCH // (width * STEPS ** 2)))
            yield InputSpec([width if axis == channel else samples if axis == batch else self.size_named(name) or STEPS for axis, name in enumerate(names)])

    def size_named(self, name):
        """A size by its name in a text: a number, or what the model keeps or was made with under it; None where that says nothing."""
        return int(name) if name.isdigit() else self._kept((name,))

    def as_described(self, name, first):
        """What the text says of another argument, with the sizes that the first one has under the same names."""
        method = method_of(self.model)
        sizes, own = described.sizes_of(method, name), described.sizes_of(method, self.names[0])
        if sizes is None:
            return
        known = dict(zip(own, first.shape)) if own is not None and len(own) == len(first.shape) else {}
        found = [known.get(size) or self.size_named(size) or (first.shape[0] if first.shape and _BATCH.fullmatch(size) else None) for size in sizes]
        if len(found) > 1 and None not in found:
            yield InputSpec(found)

    def without_hints(self):
        """What is tried when nothing that the layers say fits."""
        name, batch = self.names[0].lower(), self.batch
        if _AUDIO.fullmatch(name):
            yield InputSpec((batch, 1, 16000), origin="assumed")
            yield InputSpec((batch, 16000), origin="assumed")
        if _SPECTROGRAMS.fullmatch(name):
            yield InputSpec((batch, 80, 64), origin="assumed")
        for size in (32, 64, 224):
            yield self._assumed(self.image(3, 2, size))
        yield self._assumed(self.image(1, 2, 28))
        yield InputSpec((batch, STEPS, 64), origin="assumed")
        yield InputSpec((_NO_HINT_FEATURES,), origin="assumed")

    @staticmethod
    def _assumed(spec):
        return InputSpec(spec.shape, spec.dtype, origin="assumed")

    def specs_of(self, hint):
        joined = sum(filter(None, map(self.width_of, self.names[1:self.required])))
        if joined and hint["kind"] in ("conv", "linear") and (hint.get("features") or 0) > joined:  # what the others say is joined to the first
            yield from self.specs_as_wide(hint, hint["features"] - joined)
        yield from self.specs_as_wide(hint, hint.get("features"))

    def width_of(self, name):
        """As wide as the model says that an argument is, `c_dim` of `c`; None where it does not, and of a time or a state, which are something else."""
        return None if any(pattern.fullmatch(name.lower()) for pattern in (_STATE, _TIMES, _NOISE)) else self._kept(tuple(f"{name}_{kind}" for kind in ("dim", "size", "channels", "features", "width")))

    def specs_as_wide(self, hint, features):
        kind = hint["kind"]
        features = features or UNKNOWN.get(kind, _NO_HINT_FEATURES)
        batch = self.batch
        if kind in ("conv", "patches") or (kind == "norm" and hint.get("rank", 0) > 1):
            rank = hint.get("rank") or 2
            if rank == 1 and self.has_marks:  # a series in time, which such models turn by themselves
                for steps in self.lengths:
                    yield InputSpec((batch, steps, features))
            kept = self._kept(_IMAGE_ATTRIBUTES) if rank == 2 else None
            usual = _SIGNALS if rank == 1 else _SIZES[1 if features == 1 else 3]
            for size in (*([kept] if kept and kept <= _LARGEST_IMAGE else []), *usual):
                yield self.image(features, rank, size)
                if rank == 3 and size == 64:
                    yield from (InputSpec((2, *((features, *video) if self.channel_axis == "first" else (*video, features)))) for video in _VIDEOS)
            if rank == 1:  # a model that turns (batch, steps, variables) by itself
                for steps in self.lengths:
                    yield InputSpec((batch, steps, features))
        elif kind == "embedding":
            high = hint.get("vocabulary") or 1000
            for steps in self.lengths:
                yield InputSpec((batch, steps), "int64", 0, high)
            yield InputSpec((batch,), "int64", 0, high)
        elif kind == "recurrent":
            batch_first = hint.get("batch_first", self.owner.channel_axis == "last")
            for steps in self.lengths:
                yield InputSpec((batch, steps, features) if batch_first else (steps, batch, features))
            yield InputSpec((batch, features))
        elif kind == "attention":
            for steps in self.lengths:
                yield InputSpec((batch, steps, features) if hint.get("batch_first", True) else (steps, batch, features))
        else:
            yield InputSpec((batch, features))
            if 0 < self.state_size < features:  # the state is joined to the input
                yield InputSpec((batch, features - self.state_size))
            for steps in self.lengths:
                yield InputSpec((batch, steps, features))
            if features in self.lengths:  # a linear layer along time
                yield InputSpec((batch, features, self._kept(_VARIABLE_ATTRIBUTES) or 3))

    def image(self, channels, rank, size):
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

    # The others

    def other_inputs(self, first, given):
        """Lists of what to give for the remaining required arguments. `given`: place → what is given there in any case."""
        choices = [()]
        for place, name in enumerate(self.names[1:self.required], 1):
            choices = [(*chosen, option) for chosen in choices
                       for option in ([given[place]] if place in given else self.options_of(name, first, chosen))][:_CHOICES]
        return choices

    def options_of(self, name, first, chosen):
        """`chosen`: what the arguments between get."""
        usual, said = self.usual_options(name, first, chosen), list(self.as_described(name, first))
        width = self.width_of(name)
        if width and not said and first.shape:
            usual = [InputSpec((first.shape[0], width)), *usual]
        if not said or "mask" in name.lower():
            return [*usual, *[InputSpec(spec.shape, "bool") for spec in said]]
        as_said = [option for option in usual if isinstance(option, InputSpec) and option.shape == said[0].shape]
        return [*as_said, *(said if not as_said else []), *[option for option in usual if option not in as_said]]

    def usual_options(self, name, first, chosen):
        annotation = self.annotations.get(name)
        name = name.lower()
        batch = InputSpec(first.shape[:1]) if first.shape else first
        size = batch.shape[0] if batch.shape else 1
        if annotation in (int, float, bool, str):
            return [Plain(0 if annotation is int and _STARTS.fullmatch(name) else {int: 1, float: 0.5, bool: False, str: "mean"}[annotation])]
        if "mask" in name:
            is_tensor = "." in name or unpacking.is_tensor(method_of(self.model), self.names[len(chosen) + 1])
            return [InputSpec((*first.shape[:1], *first.shape[2:]) if len(first.shape) == 4 else first.shape[:2], "bool")] if is_tensor else [None]
        if _QUERIES.fullmatch(name):
            return [InputSpec((STEPS, width)) for width in dict.fromkeys(hint["features"] for _, hint in self.hints if hint["kind"] == "attention")] or [first]
        if name.endswith("]") and _STATE.fullmatch(name):  # one of several that a recurrent layer takes together, as it gives them
            return [InputSpec((hint.get("layers") or 1, size, hint["hidden"])) for _, hint in self.hints if hint["kind"] == "recurrent" and hint.get("hidden")][:1] or [first]
        if _STATE.fullmatch(name):
            return [None, *self.hidden_states(first)]
        if _ENDINGS.fullmatch(name):
            return [InputSpec(batch.shape, "int64", 0, 2)]
        sequence = next((spec for spec in reversed([first, *chosen]) if isinstance(spec, InputSpec) and len(spec.shape) > 1), None)
        if _LENGTHS.fullmatch(name) and sequence is not None:
            recurrent = next((hint for _, hint in self.hints if hint["kind"] == "recurrent"), {})
            is_batch_first = sequence.dtype == "int64" or recurrent.get("batch_first", True)
            samples, steps = sequence.shape[:2] if is_batch_first else sequence.shape[1::-1]
            return [InputSpec((n,), "int64", most, most + 1) for n, most in ((samples, steps), (steps, samples))]
        if _ENCODED.fullmatch(name) and first.dtype == "int64" and len(first.shape) == 2:
            widths = dict.fromkeys(hint["features"] for _, hint in self.hints if hint["kind"] in ("attention", "linear", "recurrent") and hint.get("features"))
            return [InputSpec((*first.shape, width)) for width in list(widths)[:3]] + [InputSpec((first.shape[0], width)) for width in list(widths)[:1]]
        if _TIMES.fullmatch(name):
            return [InputSpec(batch.shape, "int64", 0, _DIFFUSION_STEPS), batch, InputSpec((size, 1)), first]
        if _NOISE.fullmatch(name):
            return [batch, InputSpec(batch.shape, "int64", 0, _DIFFUSION_STEPS)]
        if _EDGES.fullmatch(name):
            return [InputSpec((2, _EDGES_PER_NODE * size), "int64", 0, size)]
        if _EDGE_FEATURES.fullmatch(name):
            return [None, InputSpec((_EDGES_PER_NODE * size,))]
        if _MEMBERS.fullmatch(name):
            return [InputSpec((size,), "int64", 0, 1), first]
        if _ADJACENCY.fullmatch(name) and len(first.shape) in (2, 3):
            nodes = first.shape[-2]
            return [InputSpec((nodes, nodes)), InputSpec((first.shape[0], nodes, nodes)), InputSpec((nodes, nodes, 1)), first]  # the last but one: for each head
        if _CLASSES.fullmatch(name):
            tables = [hint["vocabulary"] for _, hint in self.hints if hint["kind"] == "embedding" and hint.get("vocabulary")]
            return [InputSpec(batch.shape, "int64", 0, min([10, *tables])), first, batch, *self._of_layers()]
        if self.has_marks and len(first.shape) == 3 and "dec" in name:  # what is known of the time to predict, behind the end of what was seen
            seen, predicted = self._kept(("seq_len",)) or first.shape[1], self._kept(("pred_len",)) or 0
            known = self._kept(("label_len",)) or (seen // 2 if predicted else 0)
            lengths = [known + predicted or first.shape[1], *([seen + predicted] if predicted else [])]
            if not _MARKS.fullmatch(name):
                return [InputSpec((first.shape[0], steps, first.shape[2])) for steps in lengths]
            beside = next((spec for spec in reversed(chosen) if isinstance(spec, InputSpec) and len(spec.shape) == 3 and spec.shape[1] in lengths), None)
            first = InputSpec((first.shape[0], lengths[0] if beside is None else beside.shape[1], first.shape[2]))
        if _MARKS.fullmatch(name) and len(first.shape) == 3:
            tables = [hint["vocabulary"] for _, hint in self.hints if hint["kind"] == "embedding" and hint.get("vocabulary")]
            widths = {hint["features"]: None for _, hint in self.hints if hint["kind"] == "linear" and (hint.get("features") or 0) in _MARKS_PER_STEP}
            if tables and not widths:  # months, days, weekdays and hours are looked up
                return [InputSpec((*first.shape[:2], width), "int64", 0, min(tables)) for width in (4, 5)]
            return [*[InputSpec((*first.shape[:2], width)) for width in widths or (4,)], first]
        if _IMAGES.fullmatch(name):
            return [*self._of_kinds("conv", "patches"), first]
        if _TOKENS.search(name) and first.dtype != "int64":
            return [*self._of_kinds("embedding"), first, None]
        return [first, *self._of_layers(), None]

    @property
    def has_marks(self):
        return any(_MARKS.fullmatch(name.lower()) for name in self.names)

    def _of_kinds(self, *kinds):
        """What the layers of a kind take, in batches as large as the first input's."""
        return [spec for _, hint in self.hints if hint["kind"] in kinds for spec in list(self.specs_of(hint))[:2]]

    def _of_layers(self):
        return [spec for _, hint in self.hints for spec in list(self.specs_of(hint))[:1]]

    def hidden_states(self, first):
        if self.state_size:
            yield InputSpec((first.shape[0], self.state_size))
        for _, hint in self.hints:
            if hint["kind"] == "recurrent" and hint.get("hidden"):
                yield InputSpec((first.shape[0], hint["hidden"]))

    @property
    def state_size(self):
        """Features of a state that a hand-written recurrent model takes; 0 where it takes none."""
        if not any(_STATE.fullmatch(name.lower()) for name in self.names[1:self.required]):
            return 0
        return next((size for size in (getattr(self.model, name, None) for name in _STATE_SIZES) if isinstance(size, int)), 0)
