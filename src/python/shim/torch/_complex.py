"""Complex tensors: a real tensor of pairs (real, imaginary) in a last axis that is not shown.

The graph has real numbers only, as PyTorch's gradients of complex numbers are those of the pair. What is defined of complex numbers is
in `_complex_math`; every other operation refuses them (`_apply.refuse_complex`).
"""
from ._apply import apply, refuse_complex, result_of
from ._dtype import DTYPES, REAL_OF, dtype_of, dtype_of_tensor_type
from ._size import Size, axis
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
            return self.to(dtype_of_tensor_type(dtype))
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

    _as_new_leaf = requires_grad_

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

    def register_hook(self, hook):
        def of_the_pairs(gradient):
            replaced = hook(of_pairs(gradient))
            return None if replaced is None else replaced._pairs
        return self._pairs.register_hook(of_the_pairs)

    def retain_grad(self):
        self._pairs.retain_grad()

    @property
    def retains_grad(self):
        return self._pairs.retains_grad

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
