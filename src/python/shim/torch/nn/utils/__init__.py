"""torch.nn.utils: gradient clipping, vectors of parameters, weights that are normalized."""
from . import parametrizations, parametrize, rnn
from ._spectral_norm import remove_spectral_norm, spectral_norm
from ._weight_norm import remove_weight_norm, weight_norm
from ..._apply import write
from ..._creation import tensor
from ..._grad_mode import no_grad
from ..._joining import cat, stack
from ..._reductions import vector_norm
from ..._tensor import Tensor

__all__ = ["clip_grad_norm_", "clip_grad_value_", "parameters_to_vector", "parametrizations", "parametrize", "remove_spectral_norm",
           "remove_weight_norm", "rnn", "spectral_norm", "vector_to_parameters", "weight_norm"]


def _gradients(parameters):
    parameters = [parameters] if isinstance(parameters, Tensor) else parameters
    return [parameter.grad for parameter in parameters if parameter.grad is not None]


@no_grad()
def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    norms = [vector_norm(gradient, norm_type) for gradient in tensors]
    return vector_norm(stack(norms), norm_type) if norms else tensor(0.0)


@no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    """Scales all gradients so that their total norm is at most `max_norm`; returns the norm before."""
    gradients = _gradients(parameters)
    total = get_total_norm(gradients, norm_type)
    scale = (float(max_norm) / (total + 1e-6)).clamp(max=1.0)
    for gradient in gradients:
        write(gradient, gradient * scale)
    return total


@no_grad()
def clip_grad_value_(parameters, clip_value, foreach=None):
    for gradient in _gradients(parameters):
        write(gradient, gradient.clamp(-float(clip_value), float(clip_value)))


def parameters_to_vector(parameters):
    return cat([parameter.reshape(-1) for parameter in parameters])


def vector_to_parameters(vec, parameters):
    start = 0
    for parameter in parameters:
        count = parameter.numel()
        parameter.data = vec[start:start + count].reshape(parameter.shape).detach()
        start += count
