"""Layers that were constructed for another input: the argument that should have another value, at its place in the file.

Patterns are PyTorch's and Keras's messages; `Failure` says what is known of the place.
"""
import math
import re

from .. import mismatches
from ..mismatches import sizes_of
from ..recording import calls
from ..session import session
from ..signature import signature_of
from ..source import expressions
from .failure import Mend


def should_be(failure, call, names, value, reason):
    """The layer of a call should have been constructed with another value of the first of `names` that it has."""
    return constructed(call.definition, type(call.module), {names: value}, reason, is_shared=_serves_others(call))


def constructed(definition, cls, values, reason, is_shared=False):
    """`values`: names of an argument (the first that the class has counts) → what it should be."""
    parameters = signature_of(cls).parameters
    made = None if is_shared else expressions.call_at(definition)
    hints, titles, edits = [], [], []
    for names, value in values.items():
        name = next((name for name in names if name in parameters), names[0])
        given = None if made is None else made.argument(cls, name)
        is_written = given is not None and given.is_sizes
        hints.append(f"`{name}` should be {value}" + (f" (here it is `{given.text}`)" if given is not None and not is_written else ""))
        titles.append(f"{name} to {value}")
        edits.append(given.replaced(str(value)) if is_written else None)
    return Mend(f"{' and '.join(hints)}: {reason}", f"Change {' and '.join(titles)}", edits)


def _serves_others(call):
    """Whether the same text made a layer that runs as it is."""
    return any(other.definition == call.definition and other.module is not call.module and other.failure is None
               for other in calls.records() if other.definition is not None)


def _source(failure, what):
    return f"{'the layer before gives' if failure.is_after_another else 'its input has'} {what}"


def _factors(failure, given, wanted, **_):
    call = failure.call
    if failure.layer is None or call.type != "Linear":
        return Mend(f"the first factor has {given} columns, the second {wanted} rows: they must be equal")
    shape = call.inputs[0].shape
    features = math.prod(shape[1:])
    if len(shape) == 1 and shape[0] % int(wanted) == 0:
        return Mend("its input has no axis for the batch: `torch.flatten(x, 1)`, `x.flatten(1)` and `nn.Flatten()` keep it")
    if len(shape) > 3 or len(shape) == 3 and features == int(wanted):
        return _not_flat(failure, shape, features)
    return should_be(failure, call, ("in_features",), int(given), _source(failure, f"{given} features"))


def _not_flat(failure, shape, features):
    """A Linear right behind a convolution."""
    call = failure.call
    flatten = _flattened(failure)
    if call.module.in_features == features:
        return Mend(f"its input has {len(shape)} axes: flatten all but the batch before it (`nn.Flatten()`, `x.flatten(1)`)", "Flatten the input", [flatten])
    other = should_be(failure, call, ("in_features",), features, f"its input of shape {tuple(shape)} has to be flattened before it (`nn.Flatten()`, `x.flatten(1)`)")
    return Mend(other.hint, f"Flatten the input and change in_features to {features}", [flatten, *[edit for fix in other.fixes for edit in fix["edits"]]] if other.fixes else ())


def _flattened(failure):
    call = failure.call
    if call.parent is not None and call.parent.type == "Sequential":
        made = expressions.call_at(call.definition)
        around = made.parent if made is not None else None
        if around is None or getattr(around.node, "args", None) is None or around.called != "Sequential":
            return None
        package = made.called_of or next((name for name in ("nn", "torch.nn") if name.partition(".")[0] in session.namespace), "")
        return made.inserted_before(f"{package}.Flatten(), ") if package else None
    return input_wrapped(failure, ".flatten(1)")


def input_wrapped(failure, method):
    """The one argument of the call in the user's code that led to the layer, as the layer itself has it, with a method called on it."""
    call, expression = failure.call, failure.expression
    while call.parent is not None and call.parent.builtin and [value.id for value in call.parent.inputs] == [value.id for value in call.inputs]:
        call = call.parent
    if expression is None or call.parent is not None and call.parent.builtin or len(expression.arguments) != 1 or expression.node.keywords:
        return None
    given = expression.arguments[0]
    is_simple = re.fullmatch(r"[\w.]+(\(.*\)|\[.*\])?", given.text, re.DOTALL)
    return given.replaced(f"{given.text}{method}" if is_simple else f"({given.text}){method}")


def _channels(failure, wanted, given, **_):
    layer, call = failure.layer, failure.call
    if layer is None or not hasattr(layer, "in_channels"):
        return Mend(f"its input has {given} channels, its weight is for {wanted}")
    shape = call.inputs[0].shape
    wanted, given = int(wanted), int(given)
    if len(shape) == 4 and shape[3] == wanted and min(shape[1:3]) > wanted and not failure.is_after_another:
        return Mend("its input has the channels last: `x.permute(0, 3, 1, 2)` brings them before height and width", "Bring the channels to the front",
                    [input_wrapped(failure, ".permute(0, 3, 1, 2)")])
    if given % layer.groups:
        return Mend(f"{_source(failure, f'{given} channels')}, which its {layer.groups} groups do not divide")
    return should_be(failure, call, ("in_channels",), given, _source(failure, f"{given} channels"))


def _features_of_norm(failure, given, **_):
    if failure.layer is None or not hasattr(failure.layer, "num_features"):
        return None
    return should_be(failure, failure.call, ("num_features",), int(given), _source(failure, f"{given} channels"))


_BATCH_NORM_OF_RANK = {2: "BatchNorm1d", 3: "BatchNorm1d", 4: "BatchNorm2d", 5: "BatchNorm3d"}


def _rank_of_norm(failure, got):
    if failure.layer is None or not failure.call.type.startswith("BatchNorm"):
        return None
    wanted = _BATCH_NORM_OF_RANK.get(int(got))
    made = expressions.call_at(failure.call.definition)
    if wanted is None:
        return None
    edits = [] if made is None or made.called != failure.call.type or _serves_others(failure.call) else [made.last_name_replaced(wanted)]
    return Mend(f"its input has {got} axes: `{wanted}`", f"Change {failure.call.type} to {wanted}", edits)


def _normalized_shape(failure, wanted, given):
    if failure.layer is None or not hasattr(failure.layer, "normalized_shape"):
        return None
    count = len(sizes_of(wanted))
    sizes = sizes_of(given)[-count:]
    if len(sizes) < count:
        return None
    return should_be(failure, failure.call, ("normalized_shape",), sizes[0] if count == 1 else tuple(sizes), _source(failure, f"shape ({given})"))


def _input_size(failure, given, **_):
    if failure.layer is None:
        return None
    return should_be(failure, failure.call, ("input_size",), int(given), _source(failure, f"{given} features"))


def _embedding_size(failure, given, **_):
    heads = getattr(failure.layer, "num_heads", None) or getattr(getattr(failure.layer, "self_attn", None), "num_heads", 1)
    if failure.layer is None:
        return None
    if int(given) % heads:
        return Mend(f"its input has {given} features, which its {heads} heads do not divide")
    return should_be(failure, failure.call, ("embed_dim", "d_model"), int(given), _source(failure, f"{given} features"))


def nearest_divisor(number, wanted):
    return min((divisor for divisor in range(1, number + 1) if number % divisor == 0), key=lambda divisor: (abs(divisor - wanted), divisor))


def _groups(failure, channels, groups):
    groups_that_fit = nearest_divisor(int(channels), int(groups))
    return constructed(failure.site, type(failure.built), {("num_groups",): groups_that_fit}, f"{groups_that_fit} divides {channels}")


def _groups_of_input(failure, shape, groups):
    if failure.layer is None or not hasattr(failure.layer, "num_channels"):
        return None
    channels = int(shape.split(",")[1])
    fitting = nearest_divisor(channels, int(groups))
    return constructed(failure.call.definition, type(failure.layer), {("num_channels",): channels, ("num_groups",): fitting},
                       _source(failure, f"{channels} channels"), _serves_others(failure.call))


def _channels_of_group_norm(failure, _weight, shape):
    if failure.layer is None or not hasattr(failure.layer, "num_channels"):
        return None
    channels = int(shape.split(",")[1])
    return should_be(failure, failure.call, ("num_channels",), channels, _source(failure, f"{channels} channels"))


def _heads(failure):
    width, heads = failure.innermost.get("embed_dim"), failure.innermost.get("num_heads")
    if failure.built is None or type(width) is not int or type(heads) is not int:
        return None
    fitting = nearest_divisor(width, heads)
    return constructed(failure.site, type(failure.built), {("num_heads", "nhead"): fitting}, f"{fitting} divides {width}")


def _too_small(failure, size):
    return Mend(f"no more than {size.replace('x', ' × ').replace('  ', ' ')} is left by then: a larger image, fewer strides, a smaller kernel or padding leave more")


def of_index(call, size):
    """What an Embedding of `call` needs, asked for an index as large as `size - 1`."""
    return constructed(call.definition, type(call.module), {("num_embeddings",): size}, f"its largest index is {size - 1}")


ROWS = (
    (mismatches.FACTORS, _factors),
    (mismatches.CHANNELS, _channels),
    (mismatches.CHANNELS_OF_NORM, _features_of_norm),
    (mismatches.CHANNELS_OF_INSTANCE_NORM, _features_of_norm),
    (r"expected \dD(?: or \dD)? input \(got (\d)D input\)", _rank_of_norm),
    (mismatches.NORMALIZED_SHAPE, _normalized_shape),
    (mismatches.INPUT_SIZE, _input_size),
    (mismatches.INPUT_SIZE_OF_CELL, _input_size),
    (mismatches.EMBEDDING, _embedding_size),
    (r"num_channels \((\d+)\) must be divisible by num_groups \((\d+)\)", _groups),
    (r"divisible by num_groups, but got input of shape \[(.*?)\] and num_groups=(\d+)", _groups_of_input),
    (r"number of channels in input, but got weight of shape \[(\d+)\] and input of shape \[(.*?)\]", _channels_of_group_norm),
    (r"embed_dim must be divisible by num_heads", _heads),
    (r"Calculated padded input size per channel: \((.*?)\)\. Kernel size", _too_small),
    (r"Given input size: \((.*?)\)\. Calculated output size: ", _too_small),
    (mismatches.KERAS_AXIS, lambda failure, wanted, given: Mend(f"its input has {given} features, it was built for {wanted}")),
)
