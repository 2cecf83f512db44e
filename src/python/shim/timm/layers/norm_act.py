"""Norms with an activation behind them, as one layer."""
import torch
from torch import nn

from . import norm
from .create_act import create_act_layer
from .trace_utils import _assert


class _Activated:
    """What follows the norm: `drop`, then `act`. In front of the norm's class."""

    def _follow(self, apply_act, act_layer, act_kwargs, inplace, drop_layer):
        self.drop = nn.Identity() if drop_layer is None else drop_layer()
        act = create_act_layer(act_layer, **{"inplace": inplace, **(act_kwargs or {})}) if apply_act else None
        self.act = nn.Identity() if act is None else act

    def forward(self, x):
        return self.act(self.drop(super().forward(x)))


class BatchNormAct2d(_Activated, nn.BatchNorm2d):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, apply_act=True, act_layer=nn.ReLU, act_kwargs=None,
                 inplace=True, drop_layer=None, device=None, dtype=None):
        super().__init__(num_features, eps=eps, momentum=momentum, affine=affine, track_running_stats=track_running_stats, device=device, dtype=dtype)
        self._follow(apply_act, act_layer, act_kwargs, inplace, drop_layer)

    def forward(self, x):
        _assert(x.ndim == 4, f"expected 4D input (got {x.ndim}D input)")
        return super().forward(x)


class SyncBatchNormAct(nn.SyncBatchNorm):
    """Made by `convert_sync_batchnorm`."""

    def forward(self, x):
        x = super().forward(x)
        for follower in ("drop", "act"):
            if hasattr(self, follower):
                x = getattr(self, follower)(x)
        return x


def convert_sync_batchnorm(module, process_group=None):
    converted = module
    if isinstance(module, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
        cls = SyncBatchNormAct if isinstance(module, BatchNormAct2d) else nn.SyncBatchNorm
        converted = cls(module.num_features, module.eps, module.momentum, module.affine, module.track_running_stats, process_group)
        for name in ("weight", "bias", "running_mean", "running_var", "num_batches_tracked", "training"):
            setattr(converted, name, getattr(module, name))
        if cls is SyncBatchNormAct:
            converted.act, converted.drop = module.act, module.drop
    for name, child in module.named_children():
        converted.add_module(name, convert_sync_batchnorm(child, process_group))
    return converted


class FrozenBatchNormAct2d(nn.Module):
    """Statistics and weights are buffers: nothing is trained."""

    def __init__(self, num_features, eps=1e-5, apply_act=True, act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None):
        super().__init__()
        self.eps = eps
        for name, made in (("weight", torch.ones), ("bias", torch.zeros), ("running_mean", torch.zeros), ("running_var", torch.ones)):
            self.register_buffer(name, made(num_features))
        _Activated._follow(self, apply_act, act_layer, act_kwargs, inplace, drop_layer)

    def forward(self, x):
        weight, bias, mean, variance = (
            part.reshape(1, -1, 1, 1) for part in (self.weight, self.bias, self.running_mean, self.running_var))
        scale = weight * (variance + self.eps).rsqrt()
        return self.act(self.drop(x * scale + (bias - mean * scale)))

    def __repr__(self):
        return f"{type(self).__name__}({self.weight.shape[0]}, eps={self.eps}, act={self.act})"


class GroupNormAct(_Activated, nn.GroupNorm):
    def __init__(self, num_channels, num_groups=32, eps=1e-5, affine=True, group_size=None, apply_act=True, act_layer=nn.ReLU, act_kwargs=None,
                 inplace=True, drop_layer=None):
        if group_size:
            assert num_channels % group_size == 0
            num_groups = num_channels // group_size
        super().__init__(num_groups, num_channels, eps=eps, affine=affine)
        self._follow(apply_act, act_layer, act_kwargs, inplace, drop_layer)


class GroupNorm1Act(_Activated, nn.GroupNorm):
    def __init__(self, num_channels, eps=1e-5, affine=True, apply_act=True, act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None):
        super().__init__(1, num_channels, eps=eps, affine=affine)
        self._follow(apply_act, act_layer, act_kwargs, inplace, drop_layer)


class LayerNormAct(_Activated, nn.LayerNorm):
    def __init__(self, normalization_shape, eps=1e-5, affine=True, apply_act=True, act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None,
                 **kwargs):
        nn.LayerNorm.__init__(self, normalization_shape, eps=eps, elementwise_affine=affine, **kwargs)
        self._follow(apply_act, act_layer, act_kwargs, inplace, drop_layer)


class _RmsNormAct(_Activated):
    def __init__(self, num_channels, eps=1e-6, affine=True, apply_act=True, act_layer=nn.ReLU, act_kwargs=None, inplace=True, drop_layer=None, **kwargs):
        super().__init__(num_channels, eps=eps, affine=affine, **kwargs)
        self._follow(apply_act, act_layer, act_kwargs, inplace, drop_layer)


def _with(normalize):
    return lambda self, x: self.act(self.drop(normalize(self, x)))


def _layer_norm_act(name, normalize):
    return type(name, (nn.LayerNorm,), {
        "__module__": __name__, "__init__": LayerNormAct.__init__, "_follow": _Activated._follow, "forward": _with(normalize)})


LayerNormActFp32 = _layer_norm_act("LayerNormActFp32", norm.LayerNormFp32.forward)
LayerNormAct2d = _layer_norm_act("LayerNormAct2d", norm.LayerNorm2d.forward)
LayerNormAct2dFp32 = _layer_norm_act("LayerNormAct2dFp32", norm.LayerNorm2dFp32.forward)


def _rms_norm_act(name, base, normalize):
    return type(name, (_RmsNormAct, base), {"__module__": __name__, "forward": _with(normalize)})


RmsNormAct = _rms_norm_act("RmsNormAct", norm.RmsNorm, norm.RmsNorm.forward)
RmsNormActFp32 = _rms_norm_act("RmsNormActFp32", norm.RmsNorm, norm.RmsNormFp32.forward)
RmsNormAct2d = _rms_norm_act("RmsNormAct2d", norm.RmsNorm2d, norm.RmsNorm2d.forward)
RmsNormAct2dFp32 = _rms_norm_act("RmsNormAct2dFp32", norm.RmsNorm2d, norm.RmsNorm2dFp32.forward)
