"""Attention of torch.nn.functional."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, result_of
from .._creation import ones
from .._reductions import softmax
from .._size import broadcast_shapes
from ._convolution import linear
from ._dropout import dropout

layer = calls.function


@layer("scaled_dot_product_attention", values_in)
def scaled_dot_product_attention(query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False):
    """softmax(query · keyᵀ · scale + mask) · value"""
    if is_causal and attn_mask is not None:
        raise RuntimeError("_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True")
    if enable_gqa:
        groups = query.value.shape[-3] // key.value.shape[-3]
        key, value = key.repeat_interleave(groups, -3), value.repeat_interleave(groups, -3)
    scale = 1.0 / math.sqrt(query.value.shape[-1]) if scale is None else float(scale)
    if dropout_p > 0.0:
        return _with_dropout(query, key, value, attn_mask, dropout_p, is_causal, scale)
    operation = _backward_of(query, key, value, attn_mask)
    operands = [tensor for tensor in _aligned(query, key, value, attn_mask) if tensor is not None]
    return apply("scaled_dot_product_attention", *operands, operation=operation, isCausal=bool(is_causal), scale=scale)


def _backward_of(query, key, value, mask):
    """PyTorch has a kernel for batches of heads, and a formula for the rest."""
    is_batch = query.dim() == 4 and query.value.shape[:2] == key.value.shape[:2] == value.value.shape[:2]
    if is_batch and (mask is None or not mask.requires_grad):
        return "scaled_dot_product_attention"
    return "mm" if query.dim() == 2 else "attention_by_formula"


def _aligned(query, key, value, mask):
    """Leading sizes made the same; a mask of more axes than the scores gives the operands its own."""
    leads = [tuple(tensor.value.shape[:-2]) for tensor in (query, key, value)]
    if mask is not None:
        leads.append(tuple(mask.value.shape[:-2]))
    if any(tensor.dim() < 2 for tensor in (query, key, value)) or len(set(leads[:3])) == 1 and len(leads[-1]) <= len(leads[0]):
        return query, key, value, mask
    lead = broadcast_shapes(*leads)
    expanded = [tensor.expand(*lead, *tensor.value.shape[-2:]) for tensor in (query, key, value)]
    return (*expanded, mask)


def _with_dropout(query, key, value, mask, dropout_p, is_causal, scale):
    """By its formula, so that the weights that are dropped are those that PyTorch drops."""
    scores = apply("matmul", query, key.transpose(-2, -1)) * scale
    if is_causal:
        mask = ones(query.value.shape[-2], key.value.shape[-2]).bool().tril()
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf) if mask.value.dtype == "bool" else scores + mask
    result = apply("matmul", dropout(softmax(scores, -1), dropout_p), value)
    return result_of(result.value, (result,), "scaled_dot_product_attention")


def additive_mask(mask, dtype):
    """A boolean mask (true: not to be attended) as numbers to add."""
    if mask is None or mask.value.dtype != "bool":
        return mask
    from .._creation import zeros_like
    return zeros_like(mask, dtype=dtype).masked_fill(mask, -math.inf)


def _projected(query, key, value, packed, separate, bias, embed):
    """Queries, keys and values: one product where all three are the same tensor, as PyTorch does."""
    biases = [None] * 3 if bias is None else list(bias.chunk(3))
    if packed is not None:
        if query is key and key is value:
            return linear(query, packed, bias).chunk(3, -1)
        separate = packed.split(embed)
    return [linear(tensor, weight, b) for tensor, weight, b in zip((query, key, value), separate, biases)]


def _check_ranks(query, key, value, key_padding_mask, attn_mask):
    rank = query.dim()
    if rank not in (2, 3):
        raise AssertionError(f"query should be unbatched 2D or batched 3D tensor but received {rank}-D query tensor")
    kind = f"For {'batched (3-D)' if rank == 3 else 'unbatched (2-D)'} `query`, expected"
    if not key.dim() == value.dim() == rank:
        raise AssertionError(f"{kind} `key` and `value` to be {rank}-D but found {key.dim()}-D and {value.dim()}-D tensors respectively")
    if key_padding_mask is not None and key_padding_mask.dim() != rank - 1:
        raise AssertionError(f"{kind} `key_padding_mask` to be `None` or {rank - 1}-D but found {key_padding_mask.dim()}-D tensor instead")
    if attn_mask is not None and attn_mask.dim() not in (2, 3):
        raise AssertionError(f"{kind} `attn_mask` to be `None`, 2-D or 3-D but found {attn_mask.dim()}-D tensor instead")


def _check_masks(key_padding_mask, attn_mask, target, source, batch, num_heads):
    for name, mask in (("key_padding_mask", key_padding_mask), ("attn_mask", attn_mask)):
        if mask is not None and mask.value.dtype != "bool" and not mask.is_floating_point():
            raise AssertionError(f"only bool and floating types of {name} are supported")
    if attn_mask is not None:
        expected = (target, source) if attn_mask.dim() == 2 else (batch * num_heads, target, source)
        if attn_mask.value.shape != expected:
            raise RuntimeError(f"The shape of the {attn_mask.dim()}D attn_mask is {attn_mask.shape}, but should be {expected}.")
    if key_padding_mask is not None:
        for place, (found, expected) in enumerate(zip(key_padding_mask.value.shape, (batch, source))):
            if found != expected:
                raise AssertionError(f"Expected key_padded_mask.shape[{place}] to be {expected}, but got {found}")


def multi_head_attention_forward(query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v,
                                 add_zero_attn, dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None,
                                 need_weights=True, attn_mask=None, use_separate_proj_weight=False, q_proj_weight=None,
                                 k_proj_weight=None, v_proj_weight=None, static_k=None, static_v=None, average_attn_weights=True,
                                 is_causal=False):
    """Multi-head attention over (T, N, E) tensors, or (T, E) without a batch."""
    _check_ranks(query, key, value, key_padding_mask, attn_mask)
    batched = query.dim() == 3
    if not batched:
        query, key, value = ((tensor.unsqueeze(1) for tensor in (query, key, value)) if not (query is key and key is value)
                             else [query.unsqueeze(1)] * 3)
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    target, batch, embed = query.value.shape
    if embed != embed_dim_to_check:
        raise AssertionError(f"was expecting embedding dimension of {embed_dim_to_check}, but got {embed}")
    if is_causal and attn_mask is None:
        raise RuntimeError("Need attn_mask if specifying the is_causal hint. You may use the Transformer module method `generate_square_subsequent_mask` to "
                           "create this mask.")
    _check_masks(key_padding_mask, attn_mask, target, key.value.shape[0], batch, num_heads)
    head = embed // num_heads
    q, k, v = _projected(query, key, value, None if use_separate_proj_weight else in_proj_weight,
                         (q_proj_weight, k_proj_weight, v_proj_weight), in_proj_bias, embed)
    mask, padding = additive_mask(attn_mask, q.dtype), additive_mask(key_padding_mask, q.dtype)
    if bias_k is not None:
        from .._joining import cat
        k, v = cat([k, bias_k.repeat(1, batch, 1)]), cat([v, bias_v.repeat(1, batch, 1)])
        mask, padding = _widened(mask), _widened(padding)
    source = k.value.shape[0]
    q, k, v = (tensor.reshape(-1, batch * num_heads, head).transpose(0, 1) for tensor in (q, k, v))
    if add_zero_attn:
        from .._creation import zeros
        from .._joining import cat
        empty = zeros(batch * num_heads, 1, head, dtype=k.dtype)
        k, v, mask, padding = cat([k, empty], 1), cat([v, empty], 1), _widened(mask), _widened(padding)
        source += 1
    if mask is not None and mask.dim() == 2:
        mask = mask.unsqueeze(0)
    if padding is not None:
        padding = padding.reshape(batch, 1, 1, source).expand(-1, num_heads, -1, -1).reshape(batch * num_heads, 1, source)
        mask = padding if mask is None else mask + padding
    drops = training and dropout_p > 0.0
    if need_weights or drops:
        scores = apply("matmul", q * math.sqrt(1.0 / head), k.transpose(-2, -1))
        weights = softmax(scores if mask is None else scores + mask, -1)
        weights = dropout(weights, dropout_p) if drops else weights
        attended = apply("matmul", weights, v)
    else:
        masks = [] if mask is None else [mask]
        attended = apply("scaled_dot_product_attention", q, k, v, *masks, isCausal=False, scale=math.sqrt(1.0 / head))
    mixed = attended.transpose(0, 1).reshape(target * batch, embed)
    output = linear(mixed, out_proj_weight, out_proj_bias).reshape(target, batch, -1)
    if not batched:
        output = output.squeeze(1)
    if not need_weights:
        return output, None
    weights = weights.reshape(batch, num_heads, target, source)
    if average_attn_weights:
        weights = weights.mean(1)
    return output, weights if batched else weights.squeeze(0)


def _widened(mask):
    """One more key that everything may attend to."""
    if mask is None:
        return None
    from ._padding import pad
    return pad(mask, (0, 1))
