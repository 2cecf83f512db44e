"""Strides of a tensor: what decides whether `view` is possible without a copy."""
from _lens.layout import contiguous_strides, is_contiguous, layout, places, strides_for_view  # noqa: F401


def strides_of(tensor):
    """Strides in elements, as PyTorch would have them if every result of an operation is laid out row by row."""
    return layout(tensor._storage.value.shape, tensor._steps)[2]


def memory_order(tensor):
    """The axes from the slowest to the fastest in memory."""
    axes = list(range(len(tensor.value.shape)))
    if not tensor._steps:
        return axes
    shape, strides = tensor.value.shape, strides_of(tensor)
    return sorted(axes, key=lambda d: -strides[d] if shape[d] != 1 else -float("inf"))
