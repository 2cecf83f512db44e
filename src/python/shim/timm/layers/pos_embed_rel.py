"""Biases of attention by relative position (Liu et al. 2021)."""
import torch
import torch.nn.functional as F
from torch import nn

from .grid import ndgrid
from .weight_init import trunc_normal_


def gen_relative_position_index(q_size, k_size=None, class_token=False):
    """For each pair of places in a window, which row of the table: one row per difference of rows and columns."""
    assert k_size is None, "Different q & k sizes not currently supported"
    height, width = q_size
    places = torch.stack(ndgrid(torch.arange(height), torch.arange(width))).flatten(1)
    rows, columns = places[:, :, None] - places[:, None, :]
    index = (rows + (height - 1)) * (2 * width - 1) + columns + (width - 1)
    if class_token:  # three rows more: token to place, place to token, token to itself
        count = (2 * height - 1) * (2 * width - 1)
        index = F.pad(index, [1, 0, 1, 0])
        index[0, 0:] = count
        index[0:, 0] = count + 1
        index[0, 0] = count + 2
    return index.contiguous()


class RelPosBias(nn.Module):
    def __init__(self, window_size, num_heads, prefix_tokens=0):
        super().__init__()
        assert prefix_tokens <= 1
        self.window_size, self.window_area = window_size, window_size[0] * window_size[1]
        self.bias_shape = (self.window_area + prefix_tokens,) * 2 + (num_heads,)
        rows = (2 * window_size[0] - 1) * (2 * window_size[1] - 1) + 3 * prefix_tokens
        self.relative_position_bias_table = nn.Parameter(torch.zeros(rows, num_heads))
        index = gen_relative_position_index(window_size, class_token=prefix_tokens > 0)
        self.register_buffer("relative_position_index", index.view(-1), persistent=False)
        self.init_weights()

    def init_weights(self):
        trunc_normal_(self.relative_position_bias_table, std=0.02)

    def get_bias(self):
        return self.relative_position_bias_table[self.relative_position_index].view(self.bias_shape).permute(2, 0, 1).unsqueeze(0).contiguous()

    def forward(self, attn, shared_rel_pos=None):
        return attn + self.get_bias()
