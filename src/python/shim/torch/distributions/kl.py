"""Kullback-Leibler divergences between distributions of one kind, by formula."""
import math

from .._decompositions import solve_triangular
from .._size import broadcast_shapes
from ..nn.functional import softplus
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform, squared_distance
from ._discrete import Bernoulli, Categorical, OneHotCategorical
from ._positive import Beta, Dirichlet, Exponential, Gamma
from ._shape import last_summed
from .distribution import Independent

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


def _settled(terms, p, q):
    """What is certain not to happen adds nothing, unless `q` holds it to be impossible."""
    return terms.masked_fill((q == 0).expand(terms.shape), math.inf).masked_fill((p == 0).expand(terms.shape), 0)


@register_kl(Categorical, Categorical)
def _categorical(p, q):
    return _settled(p.probs * (p.logits - q.logits), p.probs, q.probs).sum(-1)


@register_kl(OneHotCategorical, OneHotCategorical)
def _one_hot(p, q):
    return _categorical(p._categorical, q._categorical)


@register_kl(Bernoulli, Bernoulli)
def _bernoulli(p, q):
    """p log p/q + (1 − p) log (1 − p)/(1 − q), with log p = −softplus(−logit)"""
    ones = p.probs * (softplus(-q.logits) - softplus(-p.logits))
    zeros = (1 - p.probs) * (softplus(q.logits) - softplus(p.logits))
    return _settled(ones, p.probs, q.probs) + _settled(zeros, 1 - p.probs, 1 - q.probs)


@register_kl(LogNormal, LogNormal)
def _log_normal(p, q):
    return _normal(p.base_dist, q.base_dist)


@register_kl(MultivariateNormal, MultivariateNormal)
def _multivariate_normal(p, q):
    """log det L_q/L_p + (tr Σ_q⁻¹Σₚ + |L_q⁻¹(μ_q − μₚ)|² − n) / 2"""
    if p.event_shape != q.event_shape:
        raise ValueError("KL-divergence between two Multivariate Normals with different event shapes cannot be computed")
    shape = broadcast_shapes(p._unbroadcasted_scale_tril.shape, q._unbroadcasted_scale_tril.shape)
    ratio = solve_triangular(q._unbroadcasted_scale_tril.expand(shape), p._unbroadcasted_scale_tril.expand(shape), upper=False)
    distance = squared_distance(q._unbroadcasted_scale_tril, q.loc - p.loc)
    return q._half_log_determinant() - p._half_log_determinant() + 0.5 * (ratio.pow(2).sum((-2, -1)) + distance - p.event_shape[0])


@register_kl(Independent, Independent)
def _independent(p, q):
    if p.reinterpreted_batch_ndims != q.reinterpreted_batch_ndims:
        raise NotImplementedError
    return last_summed(kl_divergence(p.base_dist, q.base_dist), p.reinterpreted_batch_ndims)


@register_kl(Exponential, Exponential)
def _exponential(p, q):
    ratio = q.rate / p.rate
    return -ratio.log() + ratio - 1


@register_kl(Gamma, Gamma)
def _gamma(p, q):
    return (q.concentration * (p.rate / q.rate).log() + q.concentration.lgamma() - p.concentration.lgamma()
            + (p.concentration - q.concentration) * p.concentration.digamma() + (q.rate - p.rate) * (p.concentration / p.rate))


@register_kl(Dirichlet, Dirichlet)
def _dirichlet(p, q):
    total = p.concentration.sum(-1)
    difference = p.concentration - q.concentration
    return (total.lgamma() - q.concentration.sum(-1).lgamma() - (p.concentration.lgamma() - q.concentration.lgamma()).sum(-1)
            + (difference * (p.concentration.digamma() - total.digamma().unsqueeze(-1))).sum(-1))


@register_kl(Beta, Beta)
def _beta(p, q):
    return _dirichlet(p._dirichlet, q._dirichlet)
