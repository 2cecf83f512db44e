"""torch.nn"""
from .. import _public_names
from . import functional, init, modules, parameter, utils
from .modules import *  # noqa: F401, F403
from .parameter import Buffer, Parameter, UninitializedParameter

__all__ = [*modules.__all__, "Buffer", "Parameter", "UninitializedParameter", "functional", "init", "modules", "parameter", "utils"]


class DataParallel(modules.Module):
    """Calls its module: there is one device."""

    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


def __getattr__(name):
    raise _public_names.missing("torch.nn", name)
