"""Walks over modules, checkpointing of sequences, kernels for another number of channels."""
import math

import torch
from torch.utils.checkpoint import checkpoint as _checkpoint


def named_apply(fn, module, name="", depth_first=True, include_root=False):
    """Calls `fn(module=, name=)` for all modules below, children before or after their parent."""
    if include_root and not depth_first:
        fn(module=module, name=name)
    for child_name, child in module.named_children():
        named_apply(fn, child, f"{name}.{child_name}" if name else child_name, depth_first, include_root=True)
    if include_root and depth_first:
        fn(module=module, name=name)
    return module


def checkpoint(function, *args, use_reentrant=None, **kwargs):
    return _checkpoint(function, *args, use_reentrant=False, **kwargs)


def checkpoint_seq(functions, x, every=1, flatten=False, skip_last=False, use_reentrant=None):
    """Modules one after the other; what they keep for the backward pass is the same here."""
    functions = list(functions.children() if isinstance(functions, torch.nn.Sequential) else functions)
    if flatten:
        functions = [inner for outer in functions for inner in outer]
    for function in functions:
        x = function(x)
    return x


def adapt_input_conv(in_chans, conv_weight):
    """A kernel made for three colours, for one channel (their sum) or another number (repeated, and scaled to the same sum)."""
    kind, weight = conv_weight.dtype, conv_weight.float()
    outs, ins, height, width = weight.shape
    if in_chans == 1:
        weight = weight.reshape(outs, ins // 3, 3, height, width).sum(dim=2) if ins > 3 else weight.sum(dim=1, keepdim=True)
    elif in_chans != 3:
        if ins != 3:
            raise NotImplementedError("Weight format not supported by conversion.")
        weight = weight.repeat(1, math.ceil(in_chans / 3), 1, 1)[:, :in_chans] * (3 / float(in_chans))
    return weight.to(kind)
