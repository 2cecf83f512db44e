"""What the first argument of a model may be, most likely first: by its name, by what the layers take, by the sizes that the text takes it apart into, and what is tried of any model."""
from ..framework import InputSpec
from . import argumentnames, described, unpacking
from .layerspecs import IMAGE_SIZES, NO_HINT_FEATURES, specs_of
from .subject import STEPS, UNKNOWN

_NUMBERS_OF_FULL_BATCH = 2 ** 16  # in maps of many channels
_VOCABULARY = 1000
_POINTS_OF_A_CLOUD = 1024
_SERIES = 7                 # of a forecast that takes any number of them
_FEW = 4                    # samples that are sequences of images
_FRAMES = 8                 # of a sequence of images
_FRAME_SIZES = (32, 64, 112, 224)
_WIDTHS = 4                 # of layers that are tried for a first argument of which only the rank is known


def first_inputs(subject):
    """(hint, InputSpec) in the order of trying; the hint is None where no layer gave it."""
    found = _by_name_and_layers(subject)
    sizes = unpacking.sizes_of(subject.method, subject.names[0])
    if sizes is not None:  # of another rank, none fits
        like, said = [pair for pair in found if len(pair[1].shape) == len(sizes)], [(None, spec) for spec in _by_sizes(subject, sizes)]
        found = said + like if argumentnames.is_batch_behind(sizes) else like + said
    elif (sizes := described.sizes_of(subject.method, subject.names[0])) is not None:  # which may be out of date
        said, like = [(None, spec) for spec in _by_sizes(subject, sizes)], [pair for pair in found if len(pair[1].shape) == len(sizes)]
        said = [(next((pair for pair in subject.hints[:1] if pair[1].get("features") in spec.shape[1:]), None), spec) for _, spec in said]
        is_sure = argumentnames.is_batch_behind(sizes) or len(sizes) > 2 and all(size.isdigit() for size in sizes[1:])
        found = (said + like if is_sure else like + said) + [pair for pair in found if len(pair[1].shape) != len(sizes)]
    found += [(subject.hints[0], spec) for spec in _one_step(subject)]
    found += [(None, spec) for spec in _sequences_of_images(subject, sizes or ())]
    found += [(None, spec.changed(origin="assumed")) for spec in _whatever(subject)]
    seen = set()
    for hint, spec in found:
        key = spec.shape, spec.dtype, spec.high
        if key not in seen:
            seen.add(key)
            yield hint, spec


def _by_name_and_layers(subject):
    name = subject.names[0].lower()
    hints = list(subject.hints)
    embeddings = [pair for pair in hints if pair[1]["kind"] == "embedding"]
    if embeddings and (argumentnames.TOKENS.search(name) or subject.first_kind == "embedding"):
        # What the tokens really reach is known once a call went through: see `Solver.within_vocabularies`.
        largest = max(embeddings, key=lambda pair: pair[1].get("vocabulary") or 0)
        hints = [largest] + [pair for pair in hints if pair[1]["kind"] != "embedding"]
    found = [(None, spec) for spec in _by_name(subject, name)]
    found += [((module, hint), spec) for module, hint in hints for spec in specs_of(subject, hint)]
    return found if hints else [*found, (None, InputSpec((subject.batch, NO_HINT_FEATURES), origin="assumed"))]


def _by_name(subject, name):
    """What a name says that no layer at the beginning does: of a model whose first layer comes behind a reshape."""
    first, batch = subject.first_kind, subject.batch
    variables = subject.kept(argumentnames.KEPT_VARIABLES) or (_SERIES if subject.kept(("pred_len",)) else None)
    if subject.has_marks and variables:  # series in time, whatever layer comes first
        for steps in reversed(subject.lengths):
            yield InputSpec((batch, steps, variables))
    if first != "embedding" and argumentnames.IDS.fullmatch(name):
        yield InputSpec((batch, STEPS), "int64", 0, _VOCABULARY)
    if first == "embedding" and argumentnames.FEATURES.fullmatch(name):
        yield InputSpec((batch, subject.hints[0][1].get("features") or UNKNOWN["attention"]))
    if argumentnames.POINTS.fullmatch(name):
        for features in (3, 6, 9):  # places, normals and colours
            yield InputSpec((2, features, _POINTS_OF_A_CLOUD))
        yield InputSpec((2, _POINTS_OF_A_CLOUD, 3))
    if first not in ("conv", "embedding", "recurrent", "patches") and argumentnames.IMAGES.fullmatch(name):
        channels = next((hint["features"] for hint in subject.hints_of("conv") if hint.get("features")), UNKNOWN["conv"])
        for size in IMAGE_SIZES[3]:
            yield subject.image(channels, 2, size)


def _by_sizes(subject, names):
    """What the names say that the model gives the sizes of its first argument."""
    rank = len(names)
    if not 1 < rank < 5:
        return
    named = [axis for axis, name in enumerate(names) if argumentnames.CHANNEL_SIZES.fullmatch(name)]
    channel = named[-1] if named else 1 if rank == 4 and subject.channel_axis == "first" else rank - 1
    batch = next((axis for axis, name in enumerate(names) if argumentnames.BATCH_SIZES.fullmatch(name)), 1 if channel == 0 else 0)
    if subject.first_kind == "embedding" and not named:
        yield InputSpec([subject.batch if axis == batch else STEPS for axis in range(rank)], "int64", 0, subject.hints[0][1].get("vocabulary") or _VOCABULARY)
    said = subject.kept(argumentnames.KEPT_WIDTHS)
    widths = dict.fromkeys([said] if said else []) | dict.fromkeys(hint["features"] for _, hint in subject.hints if hint["kind"] != "embedding" and hint.get("features"))
    for width in list(widths)[:_WIDTHS] or [UNKNOWN["attention"]]:
        samples = subject.batch if subject.is_batch_given or rank < 4 else min(subject.batch, max(2, _NUMBERS_OF_FULL_BATCH // (width * STEPS ** 2)))
        yield InputSpec([width if axis == channel else samples if axis == batch else subject.size_named(name) or STEPS for axis, name in enumerate(names)])


def _sequences_of_images(subject, names):
    """(batch, time, channels, height, width), of a model that gives each image to layers of images; `names`: of the sizes, where its text takes five of them apart."""
    taken = subject.hints_of("conv")
    if not taken or any(hint.get("rank") == 3 for hint in taken) or len(names) not in (0, 5):
        return
    channel = next((axis for axis, name in enumerate(names) if argumentnames.CHANNEL_SIZES.fullmatch(name)), 2)
    batch = subject.batch if subject.is_batch_given else _FEW
    widths = dict.fromkeys(width for width in (subject.kept(argumentnames.KEPT_WIDTHS), taken[0].get("features"), UNKNOWN["conv"]) if width)
    for width in widths:
        for size in [subject.image_size or (_FRAME_SIZES[0],) * 2] if not names else [subject.image_size, *((size, size) for size in _FRAME_SIZES)]:
            if size is not None:
                sizes = [batch, _FRAMES, *size]
                yield InputSpec((*sizes[:channel], width, *sizes[channel:]))


def _one_step(subject):
    """What is taken by a decoder that takes one step, a token of each sample, and by a model that makes one row of all that it is given, `input.view(1, 1, -1)`: a token at a time, or the features of one."""
    if subject.is_batch_given or not subject.hints:
        return
    hint = subject.hints[0][1]
    if hint["kind"] == "embedding":
        for samples in (subject.batch, 1):
            yield InputSpec((samples,), "int64", 0, hint.get("vocabulary") or _VOCABULARY)
    elif hint["kind"] in ("linear", "recurrent") and hint.get("features"):
        yield InputSpec((1, hint["features"]))


def _whatever(subject):
    """What is tried when nothing that the layers say fits."""
    name, batch = subject.names[0].lower(), subject.batch
    if argumentnames.AUDIO.fullmatch(name):
        yield InputSpec((batch, 1, 16000))
        yield InputSpec((batch, 16000))
    if argumentnames.SPECTROGRAMS.fullmatch(name):
        yield InputSpec((batch, 80, 64))
    for size in (32, 64, 224):
        yield subject.image(3, 2, size)
    yield subject.image(1, 2, 28)
    yield InputSpec((batch, STEPS, 64))
    yield InputSpec((NO_HINT_FEATURES,))
