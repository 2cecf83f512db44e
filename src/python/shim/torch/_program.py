"""Functions of the module torch that are about the program, not about tensors: saving, compiling, settings, questions."""
import math

from ._device import CPU
from ._dtype import DTYPES, promote_types, scalar_dtype
from ._generator import get_rng_state, set_rng_state
from ._pickling import load, save
from ._tensor import Tensor
from .func import vmap

__all__ = ["_assert", "can_cast", "compile", "get_rng_state", "get_num_threads", "is_floating_point", "is_tensor", "load", "numel", "result_type",
           "save", "set_default_device", "set_float32_matmul_precision", "set_num_threads",
           "use_deterministic_algorithms", "are_deterministic_algorithms_enabled", "is_storage", "typename", "vmap", "set_rng_state",
           "get_default_device", "get_device", "get_float32_matmul_precision", "get_num_interop_threads", "set_num_interop_threads", "set_flush_denormal",
           "get_deterministic_debug_mode", "set_deterministic_debug_mode", "is_deterministic_algorithms_warn_only_enabled", "is_warn_always_enabled",
           "set_warn_always", "is_anomaly_enabled", "set_anomaly_enabled", "is_autocast_enabled", "is_autocast_cpu_enabled", "get_autocast_dtype",
           "get_autocast_gpu_dtype", "get_autocast_cpu_dtype", "is_autocast_cache_enabled", "set_autocast_enabled", "set_autocast_cache_enabled",
           "clear_autocast_cache", "set_autocast_gpu_dtype", "set_autocast_cpu_dtype", "set_autocast_dtype", "set_autocast_cpu_enabled", "is_vulkan_available",
           "compiled_with_cxx11_abi", "sym_int", "sym_float", "sym_not", "sym_max", "sym_min", "sym_sum", "sym_ite", "sym_sqrt", "get_file_path",
           "autocast_increment_nesting", "autocast_decrement_nesting"]

# Functions of torch.nn.functional that are also functions of torch, by the same name.
ALSO_FUNCTIONAL = (
    "batch_norm", "group_norm", "layer_norm", "rms_norm", "instance_norm", "dropout", "alpha_dropout", "prelu", "celu", "celu_", "selu_",
    "relu_", "rrelu", "threshold", "bilinear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d",
    "max_pool1d", "max_pool2d", "max_pool3d", "avg_pool1d", "adaptive_avg_pool1d", "pixel_shuffle", "pixel_unshuffle", "channel_shuffle",
    "cosine_similarity", "pairwise_distance", "hardshrink", "embedding_bag", "ctc_loss", "adaptive_max_pool1d", "max_pool1d_with_indices",
    "rrelu_", "threshold_", "conv_tbc", "native_channel_shuffle", "cosine_embedding_loss", "hinge_embedding_loss", "margin_ranking_loss", "triplet_margin_loss", "binary_cross_entropy_with_logits", "kl_div", "poisson_nll_loss",
)


def _assert(condition, message):
    assert condition, message


def is_tensor(obj):
    return isinstance(obj, Tensor)


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


def set_default_device(device):
    """Everything is recorded in one place."""


def set_num_threads(int):
    """The engine chooses its threads itself."""


def get_num_threads():
    return 1


def set_float32_matmul_precision(precision):
    """Products are computed in full float32."""


def use_deterministic_algorithms(mode, *, warn_only=False):
    """Everything is deterministic."""


def are_deterministic_algorithms_enabled():
    return True


def get_default_device():
    return CPU


def get_device(input):
    return -1


def get_float32_matmul_precision():
    return "highest"


def get_num_interop_threads():
    return 1


def _setting(*args, **kwargs):
    """A setting that changes nothing here."""


set_num_interop_threads = set_deterministic_debug_mode = set_warn_always = set_anomaly_enabled = _setting
set_autocast_enabled = set_autocast_cache_enabled = clear_autocast_cache = set_autocast_gpu_dtype = set_autocast_cpu_dtype = _setting
set_autocast_dtype = set_autocast_cpu_enabled = _setting


def _no(*args, **kwargs):
    """Whether something is on that is never on here."""
    return False


is_deterministic_algorithms_warn_only_enabled = is_warn_always_enabled = is_anomaly_enabled = is_autocast_enabled = is_autocast_cpu_enabled = _no
is_vulkan_available = compiled_with_cxx11_abi = _no


def is_autocast_cache_enabled():
    return True


def autocast_increment_nesting():
    return 1


def autocast_decrement_nesting():
    return 0


def get_deterministic_debug_mode():
    return 0


def set_flush_denormal(mode):
    return False


def get_autocast_dtype(device_type):
    return DTYPES["bfloat16" if device_type == "cpu" else "float16"]


def get_autocast_gpu_dtype():
    return DTYPES["float16"]


def get_autocast_cpu_dtype():
    return DTYPES["bfloat16"]


def get_file_path(*path_components):
    return "/".join(("", *path_components))


def sym_int(a):
    return int(a)


def sym_float(a):
    return float(a)


def sym_not(a):
    return not a


def sym_max(a, b):
    return max(a, b)


def sym_min(a, b):
    return min(a, b)


def sym_sum(args):
    return sum(args)


def sym_ite(b, t, f):
    return t if b else f


def sym_sqrt(a):
    return math.sqrt(a)
