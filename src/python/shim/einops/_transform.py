"""`rearrange`, `reduce`, `repeat`, and what says of a tensor which lengths a pattern's axes have."""
from ._error import EinopsError
from ._frameworks import framework_of
from ._pattern import ELLIPSIS, Number, Side
from ._plan import plan_of


def reduce(tensor, pattern, reduction, **axes_lengths):
    try:
        if isinstance(tensor, list):
            if not tensor:
                raise TypeError("Rearrange/Reduce/Repeat can't be applied to an empty list")
            framework = framework_of(tensor[0])
            tensor = framework.stack(tensor)
        else:
            framework = framework_of(tensor)
        shape = framework.shape(tensor)
        return applied(plan_of(pattern, reduction, tuple(axes_lengths), len(shape)), tensor, reduction, axes_lengths, framework)
    except EinopsError as error:
        raise EinopsError(f' Error while processing {reduction}-reduction pattern "{pattern}".\n Input tensor shape: {shape}. '
                          f"Additional info: {axes_lengths}.\n {error}")


def rearrange(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction="rearrange", **axes_lengths)


def repeat(tensor, pattern, **axes_lengths):
    return reduce(tensor, pattern, reduction="repeat", **axes_lengths)


def applied(plan, tensor, reduction, lengths, framework):
    """A plan carried out on a tensor of its rank."""
    steps = plan.steps(framework.shape(tensor), lengths)
    if steps.split is not None:
        tensor = framework.reshape(tensor, steps.split)
    if steps.order is not None:
        tensor = framework.permute(tensor, steps.order)
    if steps.reduced:
        if callable(reduction):
            tensor = reduction(tensor, steps.reduced)
        else:
            if reduction == "mean" and not framework.is_float(tensor):
                raise NotImplementedError("reduce_mean is not available for non-floating tensors")
            tensor = framework.reduce(tensor, reduction, steps.reduced)
    if steps.added:
        tensor = framework.add_axes(tensor, steps.added)
    if steps.joined is not None:
        tensor = framework.reshape(tensor, steps.joined)
    return tensor


def parse_shape(x, pattern):
    """Axis name -> length; `_` is skipped."""
    side, shape = Side(pattern, allow_underscore=True), framework_of(x).shape(x)
    if any(len(group) > 1 for group in side.groups if group != ELLIPSIS):
        raise RuntimeError(f"Can't parse shape with composite axes: {pattern} {shape}")
    groups, missing = side.groups, len(shape) - len(side.groups)
    if side.ellipsis:
        if missing < -1:
            raise RuntimeError(f"Can't parse shape with this number of dimensions: {pattern} {shape}")
        place = groups.index(ELLIPSIS)
        groups = groups[:place] + [["_"]] * (missing + 1) + groups[place + 1:]
    elif missing:
        raise RuntimeError(f"Can't parse shape with different number of dimensions: {pattern} {shape}")
    lengths = {}
    for group, length in zip(groups, shape):
        axis = group[0] if group else None
        if axis is None:
            if length != 1:
                raise RuntimeError(f"Length of axis is not 1: {pattern} {shape}")
        elif isinstance(axis, Number):
            if axis.length != length:
                raise RuntimeError(f"Length of anonymous axis does not match: {pattern} {shape}")
        elif axis != "_":
            lengths[axis] = length
    return lengths


def asnumpy(tensor):
    return framework_of(tensor).to_numpy(tensor)
