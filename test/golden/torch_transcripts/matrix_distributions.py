# Distributions of matrices, angles and shares, what is counted of trials, and transforms that constraints are satisfied by.
import torch
import torch.distributions as D
from torch.distributions import biject_to, constraints, transform_to
from torch.distributions.utils import broadcast_all, clamp_probs, lazy_property, logits_to_probs, probs_to_logits, tril_matrix_to_vec, vec_to_tril_matrix

v = torch.tensor([1.5, -2.5, 0.5])
square = torch.tensor([[2.0, 0.5], [0.5, 1.0]])


def words(result):
    if isinstance(result, torch.Tensor):
        return f"{tuple(result.shape)} " + " ".join(f"{n:.4f}" for n in result.flatten().tolist())
    return str(result)


def check(text):
    torch.manual_seed(7)
    try:
        print(text, "|", words(eval(text)))
    except Exception as error:
        print(text, "|", type(error).__name__, str(error).split("\n")[0])


made = {
    "D.VonMises(torch.tensor([0.5, 2.0]), torch.tensor([1.0, 8.0]))": v[:1],
    "D.LowRankMultivariateNormal(v, torch.tensor([[1.0], [0.5], [-1.0]]), torch.tensor([1.0, 2.0, 0.5]))": v,
    "D.Wishart(torch.tensor(3.5), square)": square, "D.Wishart(torch.tensor([4.0, 6.0]), scale_tril=torch.linalg.cholesky(square))": square,
    "D.LKJCholesky(3, torch.tensor([0.5, 2.0]))": torch.linalg.cholesky(torch.tensor([[1.0, 0.3, 0.1], [0.3, 1.0, -0.4], [0.1, -0.4, 1.0]])),
    "D.LogisticNormal(v, torch.ones(3))": torch.tensor([0.1, 0.2, 0.3, 0.4]), "D.ContinuousBernoulli(torch.tensor([0.3, 0.5, 0.9]))": torch.tensor([0.2, 0.5, 0.7]),
    "D.ContinuousBernoulli(logits=v)": torch.tensor([0.2, 0.5, 0.7]), "D.GeneralizedPareto(torch.zeros(3), torch.ones(3), torch.tensor([0.4, 0.0, -0.5]))": torch.tensor([0.2, 0.5, 0.7]),
    "D.Binomial(torch.tensor([3.0, 40.0, 500.0]), torch.tensor([0.3, 0.8, 0.4]))": torch.tensor([1.0, 30.0, 210.0]),
    "D.Binomial(12, logits=v)": torch.tensor([1.0, 2.0, 3.0]),
}
for text, value in made.items():
    distribution = eval(text)
    check(text)
    for what in ("sample()", "sample((2,))", "rsample()", "mean", "variance", "mode", "entropy()", "log_prob(value)", "batch_shape", "event_shape", "cdf(value)",
                 "expand((2, *distribution.batch_shape)).sample()", "expand((2, *distribution.batch_shape)).log_prob(value)"):
        torch.manual_seed(5)
        try:
            print("   ", what, "|", words(eval("distribution." + what)))
        except Exception as error:
            print("   ", what, "|", type(error).__name__)
for text in ("distribution.covariance_matrix", "distribution.precision_matrix", "distribution.scale_tril"):
    for made_of in list(made)[1:3]:
        distribution = eval(made_of)
        check(text)
for text in ("torch.binomial(torch.tensor([10.0, 5.0, 60.0]), torch.tensor([0.5, 0.0, 0.7]))", "D.Normal(0.0, 1.0).expand((2, 3)).sample()", "D.Categorical(logits=v).expand((2,)).sample()",
             "D.Independent(D.Normal(torch.zeros(3), 1.0), 1).expand((2,)).log_prob(v)", "D.MultivariateNormal(torch.zeros(2), square).expand((3,)).sample()",
             "D.Wishart(torch.tensor(0.5), square)", "D.LKJCholesky(1)", "D.LowRankMultivariateNormal(v, torch.ones(2, 1), torch.ones(3))", "D.ContinuousBernoulli(2.0)"):
    check(text)

for registry in ("transform_to", "biject_to"):
    for name in ("real", "positive", "nonnegative", "unit_interval", "simplex", "lower_cholesky", "positive_definite", "corr_cholesky", "greater_than(2.0)", "less_than(1.0)",
                 "interval(-1.0, 3.0)", "real_vector", "independent(constraints.positive, 1)", "boolean", "cat([constraints.positive, constraints.real], -1, [1, 2])",
                 "stack([constraints.positive, constraints.real, constraints.unit_interval], -1)"):
        given = torch.tensor([[0.5, 1.0], [-1.0, 0.2]]) if name in ("lower_cholesky", "positive_definite") else v
        check(f"{registry}(constraints.{name})(given)")
        check(f"{registry}(constraints.{name}).inv({registry}(constraints.{name})(given))")
        check(f"(lambda t: t.log_abs_det_jacobian(given, t(given)))({registry}(constraints.{name}))")
    check(f"constraints.{name}.check(v)")
for text in ("constraints.positive", "constraints.interval(0, 2)", "constraints.real_vector", "constraints.integer_interval(0, 3)", "constraints.simplex", "constraints.positive.event_dim",
             "constraints.real_vector.event_dim", "isinstance(constraints.positive, constraints.greater_than)", "constraints.interval(0, 2).upper_bound",
             "D.transforms.ReshapeTransform((4,), (2, 2))(torch.arange(8.0).view(2, 4))", "D.transforms.CumulativeDistributionTransform(D.Normal(0.0, 1.0))(v)",
             "D.TransformedDistribution(D.Normal(torch.zeros(3), 1.0), [D.StickBreakingTransform()]).log_prob(torch.tensor([0.1, 0.2, 0.3, 0.4]))",
             "D.TransformedDistribution(D.Normal(torch.zeros(4), 1.0).expand((4,)), [D.ReshapeTransform((4,), (2, 2)), D.AffineTransform(1.0, 2.0)]).log_prob(square)",
             "D.TransformedDistribution(D.Normal(0.0, 1.0), [D.AffineTransform(v, 2.0)]).sample()", "clamp_probs(torch.tensor([0.0, 0.5, 1.0]))", "logits_to_probs(v)",
             "logits_to_probs(v, True)", "probs_to_logits(torch.tensor([0.2, 0.8]), True)", "vec_to_tril_matrix(v)", "vec_to_tril_matrix(v, -1)", "tril_matrix_to_vec(square)",
             "broadcast_all(1, v)[0]", "vec_to_tril_matrix(v[:2])"):
    check(text)


class Lazy:
    @lazy_property
    def number(self):
        print("computed")
        return 3


lazy = Lazy()
print(lazy.number, lazy.number)
leaf = v.clone().requires_grad_()
biject_to(constraints.simplex)(leaf)[1].backward()
print(words(leaf.grad))
