"""Functions over integers and samples: gcd, lcm, frexp, Vandermonde matrices, gradients by differences, histograms with edges, indices of flat places."""
import math

from _lens.door import UnsupportedError

from ._apply import check_implemented, write
from ._creation import arange, as_tensor, empty, full, linspace, ones, tensor, zeros
from ._dtype import DTYPES, INTEGER, int64, promote_types
from ._elementwise import where
from ._joining import cat, stack
from ._layout import lay_out, strides_in_order
from ._order import quantile
from ._reductions import _return_type
from ._registry import FUNCTIONS, method, public
from ._size import axis, broadcast_shapes, shape_of
from ._tensor import Tensor


@public(inplace=True)
def gcd(input, other):
    """Euclid's algorithm, on all pairs until each has come to its end."""
    common = promote_types(input.dtype, other.dtype)
    check_implemented("gcd_cpu", common, INTEGER)
    shape = broadcast_shapes(input.shape, other.shape)
    a, b = (each.to(common).abs().expand(*shape) for each in (input, other))
    while bool((b != 0).any()):
        ended = b == 0
        a, b = where(ended, a, b), where(ended, b, a.remainder(where(ended, b + 1, b)))
    return a.abs()


@public(inplace=True)
def lcm(input, other):
    check_implemented("lcm_cpu", promote_types(input.dtype, other.dtype), INTEGER)
    divisor = gcd(input, other)
    return where(divisor == 0, divisor, (input // where(divisor == 0, divisor + 1, divisor) * other).abs())


@public
def frexp(input):
    """Mantissas of 0.5 to 1 and exponents: input = mantissa · 2^exponent"""
    exponent = where(input == 0, input * 0, input.abs().log2().floor() + 1).detach()
    mantissa = input / exponent.exp2()
    over = (mantissa.abs() >= 1).detach()
    return _Frexp(where(over, mantissa / 2, mantissa), (exponent + over.to(exponent.dtype)).to(DTYPES["int32"]))


_Frexp = _return_type("frexp", "mantissa exponent")


@public(function_only=True)
def vander(x, N=None, increasing=False):
    """Powers of x as columns, the highest first."""
    count = x.value.shape[-1] if N is None else N
    powers = arange(count) if increasing else arange(count - 1, -1, -1) if count else arange(0)
    return x.unsqueeze(-1) ** powers.to(x.dtype)


@public(function_only=True)
def gradient(input, *, spacing=1, dim=None, edge_order=1):
    """Derivatives by central differences of second order within, one-sided at the edges, along each axis."""
    axes = range(input.dim()) if dim is None else [axis(each, input.dim()) for each in ([dim] if isinstance(dim, int) else dim)]
    steps = spacing if isinstance(spacing, (tuple, list)) else [spacing] * len(axes)
    return tuple(_along(input, position, step, edge_order) for position, step in zip(axes, steps))


def _along(input, position, step, edge_order):
    size = input.value.shape[position]
    if size < edge_order + 1:
        raise RuntimeError("torch.gradient expected each dimension size to be at least edge_order+1")
    if not isinstance(step, Tensor):
        step = arange(size).to(input.dtype) * float(step)
    shape = [-1 if d == position else 1 for d in range(input.dim())]
    part = lambda start, length: input.narrow(position, start, length)
    before, after = (step[1:-1] - step[:-2]).reshape(shape), (step[2:] - step[1:-1]).reshape(shape)
    if edge_order == 1:
        first = (part(1, 1) - part(0, 1)) / (step[1] - step[0])
        last = (part(size - 1, 1) - part(size - 2, 1)) / (step[-1] - step[-2])
    else:
        first, last = _second_order(part(0, 1), part(1, 1), part(2, 1), step[1] - step[0], step[2] - step[1]), -_second_order(
            part(size - 1, 1), part(size - 2, 1), part(size - 3, 1), step[-1] - step[-2], step[-2] - step[-3])
    if size == 2:
        return cat([first, last], position)
    inner = (-after / (before * (before + after)) * part(0, size - 2) + (after - before) / (before * after) * part(1, size - 2)
             + before / (after * (before + after)) * part(2, size - 2))
    return cat([first, inner, last], position)


def _second_order(at, following, second, h1, h2):
    return -(2 * h1 + h2) / (h1 * (h1 + h2)) * at + (h1 + h2) / (h1 * h2) * following - h1 / (h2 * (h1 + h2)) * second


@public(function_only=True)
def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    size = y.value.shape[axis(dim, y.dim())]
    width = dx if x is None else x.diff(dim=-1)
    if isinstance(width, Tensor) and width.dim() == 1 and y.dim() > 1:
        width = width.reshape([-1 if d == axis(dim, y.dim()) else 1 for d in range(y.dim())])
    return ((y.narrow(dim, 0, size - 1) + y.narrow(dim, 1, size - 1)) * width).cumsum(dim) / 2.0


@public(function_only=True)
def unravel_index(indices, shape):
    """Coordinates of flat places in an array of that shape."""
    sizes, result, rest = shape_of((shape,)), [], indices
    for size in reversed(sizes):
        result.insert(0, rest % size)
        rest = rest // size
    return tuple(result)


_Histogram = _return_type("histogram", "hist bin_edges")


@public
def histogram(input, bins=100, *, range=None, weight=None, density=False):
    """How many elements lie between each two edges; the last bin has its upper edge."""
    flat = input.detach().reshape(-1)
    if isinstance(bins, Tensor):
        edges = bins
    else:
        low, high = range if range is not None else (float(flat.min()), float(flat.max()))
        if low == high:
            low, high = low - 0.5, high + 0.5
        edges = linspace(low, high, bins + 1).to(input.dtype)
    count = edges.numel() - 1
    inside = (flat >= edges[0]) & (flat <= edges[-1])
    place = ((flat.unsqueeze(-1) >= edges).sum(-1) - 1).clamp(0, count - 1)
    weights = (ones(flat.numel()) if weight is None else weight.reshape(-1)).to(input.dtype) * inside.to(input.dtype)
    found = zeros(count, dtype=input.dtype).scatter_add(0, place, weights)
    return _Histogram(found / (found.sum() * edges.diff()) if density else found, edges)


@public
def nanquantile(input, q, dim=None, keepdim=False, *, interpolation="linear"):
    """`quantile` of what is no NaN, row by row."""
    flat = input.reshape(-1) if dim is None or input.dim() == 0 else input.movedim(dim, -1)
    shape, points = flat.value.shape[:-1], as_tensor(q, dtype=input.dtype).reshape(-1)
    results = []
    for row in flat.reshape(-1, flat.value.shape[-1]):
        kept = row[~row.isnan()]
        results.append(quantile(kept, points, interpolation=interpolation) if kept.numel() else full(points.shape, math.nan, dtype=input.dtype))
    found = stack(results, -1).reshape(points.numel(), *shape)
    if keepdim:
        found = found.reshape(points.numel(), *[1] * input.dim()) if dim is None else found.unsqueeze(axis(dim, input.dim()) + 1)
    return found if isinstance(q, Tensor) and q.dim() else found[0]


@public
def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    position = axis(dim, input.dim())
    places = index.reshape([-1 if d == position else 1 for d in range(input.dim())]).expand(source.shape)
    return input.scatter_reduce(position, places, source, reduce, include_self=include_self)


@public
def nonzero_static(input, *, size, fill_value=-1):
    found = input.nonzero()[:size]
    return cat([found, full((size - found.value.shape[0], input.dim()), fill_value, dtype=int64)])


@public
def diagflat(input, offset=0):
    return FUNCTIONS["diag"](input.reshape(-1), offset)


@public
def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    result = input.clone()
    write(result.diagonal(offset, dim1, dim2), src)
    return result


@public
def as_strided_scatter(input, src, size, stride, storage_offset=None):
    result = input.clone()
    write(result.as_strided(size, stride, storage_offset), src)
    return result


@public
def is_nonzero(input):
    if input.numel() != 1:
        raise RuntimeError("Boolean value of Tensor with " + ("no values" if not input.numel() else "more than one value") + " is ambiguous")
    return bool(input)


@public
def is_same_size(input, other):
    return input.value.shape == other.value.shape


FUNCTIONS["is_signed"] = Tensor.is_signed
for _name in ("is_conj", "is_neg", "is_inference", "is_distributed"):
    setattr(Tensor, _name, lambda self: False)
    FUNCTIONS[_name] = getattr(Tensor, _name)
for _name in ("resolve_conj", "resolve_neg"):
    FUNCTIONS.setdefault(_name, lambda input: input)
    if _name not in Tensor.__dict__:
        setattr(Tensor, _name, FUNCTIONS[_name])


@public
def narrow_copy(input, dim, start, length):
    return input.narrow(dim, start, length).clone()


def _splitter(name, least, dim):
    def function(input, indices_or_sections):
        if input.dim() < least:
            raise RuntimeError(f"torch.{name} requires a tensor with at least {least} dimension{'s' if least > 1 else ''}, but got a tensor with "
                               f"{input.dim()} dimensions!")
        along = 0 if name == "hsplit" and input.dim() == 1 else dim
        if isinstance(indices_or_sections, int) and input.value.shape[along] % indices_or_sections:
            raise RuntimeError(f"torch.{name} attempted to split along dimension {along}, but the size of the dimension {input.value.shape[along]} is not divisible "
                               f"by the split_size {indices_or_sections}!")
        return input.tensor_split(indices_or_sections, along)
    function.__name__ = name
    return public(function)


hsplit, vsplit, dsplit = _splitter("hsplit", 1, 1), _splitter("vsplit", 2, 0), _splitter("dsplit", 3, 2)


# A copy where the function without `_copy` gives a view.
def _copier(name):
    def function(input, *args, **kwargs):
        result = FUNCTIONS[name](input, *args, **kwargs) if name in FUNCTIONS else getattr(input, name)(*args, **kwargs)
        return tuple(part.clone() for part in result) if isinstance(result, tuple) else result.clone()
    function.__name__ = name + "_copy"
    return function


for _name in ("alias as_strided detach diagonal expand permute select slice split split_with_sizes squeeze t transpose unbind unfold unsqueeze view "
              "view_as_complex view_as_real").split():
    FUNCTIONS[_name + "_copy"] = _copier(_name)
FUNCTIONS["alias_copy"] = lambda input: input.clone()
FUNCTIONS["unsafe_chunk"], FUNCTIONS["unsafe_split"] = FUNCTIONS["chunk"], FUNCTIONS["split"]
Tensor.unsafe_chunk, Tensor.unsafe_split = Tensor.chunk, Tensor.split
FUNCTIONS["unsafe_split_with_sizes"] = Tensor.unsafe_split_with_sizes = Tensor.split_with_sizes
FUNCTIONS["split_with_sizes"] = Tensor.split_with_sizes
for _name in ("fill", "zero"):
    FUNCTIONS[_name + "_"] = getattr(Tensor, _name + "_")
FUNCTIONS["fill"] = lambda input, value: input.clone().fill_(value)
FUNCTIONS["detach_"] = Tensor.detach_


@public(function_only=True)
def empty_strided(size, stride, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    return lay_out(empty(size, dtype=dtype, requires_grad=requires_grad), list(stride))


@public(function_only=True)
def empty_permuted(size, physical_layout, *, dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False):
    return lay_out(empty(size, dtype=dtype, requires_grad=requires_grad), strides_in_order(size, physical_layout))


@method
def new_empty_strided(self, size, stride, dtype=None, device=None, requires_grad=False, layout=None, pin_memory=False):
    return lay_out(empty(size, dtype=dtype or self.dtype, requires_grad=requires_grad), list(stride))


@public(function_only=True)
def frombuffer(buffer, *, dtype, count=-1, offset=0, requires_grad=False):
    """The numbers that a buffer's bytes are, little-endian."""
    import array
    codes = {"float32": "f", "float64": "d", "int64": "q", "int32": "i", "int16": "h", "int8": "b", "uint8": "B"}
    if dtype.name not in codes:
        raise UnsupportedError(f"torch.frombuffer of {dtype} is not supported yet")
    numbers = array.array(codes[dtype.name])
    data = bytes(buffer)[offset:]
    numbers.frombytes(data[:len(data) // numbers.itemsize * numbers.itemsize if count < 0 else count * numbers.itemsize])
    return tensor(list(numbers), dtype=dtype, requires_grad=requires_grad)


@method
def sum_to_size(self, *size):
    wanted = shape_of(size)
    own = self.value.shape
    if len(wanted) > len(own) or any(n != 1 and n != size for n, size in zip(reversed(wanted), reversed(own))):
        raise RuntimeError(f"size {{{wanted}}} is not expandable to size {{{list(self.value.shape)}}}.")
    extra = self.dim() - len(wanted)
    axes = [*range(extra), *(d + extra for d, n in enumerate(wanted) if n == 1 and self.value.shape[d + extra] != 1)]
    return (self.sum(axes, keepdim=True) if axes else self).reshape(wanted)


@method
def as_subclass(self, cls):
    return self.view_of(into=cls) if not self.requires_grad else cls(self)


@method
def apply_(self, callable):
    """Calls a Python function for each element."""
    return write(self, tensor([callable(number) for number in self.reshape(-1).tolist()], dtype=self.dtype).reshape(self.shape))


@method
def map_(self, tensor, callable):
    from ._creation import tensor as made
    pairs = zip(self.reshape(-1).tolist(), tensor.expand(self.shape).reshape(-1).tolist())
    return write(self, made([callable(*pair) for pair in pairs], dtype=self.dtype).reshape(self.shape))


Tensor.swapaxes_ = Tensor.swapdims_ = Tensor.transpose_
Tensor.is_cpu, Tensor.is_mkldnn, Tensor.is_ipu, Tensor.is_maia, Tensor.is_mtia, Tensor.is_vulkan, Tensor.is_xla = True, False, False, False, False, False, False
Tensor.is_sparse_csr, Tensor.output_nr, Tensor.name = False, 0, None
Tensor.record_stream = lambda self, stream: None
del _name
