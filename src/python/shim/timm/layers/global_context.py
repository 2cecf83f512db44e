"""A context that all places share (Cao et al. 2019)."""
import torch.nn.functional as F
from torch import nn

from .create_act import create_act_layer, get_act_layer
from .helpers import make_divisible
from .mlp import ConvMlp
from .norm import LayerNorm2d


class GlobalContext(nn.Module):
    def __init__(self, channels, use_attn=True, fuse_add=False, fuse_scale=True, init_last_zero=False, rd_ratio=1.0 / 8, rd_channels=None, rd_divisor=1,
                 act_layer=nn.ReLU, gate_layer="sigmoid"):
        super().__init__()
        self.conv_attn = nn.Conv2d(channels, 1, kernel_size=1, bias=True) if use_attn else None
        if rd_channels is None:
            rd_channels = make_divisible(channels * rd_ratio, rd_divisor, round_limit=0.0)
        act_layer = get_act_layer(act_layer)
        self.mlp_add, self.mlp_scale = (
            ConvMlp(channels, rd_channels, act_layer=act_layer, norm_layer=LayerNorm2d) if wanted else None for wanted in (fuse_add, fuse_scale))
        self.gate = create_act_layer(gate_layer)
        self.init_last_zero = init_last_zero
        self.reset_parameters()

    def reset_parameters(self):
        if self.conv_attn is not None:
            nn.init.kaiming_normal_(self.conv_attn.weight, mode="fan_in", nonlinearity="relu")
        if self.mlp_add is not None:
            nn.init.zeros_(self.mlp_add.fc2.weight)

    def _context(self, x):
        if self.conv_attn is None:
            return x.mean(dim=(2, 3), keepdim=True)
        batch, channels, height, width = x.shape
        attention = F.softmax(self.conv_attn(x).reshape(batch, 1, height * width), dim=-1).unsqueeze(3)
        return (x.reshape(batch, channels, height * width).unsqueeze(1) @ attention).view(batch, channels, 1, 1)

    def forward(self, x):
        context = self._context(x)
        if self.mlp_scale is not None:
            x = x * self.gate(self.mlp_scale(context))
        if self.mlp_add is not None:
            x = x + self.mlp_add(context)
        return x
