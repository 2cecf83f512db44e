# Distributions of positive numbers, of counts, of functions of others, and mixtures: drawn, scored, compared.
import torch
from torch import distributions as d

v = torch.tensor([0.5, 1.0, 2.5])
p = torch.tensor([0.2, 0.5, 0.9])
cases = [
    (d.Exponential(v), v), (d.Gamma(v, torch.tensor(2.0)), v), (d.Gamma(torch.tensor([0.3, 7.0]), torch.tensor([1.0, 0.5])), torch.tensor([0.1, 9.0])), (d.Chi2(v), v),
    (d.Beta(v, v + 1), p), (d.Dirichlet(v), torch.tensor([0.2, 0.3, 0.5])), (d.StudentT(v + 2.5, 1.0, v), v), (d.Cauchy(0.0, v), v), (d.HalfNormal(v), v),
    (d.Gumbel(v, 2.0), v), (d.Poisson(v * 4), torch.tensor([0.0, 3.0, 9.0])), (d.Geometric(p), torch.tensor([0.0, 2.0, 1.0])), (d.Weibull(v, 2.0), v), (d.Pareto(v, 3.0), v + 1),
    (d.RelaxedBernoulli(torch.tensor(0.5), p), p), (d.RelaxedOneHotCategorical(torch.tensor(0.7), logits=v), torch.tensor([0.2, 0.3, 0.5])),
    (d.TransformedDistribution(d.Normal(v, 1.0), [d.TanhTransform(cache_size=1)]), p), (d.TransformedDistribution(d.Normal(0.0, 1.0), [d.AffineTransform(1.0, 2.0), d.ExpTransform()]), v),
    (d.TransformedDistribution(d.Uniform(0.0, 1.0), [d.SigmoidTransform().inv, d.AffineTransform(0.5, 2.0)]), v),
    (d.MixtureSameFamily(d.Categorical(torch.tensor([0.3, 0.7])), d.Normal(torch.tensor([0.0, 3.0]), torch.tensor([1.0, 0.5]))), v),
    (d.Independent(d.Gamma(v, v), 1), v),
]
for distribution, value in cases:
    torch.manual_seed(4)
    name = type(distribution).__name__
    print(name, distribution.batch_shape, distribution.event_shape, distribution.has_rsample, distribution.sample(), distribution.sample((2,)).shape)
    print(distribution.log_prob(value))
    for what in ("mean", "variance", "mode", "stddev"):
        try:
            print(what, getattr(distribution, what))
        except (NotImplementedError, ValueError):
            print(what, "is not there")
    for what in ("entropy", "cdf", "icdf"):
        try:
            if what != "cdf" or name not in ("Gamma", "Chi2", "Independent", "Pareto"):
                print(what, getattr(distribution, what)(*([] if what == "entropy" else [torch.tensor(0.3)])))
        except (NotImplementedError, ValueError):
            print(what, "is not there")
print(d.kl_divergence(d.Gamma(v, v), d.Gamma(v + 1, v)), d.kl_divergence(d.Beta(v, v), d.Beta(v + 1, v)), d.kl_divergence(d.Exponential(v), d.Exponential(v * 2)), d.kl_divergence(d.Dirichlet(v), d.Dirichlet(v + 1)))
print(d.Gamma(v, v), d.Beta(torch.tensor(1.0), torch.tensor(2.0)), d.Exponential(torch.tensor(2.0)), d.Poisson(v))
mean = torch.tensor([0.3, -1.0], requires_grad=True)
torch.manual_seed(0)
squashed = d.TransformedDistribution(d.Normal(mean, 1.0), [d.TanhTransform(cache_size=1)])
action = squashed.rsample()
squashed.log_prob(action).sum().backward()
print(action, mean.grad)
