"""x[...]: reading and writing in every form. Integers, slices, None and ... make a view; tensors and lists index or mask."""
import math

from _lens import door
from _lens.recording.array import Array

from ._apply import apply, constant, named, operand, result_of, view, write
from ._dtype import bool_, int64
from ._layout import arrange, is_row_by_row, lay_out
from ._registry import public
from ._tensor import Tensor
from ._views import slice_step


def _is_integer(item):
    return isinstance(item, int) or (not isinstance(item, (Array, type)) and hasattr(item, "__index__"))


def _as_index_tensor(item):
    """The tensor of a list, range, array or tensor index; None for other items."""
    if isinstance(item, Tensor):
        tensor = item
    elif isinstance(item, Array):
        tensor = item.view_of(into=Tensor)
    elif isinstance(item, (list, tuple, range)):
        from ._creation import tensor as make
        tensor = make(list(item)) if len(item) else constant([], int64, (0,))
        if tensor.is_floating_point():  # PyTorch makes a LongTensor of a list
            tensor = tensor.to(int64)
    else:
        return None
    if tensor.value.dtype not in ("int64", "int32", "uint8", "bool"):
        raise IndexError("tensors used as indices must be long, int, byte or bool tensors")
    return tensor.to(bool_) if tensor.value.dtype == "uint8" else tensor


def _parse(tensor, index):
    """(view of `tensor` by the basic items, [(axis of that view, index or mask tensor)], name of the last basic step)."""
    # A text is a sequence of texts: as many indices as it has letters.
    items = list(index) if isinstance(index, tuple) or isinstance(index, str) and index else [index]
    rank = tensor.dim()
    if rank > 0 or not (_is_integer(index) or isinstance(index, slice)):
        _check_count(sum(map(_axes_used, items)), rank)
    if rank == 0 and isinstance(index, slice):
        raise IndexError("slice() cannot be applied to a 0-dim tensor.")
    items = [item if isinstance(item, (bool, slice)) or item is None or item is Ellipsis or _is_integer(item)
             else _item(item) for item in items]
    used = sum(_axes_used(item) for item in items)
    if rank == 0 and _is_integer(index) and used > 0:
        raise IndexError("invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in C++ to convert "
                         "a 0-dim tensor to a number")
    _check_count(used, rank)
    if not any(item is Ellipsis for item in items):
        items.append(Ellipsis)
    steps, advanced, operation = [], [], "alias"
    shape, position, source = list(tensor.value.shape), 0, 0
    for item in items:
        if item is Ellipsis:
            skipped = rank - used
            position, source, used = position + skipped, source + skipped, rank
        elif item is None:
            shape.insert(position, 1)
            steps.append(("reshape", {"shape": list(shape)}))
            position, operation = position + 1, "unsqueeze"
        elif isinstance(item, bool) or isinstance(item, Tensor) and item.value.dtype == "bool" and item.dim() == 0:
            shape.insert(position, 1)
            steps.append(("reshape", {"shape": list(shape)}))
            advanced.append((position, constant([item], bool_, (1,)) if isinstance(item, bool) else item.reshape(1)))
            position += 1
        elif isinstance(item, slice):
            start, end, step = _bounds(item, shape[position])
            if (start, end, step) != (0, shape[position], 1):
                steps.append(slice_step(position, start, end, step))
                operation = "slice"
            shape[position] = max(0, -(-(end - start) // step))
            position, source = position + 1, source + 1
        elif isinstance(item, Tensor):
            advanced.append((position, item))
            position, source = position + _axes_used(item), source + _axes_used(item)
        else:
            size, number = shape[position], item.__index__()
            if not -size <= number < size:
                raise IndexError(f"index {number} is out of bounds for dimension {source} with size {size}")
            start = number + size if number < 0 else number
            steps.append(slice_step(position, start, start + 1))
            del shape[position]
            steps.append(("reshape", {"shape": list(shape)}))
            source, operation = source + 1, "select"
    return view(tensor, operation, *steps), advanced


def _check_count(used, rank):
    """Counted before the items are looked at: a mask that is a list counts as one."""
    if used > rank:
        raise IndexError(f"too many indices for tensor of dimension {rank}")


def _item(item):
    tensor = _as_index_tensor(item)
    if tensor is None:
        if isinstance(item, (str, bytes)):
            raise TypeError(f"new(): invalid data type '{type(item).__name__}'")
        raise IndexError("only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices "
                        f"(got {type(item).__name__})")
    if tensor.dim() == 0 and tensor.value.dtype != "bool":
        return int(tensor.item())
    return tensor


def _axes_used(item):
    if item is None or item is Ellipsis or isinstance(item, bool):
        return 0
    if isinstance(item, Tensor) and item.value.dtype == "bool":
        return item.dim()
    return 1


def _bounds(item, size):
    step = 1 if item.step is None else _int(item.step)
    if step <= 0:
        raise ValueError("step must be greater than zero")
    start, end, _ = slice(_int(item.start), _int(item.stop), None).indices(size)
    return start, max(start, end), step


def _int(bound):
    if bound is not None and not hasattr(bound, "__index__"):
        raise TypeError("slice indices must be integers or None or have an __index__ method")
    return None if bound is None else bound.__index__()


def _indices(base, advanced):
    """(axes, index tensors) with masks replaced by the indices of what they hold."""
    dims, tensors = [], []
    for position, tensor in advanced:
        if tensor.value.dtype != "bool":
            dims.append(position)
            tensors.append(tensor)
            continue
        expected = base.value.shape[position:position + tensor.dim()]
        for offset, (size, wanted) in enumerate(zip(tensor.value.shape, expected)):
            if size != wanted:
                raise IndexError(f"The shape of the mask {list(tensor.value.shape)} at index {offset} does not match the shape of the "
                                 f"indexed tensor {list(base.value.shape)} at index {position + offset}")
        found = nonzero(tensor, as_tuple=True)
        dims.extend(range(position, position + len(found)))
        tensors.extend(found)
    return dims, tensors


def getitem(self, index):
    base, advanced = _parse(self, index)
    if not advanced:
        return base
    dims, tensors = _indices(base, advanced)
    value = door.record("index", [base.value, *(tensor.value for tensor in tensors)], dims=dims)
    result = result_of(value, (base,), "index")
    return result if is_row_by_row(base) else arrange(result, "index", None, (base, *tensors), {"dims": dims})


def setitem(self, index, value):
    if isinstance(index, Tensor) and index.value.dtype == "bool" and index.value.shape == self.value.shape:
        filler = operand(value, self)
        if filler is not None and filler.numel() == 1:
            write(self, apply("where", index, filler.to(self.dtype).reshape(()), self, operation="index_put"))
            return
    base, advanced = _parse(self, index)
    source = operand(value, self)
    if source is None:
        raise TypeError(f"can't assign a {type(value).__name__} to a {self.type()}")
    source = source.to(self.dtype)
    if not advanced:
        write(base, _fitted(source, base.value.shape, "copy_slices"))
        return
    dims, tensors = _indices(base, advanced)
    target = door.record("index", [base.value, *(tensor.value for tensor in tensors)], dims=dims).shape
    source = _fitted(source, target, "index")
    put = door.record("index_put", [base.value, source.value, *(tensor.value for tensor in tensors)], dims=dims, accumulate=False)
    write(base, result_of(put, (base, source), "index_put"))


def _fitted(source, shape, operation):
    """`source` broadcast to the place it is written to; leading axes of size 1 fall away."""
    own = list(source.value.shape)
    while len(own) > len(shape) and own[0] == 1:
        own.pop(0)
    if tuple(own) != source.value.shape:
        source = source.reshape(own)
    if tuple(own) == tuple(shape):
        return apply("reshape", source, shape=own) if source._node is None else source
    fits = len(own) <= len(shape) and all(size in (1, wanted) for size, wanted in zip(reversed(own), reversed(shape)))
    if not fits:
        if operation == "index":
            raise RuntimeError(f"shape mismatch: value tensor of shape {list(source.value.shape)} cannot be broadcast to indexing "
                               f"result of shape {list(shape)}")
        for back, (size, wanted) in enumerate(zip(reversed(own), reversed(shape)), 1):
            if size not in (1, wanted):
                raise RuntimeError(f"The expanded size of the tensor ({wanted}) must match the existing size ({size}) at "
                                   f"non-singleton dimension {len(shape) - back}.  Target sizes: {list(shape)}.  Tensor sizes: "
                                   f"{own}")
        raise RuntimeError(f"expand(torch.{source._scalar_type()}Tensor{{{own}}}, size={list(shape)}): the number of sizes provided "
                           f"({len(shape)}) must be greater or equal to the number of dimensions in the tensor ({len(own)})")
    return apply("expand", source, shape=list(shape))


Tensor.__getitem__ = getitem
Tensor.__setitem__ = setitem


@public
def nonzero(input, *, as_tuple=False):
    """Indices of elements that are not zero: their number is data, so the value is computed here."""
    shape = input.value.shape
    flat = [place for place, item in enumerate(door.read(input.value)) if item]
    columns, stride = [], math.prod(shape)
    if as_tuple and not shape:  # as one of one element
        columns.append(flat)
    for size in shape:
        stride //= max(size, 1)
        columns.append([place // stride % size for place in flat])
    if as_tuple:
        return tuple(constant(column, int64, (len(flat),)) for column in columns)
    rows = [number for row in zip(*columns) for number in row]
    return lay_out(constant(rows, int64, (len(flat), len(shape))), [1, len(flat)])  # PyTorch writes it axis by axis


@public
def argwhere(input):
    return nonzero(input)


@public
def masked_select(input, mask):
    if mask.value.dtype != "bool":
        raise RuntimeError("masked_select: expected BoolTensor for mask")
    from ._size import broadcast_shapes
    shape = broadcast_shapes(input.value.shape, mask.value.shape)
    return named(input.expand(*shape)[mask.expand(*shape)], "masked_select")


@public(inplace=True)
def index_put(input, indices, values, accumulate=False):
    places = [_item(index) for index in indices]
    dims, tensors = _indices(input, list(enumerate(places)))
    put = door.record("index_put", [input.value, operand(values, input).value, *(t.value for t in tensors)], dims=dims,
                      accumulate=accumulate)
    return result_of(put, (input, values), "index_put")


@public(inplace=True)
def masked_scatter(input, mask, source):
    if input.dtype is not source.dtype:
        raise RuntimeError(f"masked_scatter: expected self and source to have same dtypes but got{input._scalar_type()} and {source._scalar_type()}")
    result = input.clone()
    count = int(mask.expand(input.shape).sum().item())
    if source.numel() < count:
        raise RuntimeError("Number of elements of source < number of ones in mask")
    result[mask] = source.reshape(-1)[:count]
    return result

