"""Complex tensors: a real tensor of pairs (real, imaginary) in a last axis that is not shown.

The graph has real numbers only, as PyTorch's gradients of complex numbers are those of the pair. What is defined of complex numbers is
in `_complex_math`; every other operation refuses them (`_apply.refuse_complex`).
"""
from ._apply import apply, refuse_complex, result_of
from ._dtype import DTYPES, REAL_OF, dtype_of
from ._size import Size, axis, shape_of
from ._tensor import Tensor

_COMPLEX_OF = {real: name for name, real in REAL_OF.items()}


class ComplexTensor(Tensor):
    """A view of a real tensor's pairs."""

    _is_complex = True
    _pairs = None

    # What it is

    @property
    def shape(self):
        return Size(self.value.shape[:-1])

    @property
    def dtype(self):
        return DTYPES[_COMPLEX_OF[self.value.dtype]]

    @property
    def ndim(self):
        return self.dim()

    def dim(self):
        return len(self.value.shape) - 1

    def numel(self):
        return self._pairs.numel() // 2

    nelement = numel
    ndimension = dim

    def is_complex(self):
        return True

    def is_floating_point(self):
        return False

    def size(self, dim=None):
        return self.shape if dim is None else self.shape[axis(dim, self.dim())]

    def type(self, dtype=None, non_blocking=False):
        if dtype is not None:
            return self.to(dtype_of(dtype))
        return "torch.Complex" + ("DoubleTensor" if self.value.dtype == "float64" else "FloatTensor")

    def _axis(self, dim):
        return axis(dim, self.dim())

    def _scalar_type(self):
        return "Complex" + self._pairs._scalar_type()

    def __len__(self):
        if self.dim() == 0:
            raise TypeError("len() of a 0-d tensor")
        return self.shape[0]

    def __iter__(self):
        if self.dim() == 0:
            raise TypeError("iteration over a 0-d tensor")
        return iter(self.unbind(0))

    # Autograd: that of the pairs

    @property
    def requires_grad(self):
        return self._pairs.requires_grad

    @requires_grad.setter
    def requires_grad(self, wanted):
        self._pairs.requires_grad_(wanted)

    def requires_grad_(self, requires_grad=True):
        self._pairs.requires_grad_(requires_grad)
        return self

    @property
    def is_leaf(self):
        return self._pairs.is_leaf

    @property
    def grad_fn(self):
        return self._pairs.grad_fn

    @property
    def grad(self):
        return None if self._pairs.grad is None else of_pairs(self._pairs.grad)

    @grad.setter
    def grad(self, gradient):
        self._pairs.grad = None if gradient is None else gradient._pairs

    @property
    def data(self):
        return self.detach()

    # Python

    def _numbers(self):
        from ._conversion import numbers
        flat = numbers(self._pairs)
        return list(map(complex, flat[::2], flat[1::2]))

    def item(self):
        if self.numel() != 1:
            raise RuntimeError(f"a Tensor with {self.numel()} elements cannot be converted to Scalar")
        return self._numbers()[0]

    def tolist(self):
        from ._conversion import nested
        return nested(self._numbers(), tuple(self.shape))

    def __bool__(self):
        return bool(self.item())

    def __deepcopy__(self, memo):
        return of_pairs(self._pairs.__deepcopy__(memo))

    def numpy(self, *, force=False):
        refuse_complex("numpy")

    def to(self, *args, dtype=None, device=None, non_blocking=False, copy=False, memory_format=None):
        from ._conversion import dtype_in
        wanted = dtype_of(dtype) if dtype is not None else dtype_in(args)
        if wanted is None or wanted is self.dtype:
            return self.clone() if copy else self
        if wanted.is_complex:
            return of_pairs(self._pairs.to(DTYPES[REAL_OF[wanted.name]]))
        return self._pairs.select(-1, 0).to(wanted)  # PyTorch warns that it discards the imaginary part


ComplexTensor.__name__ = ComplexTensor.__qualname__ = "Tensor"
ComplexTensor.__module__ = Tensor.__module__


def of_pairs(pairs, operation=None, cls=ComplexTensor):
    """The complex tensor of a real one whose last axis has size 2; `operation` names its backward function."""
    if operation is not None:
        pairs = result_of(pairs.value, (pairs,), operation)
    result = object.__new__(cls)
    result._init(pairs._storage, pairs._steps)
    result._pairs = pairs
    return result


def of_parts(real, imaginary, operation):
    """The complex tensor of two real ones of one shape."""
    shape = list(real.value.shape)
    parts = [apply("reshape", part, shape=[*shape, 1]) for part in (real, imaginary)]
    return of_pairs(apply("cat", *parts, operation=operation, dim=len(shape)))


def parts_of(tensor):
    """(real, imaginary) as real tensors; of a real one the imaginary part is None."""
    if isinstance(tensor, ComplexTensor):
        return tensor._pairs.select(-1, 0), tensor._pairs.select(-1, 1)
    return tensor, None


def pairs_of(tensor):
    """The pairs of a complex or real tensor."""
    if isinstance(tensor, ComplexTensor):
        return tensor._pairs
    from ._dtype import get_default_dtype
    if not tensor.is_floating_point():
        tensor = tensor.to(get_default_dtype())
    shape = list(tensor.value.shape)
    return apply("pad", apply("reshape", tensor, shape=[*shape, 1]), pads=[*([0, 0] for _ in shape), [0, 1]], mode="constant", value=0)


# Operations on shape: those of the pairs, of which the last axis stays

def _along(name):
    """A method whose first argument (or `dim`) is one axis, or a tuple of them, of what is shown."""
    def method(self, *args, **kwargs):
        def shown(dim):
            return [axis(d, self.dim()) for d in dim] if isinstance(dim, (tuple, list)) else axis(dim, self.dim())
        if "dim" in kwargs:
            kwargs["dim"] = shown(kwargs["dim"])
        else:
            args = (shown(args[0]), *args[1:])
        result = getattr(self._pairs, name)(*args, **kwargs)
        return tuple(map(of_pairs, result)) if isinstance(result, tuple) else of_pairs(result)
    method.__name__ = name
    return method


def _sized(name):
    """A method of sizes, to which those of the pair are added."""
    def method(self, *sizes):
        return of_pairs(getattr(self._pairs, name)(*shape_of(sizes), {"repeat": 1}.get(name, 2)))
    method.__name__ = name
    return method


for _name in ("narrow", "select", "index_select", "flip"):
    setattr(ComplexTensor, _name, _along(_name))
for _name in ("reshape", "view", "expand", "repeat"):
    setattr(ComplexTensor, _name, _sized(_name))
for _name in ("clone", "detach", "contiguous"):
    setattr(ComplexTensor, _name, (lambda name: lambda self, *args, **kwargs: of_pairs(getattr(self._pairs, name)()))(_name))


def _method(function):
    setattr(ComplexTensor, function.__name__, function)
    return function


@_method
def permute(self, *dims):
    return of_pairs(self._pairs.permute(*(axis(d, self.dim()) for d in shape_of(dims)), self.dim()))


@_method
def transpose(self, dim0, dim1):
    return of_pairs(self._pairs.transpose(axis(dim0, self.dim()), axis(dim1, self.dim())))


@_method
def movedim(self, source, destination):
    places = [[axis(d, self.dim()) for d in ([given] if isinstance(given, int) else given)] for given in (source, destination)]
    return of_pairs(self._pairs.movedim(*places))


@_method
def t(self):
    return self if self.dim() < 2 else transpose(self, 0, 1)


@_method
def squeeze(self, dim=None):
    dims = range(self.dim()) if dim is None else [dim] if isinstance(dim, int) else dim
    gone = {axis(d, self.dim()) for d in dims}
    return self.reshape([size for d, size in enumerate(self.shape) if d not in gone or size != 1])


@_method
def unsqueeze(self, dim):
    return of_pairs(self._pairs.unsqueeze(axis(dim, self.dim() + 1)))


@_method
def flatten(self, start_dim=0, end_dim=-1):
    if self.dim() == 0:
        return self.reshape(1)
    return of_pairs(self._pairs.flatten(axis(start_dim, self.dim()), axis(end_dim, self.dim())))


@_method
def unflatten(self, dim, sizes):
    return of_pairs(self._pairs.unflatten(axis(dim, self.dim()), sizes))


@_method
def unbind(self, dim=0):
    return tuple(map(of_pairs, self._pairs.unbind(axis(dim, self.dim()))))


@_method
def split(self, split_size, dim=0):
    return tuple(map(of_pairs, self._pairs.split(split_size, axis(dim, self.dim()))))


@_method
def chunk(self, chunks, dim=0):
    return tuple(map(of_pairs, self._pairs.chunk(chunks, axis(dim, self.dim()))))


@_method
def roll(self, shifts, dims=None):
    if dims is None:
        return self.reshape(-1).roll(shifts, 0).reshape(self.shape)
    return of_pairs(self._pairs.roll(shifts, axis(dims, self.dim()) if isinstance(dims, int) else [axis(d, self.dim()) for d in dims]))


@_method
def view_as(self, other):
    return self.view(other.size())


@_method
def expand_as(self, other):
    return self.expand(*other.size())


def _key(self, index):
    """An index of what is shown, as one of the pairs: the last axis stays whole."""
    items = index if isinstance(index, tuple) else (index,)
    return (*items, slice(None)) if any(item is Ellipsis for item in items) else (*items, Ellipsis)


@_method
def __getitem__(self, index):
    return of_pairs(self._pairs[_key(self, index)])


@_method
def __setitem__(self, index, value):
    from ._complex_math import as_complex
    self._pairs[_key(self, index)] = as_complex(value, self.dtype)._pairs


ComplexTensor.T = property(lambda self: self.permute(list(range(self.dim()))[::-1]))
ComplexTensor.mT = property(lambda self: self.transpose(-2, -1))
del _name
