"""Distances and similarities of torch.nn.functional."""
from .._apply import apply


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    """x1·x2 / (max(|x1|, eps) · max(|x2|, eps)) along `dim`."""
    dot = (x1 * x2).sum(dim)
    lengths = [apply("square", x).sum(dim).sqrt().clamp_min(eps) for x in (x1, x2)]
    return dot / (lengths[0] * lengths[1])


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    return (x1 - x2 + eps).norm(p, -1, keepdim)
