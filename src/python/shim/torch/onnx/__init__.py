"""torch.onnx: nothing is written; what exports a model goes on without a file."""
from enum import Enum

from _lens.missing import ghost
from _lens.door import UnsupportedError

__all__ = ["OperatorExportTypes", "TrainingMode", "export", "is_in_onnx_export", "register_custom_op_symbolic"]


class OperatorExportTypes(Enum):
    ONNX = 0
    ONNX_ATEN = 1
    ONNX_ATEN_FALLBACK = 2
    ONNX_FALLTHROUGH = 3


class TrainingMode(Enum):
    EVAL = 0
    PRESERVE = 1
    TRAINING = 2


def export(model, args=(), f=None, **options):
    """Nothing is written to disk. What is to be saved later has no effect."""
    return ghost.Ghost("torch.onnx.ONNXProgram") if f is None or options.get("dynamo") else None


_export = export


def is_in_onnx_export():
    return False


def register_custom_op_symbolic(symbolic_name, symbolic_fn, opset_version):
    """Nothing is exported."""


unregister_custom_op_symbolic = register_custom_op_symbolic


def __getattr__(name):
    """Settings and registries of the exporter: what is done with them has no effect."""
    if name.startswith("_") or not name[0].isupper():
        raise AttributeError(f"module 'torch.onnx' has no attribute '{name}'")
    return ghost.Ghost(f"torch.onnx.{name}")


def dynamo_export(model, *args, **options):
    raise UnsupportedError("torch.onnx.dynamo_export is not supported: no ONNX program is made")
