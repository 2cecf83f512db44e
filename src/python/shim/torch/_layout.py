"""Where the elements of a tensor lie in memory: what decides whether `view` is possible without a copy, and in which order numbers are drawn.

PyTorch's element-wise operations keep the order of their inputs (TensorIterator), its layers of images keep the channels last, and
nearly all else writes its results row by row. `_RULES` says which operation does what.
"""
from _lens.recording.layout import contiguous_strides, is_contiguous, strides_for_view

from ._formats import NAMES
from ._size import broadcast_shapes

_PRESERVE = NAMES["preserve_format"]
# the axes of each rank from the fastest to the slowest where channels are last
_LAST = {4: (1, 3, 2, 0), 5: (1, 4, 3, 2, 0)}
_LAST_FORMATS = {"channels_last": 4, "channels_last_3d": 5}


def strides_of(tensor):
    """Strides in elements."""
    if tensor._steps:
        return tensor.placed()[2]
    return list(tensor._storage.strides or contiguous_strides(tensor.value.shape))


def is_row_by_row(tensor):
    """For certain, without a look at its strides."""
    return not tensor._steps and tensor._storage.strides is None


def fills_its_memory(shape, strides):
    """Each element has a place of its own, with no gap between."""
    expected = 1
    for stride, size in sorted((stride, size) for stride, size in zip(strides, shape) if size != 1):
        if stride != expected:
            return False
        expected *= size
    return True


def iteration_order(shape, operands):
    """The axes from the slowest to the fastest in which an element-wise operation goes over operands of these strides.

    The axes are inserted one by one from the last on: one is faster than another where the first operand that can tell (broadcast
    axes cannot) has the smaller stride, or the same and fewer elements.
    """
    order = list(range(len(shape)))[::-1]  # from the fastest

    def is_slower(first, second):
        for strides in operands:
            one, other = strides[first], strides[second]
            if one == 0 or other == 0:
                continue
            if one != other:
                return one > other
            if shape[first] > shape[second]:
                return True
        return None

    for end in range(1, len(order)):
        at = end
        for before in range(end - 1, -1, -1):
            slower = is_slower(order[before], order[at])
            if slower is False:
                break
            if slower:
                order[before], order[at] = order[at], order[before]
                at = before
    return order[::-1]


def strides_in_order(shape, order):
    """Of a tensor whose axes lie in memory from the slowest to the fastest."""
    strides, step = [0] * len(shape), 1
    for d in reversed(order):
        strides[d] = step
        step *= max(shape[d], 1)
    return strides


def channels_last_strides(shape):
    return strides_in_order(shape, _LAST[len(shape)][::-1])


def is_channels_last(shape, strides, rank=4):
    if len(shape) != rank:
        return False
    expected = 1
    for d in _LAST[rank]:
        if shape[d] != 1:
            if strides[d] != expected:
                return False
            expected *= shape[d]
    return True


def _looks_channels_last(shape, strides):
    """What PyTorch takes for it: strides that rise from the channels on."""
    if len(shape) not in _LAST or strides[1] == 0:
        return False
    least = 0
    for d in _LAST[len(shape)]:
        if shape[d] == 0 or strides[d] < least or d == 0 and least == strides[1]:
            return False
        least = strides[d] * max(shape[d], 1)
    return True


def preserved(shape, strides):
    """The strides of a copy: the same where nothing overlaps and nothing is left out, else in the same order."""
    return list(strides) if fills_its_memory(shape, strides) else strides_in_order(shape, iteration_order(shape, [strides]))


def strides_in_format(shape, strides, memory_format):
    """Of a copy in a memory format (None: that of its source, where it has one)."""
    if memory_format is None or memory_format is _PRESERVE:
        return preserved(shape, strides)
    rank = _LAST_FORMATS.get(memory_format._name)
    if rank is None:
        return contiguous_strides(shape)
    if len(shape) != rank:
        raise RuntimeError(f"required rank {rank} tensor to use {memory_format._name} format")
    return channels_last_strides(shape)


def is_in_format(tensor, memory_format):
    if memory_format is _PRESERVE:
        return True
    rank = None if memory_format is None else _LAST_FORMATS.get(memory_format._name)
    if rank is not None:
        return is_channels_last(tensor.value.shape, strides_of(tensor), rank)
    return is_row_by_row(tensor) or is_contiguous(tensor.value.shape, strides_of(tensor))


def is_taken_for(tensor, memory_format):
    """Whether `to` leaves a tensor as it is: what is not in channels-last order counts as contiguous."""
    shape = tensor.value.shape
    return memory_format is None or memory_format is _PRESERVE or (
        _LAST_FORMATS.get(memory_format._name) == (len(shape) if _looks_channels_last(shape, strides_of(tensor)) else None))


def lay_out(tensor, strides):
    """Places a tensor that was just made and is no view. Returns it."""
    if tensor._is_complex:
        return tensor
    assert not tensor._steps
    tensor._storage.strides = None if strides == contiguous_strides(tensor.value.shape) else tuple(strides)
    return tensor


def laid_out_as(tensor, source, memory_format=None):
    """Places a new tensor of `source`'s shape as it is, or in the format."""
    if memory_format is None and is_row_by_row(source):
        return tensor
    return lay_out(tensor, strides_in_format(source.value.shape, strides_of(source), memory_format))


# What an operation makes of the strides of its inputs: (shape of the result, tensors, attributes) → strides

def _iterated(shape, tensors, attributes):
    """Element by element, as PyTorch's TensorIterator."""
    operands = [(tensor.value.shape, strides_of(tensor)) for tensor in tensors]
    if all(own == shape for own, _ in operands):
        if all(is_contiguous(shape, strides) for _, strides in operands):
            return None
        for rank in _LAST:
            if all(is_channels_last(shape, strides, rank) for _, strides in operands):
                return channels_last_strides(shape)
        if all(fills_its_memory(shape, strides) and strides == operands[0][1] for _, strides in operands):
            return operands[0][1]
    return _iterated_with_numbers(shape, tensors, attributes)


def _iterated_with_numbers(shape, tensors, attributes):
    """As element by element, where numbers take part as well: none of what is faster for tensors of one layout."""
    return strides_in_order(shape, iteration_order(shape, [_broadcast(shape, tensor.value.shape, strides_of(tensor)) for tensor in tensors]))


def _first_iterated(shape, tensors, attributes):
    return _iterated(shape, tensors[:1], attributes)


def _broadcast(shape, own, strides):
    lead = len(shape) - len(own)
    return [0] * lead + [0 if size == 1 and shape[d + lead] != 1 else strides[d] for d, size in enumerate(own)]


def _preserved(shape, tensors, attributes):
    return preserved(shape, strides_of(tensors[0]))


def _channels_last(shape, tensors, attributes):
    """Of images whose channels are last in memory, or of a layer whose weight has them there."""
    looks = any(_looks_channels_last(tensor.value.shape, strides_of(tensor)) for tensor in tensors[:2] if not is_row_by_row(tensor))
    return channels_last_strides(shape) if looks and len(shape) in _LAST else None


def channels_last_as(result, input):
    """Places a layer's result, a tensor that was just made, by its input."""
    if not is_row_by_row(input) and _looks_channels_last(input.value.shape, strides_of(input)):
        lay_out(result, channels_last_strides(result.value.shape))
    return result


def _images_channels_last(shape, tensors, attributes):
    return _channels_last(shape, tensors, attributes) if len(shape) == 4 else None


def _all_channels_last(shape, tensors, attributes):
    looks = all(_looks_channels_last(tensor.value.shape, strides_of(tensor)) for tensor in tensors)
    return channels_last_strides(shape) if looks else None


def _stacked(shape, tensors, attributes):
    """As what PyTorch stacks by: tensors put one after another along the axis, which is then split."""
    dim = attributes["dim"]
    joined = list(tensors[0].value.shape)
    if dim == len(joined) or not all(_looks_channels_last(tensor.value.shape, strides_of(tensor)) for tensor in tensors):
        return None
    joined[dim] *= len(tensors)
    return strides_for_view(joined, channels_last_strides(joined), list(shape))


def _normalized(shape, tensors, attributes):
    return None if is_in_format(tensors[0], None) else _channels_last(shape, tensors[:1], attributes)


def _indexed(shape, tensors, attributes):
    """Gone over as an element-wise operation of what is left of the source and of the indices, in the axes that they stand for."""
    source, indices, dims = tensors[0], tensors[1:], attributes["dims"]
    strides, rank = strides_of(source), len(source.value.shape)
    among = broadcast_shapes(*(index.value.shape for index in indices))
    at = dims[0] if dims == list(range(dims[0], dims[0] + len(dims))) else 0
    rest = [d for d in range(rank) if d not in dims]
    before, after = [d for d in rest if d < at], [d for d in rest if d >= at]
    operands = [[*(strides[d] for d in before), *[0] * len(among), *(strides[d] for d in after)],
                *([*[0] * len(before), *_broadcast(among, index.value.shape, strides_of(index)), *[0] * len(after)] for index in indices)]
    return strides_in_order(shape, iteration_order(shape, operands))


_ELEMENTWISE = """
    neg abs sign exp expm1 log log1p log2 log10 sqrt rsqrt square reciprocal sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh erf erfc erfinv
    lgamma digamma polygamma i0 i1 floor ceil round trunc isnan isinf logical_not relu sigmoid silu mish selu softsign hardsigmoid hardswish
    tanhshrink relu6 leaky_relu elu celu gelu softplus hardtanh clamp hardshrink softshrink threshold add sub mul div pow maximum minimum remainder fmod
    floor_divide atan2 hypot logaddexp bitwise_and bitwise_or bitwise_xor bitwise_left_shift bitwise_right_shift eq ne lt le gt ge logical_and logical_or
    logical_xor prelu where"""
# By what the operation is called in `apply`, else by its op. Others write their results row by row.
_RULES = {
    **dict.fromkeys(_ELEMENTWISE.split(), _iterated),
    "cast": _preserved, "clone": _preserved, "sort": _preserved, "flip": _preserved, "detach": _preserved,
    "convolution": _images_channels_last,
    **dict.fromkeys(("avg_pool", "max_pool_with_indices", "adaptive_avg_pool", "adaptive_max_pool_with_indices", "interpolate", "pad"), _channels_last),
    "native_batch_norm": _normalized, "cat": _all_channels_last, "stack": _stacked, "index": _indexed,
    "hardtanh": _iterated_with_numbers, "relu6": _iterated_with_numbers, "pow": _first_iterated, "pow_tensor": _iterated,
    **dict.fromkeys(("masked_fill", "rpow", "rrelu", "topk", "nanmedian"), None),
}


def arrange(result, op, operation, tensors, attributes):
    """Places the result of an operation on tensors of which not all are laid out row by row."""
    rule = _RULES[operation] if operation in _RULES else _RULES.get(op)
    if rule is not None and not any(tensor._is_complex for tensor in tensors):
        strides = rule(tuple(result.value.shape), tensors, attributes)
        if strides is not None:
            lay_out(result, strides)
    return result
