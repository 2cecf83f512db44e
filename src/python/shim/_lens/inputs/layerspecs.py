"""What a layer takes: kind of layer → the specs that are tried, the likeliest first."""
from ..framework import InputSpec
from . import argumentnames
from .subject import UNKNOWN

NO_HINT_FEATURES = 10       # for a model of which nothing says how wide its input is
# Heights and widths to try, for images of one channel and of more.
IMAGE_SIZES = {1: (28, 32, 64, 96, 128, 224, 256), 3: (32, 64, 96, 128, 224, 28, 256, 299, 320, 512)}
_ATARI_SIZE = 84            # of a game's screen, as Mnih et al. (2015) shrink it: what three convolutions without padding bring to 7 by 7
USUAL_SIZES = (*IMAGE_SIZES[1], _ATARI_SIZE, *IMAGE_SIZES[3])
_ODD_SIZES = (65, 33)       # of networks that align the corners of what they enlarge: one more than their strides divide (Chen et al. 2017, DeepLab)
_SIGNALS = (64, 128, 256, 512, 1024, 32, 28, 16)  # steps, for one axis
_VIDEOS = ((16, 112, 112), (16, 224, 224))  # frames, height and width, for three axes
_VOCABULARY = 1000


def specs_of(subject, hint):
    """What the first argument may be where this layer takes it, alone or with what the others say."""
    others = subject.names[1:subject.required]
    looked_up = [found["features"] for found in subject.hints_of("embedding")] if any(argumentnames.CLASSES.fullmatch(name) for name in others) else []
    for joined in dict.fromkeys([sum(filter(None, map(subject.width_of, others))), *looked_up]):
        if joined and hint["kind"] in ("conv", "linear") and (hint.get("features") or 0) > joined:  # what the others say is joined to the first
            yield from _as_wide(subject, hint, hint["features"] - joined)
    yield from _as_wide(subject, hint, hint.get("features"))


def _as_wide(subject, hint, features):
    kind = hint["kind"]
    rule = _maps if kind == "norm" and hint.get("rank", 0) > 1 else _RULES.get(kind, _rows)
    return rule(subject, hint, features or UNKNOWN.get(kind, NO_HINT_FEATURES))


def _maps(subject, hint, features):
    rank = hint.get("rank") or 2
    if hint.get("from_point"):
        yield subject.image(features, rank, 1)
        yield InputSpec((subject.batch, features))  # of a model that makes points of its noise itself
    yield from (_signals if rank == 1 else _images)(subject, features, rank)


def _signals(subject, features, rank):
    series = [InputSpec((subject.batch, steps, features)) for steps in subject.lengths]  # of a model that turns (batch, steps, variables) by itself
    if subject.has_marks:
        yield from series
    for steps in _SIGNALS:
        yield subject.image(features, rank, steps)
    yield from series


def _images(subject, features, rank):
    kept = subject.image_size if rank == 2 else None
    for size in (*([kept] if kept else []), *IMAGE_SIZES[1 if features == 1 else 3], *(_ODD_SIZES if rank == 2 else ())):
        yield subject.image(features, rank, size)
        if rank == 3 and size == 64:
            yield from (InputSpec((2, features, *video) if subject.channel_axis == "first" else (2, *video, features)) for video in _VIDEOS)


def _indices(subject, hint, _features):
    high = hint.get("vocabulary") or _VOCABULARY
    shapes = [*((subject.batch, steps) for steps in subject.lengths), (subject.batch,)]
    for shape in sorted(shapes, key=len) if subject.looks_up_single_things else shapes:
        yield InputSpec(shape, "int64", 0, high)


def _sequences(subject, hint, features, is_batch_first=True):
    for steps in subject.lengths:
        yield InputSpec((subject.batch, steps, features) if hint.get("batch_first", is_batch_first) else (steps, subject.batch, features))


def _steps(subject, hint, features):
    yield from _sequences(subject, hint, features, subject.is_batch_first)
    yield InputSpec((subject.batch, features))


def _rows(subject, _hint, features):
    batch = subject.batch
    yield InputSpec((batch, features))
    if 0 < subject.state_size < features:  # the state is joined to the input
        yield InputSpec((batch, features - subject.state_size))
    for steps in subject.lengths:
        yield InputSpec((batch, steps, features))
    if features in subject.lengths:  # a linear layer along time
        yield InputSpec((batch, features, subject.kept(argumentnames.KEPT_VARIABLES) or 3))


_RULES = {"conv": _maps, "patches": _maps, "embedding": _indices, "recurrent": _steps, "attention": _sequences}  # every other kind takes rows of features
