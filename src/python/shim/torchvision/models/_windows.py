"""Attention within windows of a grid (Liu et al., arXiv:2103.14030), of any number of axes. Grids of tokens are (B, *grid, C)."""
import math
from functools import cache
from itertools import product

import torch
from torch.nn import functional as F


def relative_positions(window):
    """(T, T): for each ordered pair of a window's tokens the number of their relative position, of which the last axis varies first.

    Offsets from -(size - 1) are digits of that number, so it is the difference of two such numbers, moved to begin at 0.
    """
    steps = [math.prod(2 * size - 1 for size in window[axis + 1:]) for axis in range(len(window))]
    places = torch.tensor([sum(map(int.__mul__, token, steps)) for token in product(*map(range, window))])
    return places.unsqueeze(1) - places.unsqueeze(0) + sum((size - 1) * step for size, step in zip(window, steps))


def into_windows(x, window):
    """(B, *grid, C) → (B · windows, tokens of a window, C)"""
    batch, *grid, channels = x.shape
    axes = range(1, 2 * len(window) + 1)
    x = x.view(batch, *(length for size, side in zip(grid, window) for length in (size // side, side)), channels)
    return x.permute(0, *axes[::2], *axes[1::2], len(axes) + 1).reshape(-1, math.prod(window), channels)


def out_of_windows(x, window, grid):
    """(B · windows, tokens of a window, C) → (B, *grid, C)"""
    count = len(window)
    x = x.view(-1, *(size // side for size, side in zip(grid, window)), *window, x.shape[-1])
    x = x.permute(0, *(axis for pair in range(1, count + 1) for axis in (pair, pair + count)), 2 * count + 1)
    return x.reshape(x.shape[0], *grid, x.shape[-1])


def padded(x, sides):
    """`x` (B, *grid, C) with zeros after each axis of the grid up to a multiple of its side."""
    amounts = [-size % side for size, side in zip(x.shape[1:-1], sides)]
    return F.pad(x, (0, 0, *(amount for last in reversed(amounts) for amount in (0, last))))


def window_attention(x, window, shift, heads, qkv_weight, qkv_bias, proj_weight, proj_bias, position_bias, attention_dropout, dropout, training,
                     logit_scale=None):
    """Attention of each token to those of its window, after the grid `x` of whole windows was rolled back by the shift; of cosines if `logit_scale`."""
    grid, axes, is_shifted = x.shape[1:-1], tuple(range(1, len(window) + 1)), any(shift)
    if is_shifted:
        x = torch.roll(x, shifts=[-amount for amount in shift], dims=axes)
    x = into_windows(x, window)
    qkv = F.linear(x, qkv_weight, qkv_bias)
    query, key, value = qkv.reshape(*x.shape[:2], 3, heads, x.shape[2] // heads).permute(2, 0, 3, 1, 4)
    if logit_scale is None:
        scores = (query * query.shape[-1] ** -0.5).matmul(key.transpose(-2, -1))
    else:
        cosines = F.normalize(query, dim=-1) @ F.normalize(key, dim=-1).transpose(-2, -1)
        scores = cosines * torch.clamp(logit_scale, max=math.log(100.0)).exp()
    scores = scores + position_bias
    if is_shifted:
        scores = _masked(scores, torch.tensor(_regions(tuple(grid), tuple(window), tuple(shift))))
    weights = F.dropout(F.softmax(scores, dim=-1), p=attention_dropout, training=training)
    x = F.linear(weights.matmul(value).transpose(1, 2).reshape(x.shape), proj_weight, proj_bias)
    x = out_of_windows(F.dropout(x, p=dropout, training=training), window, grid)
    return torch.roll(x, shifts=list(shift), dims=axes) if is_shifted else x


def _masked(scores, regions):
    """-100 between tokens that the roll brought together. `scores` (B · windows, heads, T, T), `regions`: numbers (windows, T)."""
    windows, tokens = regions.shape
    mask = (regions.unsqueeze(1) != regions.unsqueeze(2)).to(scores.dtype) * -100.0
    by_image = scores.view(-1, windows, scores.shape[1], tokens, tokens)
    return (by_image + mask.unsqueeze(1).unsqueeze(0)).view(scores.shape)


@cache
def _regions(grid, window, shift):
    """For each window, for each of its tokens, the region that it came from: only tokens of one region were neighbours before the roll."""
    bands = [_bands(*axis) for axis in zip(grid, window, shift)]
    origins = product(*(range(0, size, side) for size, side in zip(grid, window)))
    return [[_number(bands, origin, token) for token in product(*map(range, window))] for origin in origins]


def _bands(size, side, shift):
    """0 before the last window, 2 for what was rolled in from the other end, 1 between."""
    return [0] * (size - side) + [1] * (side - shift) + [2] * shift


def _number(bands, origin, token):
    number = 0
    for band, first, place in zip(bands, origin, token):
        number = number * 3 + band[first + place]
    return number
