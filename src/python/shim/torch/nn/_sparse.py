"""Look-ups of torch.nn.functional: embedding, embedding_bag, one_hot."""
from _lens import calls
from _lens.array import values_in
from _lens.door import UnsupportedError

from .._apply import apply, check_tensor, filled
from .._creation import arange, ones, zeros
from .._dtype import int64

layer = calls.function


@layer("embedding", values_in)
def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    """Rows of `weight`; the row of `padding_idx` gets no gradient."""
    check_tensor(input, "embedding", "indices", 2)
    if max_norm is not None:
        raise UnsupportedError("embedding with max_norm is not supported yet")
    if input.value.dtype not in ("int64", "int32"):
        raise RuntimeError(f"Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got "
                           f"{input.type()} instead (while checking arguments for embedding)")
    result = apply("embedding", weight, input)
    if scale_grad_by_freq and result.requires_grad:
        result = _scaled_by_frequency(result, input, weight.value.shape[0])
    if padding_idx is None or not result.requires_grad:
        return result
    row = padding_idx + weight.value.shape[0] if padding_idx < 0 else padding_idx
    return apply("where", (input != row).unsqueeze(-1), result, result.detach(), operation="embedding")


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
    if padding_idx is not None or max_norm is not None:
        raise UnsupportedError("embedding_bag with padding_idx or max_norm is not supported yet")
    if scale_grad_by_freq:
        if mode == "max":
            raise ValueError("max mode does not support scaling the gradient by the frequency")
        raise UnsupportedError("embedding_bag with scale_grad_by_freq is not supported yet")
    if input.dim() == 2:
        rows = embedding(input, weight)
        if per_sample_weights is not None:
            rows = rows * per_sample_weights.unsqueeze(-1)
        return rows.max(1).values if mode == "max" else rows.sum(1) if mode == "sum" else rows.mean(1)
    if offsets is None:
        raise ValueError("offsets has to be a 1D Tensor but got None")
    if mode == "max":
        raise UnsupportedError("embedding_bag with offsets and mode='max' is not supported yet")
    starts = offsets[:-1] if include_last_offset else offsets
    rows = embedding(input, weight)
    if per_sample_weights is not None:
        rows = rows * per_sample_weights.unsqueeze(-1)
    bag = (arange(input.numel()).unsqueeze(-1) >= starts).sum(-1) - 1
    member = (arange(starts.numel()).unsqueeze(-1) == bag).to(weight.dtype)
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
