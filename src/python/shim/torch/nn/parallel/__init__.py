"""torch.nn.parallel: wrappers that call their module, since there is one device and one process."""
import contextlib

from ..modules.module import Module

__all__ = ["DataParallel", "DistributedDataParallel"]


class _Wrapper(Module):
    def __init__(self, module, *args, **options):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class DataParallel(_Wrapper):
    """Calls its module: there is one device."""


class DistributedDataParallel(_Wrapper):
    """Calls its module: there is one process."""

    def no_sync(self):
        return contextlib.nullcontext()
