# Distributions over trials, and of quotients and powers of draws: drawn, scored, their moments, and gradients.
import torch
from torch import distributions as D

torch.set_printoptions(precision=4, sci_mode=False)
a, b = torch.tensor([0.5, 2.0, 6.0]), torch.tensor([1.5, 3.0, 5.0])
p = torch.tensor([0.2, 0.5, 0.9])
counts, inside = torch.tensor([0.0, 2.0, 4.0]), torch.tensor([0.1, 0.5, 0.7])
for distribution, value in ((D.Binomial(5, p), counts), (D.Binomial(torch.tensor([4, 5, 6]), logits=p), counts), (D.NegativeBinomial(a, p), counts), (D.NegativeBinomial(3, logits=-p), counts),
                            (D.Multinomial(6, torch.tensor([0.2, 0.3, 0.5])), torch.tensor([1.0, 2.0, 3.0])), (D.Multinomial(4, logits=torch.zeros(2, 3)), torch.tensor([[1.0, 2.0, 1.0], [0.0, 0.0, 4.0]])),
                            (D.HalfCauchy(a), counts), (D.InverseGamma(a, b), b), (D.Kumaraswamy(a, b), inside), (D.FisherSnedecor(a, b), b)):
    print(distribution, distribution.batch_shape, distribution.event_shape, distribution.has_rsample)
    print(distribution.log_prob(value))
    for name in ("mean", "variance", "mode"):
        try:
            print(name, getattr(distribution, name))
        except NotImplementedError:
            print(name, "is not there")
    try:
        print("entropy", distribution.entropy())
    except NotImplementedError:
        print("entropy is not there")
    if not isinstance(distribution, D.Binomial):
        torch.manual_seed(0)
        print(distribution.sample(), distribution.sample((2,)).shape)
w = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)
for distribution, value in ((D.Binomial(5, logits=w), counts), (D.NegativeBinomial(w, logits=w - 1), counts), (D.HalfCauchy(w), b), (D.InverseGamma(w, w), b), (D.Kumaraswamy(w, w), inside), (D.FisherSnedecor(w, w), b)):
    print(torch.autograd.grad(distribution.log_prob(value).sum(), w))
print(D.HalfCauchy(a).cdf(b), D.HalfCauchy(a).icdf(inside), D.Kumaraswamy(a, b).cdf(inside))
