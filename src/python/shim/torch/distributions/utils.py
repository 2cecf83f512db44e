"""torch.distributions.utils: what distributions of the user's own are written with."""
from .._dtype import finfo
from .._reductions import softmax
from .._tensor import Tensor
from ._matrix_transforms import matrix_of_vector, vector_of_matrix
from .distribution import as_tensors

__all__ = ["broadcast_all", "logits_to_probs", "clamp_probs", "probs_to_logits", "lazy_property", "tril_matrix_to_vec", "vec_to_tril_matrix"]

euler_constant = 0.57721566490153286060


def broadcast_all(*values):
    if not all(isinstance(value, (Tensor, int, float)) for value in values):
        raise ValueError("Input arguments must all be instances of Number, torch.Tensor or objects implementing __torch_function__.")
    return as_tensors(*values)


def logits_to_probs(logits, is_binary=False):
    return logits.sigmoid() if is_binary else softmax(logits, -1)


def clamp_probs(probs):
    margin = finfo(probs.dtype).eps
    return probs.clamp(min=margin, max=1 - margin)


def probs_to_logits(probs, is_binary=False):
    inside = clamp_probs(probs)
    return inside.log() - (-inside).log1p() if is_binary else inside.log()


class lazy_property:
    """Computed when it is first asked for, and kept in the object."""

    def __init__(self, wrapped):
        self.wrapped, self.__doc__ = wrapped, wrapped.__doc__

    def __get__(self, instance, obj_type=None):
        if instance is None:
            return property(self.wrapped)
        from .._grad_mode import enable_grad
        with enable_grad():
            value = self.wrapped(instance)
        setattr(instance, self.wrapped.__name__, value)
        return value


def tril_matrix_to_vec(mat, diag=0):
    return vector_of_matrix(mat, diag)


def vec_to_tril_matrix(vec, diag=0):
    return matrix_of_vector(vec, diag)
