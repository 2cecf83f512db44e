# Distributions: draws, log probabilities, entropies, divergences, and gradients through them.
import torch
from torch.distributions import Bernoulli, Categorical, Independent, Laplace, LogNormal, MultivariateNormal, Normal, OneHotCategorical, Uniform, kl_divergence
from torch.distributions.laplace import Laplace as SameLaplace
from torch.distributions.log_normal import LogNormal as SameLogNormal
from torch.distributions.normal import Normal as SameNormal
from torch.distributions.one_hot_categorical import OneHotCategoricalStraightThrough
from torch.distributions.uniform import Uniform as SameUniform


def show(tensor):
    print(tuple(tensor.shape), ["%.4f" % float(v) for v in tensor.flatten().tolist()])


torch.manual_seed(0)
loc = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
scale = torch.tensor([1.0, 0.5, 2.0], requires_grad=True)
x = torch.tensor([0.2, 0.3, 0.9])
for kind in (Normal, LogNormal, Laplace):
    p = kind(loc, scale)
    for value in (p.log_prob(x), p.entropy(), p.mean, p.variance, p.stddev, p.mode, p.cdf(x), p.icdf(x), p.rsample(), p.sample((5, 2))):
        show(value)
    print(p.batch_shape, p.event_shape, p.has_rsample)
p = Normal(loc, scale)
draw = p.rsample((2,))
show(draw)
(p.log_prob(draw) ** 2).sum().backward()
show(loc.grad)
show(scale.grad)
show(p.sample())
show(p.cdf(x))
show(p.icdf(torch.tensor([0.1, 0.5, 0.9])))
print(p.sample().requires_grad, p.rsample().requires_grad, p, Normal(0.0, 1.0), SameNormal is Normal, SameLaplace is Laplace, SameLogNormal is LogNormal, SameUniform is Uniform)
show(kl_divergence(p, Normal(torch.zeros(3), torch.ones(3))))
joint = Independent(Normal(torch.zeros(2, 3), torch.ones(2, 3)), 1)
print(joint.batch_shape, joint.event_shape)
show(joint.log_prob(torch.ones(2, 3)))
show(joint.entropy())
show(kl_divergence(joint, Independent(Normal(torch.ones(2, 3), torch.ones(2, 3)), 1)))
u = Uniform(torch.tensor([0.0, 1.0]), 3.0)
show(u.sample((2,)))
show(u.log_prob(torch.tensor([2.0, 1.5])))
for value in (u.entropy(), u.mean, u.variance, u.stddev, u.mode, u.cdf(torch.tensor([2.0, 1.5])), u.icdf(torch.tensor([0.2, 0.7]))):
    show(value)
logits = torch.tensor([[0.1, 0.5, -1.0], [2.0, 0.0, 0.0]], requires_grad=True)
c = Categorical(logits=logits)
for value in (c.probs, c.logits, c.entropy(), c.log_prob(torch.tensor([2, 0])), c.log_prob(torch.tensor([[1], [0]])), c.mode):
    show(value)
print(c.sample().shape, c.sample((4,)).shape, c.batch_shape, c, Categorical(probs=torch.tensor([1.0, 3.0])).probs.tolist())
c.log_prob(torch.tensor([2, 0])).sum().backward()
show(logits.grad)
show(kl_divergence(c, Categorical(probs=torch.ones(2, 3))))
show(OneHotCategorical(logits=logits).log_prob(torch.eye(3)[:2]))
b = Bernoulli(torch.tensor([0.2, 0.9]))
for value in (b.log_prob(torch.tensor([1.0, 0.0])), b.entropy(), b.logits, b.variance, kl_divergence(b, Bernoulli(logits=torch.zeros(2)))):
    show(value)
m = MultivariateNormal(torch.tensor([1.0, -1.0]), torch.tensor([[2.0, 0.5], [0.5, 1.0]]))
show(m.log_prob(torch.tensor([[0.0, 0.0], [1.0, 2.0]])))
show(m.entropy())
show(m.variance)
torch.manual_seed(2)
show(m.rsample((2,)))
for wrong in (lambda: Categorical(), lambda: MultivariateNormal(torch.zeros(2)), lambda: Categorical(probs=torch.tensor(1.0))):
    try:
        wrong()
    except ValueError as error:
        print(error)
torch.manual_seed(1)
for p, q in ((Laplace(loc, scale), Laplace(scale, scale)), (LogNormal(loc, scale), LogNormal(scale, scale)), (Uniform(0.0, scale), Uniform(0.0, 1.0)),
             (OneHotCategorical(logits=logits), OneHotCategorical(probs=torch.ones(3)))):
    show(kl_divergence(p, q))
for kind in (Categorical, OneHotCategorical, Bernoulli):
    sure = kind(torch.tensor([[0.0, 1.0, 0.0], [0.0, 0.5, 0.5]]))
    for value in (sure.entropy(), sure.mode.float(), sure.mean, sure.variance, sure.enumerate_support().float(), kl_divergence(sure, kind(torch.tensor([[0.0, 1.0, 0.0]] * 2))),
                  kl_divergence(kind(torch.tensor([[0.0, 1.0, 0.0]] * 2)), sure), sure.sample().float(), sure.sample((2, 3)).float(), sure.perplexity()):
        show(value)
    print(sure.has_enumerate_support, sure.has_rsample, sure.param_shape, sure.event_shape, sure)
show(Categorical(logits=torch.tensor([0.0, -torch.inf, 1.0])).entropy())
straight = OneHotCategoricalStraightThrough(logits=logits)
drawn = straight.rsample((4,))
(drawn * torch.arange(3.0)).sum().backward()
show(drawn)
show(logits.grad)
base = torch.tensor([[[2.0, 0.5], [0.5, 1.0]], [[1.0, -0.2], [-0.2, 3.0]]])
for name, matrix in (("covariance_matrix", base), ("precision_matrix", base), ("scale_tril", base.tril())):
    matrix.requires_grad_()
    for mean in (torch.tensor([1.0, -1.0]), torch.ones(3, 1, 2)):
        m = MultivariateNormal(mean, **{name: matrix})
        print(m.batch_shape, m.event_shape, m)
        torch.manual_seed(3)
        for value in (m.log_prob(torch.ones(2)), m.log_prob(torch.zeros(4, *m.batch_shape, 2)), m.entropy(), m.variance, m.rsample(), m.sample((2,)), m.covariance_matrix,
                      m.precision_matrix, m.scale_tril, kl_divergence(m, MultivariateNormal(torch.zeros(2), torch.eye(2) * 2))):
            show(value)
        m.log_prob(torch.ones(2)).sum().backward()
        show(matrix.grad)
        matrix.grad = None
torch.manual_seed(4)
print(torch.multinomial(torch.tensor([[1.0, 2.0, 3.0, 0.5], [4.0, 0.1, 2.0, 0.0]]), 12, True).tolist(), Categorical(logits=logits).sample((6,)).tolist())
show(torch.randn(3))
