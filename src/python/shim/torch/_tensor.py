"""torch.Tensor: what it knows of itself. Operations are added by the files that define them (`_registry.public`).

A tensor is a view of a storage whose value is recorded (`_lens.recording.array`). Beside that it knows PyTorch's autograd state: a leaf
that was asked for gradients, or the result of a differentiable operation, or a view of one of these.
"""
import math
import weakref

from _lens import door
from _lens.recording.array import Array, Storage

from ._device import CPU
from ._formats import STRIDED
from ._dtype import C_TYPES, DTYPES, SCALAR_TYPES, TENSOR_TYPES, dtype_of_tensor_type
from ._history import Node, edge
from ._layout import laid_out_as
from ._public_names import missing
from ._size import Size, axis

# Leaves that require a gradient, and results that keep theirs: what `backward` differentiates by. Keyed by id, since
# `==` of tensors is an operation.
watched = {}


hooked = {}  # results that have hooks, which the graph keeps in PyTorch, whether the file has them still or not


def watch(tensor):
    key = id(tensor)
    watched[key] = weakref.ref(tensor, lambda _: watched.pop(key, None))


class Tensor(Array):
    """A multi-dimensional array of one dtype."""

    __module__ = "torch"  # as PyTorch prints its name

    _requires = False   # a leaf that was asked for a gradient
    _node = None        # the differentiable operation that made it: a `_history.Node`
    _base = None        # the tensor this is a view of, if gradients pass between them
    _viewed_at = 0      # how often the memory had been written to when its node was made
    _made = None        # why autograd does not let it be written to: "no_grad", or (which output, of what) of a function that gave many views
    _is_untracked = False  # `.data`: what is written to it is not counted
    _grad = None
    _hooks = ()
    _accumulated_hooks = ()
    _retains = False    # a result that keeps its gradient
    _of_result = False  # what is written to it reaches a result past autograd: see `_apply.write`
    _is_complex = False
    is_cuda = is_sparse = is_quantized = is_mps = is_meta = is_nested = is_xpu = False
    layout = STRIDED
    names = None
    __array_priority__ = 1000

    def __new__(cls, *data, **ignored):
        from ._creation import legacy_tensor
        made = legacy_tensor(data, ignored)
        result = object.__new__(cls)
        result._init(made._storage, made._steps)
        return result

    def __init__(self, *data, **ignored):
        pass  # `__new__` made it: `Tensor(2, 3)` is a size, not a value

    # What it is

    @property
    def shape(self):
        return Size(self.value.shape)

    @property
    def dtype(self):
        return DTYPES[self.value.dtype]

    @property
    def device(self):
        return CPU

    @property
    def ndim(self):
        return len(self.value.shape)

    @property
    def itemsize(self):
        return self.dtype.itemsize

    @property
    def nbytes(self):
        return self.numel() * self.dtype.itemsize

    def size(self, dim=None):
        return self.shape if dim is None else self.value.shape[self._axis(dim)]

    def dim(self):
        return len(self.value.shape)

    ndimension = dim

    def numel(self):
        return math.prod(self.value.shape)

    nelement = numel

    def element_size(self):
        return self.dtype.itemsize

    def is_floating_point(self):
        return self.dtype.is_floating_point

    def is_complex(self):
        return False

    def is_signed(self):
        return self.dtype.is_signed

    def get_device(self):
        return -1

    def type(self, dtype=None, non_blocking=False):
        if dtype is not None:
            return self.to(dtype_of_tensor_type(dtype))
        name = next(name for name, of in TENSOR_TYPES.items() if of == self.value.dtype)
        return f"torch.{name}"

    def _axis(self, dim):
        return axis(dim, len(self.value.shape))

    def _scalar_type(self):
        return SCALAR_TYPES[self.value.dtype]

    # Autograd

    @property
    def requires_grad(self):
        return self._requires or self._node is not None or (self._base is not None and self._base.requires_grad)

    @requires_grad.setter
    def requires_grad(self, wanted):
        self.requires_grad_(wanted)

    def requires_grad_(self, requires_grad=True):
        if not self.is_leaf:
            if not requires_grad:
                raise RuntimeError("you can only change requires_grad flags of leaf variables. If you want to use a computed "
                                   "variable in a subgraph that doesn't require differentiation use var_no_grad = var.detach().")
            return self
        if requires_grad and not self.dtype.is_floating_point:
            raise RuntimeError("only Tensors of floating point dtype can require gradients")
        if requires_grad and not self._requires and not self._steps:
            self._storage.value = door.record("detach", [self._storage.value])  # no gradient comes by what was computed of it before
        self._requires = bool(requires_grad)
        if requires_grad:
            watch(self)
        else:
            watched.pop(id(self), None)
        return self

    def _as_new_leaf(self):
        """`requires_grad_` of a tensor that was just made, of which nothing was computed yet."""
        if self._steps:
            return self.requires_grad_()
        self._requires = True
        watch(self)
        return self

    @property
    def is_leaf(self):
        return self._requires or not self.requires_grad

    @property
    def grad_fn(self):
        if self.is_leaf:
            return None
        return (edge(self) or Node("as_strided", (self._base,))).shown()

    @property
    def grad(self):
        return self._grad

    @grad.setter
    def grad(self, gradient):
        if gradient is not None and not isinstance(gradient, Tensor):
            raise TypeError(f"assigned grad expected to be a Tensor or None but got grad of type {type(gradient).__name__}")
        if gradient is not None and gradient.value.shape != self.value.shape:
            raise RuntimeError(f"attempting to assign a gradient of size '{list(gradient.value.shape)}' to a tensor of size '{list(self.value.shape)}'. Please "
                               "ensure that the gradient and the tensor are the same size")
        if gradient is not None and gradient.value.dtype != self.value.dtype:
            raise RuntimeError(f"attempting to assign a gradient with dtype '{C_TYPES[gradient.value.dtype]}' to a tensor with grad_dtype "
                               f"'{SCALAR_TYPES[self.value.dtype]}'. The gradient must match the tensor's grad_dtype (defaults to the tensor's dtype). You "
                               "can set the tensor's grad_dtype attribute with a specific dtype, or None to allow any dtype. Set grad_dtype with caution. "
                               "Diverging the dtypes of a tensor and its gradient may break downstream systems that assume they match.")
        self._grad = gradient

    @property
    def retains_grad(self):
        return self._retains and not self.is_leaf

    def retain_grad(self):
        if not self.requires_grad:
            raise RuntimeError("can't retain_grad on Tensor that has requires_grad=False")
        self._retains = True
        watch(self)

    def register_hook(self, hook):
        """Calls `hook(gradient)` when the gradient with respect to this tensor is computed; what it returns replaces it."""
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        from .utils.hooks import RemovableHandle
        if not self._hooks:
            self._hooks = {}
        watch(self)
        if not self.is_leaf:
            hooked[id(self)] = self
        return RemovableHandle(self._hooks, hook)

    def register_post_accumulate_grad_hook(self, hook):
        """Calls `hook(self)` when a gradient was added to `.grad`."""
        from .utils.hooks import RemovableHandle
        if not self.requires_grad:
            raise RuntimeError("cannot register a hook on a tensor that doesn't require gradient")
        if not self.is_leaf:
            raise RuntimeError("post accumulate grad hooks cannot be registered on non-leaf tensors")
        if not self._accumulated_hooks:
            self._accumulated_hooks = {}
        return RemovableHandle(self._accumulated_hooks, hook)

    def backward(self, gradient=None, retain_graph=None, create_graph=False, inputs=None):
        from .autograd import backward
        backward(self, gradient, retain_graph, create_graph, inputs=inputs)

    @property
    def data(self):
        result = self.detach()
        result._is_untracked = True
        return result

    @data.setter
    def data(self, other):
        if not isinstance(other, Tensor):
            raise TypeError("Variable data has to be a tensor, but got " + type(other).__name__)
        if self._requires and not (other.is_floating_point() or other.is_complex()):
            raise RuntimeError("data set to a tensor that requires gradients must be floating point or complex dtype")
        self._init(other._storage, other._steps)
        if other.requires_grad:
            self._steps += (("detach", {}),)

    # Identity

    def __getattr__(self, name):
        error = missing("torch.Tensor", name)
        raise AttributeError(f"'{type(self).__name__}' object has no attribute '{name}'") if isinstance(error, AttributeError) else error

    def __hash__(self):
        return id(self)

    def __deepcopy__(self, memo):
        if not self.is_leaf:
            raise RuntimeError("Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol "
                               "at the moment.  If you were attempting to deepcopy a module, this may be because of a torch.nn.utils.weight_norm "
                               "usage, see https://github.com/pytorch/pytorch/pull/103001")
        result = object.__new__(type(self))
        result._init(Storage(door.record("detach", [self.value])), ())
        laid_out_as(result, self)
        result.__dict__.update({name: item for name, item in self.__dict__.items() if name not in ("_grad", "_hooks", "_base", "_node", "_accumulator", "_made", "_viewed_at")})
        if self._grad is not None:
            result._grad = self._grad.__deepcopy__(memo)
        if self._requires:
            watch(result)
        memo[id(self)] = result
        return result

    def __reduce_ex__(self, protocol):
        from ._pickling import reduced
        return reduced(self)

    def __repr__(self, *, tensor_contents=None):
        from ._printing import tensor_text
        return tensor_text(self)

    def __format__(self, specification):
        if self.dim() == 0:
            return format(self.item(), specification)
        return object.__format__(self, specification)

    def __dir__(self):
        return sorted(set(object.__dir__(self)))



def wrap(value, cls=Tensor):
    """A tensor of its own storage that holds a recorded value."""
    result = object.__new__(cls)
    result._init(Storage(value), ())
    return result
