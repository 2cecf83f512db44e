"""torch.nn.attention.flex_attention: attention whose scores a function changes, computed as it is written."""
import math

from _lens.door import UnsupportedError

from ..._creation import arange
from ..functional import softmax


class BlockMask:
    """A mask by its function of batch, head, query and key."""

    def __init__(self, mask_mod, B, H, Q_LEN, KV_LEN):
        self.mask_mod, self.shape = mask_mod, (B or 1, H or 1, Q_LEN, KV_LEN)

    def to_dense(self):
        return _over_all(self.mask_mod, self.shape)


def _positions(shape):
    """Batch, head, query and key of each score, as tensors that broadcast to `shape`."""
    return [arange(size).reshape([size if axis == other else 1 for other in range(4)]) for axis, size in enumerate(shape)]


def _over_all(mask_mod, shape):
    return mask_mod(*_positions(shape)).expand(shape)


def create_mask(mod_fn, B, H, Q_LEN, KV_LEN, device="cpu"):
    return _over_all(mod_fn, (B or 1, H or 1, Q_LEN, KV_LEN))


def create_block_mask(mask_mod, B, H, Q_LEN, KV_LEN, device=None, BLOCK_SIZE=128, _compile=False):
    return BlockMask(mask_mod, B, H, Q_LEN, KV_LEN)


def noop_mask(batch, head, token_q, token_kv):
    return batch >= 0


def and_masks(*mask_mods):
    def combined(b, h, q, k):
        result = noop_mask(b, h, q, k)
        for mod in mask_mods:
            result = result & mod(b, h, q, k)
        return result
    return combined


def or_masks(*mask_mods):
    def combined(b, h, q, k):
        result = ~noop_mask(b, h, q, k)
        for mod in mask_mods:
            result = result | mod(b, h, q, k)
        return result
    return combined


def flex_attention(query, key, value, score_mod=None, block_mask=None, scale=None, enable_gqa=False, return_lse=False, kernel_options=None, **options):
    """softmax(score_mod(scale · Q Kᵀ) within the mask) V"""
    if return_lse:
        raise UnsupportedError("flex_attention with return_lse=True is not supported yet")
    if enable_gqa:
        groups = query.shape[1] // key.shape[1]
        key, value = key.repeat_interleave(groups, 1), value.repeat_interleave(groups, 1)
    scores = query @ key.transpose(-2, -1) * (1 / math.sqrt(query.shape[-1]) if scale is None else scale)
    if score_mod is not None:
        scores = score_mod(scores, *_positions(scores.shape))
    if block_mask is not None:
        scores = scores.masked_fill(~_over_all(block_mask.mask_mod, (*scores.shape[:2], *scores.shape[2:])), -math.inf)
    return softmax(scores, -1) @ value
