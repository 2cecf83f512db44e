"""torch.backends: none of them is there; settings are accepted, also as modules of their own (`import torch.backends.cudnn`)."""
import contextlib
import sys
import types


class _Backend(types.ModuleType):
    """Accepts any setting."""

    def __init__(self, name, **settings):
        super().__init__(f"{__name__}.{name}")
        self.__dict__.update(settings)
        sys.modules[self.__name__] = self

    def is_available(self):
        return False

    is_built = is_macos_or_newer = is_macos13_or_newer = is_available

    def version(self):
        return None

    def flags(self, *args, **settings):
        return contextlib.nullcontext()

    sdp_kernel = verbose = flags

    def set_flags(self, *args, **settings):
        """No setting has an effect."""


def _allowed(*args):
    return True


def _nothing(*args, **settings):
    """No kernel is chosen by this."""


_kernels = {f"{name}_sdp": _nothing for name in ("enable_flash", "enable_math", "enable_mem_efficient", "enable_cudnn")}
_asked = {f"{name}_sdp_enabled": _allowed for name in ("flash", "math", "mem_efficient", "cudnn")}
_fft_plans = types.SimpleNamespace(size=0, max_size=0, clear=_nothing)

cudnn = _Backend("cudnn", enabled=False, benchmark=False, deterministic=False, allow_tf32=True, benchmark_limit=10)
_MATMUL = {"allow_tf32": False, "allow_fp16_reduced_precision_reduction": True, "allow_bf16_reduced_precision_reduction": True}
cuda = _Backend("cuda", matmul=types.SimpleNamespace(**_MATMUL),
                cufft_plan_cache=_fft_plans, preferred_linalg_library=_nothing, preferred_blas_library=_nothing, **_kernels, **_asked)
mps, mkl, openmp, cpu, mha, xnnpack = (_Backend(name) for name in ("mps", "mkl", "openmp", "cpu", "mha", "xnnpack"))
mkldnn = _Backend("mkldnn", enabled=True, deterministic=False)
opt_einsum = _Backend("opt_einsum", enabled=False, strategy=None)
quantized = _Backend("quantized", engine="none", supported_engines=["none"])
cpu.get_cpu_capability = lambda: "DEFAULT"
cusparselt, nnpack, miopen = _Backend("cusparselt"), _Backend("nnpack"), _Backend("miopen")


def begin_run():
    """The settings of matrix products as they are by default; those of a backend itself are names of its module."""
    vars(cuda.matmul).clear()
    vars(cuda.matmul).update(_MATMUL)
