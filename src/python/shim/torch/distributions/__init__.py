"""torch.distributions: those that models draw from and score with; the others say that they are not there."""
from _lens.missing import later

from . import constraints, kl, transforms
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform
from ._counting import Geometric, MixtureSameFamily, Poisson, RelaxedBernoulli, RelaxedOneHotCategorical
from ._discrete import Bernoulli, Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from ._positive import Beta, Cauchy, Chi2, Dirichlet, Exponential, Gamma, StudentT
from ._quotients import FisherSnedecor, HalfCauchy, InverseGamma, Kumaraswamy
from ._transformed import Gumbel, HalfNormal, Pareto, TransformedDistribution, Weibull
from ._trials import Binomial, Multinomial, NegativeBinomial
from .distribution import Distribution, Independent
from .kl import kl_divergence, register_kl
from .transforms import *

__all__ = ["Bernoulli", "Beta", "Binomial", "Categorical", "Cauchy", "Chi2", "Dirichlet", "Distribution", "Exponential", "FisherSnedecor", "Gamma",
           "Geometric", "Gumbel", "HalfCauchy", "HalfNormal", "Independent", "InverseGamma", "Kumaraswamy", "Laplace", "LogNormal",
           "MixtureSameFamily", "Multinomial", "MultivariateNormal", "NegativeBinomial", "Normal", "OneHotCategorical",
           "OneHotCategoricalStraightThrough", "Pareto", "Poisson", "RelaxedBernoulli", "RelaxedOneHotCategorical", "StudentT",
           "TransformedDistribution", "Uniform", "Weibull", "constraints", "kl", "kl_divergence", "register_kl", "transforms", *transforms.__all__]

_LATER = frozenset("ContinuousBernoulli GeneralizedPareto LKJCholesky LogisticNormal LowRankMultivariateNormal VonMises Wishart biject_to transform_to".split())


def __getattr__(name):
    if name in _LATER:
        return later.attribute(f"torch.distributions.{name}")
    raise AttributeError(f"module 'torch.distributions' has no attribute '{name}'")
