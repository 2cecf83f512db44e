"""torchvision.ops.misc: blocks that the model families are built of."""
import warnings

import torch
from torch import nn

interpolate = nn.functional.interpolate


class FrozenBatchNorm2d(nn.Module):
    """Batch normalization of which statistics, weight and bias are buffers: x · w / √(variance + eps) + (b - mean · w / √(variance + eps))."""

    def __init__(self, num_features, eps=1e-5):
        super().__init__()
        self.eps = eps
        for name, fill in {"weight": torch.ones, "bias": torch.zeros, "running_mean": torch.zeros, "running_var": torch.ones}.items():
            self.register_buffer(name, fill(num_features))

    def forward(self, x):
        weight, bias, mean, variance = (
            buffer.reshape(1, -1, 1, 1) for buffer in (self.weight, self.bias, self.running_mean, self.running_var))
        scale = weight * (variance + self.eps).rsqrt()
        return x * scale + (bias - mean * scale)

    def __repr__(self):
        return f"{type(self).__name__}({self.weight.shape[0]}, eps={self.eps})"


def _per_axis(value, rank):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


def _same_padding(kernel_size, dilation):
    """What keeps the size at stride 1: a number where both are numbers, else one per axis."""
    ranks = [len(value) for value in (kernel_size, dilation) if not isinstance(value, int)]
    if not ranks:
        return (kernel_size - 1) // 2 * dilation
    return tuple((size - 1) // 2 * step for size, step in zip(_per_axis(kernel_size, ranks[0]), _per_axis(dilation, ranks[0])))


class ConvNormActivation(nn.Sequential):
    """A convolution, a normalization and an activation; the latter two may be None."""

    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1, norm_layer=nn.BatchNorm2d,
                 activation_layer=nn.ReLU, dilation=1, inplace=True, bias=None, conv_layer=nn.Conv2d):
        if padding is None:
            padding = _same_padding(kernel_size, dilation)
        layers = [conv_layer(in_channels, out_channels, kernel_size, stride, padding, dilation=dilation, groups=groups,
                             bias=norm_layer is None if bias is None else bias)]
        if norm_layer is not None:
            layers.append(norm_layer(out_channels))
        if activation_layer is not None:
            layers.append(activation_layer(**_inplace(inplace)))
        super().__init__(*layers)
        self.out_channels = out_channels
        if type(self) is ConvNormActivation:
            warnings.warn("Don't use ConvNormActivation directly, please use Conv2dNormActivation and Conv3dNormActivation instead.",
                          stacklevel=2)


def _inplace(inplace):
    """The argument of activations and dropout, which not all of them take: nothing where it is None."""
    return {} if inplace is None else {"inplace": inplace}


class Conv2dNormActivation(ConvNormActivation):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1, norm_layer=nn.BatchNorm2d,
                 activation_layer=nn.ReLU, dilation=1, inplace=True, bias=None):
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, groups, norm_layer, activation_layer, dilation, inplace,
                         bias, nn.Conv2d)


class Conv3dNormActivation(ConvNormActivation):
    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1, padding=None, groups=1, norm_layer=nn.BatchNorm3d,
                 activation_layer=nn.ReLU, dilation=1, inplace=True, bias=None):
        super().__init__(in_channels, out_channels, kernel_size, stride, padding, groups, norm_layer, activation_layer, dilation, inplace,
                         bias, nn.Conv3d)


class SqueezeExcitation(nn.Module):
    """Scales channels by what a two-layer network makes of their means (Hu et al., arXiv:1709.01507, figure 1)."""

    def __init__(self, input_channels, squeeze_channels, activation=nn.ReLU, scale_activation=nn.Sigmoid):
        super().__init__()
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Conv2d(input_channels, squeeze_channels, 1)
        self.fc2 = nn.Conv2d(squeeze_channels, input_channels, 1)
        self.activation, self.scale_activation = activation(), scale_activation()

    def _scale(self, input):
        return self.scale_activation(self.fc2(self.activation(self.fc1(self.avgpool(input)))))

    def forward(self, input):
        return self._scale(input) * input


class MLP(nn.Sequential):
    """Linear layers, each followed by dropout; all but the last also by a normalization (or none) and an activation."""

    def __init__(self, in_channels, hidden_channels, norm_layer=None, activation_layer=nn.ReLU, inplace=None, bias=True, dropout=0.0):
        option, layers, last = _inplace(inplace), [], len(hidden_channels) - 1
        for position, (width, wider) in enumerate(zip([in_channels, *hidden_channels], hidden_channels)):
            layers.append(nn.Linear(width, wider, bias=bias))
            if position < last:
                layers += [norm_layer(wider)] if norm_layer is not None else []
                layers.append(activation_layer(**option))
            layers.append(nn.Dropout(dropout, **option))
        super().__init__(*layers)


class Permute(nn.Module):
    """The input with its axes in the order `dims`."""

    def __init__(self, dims):
        super().__init__()
        self.dims = dims

    def forward(self, x):
        return torch.permute(x, self.dims)
