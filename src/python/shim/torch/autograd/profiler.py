"""torch.autograd.profiler: contexts that change nothing, since nothing is computed when an operation is recorded."""
from ..profiler import profile, record_function

__all__ = ["emit_itt", "emit_nvtx", "profile", "record_function"]

emit_nvtx = emit_itt = profile
