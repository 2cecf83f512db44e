"""torch.linalg: norms and products. Decompositions are not there yet."""
from _lens.door import UnsupportedError

from .._products import matmul, outer
from .._reductions import vector_norm
from .._views import diagonal

__all__ = ["diagonal", "matmul", "matrix_norm", "multi_dot", "norm", "outer", "vector_norm"]


def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    """A vector norm, or the Frobenius norm of matrices."""
    if ord not in (None, "fro") and (isinstance(dim, tuple) or dim is None and A.dim() == 2):
        return matrix_norm(A, ord, dim or (-2, -1), keepdim)
    return vector_norm(A, 2 if ord in (None, "fro") else ord, dim, keepdim)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, *, dtype=None, out=None):
    if ord == "fro":
        return vector_norm(A, 2, dim, keepdim)
    if ord in (1, float("inf")):
        summed, along = dim if ord == 1 else dim[::-1]
        sums = A.abs().sum(summed, keepdim=True).amax(along, keepdim=True)
        return sums if keepdim else sums.squeeze(dim)
    raise UnsupportedError(f"torch.linalg.matrix_norm with ord={ord!r} is not supported yet")


def multi_dot(tensors, *, out=None):
    result = tensors[0]
    for tensor in tensors[1:]:
        result = matmul(result, tensor)
    return result


def cross(input, other, *, dim=-1):
    """The vector product along an axis of three."""
    return input.roll(-1, dim) * other.roll(-2, dim) - input.roll(-2, dim) * other.roll(-1, dim)


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.linalg' has no attribute '{name}'")
    raise UnsupportedError(f"torch.linalg.{name} is not supported yet")
