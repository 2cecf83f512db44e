"""Position embeddings for another size of image."""
import math

import torch
import torch.nn.functional as F


def _resized(grid, new_size, interpolation, antialias):
    """1 H W C, of another height and width."""
    resized = F.interpolate(grid.permute(0, 3, 1, 2), size=new_size, mode=interpolation, antialias=antialias)
    return resized.permute(0, 2, 3, 1)


def resample_abs_pos_embed(posemb, new_size, old_size=None, num_prefix_tokens=1, interpolation="bicubic", antialias=True, verbose=False):
    """Of 1 L C, after `num_prefix_tokens` that have no place in the image."""
    tokens = posemb.shape[1]
    if new_size[0] * new_size[1] + num_prefix_tokens == tokens and new_size[0] == new_size[1]:
        return posemb
    if old_size is None:
        old_size = (int(math.sqrt(tokens - num_prefix_tokens)),) * 2
    prefix, places = posemb[:, :num_prefix_tokens], posemb[:, num_prefix_tokens:] if num_prefix_tokens else posemb
    grid = places.float().reshape(1, old_size[0], old_size[1], -1)
    places = _resized(grid, new_size, interpolation, antialias).reshape(1, -1, places.shape[-1]).to(posemb.dtype)
    return torch.cat([prefix, places], dim=1) if num_prefix_tokens else places


def resample_abs_pos_embed_nhwc(posemb, new_size, interpolation="bicubic", antialias=True, verbose=False):
    """Of 1 H W C."""
    if tuple(new_size) == tuple(posemb.shape[-3:-1]):
        return posemb
    return _resized(posemb.float().reshape(1, *posemb.shape[-3:]), new_size, interpolation, antialias).to(posemb.dtype)
