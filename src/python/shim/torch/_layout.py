"""Strides of a tensor: what decides whether `view` is possible without a copy."""
from _lens.layout import contiguous_strides, is_contiguous, layout, strides_for_view  # noqa: F401


def strides_of(tensor):
    """Strides in elements, as PyTorch would have them if every result of an operation is laid out row by row."""
    return layout(tensor._storage.value.shape, tensor._steps)[2]
