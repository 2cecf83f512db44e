"""A convolution, a norm with its activation (under the name `bn`), and anti-aliasing where there is a stride."""
from torch import nn

from .blur_pool import create_aa
from .create_conv2d import create_conv2d
from .create_norm_act import get_norm_act_layer


class ConvNormAct(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size=1, stride=1, padding="", dilation=1, groups=1, bias=False, apply_norm=True, apply_act=True,
                 norm_layer=nn.BatchNorm2d, act_layer=nn.ReLU, aa_layer=None, drop_layer=None, conv_kwargs=None, norm_kwargs=None, act_kwargs=None):
        super().__init__()
        use_aa = aa_layer is not None and stride > 1
        self.conv = create_conv2d(
            in_channels, out_channels, kernel_size, stride=1 if use_aa else stride, padding=padding, dilation=dilation, groups=groups, bias=bias,
            **(conv_kwargs or {}))
        if apply_norm:
            drop = {"drop_layer": drop_layer} if drop_layer else {}
            self.bn = get_norm_act_layer(norm_layer, act_layer)(
                out_channels, apply_act=apply_act, act_kwargs=act_kwargs or {}, **{**(norm_kwargs or {}), **drop})
        else:
            self.bn = nn.Sequential()
            if drop_layer:
                self.bn.add_module("drop", drop_layer())
        self.aa = create_aa(aa_layer, out_channels, stride=stride, enable=use_aa, noop=None)

    in_channels = property(lambda self: self.conv.in_channels)
    out_channels = property(lambda self: self.conv.out_channels)

    def forward(self, x):
        x = self.bn(self.conv(x))
        return x if self.aa is None else self.aa(x)


ConvBnAct = ConvNormActAa = ConvNormAct
