"""Kullback-Leibler divergences between distributions of one kind, by formula."""
from ..nn.functional import softplus
from ._continuous import Laplace, Normal, Uniform
from ._discrete import Bernoulli, Categorical
from .distribution import Independent, last_summed

_KNOWN = {}  # (class, class) → function


def register_kl(type_p, type_q):
    def register(function):
        _KNOWN[type_p, type_q] = function
        return function
    return register


def kl_divergence(p, q):
    for first in type(p).__mro__:
        for second in type(q).__mro__:
            if (first, second) in _KNOWN:
                return _KNOWN[first, second](p, q)
    raise NotImplementedError(f"No KL(p || q) is implemented for p type {type(p).__name__} and q type {type(q).__name__}")


@register_kl(Normal, Normal)
def _normal(p, q):
    """(σₚ²/σ_q² + (μₚ − μ_q)²/σ_q² − 1 − log σₚ²/σ_q²) / 2"""
    ratio = (p.scale / q.scale).pow(2)
    return 0.5 * (ratio + ((p.loc - q.loc) / q.scale).pow(2) - 1 - ratio.log())


@register_kl(Laplace, Laplace)
def _laplace(p, q):
    ratio, distance = p.scale / q.scale, (p.loc - q.loc).abs()
    return -ratio.log() + distance / q.scale + ratio * (-distance / p.scale).exp() - 1


@register_kl(Uniform, Uniform)
def _uniform(p, q):
    result = ((q.high - q.low) / (p.high - p.low)).log()
    return result.masked_fill((q.low > p.low) | (q.high < p.high), float("inf"))


@register_kl(Categorical, Categorical)
def _categorical(p, q):
    return (p.probs * (p.logits - q.logits)).sum(-1)


@register_kl(Bernoulli, Bernoulli)
def _bernoulli(p, q):
    """p log p/q + (1 − p) log (1 − p)/(1 − q), with log p = −softplus(−logit)"""
    return (p.probs * (softplus(-q.logits) - softplus(-p.logits))
            + (1 - p.probs) * (softplus(q.logits) - softplus(p.logits)))


@register_kl(Independent, Independent)
def _independent(p, q):
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError
    return last_summed(kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims)
