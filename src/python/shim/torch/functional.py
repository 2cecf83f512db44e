"""torch.functional: functions of torch by their older place."""
import torch as _torch


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.functional' has no attribute '{name}'")
    return getattr(_torch, name)
