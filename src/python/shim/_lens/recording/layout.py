"""Where the elements of a view lie in its storage: offset, shape and strides (in elements), from the steps that made it.

Storages are laid out row by row, unless they say otherwise (`array.Storage.strides`). See `array` for the steps.
"""
import math


def contiguous_strides(shape):
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return strides[::-1]


def layout(shape, steps, strides=None, offset=0):
    """(offset, shape, strides) of the view that `steps` make of what lies there with `shape` and `strides` (row by row if left off)."""
    shape, strides = list(shape), list(strides or contiguous_strides(shape))
    for op, attributes in steps:
        if op == "permute":
            shape = [shape[d] for d in attributes["dims"]]
            strides = [strides[d] for d in attributes["dims"]]
        elif op == "slice":
            dim, start, end, step = (attributes[name] for name in ("dim", "start", "end", "step"))
            offset += start * strides[dim]
            shape[dim] = max(0, -(-(end - start) // step))
            strides[dim] *= step
        elif op == "flip":
            for dim in attributes["dims"]:
                offset += (shape[dim] - 1) * strides[dim]
                strides[dim] = -strides[dim]
        elif op == "expand":
            new = attributes["shape"]
            lead = len(new) - len(shape)
            strides = [0 if old == 1 and size != 1 else stride for old, stride, size in zip(shape, strides, new[lead:])]
            for d in reversed(range(lead)):
                strides.insert(0, 0 if new[d] != 1 else new[d + 1] * strides[0] if strides else 1)
            shape = list(new)
        elif op == "gather":
            offset, shape, strides = attributes["layout"]
        elif op == "reshape":
            new = list(attributes["shape"]) if attributes["shape"] != [-1] else [math.prod(shape)]
            at = _axis_added(shape, new)
            if at is None:
                strides = strides_for_view(shape, strides, new) or contiguous_strides(new)
            else:
                strides = [*strides[:at], shape[at] * strides[at] if at < len(shape) else 1, *strides[at:]]
            shape = new
    return offset, shape, strides


def _axis_added(shape, new):
    """Where an axis of size 1 was added, if that is all: its stride is PyTorch's of `unsqueeze`."""
    if len(new) != len(shape) + 1:
        return None
    at = next((d for d, (old, size) in enumerate(zip(shape, new)) if old != size), len(shape))
    return at if new[at] == 1 and new[at + 1:] == shape[at:] else None


def places(offset, shape, strides):
    """Where each element of a view lies in its storage, row by row."""
    found = [offset]
    for size, stride in zip(shape, strides):
        along = range(0, size * stride, stride) if stride else [0] * size
        found = [place + step for place in found for step in along]
    return found


def is_contiguous(shape, strides):
    expected = 1
    for size, stride in zip(reversed(shape), reversed(strides)):
        if size == 0:
            return True
        if size != 1:
            if stride != expected:
                return False
            expected *= size
    return True


def strides_for_view(shape, strides, new):
    """Strides of a `new` shape over the same memory, or None where there are none (a copy would be needed)."""
    if math.prod(shape) == 0:
        return contiguous_strides(new)
    if not shape:
        return [1] * len(new)
    result = [0] * len(new)
    position = len(new) - 1
    chunk_stride = strides[-1]
    old_count = new_count = 1
    for d in range(len(shape) - 1, -1, -1):
        old_count *= shape[d]
        # a chunk of axes that lie evenly in memory ends here
        if d == 0 or (shape[d - 1] != 1 and strides[d - 1] != old_count * chunk_stride):
            while position >= 0 and (new_count < old_count or new[position] == 1):
                result[position] = new_count * chunk_stride
                new_count *= new[position]
                position -= 1
            if new_count != old_count:
                return None
            if d > 0:
                chunk_stride = strides[d - 1]
                old_count = new_count = 1
    return result if position == -1 else None
