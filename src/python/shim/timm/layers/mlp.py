"""Two-layer perceptrons of transformers, with and without a gate."""
from functools import partial

from torch import nn

from .grn import GlobalResponseNorm
from .helpers import to_2tuple


def _linear(use_conv):
    return partial(nn.Conv2d, kernel_size=1) if use_conv else nn.Linear


def _norm(norm_layer, features):
    return nn.Identity() if norm_layer is None else norm_layer(features)


class Mlp(nn.Module):
    """`use_conv`: of N C H W, else of any shape with features last."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, norm_layer=None, bias=True, drop=0.0, use_conv=False):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        (bias1, bias2), (drop1, drop2), linear = to_2tuple(bias), to_2tuple(drop), _linear(use_conv)
        self.fc1 = linear(in_features, hidden_features, bias=bias1)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop1)
        self.norm = _norm(norm_layer, hidden_features)
        self.fc2 = linear(hidden_features, out_features, bias=bias2)
        self.drop2 = nn.Dropout(drop2)

    def forward(self, x):
        x = self.drop1(self.act(self.fc1(x)))
        return self.drop2(self.fc2(self.norm(x)))


class GluMlp(nn.Module):
    """One half of the hidden features gates the other (Shazeer 2020)."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.Sigmoid, norm_layer=None, bias=True, drop=0.0, use_conv=False,
                 gate_last=True):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        assert hidden_features % 2 == 0
        (bias1, bias2), (drop1, drop2), linear = to_2tuple(bias), to_2tuple(drop), _linear(use_conv)
        self.chunk_dim, self.gate_last = 1 if use_conv else -1, gate_last
        self.fc1 = linear(in_features, hidden_features, bias=bias1)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop1)
        self.norm = _norm(norm_layer, hidden_features // 2)
        self.fc2 = linear(hidden_features // 2, out_features, bias=bias2)
        self.drop2 = nn.Dropout(drop2)

    def init_weights(self):
        """An open gate: its bias is 1, its weights are nearly 0."""
        gate = slice(self.fc1.weight.shape[0] // 2, None)
        if self.fc1.bias is not None:
            nn.init.ones_(self.fc1.bias[gate])
        nn.init.normal_(self.fc1.weight[gate], std=1e-6)

    def forward(self, x):
        first, second = self.fc1(x).chunk(2, dim=self.chunk_dim)
        x = first * self.act(second) if self.gate_last else self.act(first) * second
        return self.drop2(self.fc2(self.norm(self.drop1(x))))


SwiGLUPacked = partial(GluMlp, act_layer=nn.SiLU, gate_last=False)


class SwiGLU(nn.Module):
    """As SwiGLUPacked, the gate a layer of its own."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.SiLU, norm_layer=None, bias=True, drop=0.0, align_to=0):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        (bias1, bias2), (drop1, drop2) = to_2tuple(bias), to_2tuple(drop)
        if align_to:
            hidden_features += -hidden_features % align_to
        self.fc1_g = nn.Linear(in_features, hidden_features, bias=bias1)
        self.fc1_x = nn.Linear(in_features, hidden_features, bias=bias1)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop1)
        self.norm = _norm(norm_layer, hidden_features)
        self.fc2 = nn.Linear(hidden_features, out_features, bias=bias2)
        self.drop2 = nn.Dropout(drop2)

    def init_weights(self):
        if self.fc1_g.bias is not None:
            nn.init.ones_(self.fc1_g.bias)
        nn.init.normal_(self.fc1_g.weight, std=1e-6)

    def forward(self, x):
        gate = self.fc1_g(x)
        x = self.fc1_x(x)
        x = self.act(gate) * x
        return self.drop2(self.fc2(self.norm(self.drop1(x))))


class GatedMlp(nn.Module):
    """gMLP's: `gate_layer` halves the hidden features."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, norm_layer=None, gate_layer=None, bias=True, drop=0.0):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        (bias1, bias2), (drop1, drop2) = to_2tuple(bias), to_2tuple(drop)
        self.fc1 = nn.Linear(in_features, hidden_features, bias=bias1)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop1)
        self.gate = nn.Identity()
        if gate_layer is not None:
            assert hidden_features % 2 == 0
            self.gate = gate_layer(hidden_features)
            hidden_features //= 2
        self.norm = _norm(norm_layer, hidden_features)
        self.fc2 = nn.Linear(hidden_features, out_features, bias=bias2)
        self.drop2 = nn.Dropout(drop2)

    def forward(self, x):
        x = self.gate(self.drop1(self.act(self.fc1(x))))
        return self.drop2(self.fc2(self.norm(x)))


class ConvMlp(nn.Module):
    """Of N C H W, by 1x1 convolutions."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.ReLU, norm_layer=None, bias=True, drop=0.0):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        bias1, bias2 = to_2tuple(bias)
        self.fc1 = nn.Conv2d(in_features, hidden_features, kernel_size=1, bias=bias1)
        self.norm = _norm(norm_layer or None, hidden_features)
        self.act = act_layer()
        self.drop = nn.Dropout(drop)
        self.fc2 = nn.Conv2d(hidden_features, out_features, kernel_size=1, bias=bias2)

    def forward(self, x):
        return self.fc2(self.drop(self.act(self.norm(self.fc1(x)))))


class GlobalResponseNormMlp(nn.Module):
    """`use_conv`: of N C H W, else of N H W C."""

    def __init__(self, in_features, hidden_features=None, out_features=None, act_layer=nn.GELU, bias=True, drop=0.0, use_conv=False):
        super().__init__()
        hidden_features, out_features = hidden_features or in_features, out_features or in_features
        (bias1, bias2), (drop1, drop2), linear = to_2tuple(bias), to_2tuple(drop), _linear(use_conv)
        self.fc1 = linear(in_features, hidden_features, bias=bias1)
        self.act = act_layer()
        self.drop1 = nn.Dropout(drop1)
        self.grn = GlobalResponseNorm(hidden_features, channels_last=not use_conv)
        self.fc2 = linear(hidden_features, out_features, bias=bias2)
        self.drop2 = nn.Dropout(drop2)

    def forward(self, x):
        x = self.grn(self.drop1(self.act(self.fc1(x))))
        return self.drop2(self.fc2(x))
