"""Views: the same storage under another shape. A write through any of them reaches the base."""
import math

from _lens.door import UnsupportedError

from ._apply import apply, detached, result_of, view
from ._dtype import dtype as dtype_type, dtype_of
from ._formats import NAMES
from ._keywords import with_other_keywords
from ._layout import is_in_format, is_row_by_row, laid_out_as, strides_for_view, strides_of
from ._registry import method, public
from ._size import axis, integer, shape_of
from ._tensor import Tensor


def _reshaped(tensor, sizes):
    """Sizes with -1 resolved; PyTorch's errors where they do not fit."""
    count, known, unknown = math.prod(tensor.value.shape), 1, None
    for position, size in enumerate(sizes):
        if size == -1:
            if unknown is not None:
                raise RuntimeError("only one dimension can be inferred")
            unknown = position
        elif size < 0:
            raise RuntimeError(f"invalid shape dimension {size}")
        else:
            known *= size
    if unknown is not None:
        if known == 0 and count == 0:
            raise RuntimeError(f"cannot reshape tensor of 0 elements into shape {sizes} because the unspecified dimension size -1 "
                               "can be any value and is ambiguous")
        if known and count % known == 0:
            sizes = [*sizes[:unknown], count // known, *sizes[unknown + 1:]]
            known = count
    if known != count or -1 in sizes:
        raise RuntimeError(f"shape '{sizes}' is invalid for input of size {count}")
    return sizes


def _view_method(self, *shape, dtype=None):
    """Another shape over the same memory."""
    if dtype is not None or (len(shape) == 1 and isinstance(shape[0], dtype_type)):
        wanted = dtype_of(dtype or shape[0])
        if wanted is self.dtype:
            return view(self, "view")
        raise UnsupportedError("Tensor.view(dtype) that reinterprets bits is not supported")
    sizes = _reshaped(self, shape_of(shape, "view"))
    if not is_row_by_row(self) and strides_for_view(list(self.value.shape), strides_of(self), sizes) is None:
        raise RuntimeError("view size is not compatible with input tensor's size and stride (at least one dimension spans across "
                           "two contiguous subspaces). Use .reshape(...) instead.")
    return view(self, "view", ("reshape", {"shape": sizes}))


_view_method.__name__ = "view"
method(_view_method)


@method
def view_as(self, other):
    return self.view(other.size())


def reshape(input, shape):
    sizes = _reshaped(input, [integer(size) for size in shape])
    if not is_row_by_row(input) and strides_for_view(list(input.value.shape), strides_of(input), sizes) is None:
        return apply("reshape", input, operation="unsafe_view", shape=sizes)
    return view(input, "view" if input.is_contiguous() else "reshape_alias", ("reshape", {"shape": sizes}))


public(reshape, function_only=True)
Tensor.reshape = with_other_keywords(lambda self, *shape: reshape(self, shape_of(shape, "reshape")))
Tensor.reshape_as = lambda self, other: reshape(self, other.value.shape)


@public
def permute(input, *dims):
    if not dims:
        raise TypeError('permute() missing 1 required positional arguments: "dims"')
    order = [axis(d, input.dim()) for d in shape_of(dims)]
    if len(order) != input.dim():
        raise RuntimeError(f"permute(sparse_coo): number of dimensions in the tensor input does not match the length of the "
                           f"desired ordering of dimensions i.e. input.dim() = {input.dim()} is not equal to len(dims) = "
                           f"{len(order)}")
    if len(set(order)) != len(order):
        raise RuntimeError("permute(): duplicate dims are not allowed.")
    return view(input, "permute", ("permute", {"dims": order}))


@public(aliases=("swapaxes", "swapdims"))
def transpose(input, dim0, dim1):
    rank = input.dim()
    first, second = axis(dim0, rank), axis(dim1, rank)
    order = list(range(rank))
    if rank:
        order[first], order[second] = second, first
    return view(input, "transpose", ("permute", {"dims": order}))


@public
def t(input):
    if input.dim() > 2:
        raise RuntimeError(f"t() expects a tensor with <= 2 dimensions, but self is {input.dim()}D")
    return view(input, "t", ("permute", {"dims": list(range(input.dim()))[::-1]}))


@public(aliases=("moveaxis",))
def movedim(input, source, destination):
    if input.dim() == 0:  # its one axis stays where it is
        axis(source if isinstance(source, int) else source[0], 0), axis(destination if isinstance(destination, int) else destination[0], 0)
        return view(input, "alias", ("permute", {"dims": []}))
    rank = input.dim()
    sources = [axis(d, rank) for d in ([source] if isinstance(source, int) else source)]
    destinations = [axis(d, rank) for d in ([destination] if isinstance(destination, int) else destination)]
    order = [d for d in range(rank) if d not in sources]
    for target, origin in sorted(zip(destinations, sources)):
        order.insert(target, origin)
    return view(input, "permute", ("permute", {"dims": order}))


def _last_two_swapped(self):
    if self.dim() < 2:
        raise RuntimeError(f"tensor.mT is only supported on matrices or batches of matrices. Got {self.dim()}-D tensor.")
    return transpose(self, -2, -1)


Tensor.T = property(lambda self: view(self, "permute", ("permute", {"dims": list(range(self.dim()))[::-1]})))
Tensor.mT = property(_last_two_swapped)
Tensor.H = property(lambda self: transpose(self, 0, 1))


@public
def squeeze(input, dim=None):
    shape = input.value.shape
    if dim is None:
        kept = [size for size in shape if size != 1]
    else:
        dims = {axis(d, len(shape)) for d in (dim if isinstance(dim, (tuple, list)) else (dim,))}
        kept = [size for d, size in enumerate(shape) if d not in dims or size != 1]
    return view(input, "squeeze" if dim is None else "squeeze_dim", ("reshape", {"shape": kept}))


@public
def unsqueeze(input, dim):
    shape = list(input.value.shape)
    shape.insert(axis(dim, len(shape) + 1), 1)
    return view(input, "unsqueeze", ("reshape", {"shape": shape}))


@public
def flatten(input, start_dim=0, end_dim=-1):
    shape = list(input.value.shape)
    start, end = axis(start_dim, len(shape)), axis(end_dim, len(shape))
    if start > end:
        raise RuntimeError("flatten() has invalid args: start_dim cannot come after end_dim")
    if not shape:
        return reshape(input, [1])
    if start == end:
        return input
    return reshape(input, [*shape[:start], math.prod(shape[start:end + 1]), *shape[end + 1:]])


@public
def unflatten(input, dim, sizes):
    shape = list(input.value.shape)
    position = axis(dim, len(shape))
    sizes = shape_of((sizes,))
    known = math.prod(size for size in sizes if size != -1)
    if sizes.count(-1) == 1 and known and shape[position] % known == 0:
        sizes = [shape[position] // known if size == -1 else size for size in sizes]
    if math.prod(sizes) != shape[position]:
        raise RuntimeError(f"unflatten: Provided sizes {sizes} don't multiply up to the size of dim {position} "
                           f"({shape[position]}) in the input tensor")
    return view(input, "view", ("reshape", {"shape": [*shape[:position], *sizes, *shape[position + 1:]]}))


@public
def ravel(input):
    return reshape(input, [-1])


@method
def expand(self, *sizes, implicit=False):
    sizes, shape = shape_of(sizes), self.value.shape
    lead = len(sizes) - len(shape)
    if lead < 0:
        raise RuntimeError(f"expand({self.type()}{{{list(shape)}}}, size={sizes}): the number of sizes provided ({len(sizes)}) must "
                           f"be greater or equal to the number of dimensions in the tensor ({len(shape)})")
    sizes = [shape[d - lead] if size == -1 and d >= lead else size for d, size in enumerate(sizes)]
    for d, size in enumerate(sizes):
        if d >= lead and shape[d - lead] not in (1, size):
            raise RuntimeError(f"The expanded size of the tensor ({size}) must match the existing size ({shape[d - lead]}) at "
                               f"non-singleton dimension {d}.  Target sizes: {sizes}.  Tensor sizes: {list(shape)}")
    return view(self, "expand", ("expand", {"shape": sizes}))


@method
def expand_as(self, other):
    return self.expand(*other.value.shape)


@public
def broadcast_to(input, size):
    return input.expand(*size)


@public
def narrow(input, dim, start, length):
    if input.dim() == 0:
        raise RuntimeError("narrow() cannot be applied to a 0-dim tensor.")
    position = axis(dim, input.dim())
    size, start = input.value.shape[position], integer(start)
    if length < 0:
        raise RuntimeError("narrow(): length must be non-negative.")
    if not -size <= start <= size:
        raise IndexError(f"start out of range (expected to be in range of [{-size}, {size}], but got {start})")
    start = start + size if start < 0 else start
    if start + length > size:
        raise RuntimeError(f"start ({start}) + length ({length}) exceeds dimension size ({size}).")
    return view(input, "slice", slice_step(position, start, start + length))


@public
def select(input, dim, index):
    if input.dim() == 0:
        raise IndexError("select() cannot be applied to a 0-dim tensor.")
    position, index = axis(dim, input.dim()), integer(index)
    shape = list(input.value.shape)
    size = shape.pop(position)
    if not -size <= index < size:
        raise IndexError(f"select(): index {index} out of range for tensor of size {list(input.value.shape)} at dimension {position}")
    start = index + size if index < 0 else index
    return view(input, "select", slice_step(position, start, start + 1), ("reshape", {"shape": shape}))


def slice_step(dim, start, end, step=1):
    return ("slice", {"dim": dim, "start": start, "end": end, "step": step})


@public
def unbind(input, dim=0):
    position = axis(dim, input.dim())
    if input.dim() == 0:
        raise IndexError(f"Dimension specified as {dim} but tensor has no dimensions")
    parts = tuple(select(input, position, index) for index in range(input.value.shape[position]))
    return _named(parts, "unbind")


@public
def split(tensor, split_size_or_sections, dim=0):
    if tensor.dim() == 0:
        raise RuntimeError("split expects at least a 1-dimensional tensor")
    position = axis(dim, tensor.dim())
    size = tensor.value.shape[position]
    if not isinstance(split_size_or_sections, (tuple, list)):
        step = integer(split_size_or_sections)
        if step < 0:
            raise RuntimeError(f"split expects split_size be non-negative, but got split_size={step}")
        if step == 0 and size != 0:
            raise RuntimeError(f"split_size can only be 0 if dimension size is 0, but got dimension size of {size}")
        sections = [min(step, size - start) for start in range(0, max(size, 1), step or 1)]
    else:
        sections = [integer(section) for section in split_size_or_sections]
        if any(section < 0 for section in sections):
            raise RuntimeError(f"split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes={sections}")
        if sum(sections) != size:
            raise RuntimeError(f"split_with_sizes expects split_sizes to sum exactly to {size} (input tensor's size at dimension "
                               f"{dim}), but got split_sizes={sections}")
    parts, start = [], 0
    for section in sections:
        parts.append(view(tensor, "split", slice_step(position, start, start + section)))
        start += section
    return _many(tuple(parts), "SplitWithSizes" if isinstance(split_size_or_sections, (tuple, list)) else "Split")


Tensor.split = with_other_keywords(lambda self, split_size, dim=0: split(self, split_size, dim))


@method
def split_with_sizes(self, split_sizes, dim=0):
    return split(self, split_sizes, dim)


@public
def chunk(input, chunks, dim=0):
    if integer(chunks) <= 0:
        raise RuntimeError(f"chunk expects `chunks` to be greater than 0, got: {chunks}")
    if input.dim() == 0:
        raise RuntimeError("chunk expects at least a 1-dimensional tensor")
    size = input.value.shape[axis(dim, input.dim())]
    if size == 0:
        return tuple(split(input, 1, dim)[0] for _ in range(chunks))
    return split(input, -(-size // chunks), dim)


@public
def tensor_split(input, indices_or_sections, dim=0):
    if input.dim() == 0:
        raise RuntimeError("tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims")
    position = axis(dim, input.dim())
    size = input.value.shape[position]
    if isinstance(indices_or_sections, int):
        count, extra = divmod(size, indices_or_sections)
        return split(input, [count + (part < extra) for part in range(indices_or_sections)], position)
    bounds = [0, *(min(max(bound + size if bound < 0 else bound, 0), size) for bound in indices_or_sections), size]
    return tuple(narrow(input, position, start, max(0, end - start)) for start, end in zip(bounds, bounds[1:]))


@public
def detach(input):
    return detached(input)


@method
def detach_(self):
    if self._requires:
        self._requires = False
        return self
    self._storage.value = detached(self).value if not self._steps else self._storage.value
    self._node = self._base = None
    return self


@public
def clone(input, *, memory_format=None):
    return laid_out_as(result_of(input.value, (input,), "clone"), input, memory_format)


@method
def contiguous(self, memory_format=None):
    return self if is_in_format(self, memory_format) else clone(self, memory_format=memory_format or NAMES["contiguous_format"])


@method
def is_contiguous(self, memory_format=None):
    return is_in_format(self, memory_format)


@method
def storage_offset(self):
    return self.placed()[0]


@method
def stride(self, dim=None):
    strides = strides_of(self)
    return tuple(strides) if dim is None else strides[axis(dim, self.dim())]


def _named(parts, operation):
    for part in parts:
        if part._node is not None:
            part._node.operation = operation
    return _many(parts, operation.capitalize())


def _many(parts, name):
    """Views that autograd does not let be written to, since one function gave them all."""
    for position, part in enumerate(parts):
        part._made = (position, name)
        if part._node is not None:
            part._node.output = position
    return parts
