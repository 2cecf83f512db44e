"""Images cut into patches, each projected to a token."""
import math

import torch
import torch.nn.functional as F
from torch import nn

from .format import Format, nchw_to
from .helpers import to_2tuple
from .trace_utils import _assert


class PatchEmbed(nn.Module):
    """N C H W -> N L C, or `output_fmt`. `strict_img_size`: of no other size than `img_size`."""

    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, flatten=True, output_fmt=None, bias=True,
                 strict_img_size=True, dynamic_img_pad=False):
        super().__init__()
        self.patch_size = to_2tuple(patch_size)
        self._take_size(img_size)
        self.flatten = flatten and output_fmt is None
        self.output_fmt = Format.NCHW if output_fmt is None else Format(output_fmt)
        self.strict_img_size, self.dynamic_img_pad = strict_img_size, dynamic_img_pad
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size, bias=bias)
        self.norm = norm_layer(embed_dim) if norm_layer else nn.Identity()

    def _take_size(self, img_size):
        self.img_size, self.grid_size, self.num_patches = self._init_img_size(img_size)

    def _init_img_size(self, img_size):
        if img_size is None:
            return None, None, None
        img_size = to_2tuple(img_size)
        grid = tuple(size // patch for size, patch in zip(img_size, self.patch_size))
        return img_size, grid, grid[0] * grid[1]

    def set_input_size(self, img_size=None, patch_size=None):
        patch_size = None if patch_size is None else to_2tuple(patch_size)
        if patch_size is not None and patch_size != self.patch_size:
            old, has_bias = self.proj, self.proj.bias is not None
            with torch.no_grad():
                self.proj = nn.Conv2d(old.in_channels, old.out_channels, kernel_size=patch_size, stride=patch_size, bias=has_bias)
                self.proj.weight.copy_(resample_patch_embed(old.weight, patch_size))
                if has_bias:
                    self.proj.bias.copy_(old.bias)
            self.patch_size = patch_size
        self._take_size(img_size or self.img_size)

    def feat_ratio(self, as_scalar=True):
        return max(self.patch_size) if as_scalar else self.patch_size

    def dynamic_feat_size(self, img_size):
        return tuple(math.ceil(size / patch) if self.dynamic_img_pad else size // patch for size, patch in zip(img_size, self.patch_size))

    def _check(self, height, width):
        if self.strict_img_size:
            _assert(height == self.img_size[0], f"Input height ({height}) doesn't match model ({self.img_size[0]}).")
            _assert(width == self.img_size[1], f"Input width ({width}) doesn't match model ({self.img_size[1]}).")
        elif not self.dynamic_img_pad:
            _assert(height % self.patch_size[0] == 0, f"Input height ({height}) should be divisible by patch size ({self.patch_size[0]}).")
            _assert(width % self.patch_size[1] == 0, f"Input width ({width}) should be divisible by patch size ({self.patch_size[1]}).")

    def _project(self, x):
        x = self.proj(x)
        if self.flatten:
            return x.flatten(2).transpose(1, 2)
        return nchw_to(x, self.output_fmt)

    def forward(self, x):
        _, _, height, width = x.shape
        if self.img_size is not None:
            self._check(height, width)
        if self.dynamic_img_pad:
            x = F.pad(x, (0, -width % self.patch_size[1], 0, -height % self.patch_size[0]))
        return self.norm(self._project(x))


class PatchEmbedWithSize(PatchEmbed):
    """Gives (tokens, [H, W] of the grid)."""

    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=768, norm_layer=None, flatten=True, output_fmt=None, bias=True):
        super().__init__(img_size, patch_size, in_chans, embed_dim, norm_layer, flatten, output_fmt, bias)

    def forward(self, x):
        _, _, height, width = x.shape
        if self.img_size is not None:
            _assert(height % self.patch_size[0] == 0, f"Input image height ({height}) must be divisible by patch size ({self.patch_size[0]}).")
            _assert(width % self.patch_size[1] == 0, f"Input image width ({width}) must be divisible by patch size ({self.patch_size[1]}).")
        grid = [height // self.patch_size[0], width // self.patch_size[1]]
        return self.norm(self._project(x)), torch.Size(grid)


def resample_patch_embed(patch_embed, new_size, interpolation="bicubic", antialias=True, verbose=False):
    """Kernels of another size that give the same tokens for resized patches: the pseudo-inverse of resizing (Beyer et al. 2023)."""
    assert len(patch_embed.shape) == 4, "Input tensor should be 4D (out_ch, in_ch, h, w)"
    assert len(new_size) == 2, "New shape should only be hw (height, width)"
    old_size, new_size = tuple(patch_embed.shape[-2:]), tuple(new_size)
    if old_size == new_size:
        return patch_embed
    count = old_size[0] * old_size[1]
    pixels = torch.eye(count).reshape(count, 1, *old_size)
    resized = F.interpolate(pixels, size=new_size, mode=interpolation, antialias=antialias, align_corners=False)
    inverse = torch.linalg.pinv(resized.squeeze(1).permute(1, 2, 0).reshape(-1, count))
    kernels = patch_embed.reshape(*patch_embed.shape[:2], -1).to(torch.float32) @ inverse
    return kernels.reshape(*patch_embed.shape[:2], *new_size).to(patch_embed.dtype)
