"""torch.sparse: a sparse matrix is held dense here, with the same numbers; its functions are those of dense matrices."""
from _lens.door import UnsupportedError

from .._creation import as_tensor, zeros
from .._dtype import int64
from .._joining import stack
from .._products import mm as _mm
from .._reductions import log_softmax, softmax, sum
from .._registry import FUNCTIONS, method
from .._tensor import Tensor

__all__ = ["FloatTensor", "addmm", "log_softmax", "mm", "softmax", "sum"]


def sparse_coo_tensor(indices, values, size=None, *, dtype=None, device=None, pin_memory=False, requires_grad=False, check_invariants=None,
                      is_coalesced=None):
    """The dense matrix with `values` at `indices` (rank × entries); those of one place are added."""
    indices, values = as_tensor(indices).to(int64), as_tensor(values, dtype=dtype)
    if size is None:
        size = [int(row.max()) + 1 for row in indices]
    dense = zeros(*size, dtype=values.dtype).index_put(tuple(indices), values, accumulate=True)
    dense._lens_entries = indices  # one that is zero is an entry all the same
    return dense.requires_grad_() if requires_grad else dense


def sparse_csr_tensor(crow_indices, col_indices, values, size=None, *, dtype=None, device=None, pin_memory=False, requires_grad=False,
                      check_invariants=None):
    starts = as_tensor(crow_indices).to(int64)
    rows = (starts[1:] - starts[:-1])
    return sparse_coo_tensor(stack([_repeated(rows), as_tensor(col_indices).to(int64)]), values, size or [len(rows), int(as_tensor(col_indices).max()) + 1],
                             dtype=dtype, requires_grad=requires_grad)


def _repeated(counts):
    from .._creation import arange
    return arange(len(counts)).repeat_interleave(counts)


def mm(mat1, mat2, reduce="sum"):
    return _mm(mat1, mat2)


def addmm(mat, mat1, mat2, *, beta=1.0, alpha=1.0):
    return beta * mat + alpha * _mm(mat1, mat2)


def spdiags(*args, **kwargs):
    raise UnsupportedError("torch.sparse.spdiags is not supported yet")


FloatTensor = DoubleTensor = LongTensor = sparse_coo_tensor
FUNCTIONS.update(sparse_coo_tensor=sparse_coo_tensor, sparse_csr_tensor=sparse_csr_tensor, spmm=_mm, smm=_mm, hspmm=_mm)


def _same(self, *args, **kwargs):
    """The matrix is dense already."""
    return self


for _name in ("to_sparse", "to_sparse_coo", "to_sparse_csr", "to_sparse_csc", "coalesce", "to_dense"):
    setattr(Tensor, _name, _same)


@method
def is_coalesced(self):
    return True


@method
def indices(self):
    return self._lens_entries if hasattr(self, "_lens_entries") else self.detach().nonzero().t()


@method
def values(self):
    return self[tuple(indices(self))]


Tensor._indices, Tensor._values = indices, values


@method
def sparse_mask(self, mask):
    return self * (mask != 0).to(self.dtype)


@method
def _nnz(self):
    return int((self.detach() != 0).sum())


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.sparse' has no attribute '{name}'")
    raise UnsupportedError(f"torch.sparse.{name} is not supported yet")
