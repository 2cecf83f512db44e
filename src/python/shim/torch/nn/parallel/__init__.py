"""torch.nn.parallel: wrappers that call their module, since there is one device and one process."""
import contextlib
import sys

from ..modules.module import Module

__all__ = ["DataParallel", "DistributedDataParallel", "data_parallel", "gather", "parallel_apply", "replicate", "scatter"]


class _Wrapper(Module):
    def __init__(self, module, *args, **options):
        super().__init__()
        self.module = module

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)


class DataParallel(_Wrapper):
    """Calls its module: there is one device."""

    def __init__(self, module, device_ids=None, output_device=None, dim=0):
        super().__init__(module)
        self.dim, self.device_ids, self.output_device = dim, device_ids or [], output_device


class DistributedDataParallel(_Wrapper):
    """Calls its module: there is one process."""

    def no_sync(self):
        return contextlib.nullcontext()


def data_parallel(module, inputs, device_ids=None, output_device=None, dim=0, module_kwargs=None):
    inputs = inputs if isinstance(inputs, tuple) else (inputs,)
    return module(*inputs, **(module_kwargs or {}))


def replicate(network, devices, detach=False):
    return [network]


def scatter(inputs, target_gpus, dim=0):
    return [inputs]


def gather(outputs, target_device, dim=0):
    return outputs[0]


def parallel_apply(modules, inputs, kwargs_tup=None, devices=None):
    kwargs_tup = kwargs_tup or [{}] * len(modules)
    return [module(*(input if isinstance(input, tuple) else (input,)), **kwargs) for module, input, kwargs in zip(modules, inputs, kwargs_tup)]


# PyTorch's own files, of which two have the name of a function here.
for _name in ("distributed", "data_parallel", "replicate", "scatter_gather", "parallel_apply"):
    sys.modules[f"{__name__}.{_name}"] = sys.modules[__name__]
distributed = scatter_gather = sys.modules[__name__]
del _name
