"""torch.nn"""
from .. import _public_names
from . import attention, common_types, functional, init, modules, parallel, parameter, quantized, utils
from .modules import *
from .modules.loss import LinearCrossEntropyOptions
from .parallel import DataParallel
from .parameter import Buffer, Parameter, UninitializedBuffer, UninitializedParameter

__all__ = [*modules.__all__, "Buffer", "DataParallel", "LinearCrossEntropyOptions", "Parameter", "UninitializedParameter", "functional", "init", "modules", "parallel", "parameter", "utils"]


def __getattr__(name):
    return _public_names.attribute("torch.nn", name)
