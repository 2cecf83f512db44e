"""The rules for an argument behind the first: which name, beside which first input → what is tried for it, the likeliest first."""
from ..framework import InputSpec, Plain
from . import argumentnames, unpacking
from .layerspecs import specs_of
from .subject import STEPS

_EDGES_PER_NODE = 4
_DIFFUSION_STEPS = 1000
_CLASSES = 10
_FRAMES = 2 * STEPS         # of a spectrogram
_MARKS_PER_STEP = range(1, 7)  # from the month alone to month, day, weekday, hour, minute and second
_PLAIN = {int: 1, float: 0.5, bool: False, str: "mean"}


class _Argument:
    """The argument that is asked for. `name`: in lower case. `first`: the spec of the first argument. `chosen`: what those between get."""

    def __init__(self, subject, name, first, chosen):
        self.subject, self.name = subject, name.lower()
        self.first, self.chosen = first, chosen
        self.samples = InputSpec(first.shape[:1]) if first.shape else first  # one number for each sample
        self.size = first.shape[0] if first.shape else 1

    def of_kinds(self, *kinds):
        """What the layers of a kind take, in batches as large as the first input's."""
        return [spec for hint in self.subject.hints_of(*kinds) for spec in list(specs_of(self.subject, hint))[:2]]

    def of_layers(self):
        return [spec for _, hint in self.subject.hints for spec in list(specs_of(self.subject, hint))[:1]]


def options_of(subject, name, first, chosen):
    """[InputSpec, Plain or None]: by the first rule that the argument is of; `chosen`: what the arguments between get."""
    argument = _Argument(subject, name, first, chosen)
    annotation = subject.annotations.get(name)
    if annotation in _PLAIN:
        return [Plain(0 if annotation is int and argumentnames.STARTS.fullmatch(argument.name) else _PLAIN[annotation])]
    for pattern, options in _RULES:
        if pattern.fullmatch(argument.name) and (found := options(argument)) is not None:
            return found
    if argumentnames.TOKENS.search(argument.name) and first.dtype != "int64":
        looked_up = argument.of_kinds("embedding")
        if not looked_up and argumentnames.TEXTS.fullmatch(argument.name):
            looked_up = [InputSpec((argument.size, STEPS), "int64", 0, _CLASSES)]
        return [*looked_up, first, None]
    return [first, *argument.of_layers(), None]


def _mask(argument):
    first, place = argument.first, len(argument.chosen) + 1
    is_asked = "." in argument.name or unpacking.is_tensor(argument.subject.method, argument.subject.names[place])
    usual = [InputSpec((*first.shape[:1], *first.shape[2:]) if len(first.shape) == 4 else first.shape[:2], "bool")]
    if argument.subject.first_kind == "conv" and argument.subject.channel_axis == "first" and len(first.shape) == 3:  # the channels of a signal are multiplied by it
        usual = [InputSpec((first.shape[0], 1, first.shape[2]), "int64", 1, 2), *usual]
        return usual if is_asked else [None, *usual]
    return usual if is_asked else [None]


def _queries(argument):
    return [InputSpec((STEPS, width)) for width in dict.fromkeys(hint["features"] for hint in argument.subject.hints_of("attention"))] or [argument.first]


def _recurrent(argument):
    return [hint for hint in argument.subject.hints_of("recurrent") if hint.get("hidden")]


def _part_of_state(argument):
    """One of several that a recurrent layer takes together, as it gives them."""
    return [InputSpec((hint.get("layers") or 1, argument.size, hint["hidden"])) for hint in _recurrent(argument)][:1] or [argument.first]


def _state(argument):
    if f"{argument.name}_mask" in argument.subject.names:  # a sequence
        return [argument.first]
    size = argument.subject.state_size
    return [None, *[InputSpec((argument.first.shape[0], width)) for width in [*([size] if size else []), *[hint["hidden"] for hint in _recurrent(argument)]]], *_part_of_state(argument)[:len(_recurrent(argument))]]


def _endings(argument):
    return [InputSpec(argument.samples.shape, "int64", 0, 2)]


def _lengths(argument):
    sequence = next((spec for spec in reversed([argument.first, *argument.chosen]) if isinstance(spec, InputSpec) and len(spec.shape) > 1), None)
    if sequence is None:
        return None
    recurrent = next(iter(argument.subject.hints_of("recurrent")), {})
    is_batch_first = sequence.dtype == "int64" or recurrent.get("batch_first", True)
    samples, steps = sequence.shape[:2] if is_batch_first else sequence.shape[1::-1]
    if len(sequence.shape) == 3 and sequence.shape[1] == argument.subject.kept(argumentnames.KEPT_BANDS):  # a spectrogram, whose bands come before its frames
        samples, _, steps = sequence.shape
    return [InputSpec((n,), "int64", most, most + 1) for n, most in ((samples, steps), (steps, samples))]


def _spectrograms(argument):
    bands = argument.subject.kept(argumentnames.KEPT_BANDS)
    return None if bands is None else [InputSpec((argument.size, bands, _FRAMES)), InputSpec((argument.size, _FRAMES, bands))]


def _encoded(argument):
    first = argument.first
    if first.dtype != "int64" or len(first.shape) not in (1, 2):
        return None
    widths = list(dict.fromkeys(hint["features"] for hint in argument.subject.hints_of("attention", "linear", "recurrent") if hint.get("features")))
    if len(first.shape) == 1:  # a decoder that takes one step
        return [InputSpec((*sizes, width)) for width in widths[:2] for sizes in ((STEPS, *first.shape), (*first.shape, STEPS))]
    return [InputSpec((*first.shape, width)) for width in widths[:3]] + [InputSpec((first.shape[0], width)) for width in widths[:1]]


def _times(argument):
    return [_diffusion_step(argument), argument.samples, InputSpec((argument.size, 1)), argument.first]


def _noise(argument):
    return [argument.samples, _diffusion_step(argument)]


def _diffusion_step(argument):
    return InputSpec(argument.samples.shape, "int64", 0, _DIFFUSION_STEPS)


def _edges(argument):
    return [InputSpec((2, _EDGES_PER_NODE * argument.size), "int64", 0, argument.size)]


def _edge_features(argument):
    return [None, InputSpec((_EDGES_PER_NODE * argument.size,))]


def _members(argument):
    return [InputSpec((argument.size,), "int64", 0, 1), argument.first]


def _adjacency(argument):
    first = argument.first
    if len(first.shape) not in (2, 3):
        return None
    nodes = first.shape[-2]
    square = [InputSpec(shape, is_adjacency=True) for shape in ((nodes, nodes), (first.shape[0], nodes, nodes))]
    return [*square, InputSpec((nodes, nodes, 1)), first]  # the last but one: for each head


def _classes(argument):
    return [InputSpec(argument.samples.shape, "int64", 0, min([_CLASSES, *argument.subject.vocabularies])), argument.first, argument.samples, *argument.of_layers()]


def _to_predict(argument):
    """(lengths in time, likeliest first) of what a decoder of a forecast is given: the end of what was seen, and the time to predict behind it."""
    first, kept = argument.first, argument.subject.kept
    seen, predicted = kept(("seq_len",)) or first.shape[1], kept(("pred_len",)) or 0
    known = kept(("label_len",)) or (seen // 2 if predicted else 0)
    return [known + predicted or first.shape[1], *([seen + predicted] if predicted else [])]


def _of_decoder(argument):
    if not argument.subject.has_marks or len(argument.first.shape) != 3:
        return None
    samples, _, variables = argument.first.shape
    return [InputSpec((samples, steps, variables)) for steps in _to_predict(argument)]


def _marks(argument):
    """The date and hour of each step."""
    first = argument.first
    if len(first.shape) != 3:
        return None
    samples, steps, variables = first.shape
    if argumentnames.OF_DECODER.fullmatch(argument.name):
        lengths = _to_predict(argument)
        beside = next((spec for spec in reversed(argument.chosen) if isinstance(spec, InputSpec) and len(spec.shape) == 3 and spec.shape[1] in lengths), None)
        steps = lengths[0] if beside is None else beside.shape[1]
    tables = argument.subject.vocabularies
    widths = {hint["features"]: None for hint in argument.subject.hints_of("linear") if (hint.get("features") or 0) in _MARKS_PER_STEP}
    if tables and not widths:  # months, days, weekdays and hours are looked up
        return [InputSpec((samples, steps, width), "int64", 0, min(tables)) for width in (4, 5)]
    return [*[InputSpec((samples, steps, width)) for width in widths or (4,)], InputSpec((samples, steps, variables))]


def _images(argument):
    return [*argument.of_kinds("conv", "patches"), argument.first]


# Name → options; of several that a name is of, the first that has options beside this first input.
_RULES = (
    (argumentnames.MASK, _mask),
    (argumentnames.QUERIES, _queries),
    (argumentnames.PART_OF_STATE, _part_of_state),
    (argumentnames.STATE, _state),
    (argumentnames.ENDINGS, _endings),
    (argumentnames.LENGTHS, _lengths),
    (argumentnames.ENCODED, _encoded),
    (argumentnames.TIMES, _times),
    (argumentnames.NOISE, _noise),
    (argumentnames.EDGES, _edges),
    (argumentnames.EDGE_FEATURES, _edge_features),
    (argumentnames.MEMBERS, _members),
    (argumentnames.ADJACENCY, _adjacency),
    (argumentnames.CLASSES, _classes),
    (argumentnames.MARKS, _marks),
    (argumentnames.OF_DECODER, _of_decoder),
    (argumentnames.IMAGES, _images),
    (argumentnames.SPECTROGRAMS, _spectrograms),
)
