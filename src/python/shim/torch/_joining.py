"""Putting tensors together and repeating them: cat, stack, repeat, tile, pad's relatives, flip, roll."""
import itertools

from ._apply import apply, constant, type_name, values
from ._creation import arange
from ._dtype import int64, promote_types
from ._layout import arrange, is_row_by_row
from ._registry import method, public
from ._size import axis, integer, shape_of
from ._tensor import Tensor


@public(function_only=True, aliases=("concat", "concatenate"), layer="cat")
def cat(tensors, dim=0):
    if isinstance(tensors, Tensor):
        raise TypeError("cat(): argument 'tensors' (position 1) must be tuple of Tensors, not Tensor")
    tensors = list(tensors)
    if not tensors:
        raise ValueError("torch.cat(): expected a non-empty list of Tensors")
    for position, tensor in enumerate(tensors):
        if not isinstance(tensor, Tensor):
            raise TypeError(f"expected Tensor as element {position} in argument 0, but got {type_name(tensor)}")
        if tensor.dim() == 0:
            raise RuntimeError(f"zero-dimensional tensor (at position {position}) cannot be concatenated")
    kept = [tensor for tensor in tensors if tensor.value.shape != (0,)] or tensors[:1]  # an empty vector joins with anything
    return apply("cat", *_of_one_type(kept), dim=axis(dim, kept[0].dim()))


def _of_one_type(tensors):
    wanted = tensors[0].dtype
    for tensor in tensors[1:]:
        wanted = promote_types(wanted, tensor.dtype)
    return [tensor.to(wanted) for tensor in tensors]


@public(function_only=True, layer="stack")
def stack(tensors, dim=0):
    tensors = list(tensors)
    if not tensors:
        raise RuntimeError("stack expects a non-empty TensorList")
    values("stack", tensors)
    shape = tensors[0].value.shape
    for position, tensor in enumerate(tensors[1:], 1):
        if tensor.value.shape != shape:
            raise RuntimeError(f"stack expects each tensor to be equal size, but got {list(shape)} at entry 0 and "
                               f"{list(tensor.value.shape)} at entry {position}")
    position = axis(dim, len(shape) + 1)
    widened = [apply("reshape", tensor, shape=[*shape[:position], 1, *shape[position:]]) for tensor in _of_one_type(tensors)]
    result = apply("cat", *widened, operation="stack", dim=position)
    if not all(map(is_row_by_row, tensors)):
        arrange(result, "cat", "stack", tensors, {"dim": position})
    return result


def _stacker(name, least, dim):
    def function(tensors):
        widened = [FUNCTION_OF_RANK[least](tensor) for tensor in tensors]
        along = 0 if name == "hstack" and widened[0].dim() == 1 else dim
        return cat(widened, along)
    function.__name__ = name
    return public(function, function_only=True, aliases=("row_stack",) if name == "vstack" else ())


@public
def atleast_1d(input):
    return input.reshape(1) if input.dim() == 0 else input


@public
def atleast_2d(input):
    return atleast_1d(input).unsqueeze(0) if input.dim() < 2 else input


@public
def atleast_3d(input):
    return atleast_2d(input).unsqueeze(-1) if input.dim() < 3 else input


FUNCTION_OF_RANK = {1: atleast_1d, 2: atleast_2d, 3: atleast_3d}
vstack, hstack, dstack = _stacker("vstack", 2, 0), _stacker("hstack", 1, 1), _stacker("dstack", 3, 2)


@public(function_only=True)
def column_stack(tensors):
    return cat([tensor if tensor.dim() > 1 else tensor.reshape(-1, 1) for tensor in tensors], 1)


@method
def repeat(self, *repeats):
    """The tensor laid side by side `repeats` times along each axis."""
    times = shape_of(repeats)
    if len(times) < self.dim():
        raise RuntimeError("Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor")
    shape = [1] * (len(times) - self.dim()) + list(self.value.shape)
    if all(count == 1 for count in times):
        return apply("reshape", self, operation="repeat", shape=shape)
    spread = apply("reshape", self, shape=[n for size in shape for n in (1, size)])
    spread = apply("expand", spread, shape=[n for count, size in zip(times, shape) for n in (count, size)])
    return apply("reshape", spread, operation="repeat", shape=[count * size for count, size in zip(times, shape)])


@public
def tile(input, *dims):
    times = shape_of(dims)
    return input.repeat([1] * (input.dim() - len(times)) + times)


@public
def repeat_interleave(input, repeats, dim=None, *, output_size=None):
    if dim is None:
        input, dim = input.reshape(-1), 0
    position = axis(dim, input.dim())
    if isinstance(repeats, Tensor) and repeats.numel() > 1:
        from ._creation import tensor
        if any(count < 0 for count in repeats.tolist()):
            raise RuntimeError("repeats can not be negative")
        places = [place for place, count in enumerate(repeats.tolist()) for _ in range(count)]
        return apply("index_select", input, tensor(places), operation="index_select", dim=position)
    times = int(repeats)
    shape = list(input.value.shape)
    spread = apply("reshape", input, shape=[*shape[:position + 1], 1, *shape[position + 1:]])
    spread = apply("expand", spread, shape=[*shape[:position + 1], times, *shape[position + 1:]])
    shape[position] *= times
    return apply("reshape", spread, operation="repeat_interleave", shape=shape)


@public
def flip(input, *dims):
    return apply("flip", input, dims=sorted(axis(d, input.dim()) for d in shape_of(dims)))


@public
def fliplr(input):
    if input.dim() < 2:
        raise RuntimeError("Input must be >= 2-d.")
    return flip(input, 1)


@public
def flipud(input):
    if input.dim() < 1:
        raise RuntimeError("Input must be >= 1-d.")
    return flip(input, 0)


@public
def roll(input, shifts, dims=None):
    if dims is None:
        return roll(input.reshape(-1), shifts, 0).reshape(input.value.shape)
    shifts, dims = ((shifts,), (dims,)) if isinstance(dims, int) else (shifts, dims)
    for shift, dim in zip(shifts, dims):
        position = axis(dim, input.dim())
        size = input.value.shape[position]
        shift = integer(shift) % size if size else 0
        if shift:
            parts = [input.narrow(position, size - shift, shift), input.narrow(position, 0, size - shift)]
            input = apply("cat", *parts, operation="roll", dim=position)
    return input


@public
def rot90(input, k=1, dims=(0, 1)):
    for _ in range(k % 4):
        input = flip(input, dims[1]).transpose(*dims)
    return input


@public(inplace=True)
def tril(input, diagonal=0):
    return apply("tril", input, diagonal=diagonal)


@public(inplace=True)
def triu(input, diagonal=0):
    return apply("triu", input, diagonal=diagonal)


def _triangle_indices(below):
    def function(row, col, offset=0, *, dtype=None, device=None):
        from ._creation import tensor
        pairs = [(i, j) for i in range(row) for j in range(col) if (j - i <= offset if below else j - i >= offset)]
        return tensor([[i for i, _ in pairs], [j for _, j in pairs]]).reshape(2, -1)
    function.__name__ = "tril_indices" if below else "triu_indices"
    return public(function, function_only=True)


tril_indices, triu_indices = _triangle_indices(True), _triangle_indices(False)


@public
def diag(input, diagonal=0):
    """A matrix with this diagonal, or the diagonal of a matrix."""
    if input.dim() not in (1, 2):
        raise RuntimeError(f"diag(): Supports 1D or 2D tensors. Got {input.dim()}D")
    return diag_embed(input, diagonal) if input.dim() == 1 else input.diagonal(diagonal).clone()


@public
def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    size = input.value.shape[-1] + abs(offset)
    from ._creation import zeros
    rows, columns = arange(size).unsqueeze(1), arange(size)
    padded = input.unsqueeze(-2)
    if offset:
        gap = zeros([*padded.value.shape[:-1], abs(offset)], dtype=input.dtype)
        padded = cat([gap, padded] if offset > 0 else [padded, gap], -1)
    result = apply("where", columns - rows == offset, padded, zeros((), dtype=input.dtype), operation="diag_embed")
    return result.movedim((-2, -1), (dim1, dim2)) if (dim1, dim2) != (-2, -1) else result


@public(function_only=True)
def meshgrid(*tensors, indexing="ij"):
    if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)):
        tensors = tensors[0]
    tensors = list(tensors)
    if indexing == "xy" and len(tensors) > 1:
        tensors[0], tensors[1] = tensors[1], tensors[0]
    shape = [tensor.numel() for tensor in tensors]
    grids = [tensor.reshape([-1 if d == position else 1 for d in range(len(shape))]).expand(shape)
             for position, tensor in enumerate(tensors)]
    if indexing == "xy" and len(tensors) > 1:
        grids[0], grids[1] = grids[1], grids[0]
    return tuple(grids)


@public(function_only=True)
def cartesian_prod(*tensors):
    for tensor in tensors:
        if tensor.dim() != 1:
            raise RuntimeError(f"Expect a 1D vector, but got shape {list(tensor.value.shape)}")
    return stack([grid.reshape(-1) for grid in meshgrid(*tensors)], 1) if len(tensors) > 1 else tensors[0]


@public(function_only=True)
def combinations(input, r=2, with_replacement=False):
    """Rows of `r` elements each, in the order of itertools."""
    if input.dim() != 1:
        raise RuntimeError(f"Expect a 1D vector, but got shape {list(input.value.shape)}")
    if r < 0:
        raise RuntimeError(f"Expect a non-negative number, but got {r}")
    if r == 0:
        return input[:0]
    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    chosen = list(choose(range(input.numel()), r))
    return input[constant([position for row in chosen for position in row], int64, (len(chosen), r))]


@public(function_only=True)
def broadcast_tensors(*tensors):
    from ._size import broadcast_shapes
    shape = broadcast_shapes(*(tensor.shape for tensor in tensors))
    return tuple(tensor.expand(shape) for tensor in tensors)


@public(function_only=True)
def block_diag(*tensors):
    from ._creation import zeros
    for position, tensor in enumerate(tensors):
        if tensor.dim() > 2:
            raise RuntimeError(f"torch.block_diag: Input tensors must have 2 or fewer dimensions. Input {position} has {tensor.dim()} dimensions")
    matrices = [atleast_2d(tensor) for tensor in tensors]
    width, before, rows = sum(matrix.value.shape[1] for matrix in matrices), 0, []
    for matrix in matrices:
        height, own = matrix.value.shape
        rows.append(cat([zeros(height, before, dtype=matrix.dtype), matrix, zeros(height, width - before - own, dtype=matrix.dtype)], 1))
        before += own
    return cat(rows, 0)


