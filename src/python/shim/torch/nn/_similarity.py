"""Distances and similarities of torch.nn.functional."""
from .._apply import result_of
from .._elementwise import raised
from .._reductions import vector_norm


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    """x1·x2 / (max(|x1|, eps) · max(|x2|, eps)) along `dim`."""
    for x in (x1, x2):
        if not x.is_floating_point():
            raise RuntimeError(f"expected common dtype to be floating point, yet common dtype is {x._scalar_type()}")
    lengths = [raised(vector_norm(x, 2, dim, True), eps) for x in (x1, x2)]
    return (x1 / lengths[0] * (x2 / lengths[1])).sum(dim)


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    result = (x1 - x2 + eps).norm(p, -1, keepdim)
    return result_of(result.value, (result,), "pairwise_distance")
