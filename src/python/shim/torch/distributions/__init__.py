"""torch.distributions: those that models draw from and score with."""
from . import constraint_registry, constraints, kl, transforms, utils
from ._circular import VonMises
from ._continuous import Laplace, LogNormal, MultivariateNormal, Normal, Uniform
from ._counting import Geometric, MixtureSameFamily, Poisson, RelaxedBernoulli, RelaxedOneHotCategorical
from ._discrete import Bernoulli, Categorical, OneHotCategorical, OneHotCategoricalStraightThrough
from ._inverted import ContinuousBernoulli, GeneralizedPareto
from ._of_matrices import LKJCholesky, LowRankMultivariateNormal, Wishart
from ._positive import Beta, Cauchy, Chi2, Dirichlet, Exponential, Gamma, StudentT
from ._quotients import FisherSnedecor, HalfCauchy, InverseGamma, Kumaraswamy
from ._transformed import Gumbel, HalfNormal, LogisticNormal, Pareto, TransformedDistribution, Weibull
from ._trials import Binomial, Multinomial, NegativeBinomial
from .constraint_registry import biject_to, transform_to
from .distribution import Distribution, ExponentialFamily, Independent
from .kl import kl_divergence, register_kl
from .transforms import *

__all__ = ["Bernoulli", "Beta", "Binomial", "Categorical", "Cauchy", "Chi2", "ContinuousBernoulli", "Dirichlet", "Distribution", "Exponential",
           "ExponentialFamily", "FisherSnedecor", "Gamma", "GeneralizedPareto", "Geometric", "Gumbel", "HalfCauchy", "HalfNormal", "Independent",
           "InverseGamma", "Kumaraswamy", "LKJCholesky", "Laplace", "LogNormal", "LogisticNormal", "LowRankMultivariateNormal", "MixtureSameFamily",
           "Multinomial", "MultivariateNormal", "NegativeBinomial", "Normal", "OneHotCategorical", "OneHotCategoricalStraightThrough", "Pareto", "Poisson",
           "RelaxedBernoulli", "RelaxedOneHotCategorical", "StudentT", "TransformedDistribution", "Uniform", "VonMises", "Weibull", "Wishart", "biject_to",
           "constraint_registry", "constraints", "kl", "kl_divergence", "register_kl", "transform_to", "transforms", "utils", *transforms.__all__]
