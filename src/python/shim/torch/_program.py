"""Functions of the module torch that are about the program, not about tensors: saving, compiling, settings, questions."""
import contextlib

from _lens.door import UnsupportedError

from ._dtype import promote_types, scalar_dtype
from ._generator import manual_seed
from ._pickling import load, save  # noqa: F401
from ._tensor import Tensor

__all__ = ["_assert", "can_cast", "compile", "fork_rng", "get_num_threads", "is_floating_point", "is_tensor", "load", "numel", "result_type",
           "save", "set_default_device", "set_float32_matmul_precision", "set_num_threads",
           "use_deterministic_algorithms", "are_deterministic_algorithms_enabled", "is_storage", "typename", "vmap", "random"]

# Functions of torch.nn.functional that are also functions of torch, by the same name.
ALSO_FUNCTIONAL = (
    "batch_norm", "group_norm", "layer_norm", "rms_norm", "instance_norm", "dropout", "alpha_dropout", "prelu", "celu", "celu_", "selu_",
    "relu_", "rrelu", "threshold", "bilinear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
    "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "adaptive_avg_pool1d", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle",
    "cosine_similarity", "pairwise_distance", "hardshrink", "embedding_bag", "ctc_loss", "adaptive_max_pool1d", "max_pool1d_with_indices",
    "rrelu_", "cosine_embedding_loss", "hinge_embedding_loss", "margin_ranking_loss", "triplet_margin_loss", "binary_cross_entropy_with_logits", "kl_div", "poisson_nll_loss",
)


def _assert(condition, message):
    assert condition, message


def is_tensor(obj):
    return isinstance(obj, Tensor)


def _assert(condition, message):
    """`assert` as a function, which tracers keep."""
    assert condition, message


def is_storage(obj):
    return False


def is_floating_point(input):
    return input.is_floating_point()


def numel(input):
    return input.numel()


def typename(obj):
    return obj.type() if isinstance(obj, Tensor) else f"{type(obj).__module__}.{type(obj).__name__}".removeprefix("builtins.")


def result_type(tensor1, tensor2):
    """The type of an operation on both; a number or a tensor of rank 0 gives way to a tensor of its category."""
    if not isinstance(tensor2, Tensor):
        return scalar_dtype(tensor2, tensor1.dtype)
    if not isinstance(tensor1, Tensor):
        return scalar_dtype(tensor1, tensor2.dtype)
    if (tensor1.dim() == 0) != (tensor2.dim() == 0):
        scalar, other = (tensor1, tensor2) if tensor1.dim() == 0 else (tensor2, tensor1)
        return other.dtype if scalar.dtype.category <= other.dtype.category else scalar.dtype
    return promote_types(tensor1.dtype, tensor2.dtype)


def can_cast(from_, to):
    return from_.category <= to.category


def compile(model=None, **options):
    """The model itself: what is recorded is a graph already."""
    return model if model is not None else lambda function: function


def vmap(func, in_dims=0, out_dims=0, **options):
    raise UnsupportedError("torch.vmap is not supported yet")


def set_default_device(device):
    """Everything is recorded in one place."""


def set_num_threads(count):
    """The engine chooses its threads itself."""


def get_num_threads():
    return 1


def set_float32_matmul_precision(precision):
    """Products are computed in full float32."""


def use_deterministic_algorithms(mode, *, warn_only=False):
    """Everything is deterministic."""


def are_deterministic_algorithms_enabled():
    return True


@contextlib.contextmanager
def fork_rng(devices=None, enabled=True):
    raise UnsupportedError("torch.random.fork_rng is not supported yet")
    yield


class random:
    """torch.random"""

    manual_seed = staticmethod(manual_seed)
    fork_rng = staticmethod(fork_rng)
