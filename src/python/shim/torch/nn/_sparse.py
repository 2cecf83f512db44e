"""Look-ups of torch.nn.functional: embedding, embedding_bag, one_hot."""
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, check_tensor, filled, named, write
from .._creation import arange, ones, zeros
from .._dtype import int64
from .._elementwise import where
from .._grad_mode import no_grad

layer = calls.function


@layer("embedding", values_in)
def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    """Rows of `weight`; the row of `padding_idx` gets no gradient."""
    check_tensor(input, "embedding", "indices", 2)
    rows = weight.value.shape[0]
    if padding_idx is not None and not -rows <= padding_idx < rows:
        raise AssertionError("Padding_idx must be within num_embeddings")
    if max_norm is not None:
        _renormalize(weight, input, max_norm, norm_type)
    if input.value.dtype not in ("int64", "int32"):
        raise RuntimeError(f"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
                           f"{input.type()} instead (while checking arguments for embedding)")
    result = apply("embedding", weight, input)
    if scale_grad_by_freq and result.requires_grad:
        result = _scaled_by_frequency(result, input, rows)
    if padding_idx is None or not result.requires_grad:
        return result
    row = padding_idx + rows if padding_idx < 0 else padding_idx
    return apply("where", (input != row).unsqueeze(-1), result, result.detach(), operation="embedding")


@no_grad()
def _renormalize(weight, indices, max_norm, norm_type):
    """In place: rows that are looked up and longer than `max_norm` become as long as that."""
    used = zeros(weight.value.shape[0]).index_fill(0, indices.reshape(-1).to(int64), 1) > 0
    length = weight.norm(norm_type, 1)
    factor = where(used & (length > max_norm), max_norm / (length + 1e-7), 1.0)
    write(weight, weight * factor.unsqueeze(-1))


def _scaled_by_frequency(rows, indices, count):
    """The same rows, whose gradients are divided by how often each index occurs."""
    flat = indices.reshape(-1).to(int64)
    frequencies = zeros(count, dtype=rows.dtype).scatter_add(0, flat, ones(flat.numel(), dtype=rows.dtype))
    scaled = rows / frequencies[indices].unsqueeze(-1)
    return apply("add", rows.detach(), scaled - scaled.detach(), operation="embedding")


@layer("embedding_bag", values_in)
def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean", sparse=False,
                  per_sample_weights=None, include_last_offset=False, padding_idx=None):
    """The sum, mean or maximum of the rows of each bag; bags are the rows of a 2-D input, or begin at `offsets`."""
    return named(_bagged(input, weight, offsets, max_norm, norm_type, scale_grad_by_freq, mode, per_sample_weights, include_last_offset, padding_idx),
                 "embedding_bag")


def _bagged(input, weight, offsets, max_norm, norm_type, scale_grad_by_freq, mode, per_sample_weights, include_last_offset, padding_idx):
    if mode not in ("sum", "mean", "max"):
        raise ValueError("mode has to be one of sum, mean or max")
    if scale_grad_by_freq and mode == "max":
        raise ValueError("max mode does not support scaling the gradient by the frequency")
    if per_sample_weights is not None and mode != "sum":
        raise NotImplementedError("embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' "
                                  f"(got mode='{mode}'). Please open a feature request on GitHub.")
    if max_norm is not None:
        _renormalize(weight, input, max_norm, norm_type)
    if input.dim() == 2 and padding_idx is None:
        rows = embedding(input, weight, scale_grad_by_freq=scale_grad_by_freq)
        if per_sample_weights is not None:
            rows = rows * per_sample_weights.unsqueeze(-1)
        return rows.max(1).values if mode == "max" else rows.sum(1) if mode == "sum" else rows.mean(1)
    if input.dim() == 2:
        offsets, include_last_offset = arange(input.value.shape[0]) * input.value.shape[1], False
        input = input.reshape(-1)
        per_sample_weights = None if per_sample_weights is None else per_sample_weights.reshape(-1)
    if offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    starts = offsets[:-1] if include_last_offset else offsets
    rows = embedding(input, weight, scale_grad_by_freq=scale_grad_by_freq)
    if per_sample_weights is not None:
        rows = rows * per_sample_weights.unsqueeze(-1)
    bag = (arange(input.numel()).unsqueeze(-1) >= starts).sum(-1) - 1
    inside = arange(starts.numel()).unsqueeze(-1) == bag
    if include_last_offset:
        inside = inside & (arange(input.numel()) < offsets[-1])
    if padding_idx is not None:
        inside = inside & (input != padding_idx % weight.value.shape[0])
    if mode == "max":
        spread = rows.unsqueeze(0).masked_fill(~inside.unsqueeze(-1), -math.inf)
        return spread.max(1).values.masked_fill(~inside.any(1, keepdim=True), 0)
    member = inside.to(weight.dtype)
    total = apply("matmul", member, rows, operation="embedding_bag")
    return total if mode == "sum" else total / member.sum(-1, keepdim=True).clamp_min(1)


@layer("one_hot", values_in)
def one_hot(tensor, num_classes=-1):
    """Without `num_classes` their number is data: the largest class is read."""
    if tensor.value.dtype != "int64":
        raise RuntimeError("one_hot is only applicable to index tensor of type LongTensor.")
    count = int(tensor.max().item()) + 1 if num_classes == -1 else num_classes
    shape = [*tensor.value.shape, count]
    ones = filled([*tensor.value.shape, 1], 1, int64)
    return apply("scatter", filled(shape, 0, int64), tensor.unsqueeze(-1), ones, operation="one_hot", dim=len(shape) - 1, indices="classes")
