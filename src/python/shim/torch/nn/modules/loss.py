"""Loss modules. Those that quick-train knows report themselves when they are constructed."""
import math
from dataclasses import dataclass

from _lens.learning import training

from .. import functional as F
from .linear import Linear
from .module import Module


class _Loss(Module):
    """A loss with a reduction. `settings` are the attributes its function takes by keyword."""

    function: str
    seen = None      # (kind, from_probabilities) of `training.saw_loss`
    settings = ()

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            reduction = "none" if reduce is False else "sum" if size_average is False else "mean"
        self.reduction = reduction
        if self.seen:
            training.saw_loss(*self.seen)

    def forward(self, *inputs):
        settings = {name: getattr(self, name) for name in self.settings}
        return getattr(F, self.function)(*inputs, reduction=self.reduction, **settings)


class _WeightedLoss(_Loss):
    settings = ("weight",)

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)


def _two_inputs(self, input, target):
    return _Loss.forward(self, input, target)


class L1Loss(_Loss):
    function, forward = "l1_loss", _two_inputs


class MSELoss(_Loss):
    function, seen, forward = "mse_loss", ("mse", False), _two_inputs


class SoftMarginLoss(_Loss):
    function, forward = "soft_margin_loss", _two_inputs


class BCELoss(_WeightedLoss):
    function, seen, forward = "binary_cross_entropy", ("binary-cross-entropy", True), _two_inputs


class CrossEntropyLoss(_WeightedLoss):
    function, seen = "cross_entropy", ("cross-entropy", False)
    settings = ("weight", "ignore_index", "label_smoothing")

    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index, self.label_smoothing = ignore_index, label_smoothing

    forward = _two_inputs


@dataclass
class LinearCrossEntropyOptions:
    """How PyTorch saves memory, which changes no number."""

    allow_retain_graph: bool = False
    batch_chunk_size: int | None = None
    chunking_method: str | None = "auto"
    acc_policy: str = "auto"
    acc_dtype: object = None


class LinearCrossEntropyLoss(_WeightedLoss):
    seen = ("cross-entropy", False)

    def __init__(self, in_features, num_classes, *, out_features=(), bias=False, device=None, dtype=None, reduction="mean", weight=None, ignore_index=None,
                 label_smoothing=0.0, options=None):
        if weight is not None and tuple(weight.shape) != (num_classes,):
            raise RuntimeError(f"expected weight shape to be {(num_classes,)}, got {tuple(weight.shape)}")
        if not 0 <= label_smoothing <= 1:
            raise RuntimeError(f"expected label_smoothing to be in range [0, 1], got {label_smoothing}")
        super().__init__(weight, reduction=reduction)
        self.num_classes, self.out_features, self.ignore_index = num_classes, out_features, ignore_index
        self.label_smoothing, self.options = label_smoothing, options
        self.linear = Linear(in_features, math.prod(out_features, start=num_classes), bias=bias, device=device, dtype=dtype)

    def forward(self, input, target):
        classes = (self.num_classes, *self.out_features)
        return F.linear_cross_entropy(
            input, self.linear.weight.reshape(*classes, -1), target, linear_bias=None if self.linear.bias is None else self.linear.bias.reshape(classes),
            weight=self.weight, reduction=self.reduction, ignore_index=self.ignore_index, label_smoothing=self.label_smoothing, options=self.options)

    def extra_repr(self):
        return (f"in_features={self.linear.in_features}, num_classes={self.num_classes}, out_features={self.out_features}, bias={self.linear.bias is not None}, "
                f"reduction={self.reduction}, ignore_index={self.ignore_index}, label_smoothing={self.label_smoothing}, options={self.options}")


class NLLLoss(_WeightedLoss):
    function, seen = "nll_loss", ("nll", False)
    settings = ("weight", "ignore_index")

    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    forward = _two_inputs


class NLLLoss2d(NLLLoss):
    """NLLLoss by its older name."""


class BCEWithLogitsLoss(_WeightedLoss):
    function, seen = "binary_cross_entropy_with_logits", ("binary-cross-entropy-with-logits", False)
    settings = ("weight", "pos_weight")

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
        super().__init__(weight, size_average, reduce, reduction)
        self.register_buffer("pos_weight", pos_weight)

    forward = _two_inputs


class SmoothL1Loss(_Loss):
    function, settings = "smooth_l1_loss", ("beta",)

    def __init__(self, size_average=None, reduce=None, reduction="mean", beta=1.0):
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    forward = _two_inputs


class HuberLoss(_Loss):
    function, settings = "huber_loss", ("delta",)

    def __init__(self, reduction="mean", delta=1.0):
        super().__init__(reduction=reduction)
        self.delta = delta

    forward = _two_inputs


class KLDivLoss(_Loss):
    function, settings = "kl_div", ("log_target",)

    def __init__(self, size_average=None, reduce=None, reduction="mean", log_target=False):
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    forward = _two_inputs


class PoissonNLLLoss(_Loss):
    function, settings = "poisson_nll_loss", ("log_input", "full", "eps")

    def __init__(self, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.log_input, self.full, self.eps = log_input, full, eps

    def forward(self, log_input, target):
        return _Loss.forward(self, log_input, target)


class GaussianNLLLoss(_Loss):
    function, settings = "gaussian_nll_loss", ("full", "eps")

    def __init__(self, *, full=False, eps=1e-6, reduction="mean"):
        super().__init__(reduction=reduction)
        self.full, self.eps = full, eps

    def forward(self, input, target, var):
        return _Loss.forward(self, input, target, var)


class HingeEmbeddingLoss(_Loss):
    function, settings = "hinge_embedding_loss", ("margin",)

    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input, target):
        return _Loss.forward(self, input, target)


class MarginRankingLoss(HingeEmbeddingLoss):
    function = "margin_ranking_loss"

    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(margin, size_average, reduce, reduction)

    def forward(self, input1, input2, target):
        return _Loss.forward(self, input1, input2, target)


class CosineEmbeddingLoss(MarginRankingLoss):
    function = "cosine_embedding_loss"


class TripletMarginLoss(_Loss):
    function, settings = "triplet_margin_loss", ("margin", "p", "eps", "swap")

    def __init__(self, margin=1.0, p=2.0, eps=1e-6, swap=False, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin, self.p, self.eps, self.swap = margin, p, eps, swap

    def forward(self, anchor, positive, negative):
        return _Loss.forward(self, anchor, positive, negative)


class TripletMarginWithDistanceLoss(_Loss):
    function, settings = "triplet_margin_with_distance_loss", ("distance_function", "margin", "swap")

    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        super().__init__(reduction=reduction)
        if margin <= 0:
            raise ValueError(f"TripletMarginWithDistanceLoss: expected margin to be greater than 0, got {margin} instead")
        self.distance_function = PairwiseDistance() if distance_function is None else distance_function
        self.margin, self.swap = margin, swap

    def forward(self, anchor, positive, negative):
        return _Loss.forward(self, anchor, positive, negative)


class MultiMarginLoss(_WeightedLoss):
    function, settings, forward = "multi_margin_loss", ("p", "margin", "weight"), _two_inputs

    def __init__(self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__(weight, size_average, reduce, reduction)
        if p not in (1, 2):
            raise ValueError("only p == 1 and p == 2 supported")
        self.p, self.margin = p, margin


class MultiLabelMarginLoss(_Loss):
    function, forward = "multilabel_margin_loss", _two_inputs


class MultiLabelSoftMarginLoss(_WeightedLoss):
    function, forward = "multilabel_soft_margin_loss", _two_inputs


class CTCLoss(_Loss):
    function, settings = "ctc_loss", ("blank", "zero_infinity")

    def __init__(self, blank=0, reduction="mean", zero_infinity=False):
        super().__init__(reduction=reduction)
        self.blank, self.zero_infinity = blank, zero_infinity

    def forward(self, log_probs, targets, input_lengths, target_lengths):
        return super().forward(log_probs, targets, input_lengths, target_lengths)


class CosineSimilarity(Module):
    def __init__(self, dim=1, eps=1e-8):
        super().__init__()
        self.dim, self.eps = dim, eps

    def forward(self, x1, x2):
        return F.cosine_similarity(x1, x2, self.dim, self.eps)


class PairwiseDistance(Module):
    def __init__(self, p=2.0, eps=1e-6, keepdim=False):
        super().__init__()
        self.norm, self.eps, self.keepdim = p, eps, keepdim

    def forward(self, x1, x2):
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)
