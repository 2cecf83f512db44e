# Distributions: draws, log probabilities, entropies, divergences, and gradients through them.
import torch
from torch.distributions import Bernoulli, Categorical, Independent, Laplace, LogNormal, MultivariateNormal, Normal, OneHotCategorical, Uniform, kl_divergence
from torch.distributions.normal import Normal as SameNormal


def show(tensor):
    print(tuple(tensor.shape), ["%.4f" % float(v) for v in tensor.flatten().tolist()])


torch.manual_seed(0)
loc = torch.tensor([0.5, -1.0, 2.0], requires_grad=True)
scale = torch.tensor([1.0, 0.5, 2.0], requires_grad=True)
x = torch.tensor([0.2, 0.3, 0.9])
for kind in (Normal, LogNormal, Laplace):
    p = kind(loc, scale)
    for value in (p.log_prob(x), p.entropy(), p.mean, p.variance, p.stddev, p.mode):
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
print(p.sample().requires_grad, p.rsample().requires_grad, p, Normal(0.0, 1.0), SameNormal is Normal)
show(kl_divergence(p, Normal(torch.zeros(3), torch.ones(3))))
joint = Independent(Normal(torch.zeros(2, 3), torch.ones(2, 3)), 1)
print(joint.batch_shape, joint.event_shape)
show(joint.log_prob(torch.ones(2, 3)))
show(joint.entropy())
show(kl_divergence(joint, Independent(Normal(torch.ones(2, 3), torch.ones(2, 3)), 1)))
u = Uniform(torch.tensor([0.0, 1.0]), 3.0)
show(u.sample((2,)))
show(u.log_prob(torch.tensor([2.0, 1.5])))
show(u.entropy())
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
print(torch.multinomial(torch.tensor([[1.0, 2.0, 3.0, 0.5], [4.0, 0.1, 2.0, 0.0]]), 12, True).tolist(), Categorical(logits=logits).sample((6,)).tolist())
show(torch.randn(3))
