"""Spectral normalization (Miyato et al. 2018): a weight divided by its largest singular value, which power iteration estimates."""
from ..._apply import write
from ..._grad_mode import no_grad
from .._normalization import normalize
from ..modules.conv import _ConvTranspose
from ..parameter import Parameter
from ._norm_hooks import refuse_second, taken


def default_dim(module):
    """The axis of a layer's outputs."""
    return 1 if isinstance(module, _ConvTranspose) else 0


def as_matrix(weight, dim):
    if dim != 0:
        weight = weight.permute(dim, *[axis for axis in range(weight.dim()) if axis != dim])
    return weight.flatten(1)


@no_grad()
def drawn_vectors(matrix, eps):
    """First guesses of the left and right singular vectors."""
    height, width = matrix.shape
    return tuple(normalize(matrix.new_empty(size).normal_(0, 1), dim=0, eps=eps).detach() for size in (height, width))


def divided(weight, matrix, u, v):
    """weight / uᵀWv; the vectors count as constants."""
    u, v = u.detach().clone(), v.detach().clone()
    return weight / u.dot(matrix.mv(v))


class SpectralNorm:
    """Before each call makes the weight of `…_orig`, after iterations on `…_u` and `…_v` in training."""

    def __init__(self, name, n_power_iterations, dim, eps):
        if n_power_iterations <= 0:
            raise ValueError(f"Expected n_power_iterations to be positive, but got n_power_iterations={n_power_iterations}")
        self.name, self.n_power_iterations, self.dim, self.eps = name, n_power_iterations, dim, eps

    def compute_weight(self, module, do_power_iteration):
        weight, u, v = (getattr(module, self.name + suffix) for suffix in ("_orig", "_u", "_v"))
        matrix = as_matrix(weight, self.dim)
        if do_power_iteration:
            with no_grad():
                for _ in range(self.n_power_iterations):
                    write(v, normalize(matrix.detach().t().mv(u), dim=0, eps=self.eps))
                    write(u, normalize(matrix.detach().mv(v), dim=0, eps=self.eps))
        return divided(weight, matrix, u, v)

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module, module.training))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    refuse_second(module, SpectralNorm, name, "spectral_norm")
    hook = SpectralNorm(name, n_power_iterations, default_dim(module) if dim is None else dim, eps)
    weight = module._parameters[name]
    if weight is None:
        raise ValueError(f"`SpectralNorm` cannot be applied as parameter `{name}` is None")
    u, v = drawn_vectors(as_matrix(weight, hook.dim), eps)
    delattr(module, name)
    module.register_parameter(name + "_orig", weight)
    setattr(module, name, weight.detach())
    module.register_buffer(name + "_u", u)
    module.register_buffer(name + "_v", v)
    module.register_forward_pre_hook(hook)
    return module


def remove_spectral_norm(module, name="weight"):
    weight = taken(module, SpectralNorm, name, "spectral_norm").compute_weight(module, False)
    for member in (name, name + "_u", name + "_v", name + "_orig"):
        delattr(module, member)
    module.register_parameter(name, Parameter(weight.detach()))
    return module
