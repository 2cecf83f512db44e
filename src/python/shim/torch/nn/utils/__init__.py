"""torch.nn.utils: gradient clipping, vectors of parameters, weights that are normalized."""
import sys

from . import fusion, parametrizations, parametrize, prune, rnn, stateless
from ._spectral_norm import remove_spectral_norm, spectral_norm
from ._weight_norm import remove_weight_norm, weight_norm
from .fusion import fuse_conv_bn_eval, fuse_conv_bn_weights, fuse_linear_bn_eval, fuse_linear_bn_weights
from ..._apply import write
from ..._creation import tensor
from ..._generator import get_rng_state, set_rng_state
from ..._grad_mode import no_grad
from ..._joining import cat, stack
from ..._reductions import vector_norm
from ..._tensor import Tensor
from ..modules.conv import Conv2d, Conv3d, ConvTranspose2d, ConvTranspose3d

__all__ = ["clip_grad_norm", "clip_grad_norm_", "clip_grad_value_", "clip_grads_with_norm_", "convert_conv2d_weight_memory_format",
           "convert_conv3d_weight_memory_format", "fuse_conv_bn_eval", "fuse_conv_bn_weights", "fuse_linear_bn_eval", "fuse_linear_bn_weights", "fusion",
           "get_total_norm", "parameters_to_vector", "parametrizations", "parametrize", "prune", "remove_spectral_norm", "remove_weight_norm", "rnn",
           "skip_init", "spectral_norm", "stateless", "vector_to_parameters", "weight_norm"]


def _gradients(parameters):
    parameters = [parameters] if isinstance(parameters, Tensor) else parameters
    return [parameter.grad for parameter in parameters if parameter.grad is not None]


@no_grad()
def get_total_norm(tensors, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    norms = [vector_norm(gradient, norm_type) for gradient in ([tensors] if isinstance(tensors, Tensor) else tensors)]
    total = vector_norm(stack(norms), norm_type) if norms else tensor(0.0)
    if error_if_nonfinite and not total.isfinite().item():
        raise RuntimeError(f"The total norm of order {float(norm_type)} for gradients from `parameters` is non-finite, so it cannot be clipped. To disable this "
                           "error and scale the gradients by the non-finite norm anyway, set `error_if_nonfinite=False`")
    return total


@no_grad()
def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    """Scales all gradients so that their total norm is at most `max_norm`; returns the norm before."""
    parameters = [parameters] if isinstance(parameters, Tensor) else list(parameters)
    total = get_total_norm(_gradients(parameters), norm_type, error_if_nonfinite)
    clip_grads_with_norm_(parameters, max_norm, total)
    return total


@no_grad()
def clip_grads_with_norm_(parameters, max_norm, total_norm, foreach=None):
    """As `clip_grad_norm_`, by a norm that is known."""
    scale = (float(max_norm) / (total_norm + 1e-6)).clamp(max=1.0)
    for gradient in _gradients(parameters):
        write(gradient, gradient * scale)


clip_grad_norm = clip_grad_norm_


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


def skip_init(module_cls, *args, **kwargs):
    """The module with weights that are not drawn: PyTorch leaves what was in memory, here it is zero."""
    kwargs.pop("device", None)
    before = get_rng_state()
    module = module_cls(*args, **kwargs)
    set_rng_state(before)
    with no_grad():
        for parameter in module.parameters():
            parameter.zero_()
    return module


def convert_conv2d_weight_memory_format(module, memory_format):
    """The weights of all convolutions within the module, in that order of memory."""
    return _with_weights_in(module, memory_format, (Conv2d, ConvTranspose2d))


def convert_conv3d_weight_memory_format(module, memory_format):
    return _with_weights_in(module, memory_format, (Conv3d, ConvTranspose3d))


def _with_weights_in(module, memory_format, classes):
    for each in module.modules():
        if isinstance(each, classes):
            each.weight.data = each.weight.detach().clone(memory_format=memory_format)
    return module


# PyTorch's own files, where these names are imported from them.
for _name in ("clip_grad", "convert_parameters", "memory_format", "init"):
    sys.modules[f"{__name__}.{_name}"] = sys.modules[__name__]
del _name
