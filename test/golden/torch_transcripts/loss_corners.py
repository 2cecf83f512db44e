# Values and gradients of losses and of distributions at certainties, at no difference, at targets that are left out.
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

inf, nan = math.inf, math.nan


def words(tensor):
    return "none" if tensor is None else " ".join("zero" if abs(v) < 1e-6 else f"{v:.5g}" for v in tensor.flatten().tolist())


def leaf(data):
    return torch.tensor(data, dtype=torch.float32, requires_grad=True)


def corner(name, function, *data):
    """The value, and for each input the gradient of the value times 1, 2, 3 …"""
    inputs = [leaf(numbers) for numbers in data]
    result = function(*inputs)
    result.backward(torch.arange(1.0, result.numel() + 1).reshape(result.shape))
    print(name, "|", words(result), "|", " | ".join(words(x.grad) for x in inputs))


def twice(name, function, data):
    """The gradient, and the gradient of its sum."""
    x = leaf(data)
    first, = torch.autograd.grad(function(x), x, create_graph=True)
    second, = torch.autograd.grad(first.sum(), x, allow_unused=True)
    print(name, "twice |", words(first), "|", words(second))


# Losses at certainties, at no difference, at targets that are left out
edge, truth = [0.0, 1.0, 0.0, 1.0, 0.5, 1e-7], torch.tensor([0.0, 1.0, 1.0, 0.0, 1.0, 0.5])
for reduction in ("mean", "sum", "none"):
    corner(f"binary_cross_entropy {reduction}", lambda x: F.binary_cross_entropy(x, truth, reduction=reduction), edge)
corner("binary_cross_entropy with weights", lambda x: F.binary_cross_entropy(x, truth, torch.arange(6.0)), edge)
corner("binary_cross_entropy of saturated sigmoids", lambda x: F.binary_cross_entropy(torch.sigmoid(x), torch.tensor([1.0, 0.0, 1.0, 0.0])), [200.0, 200.0, -200.0, -200.0])
corner("binary_cross_entropy_with_logits", lambda x: F.binary_cross_entropy_with_logits(x, torch.tensor([1.0, 0.0, 1.0, 0.0, 0.5])), [200.0, 200.0, -200.0, -200.0, 0.0])
rows = [[1.0, 2.0, 3.0], [0.0, 0.0, 0.0]]
nothing, half = torch.tensor([-100, -100]), torch.tensor([-100, 2])
for reduction in ("mean", "sum", "none"):
    for name, target in (("nothing", nothing), ("half", half)):
        corner(f"cross_entropy of {name} {reduction}", lambda x: F.cross_entropy(x, target, reduction=reduction), rows)
        corner(f"nll_loss of {name} {reduction}", lambda x: F.nll_loss(x, target, reduction=reduction), rows)
        corner(f"smoothed cross_entropy of {name} {reduction}", lambda x: F.cross_entropy(x, target, reduction=reduction, label_smoothing=0.1), rows)
        corner(f"weighted cross_entropy of {name} {reduction}", lambda x: F.cross_entropy(x, target, torch.tensor([1.0, 2.0, 0.5]), reduction=reduction), rows)
corner("cross_entropy of weight 0", lambda x: F.cross_entropy(x, torch.tensor([0, 0]), torch.tensor([0.0, 1.0, 1.0])), rows)
corner("cross_entropy of images", lambda x: F.cross_entropy(x, torch.full((1, 2), -100)), [[[1.0, 2.0], [3.0, 4.0]]])
corner("cross_entropy of a masked class", lambda x: F.cross_entropy(x, torch.tensor([0, 1])), [[1.0, -inf], [1.0, -inf]])
corner("cross_entropy of probabilities", lambda x: F.cross_entropy(x, torch.tensor([[1.0, 0.0], [0.0, 1.0]])), [[200.0, 0.0], [200.0, 0.0]])
corner("nll_loss of infinities", lambda x: F.nll_loss(x, torch.tensor([-100, 0])), [[-inf, 1.0], [1.0, -inf]])
corner("kl_div", lambda x, y: F.kl_div(x, y, reduction="sum"), [0.0, -1.0, -inf, -inf], [0.0, 1.0, 0.0, 0.5])
corner("kl_div of logarithms", lambda x, y: F.kl_div(x, y, reduction="sum", log_target=True), [0.0, -1.0, -2.0], [-inf, -1.0, 0.0])
for p in (1, 2, 3):
    corner(f"triplet_margin_loss {p}", lambda a, b, c: F.triplet_margin_loss(a, b, c, p=p), [[1.0, 2.0]], [[1.0, 2.0]], [[1.0, 2.0]])
    corner(f"triplet_margin_loss {p} without eps", lambda a, b, c: F.triplet_margin_loss(a, b, c, p=p, eps=0.0, swap=True), [[1.0, 2.0]], [[1.0, 2.0]], [[1.0, 2.0]])
corner("triplet_margin_loss at its margin", lambda a, b, c: F.triplet_margin_loss(a, b, c, eps=0.0), [[0.0]], [[1.0]], [[2.0]])
corner("cosine_embedding_loss", lambda x, y: F.cosine_embedding_loss(x, y, torch.tensor([1, -1, 1])), [[0.0, 0.0], [1.0, 2.0], [0.0, 0.0]], [[1.0, 2.0], [1.0, 2.0], [0.0, 0.0]])
corner("cosine_embedding_loss at its margin", lambda x, y: F.cosine_embedding_loss(x, y, torch.tensor([-1]), margin=0.0), [[1.0, 0.0]], [[0.0, 1.0]])
ends = [0.0, 1.0, -1.0, 2.0]
corner("smooth_l1_loss", lambda x, y: F.smooth_l1_loss(x, y, reduction="none"), ends, [0.0] * 4)
corner("smooth_l1_loss beta 0", lambda x, y: F.smooth_l1_loss(x, y, reduction="none", beta=0.0), ends, [0.0] * 4)
corner("huber_loss", lambda x, y: F.huber_loss(x, y, reduction="none"), ends, [0.0] * 4)
corner("l1_loss", lambda x, y: F.l1_loss(x, y, reduction="none"), ends, [0.0] * 4)
corner("mse_loss of infinities", lambda x, y: F.mse_loss(x, y, reduction="none"), [inf, inf, 0.0], [inf, 1.0, 0.0])
corner("hinge_embedding_loss", lambda x: F.hinge_embedding_loss(x, torch.tensor([1.0, -1.0, -1.0])), [0.0, 1.0, 0.0])
corner("margin_ranking_loss", lambda x, y: F.margin_ranking_loss(x, y, torch.tensor([1.0, -1.0, 1.0]), margin=1.0, reduction="none"), [1.0, 0.0, 0.0], [0.0, 0.0, 0.0])
corner("soft_margin_loss", lambda x: F.soft_margin_loss(x, torch.tensor([1.0, -1.0, 1.0]), reduction="none"), [200.0, 200.0, -200.0])
corner("multi_margin_loss", lambda x: F.multi_margin_loss(x, torch.tensor([0])), [[1.0, 0.0, 1.0]])
corner("multi_margin_loss squared", lambda x: F.multi_margin_loss(x, torch.tensor([0]), p=2), [[1.0, 0.0, 1.0]])
corner("multilabel_margin_loss", lambda x: F.multilabel_margin_loss(x, torch.tensor([[0, -1, -1]])), [[1.0, 0.0, 1.0]])
corner("multilabel_soft_margin_loss", lambda x: F.multilabel_soft_margin_loss(x, torch.tensor([[1.0, 0.0, 0.0]])), [[200.0, 200.0, -200.0]])
corner("poisson_nll_loss", lambda x: F.poisson_nll_loss(x, torch.tensor([0.0, 1.0, 2.0]), log_input=False, full=True), [0.0, 0.0, 1.0])
corner("poisson_nll_loss of logarithms", lambda x, y: F.poisson_nll_loss(x, y, full=True), [0.0, 0.0, 1.0], [0.0, 1.0, 2.0])
corner("gaussian_nll_loss", lambda x, v: F.gaussian_nll_loss(x, torch.tensor([1.0, 0.0]), v), [1.0, 1.0], [0.0, 1e-6])

# Distributions at their ends
corner("Bernoulli", lambda p: torch.distributions.Bernoulli(p).log_prob(torch.tensor([0.0, 1.0, 1.0])), [0.0, 1.0, 0.0])
corner("Bernoulli, entropy", lambda p: torch.distributions.Bernoulli(p).entropy(), [0.0, 1.0, 0.5])
corner("Categorical", lambda p: torch.distributions.Categorical(p).log_prob(torch.tensor(0)), [0.0, 1.0])
corner("Categorical, entropy", lambda p: torch.distributions.Categorical(p).entropy(), [0.0, 1.0])
corner("Categorical of logits", lambda x: torch.distributions.Categorical(logits=x).entropy(), [-inf, 1.0])
corner("Normal, divergence", lambda m, s: torch.distributions.kl_divergence(torch.distributions.Normal(m, s), torch.distributions.Normal(0.0, 1.0)), [0.0], [1.0])
corner("Laplace", lambda m: torch.distributions.Laplace(m, 1.0).log_prob(torch.tensor([1.0])), [1.0])

# Twice differentiated
twice("binary_cross_entropy", lambda x: F.binary_cross_entropy(x, torch.tensor([1.0, 0.0, 0.5])), [0.25, 0.25, 0.5])
twice("cross_entropy", lambda x: F.cross_entropy(x, torch.tensor([-100, 1])), [[0.0, 1.0], [200.0, 0.0]])
twice("huber", lambda x: F.huber_loss(x, torch.zeros(3)), [0.0, 1.0, 2.0])
twice("smooth_l1", lambda x: F.smooth_l1_loss(x, torch.zeros(3)), [0.0, 1.0, 2.0])
