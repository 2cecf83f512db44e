"""Loss functions of torch.nn.functional. The common ones tell quick-train what the file trains with."""
import math

from _lens.learning import training
from _lens.recording import calls
from _lens.recording.array import values_in

from .. import _elementwise as elementwise
from .._apply import apply, check_implemented, check_tensor, filled
from .._dtype import FLOAT, bool_, finfo, int64
from .._known import refuse_unless
from .._special import xlogy
from .._tensor import Tensor
from ._convolution import linear

layer = calls.function


def reduced(loss, reduction, operation=None):
    """`mean`, `sum` or none of the elements' losses."""
    if reduction == "none":
        return loss
    if reduction not in ("mean", "sum"):
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return apply(reduction, loss, operation=operation, dim=list(range(loss.dim())), keepdim=False)


def _weighted(loss, weight, reduction, operation=None):
    """Reduced with a weight for each element; their mean is over the weights."""
    if weight is None:
        return reduced(loss, reduction, operation)
    if weight.value.shape != loss.value.shape:
        raise ValueError("Weights and input must have the same size.")
    weighted = loss * weight
    return weighted.sum() / weight.sum() if reduction == "mean" else reduced(weighted, reduction, operation)


def _legacy(size_average, reduce, reduction):
    """The arguments of old PyTorch versions, as one word."""
    if size_average is None and reduce is None:
        return reduction
    if reduce is False:
        return "none"
    return "sum" if size_average is False else "mean"


@layer("cross_entropy", values_in)
def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
    training.saw_loss("cross-entropy")
    reduction = _legacy(size_average, reduce, reduction)
    check_tensor(input, "cross_entropy_loss")
    check_tensor(target, "cross_entropy_loss", "target", 2)
    if not 0 <= label_smoothing <= 1:
        raise RuntimeError(f"label_smoothing must be between 0.0 and 1.0. Got: {label_smoothing:g}")
    axis = 0 if input.dim() == 1 else 1
    logs = apply("log_softmax", input, dim=axis)
    if target.value.shape == input.value.shape:
        if not target.is_floating_point():
            raise RuntimeError(f"Expected floating point type for target with class probabilities, got {target._scalar_type()}")
        return _against_probabilities(logs, target, weight, axis, reduction, label_smoothing)
    result = _negative_likelihood(logs, target, weight, ignore_index, reduction, "cross_entropy" if input.dim() < 3 else "nll_loss_nd")
    if label_smoothing == 0.0:
        return result
    return result * (1 - label_smoothing) + _smooth_part(logs, target, weight, ignore_index, reduction, axis) * (
        label_smoothing / input.value.shape[axis])


def linear_cross_entropy(input, linear_weight, target, *, linear_bias=None, weight=None, reduction="mean", ignore_index=None, label_smoothing=0.0, options=None):
    """The cross entropy of a linear map's logits: (N, in) and a weight of (C, …, in). `options` are about memory only."""
    logits = linear(input, linear_weight.reshape(-1, linear_weight.value.shape[-1]), None if linear_bias is None else linear_bias.reshape(-1))
    logits = logits.reshape(*input.value.shape[:-1], *linear_weight.value.shape[:-1])
    return cross_entropy(logits, target, weight, ignore_index=-100 if ignore_index is None else ignore_index, reduction=reduction, label_smoothing=label_smoothing)


def _along(weight, logs, axis):
    return weight.reshape([-1 if d == axis else 1 for d in range(logs.dim())])


def _against_probabilities(logs, target, weight, axis, reduction, smoothing):
    if smoothing:
        target = target * (1 - smoothing) + smoothing / logs.value.shape[axis]
    product = logs * target if weight is None else logs * target * _along(weight, logs, axis)
    if reduction == "none":
        return -product.sum(axis)
    total = -product.sum()
    if reduction == "sum":
        return total
    return apply("div", total, filled((), logs.numel() / logs.value.shape[axis], logs.dtype), operation="div_number")


def _smooth_part(logs, target, weight, ignore_index, reduction, axis):
    weighted = logs if weight is None else logs * _along(weight, logs, axis)
    loss = (-weighted.sum(axis)).masked_fill(target == ignore_index, 0.0)
    if reduction != "mean":
        return reduced(loss, reduction)
    kept = target != ignore_index
    count = kept.to(logs.dtype) if weight is None else weight[elementwise.where(kept, target, 0)] * kept
    return loss.sum() / count.sum()


def _negative_likelihood(logs, target, weight, ignore_index, reduction, operation):
    """-weight[target] · logs[target], targets of `ignore_index` left out; the mean is over the weights."""
    axis = 0 if logs.dim() == 1 else 1
    expected = list(logs.value.shape)
    del expected[axis]
    if logs.dim() == 2 and target.dim() == 1 and target.value.shape[0] != logs.value.shape[0]:
        raise ValueError(f"Expected input batch_size ({logs.value.shape[0]}) to match target batch_size ({target.value.shape[0]}).")
    if list(target.value.shape) != expected:
        if target.dim() == 2 and logs.dim() == 2 or target.dim() > max(logs.dim() - 1, 1):
            raise RuntimeError("0D or 1D target tensor expected, multi-target not supported")
        raise RuntimeError(f"Expected target size {expected}, got {list(target.value.shape)}")
    if target.value.dtype not in ("int64", "uint8"):
        raise RuntimeError(f"expected target dtype to be Long or Byte, but got {target._scalar_type()}")
    classes = logs.value.shape[axis]
    if weight is not None and weight.value.shape != (classes,):
        raise RuntimeError(f"weight tensor should be defined either for all {classes} classes or no classes but got weight tensor of shape: "
                           f"{list(weight.value.shape)}" if logs.dim() < 3 else "weight tensor should be defined either for all or no classes")
    target = target.to(int64)
    kept = target != ignore_index
    places = elementwise.where(kept, target, 0)
    chosen = apply("gather", logs, places.unsqueeze(axis), operation=operation, dim=axis, indices="targets").squeeze(axis)
    loss = -chosen if weight is None else -chosen * weight[places]
    # masked, not multiplied by 0: of no targets at all the mean is NaN, its gradient 0
    loss = apply("where", kept, loss, filled((), 0, loss.dtype), operation=operation)
    if reduction != "mean":
        return reduced(loss, reduction, operation)
    scale = kept.to(logs.dtype) if weight is None else weight[places] * kept
    return apply("div", loss.sum(), scale.sum(), operation=operation)


@layer("nll_loss", values_in)
def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
    training.saw_loss("nll")
    check_tensor(input, "nll_loss_nd")
    check_tensor(target, "nll_loss_nd", "target", 2)
    operation = "nll_loss" if input.dim() < 3 else "nll_loss_nd"
    return _negative_likelihood(input, target, weight, ignore_index, _legacy(size_average, reduce, reduction), operation)


def _difference(input, target):
    if not target.size() == input.size():
        import warnings
        warnings.warn(f"Using a target size ({target.shape}) that is different to the input size ({input.shape}). This will likely lead "
                      "to incorrect results due to broadcasting. Please ensure they have the same size.", stacklevel=3)
    return input - target


def _number_of(target, input):
    """Truths as numbers: where PyTorch has a kernel of the loss itself, they are targets too."""
    return target.to(input.dtype) if isinstance(target, Tensor) and isinstance(input, Tensor) and target.dtype is bool_ else target


@layer("mse_loss", values_in)
def mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    training.saw_loss("mse")
    difference = _difference(input, _number_of(target, input))
    check_implemented("mse_cpu", difference.dtype, FLOAT)
    return _weighted(apply("square", difference, operation="mse_loss"), weight, _legacy(size_average, reduce, reduction), "mse_loss")


@layer("l1_loss", values_in)
def l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    return _weighted(apply("abs", _difference(input, target)), weight, _legacy(size_average, reduce, reduction))


@layer("smooth_l1_loss", values_in)
def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    difference = _difference(input, _number_of(target, input))
    distance = apply("abs", difference)
    if beta == 0:
        return reduced(distance, reduction)
    loss = elementwise.where(distance < beta, apply("square", difference) * (0.5 / beta), distance - 0.5 * beta)
    return reduced(loss, _legacy(size_average, reduce, reduction), "smooth_l1_loss")


@layer("huber_loss", values_in)
def huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    if delta <= 0:
        raise RuntimeError("huber_loss does not support non-positive values for delta.")
    difference = _difference(input, _number_of(target, input))
    distance = apply("abs", difference)
    loss = elementwise.where(distance < delta, apply("square", difference) * 0.5, (distance - 0.5 * delta) * delta)
    return reduced(loss if weight is None else loss * weight, reduction, "huber_loss")


def _is_probability(number):
    return 0 <= number <= 1


@layer("binary_cross_entropy", values_in)
def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    """-(y·log x + (1 - y)·log(1 - x)), the logarithms not below -100. The slope is (x - y) / max(x·(1 - x), 1e-12), as in PyTorch's
    binary_cross_entropy_backward: a sigmoid that has saturated has a finite one."""
    training.saw_loss("binary-cross-entropy", from_probabilities=True)
    if target.value.shape != input.value.shape:
        raise ValueError(f"Using a target size ({target.shape}) that is different to the input size ({input.shape}) is deprecated. "
                         "Please ensure they have the same size.")
    if input.value.dtype != target.value.dtype:
        raise RuntimeError(f"Found dtype {target._scalar_type()} but expected {input._scalar_type()}")
    for name, tensor in (("input", input), ("target", target)):
        refuse_unless(tensor, _is_probability, f"all elements of {name} should be between 0 and 1")
    is_inside, number = input * (1 - input) > 1e-12, input.detach()
    passing = elementwise.where(is_inside, input, number)
    log_x, log_rest = passing.log().clamp(min=-100), apply("log1p", -passing).clamp(min=-100)
    steep = (number - target) * min(1e12, finfo(input.dtype).max)
    loss = (target - 1) * log_rest - target * log_x + (input - number) * elementwise.where(is_inside, 0.0, steep)
    return reduced(loss if weight is None else loss * weight, _legacy(size_average, reduce, reduction), "binary_cross_entropy")


@layer("binary_cross_entropy_with_logits", values_in)
def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
    training.saw_loss("binary-cross-entropy-with-logits")
    if target.size() != input.size():
        raise ValueError(f"Target size ({target.shape}) must be the same as input size ({input.shape})")
    log_x = apply("logsigmoid", input)
    if target.value.dtype == "bool":
        raise RuntimeError("Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.")
    if not target.is_floating_point():
        raise RuntimeError(f"result type {input._scalar_type()} can't be cast to the desired output type {target._scalar_type()}")
    if pos_weight is not None:
        log_x = log_x * ((pos_weight - 1) * target + 1)
    # of the target's dtype, as PyTorch's, which writes over 1 - target
    loss = (((1 - target) * input).to(target.dtype) - log_x).to(target.dtype)
    return reduced(loss if weight is None else loss * weight, _legacy(size_average, reduce, reduction),
                   "binary_cross_entropy_with_logits")


@layer("kl_div", values_in)
def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    if not (log_target or target.is_floating_point()):
        raise RuntimeError("kl_div: Integral inputs not supported.")
    if log_target:
        loss = target.exp() * (target - input)
    else:
        loss = xlogy(target, target) - target * input
    if reduction == "batchmean":
        return loss.sum() / input.value.shape[0]
    return reduced(loss, _legacy(size_average, reduce, reduction))


@layer("poisson_nll_loss", values_in)
def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction="mean"):
    loss = input.exp() - target * input if log_input else input - target * (input + eps).log()
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        loss = loss + stirling.masked_fill(target <= 1, 0)
    return reduced(loss, reduction)


def _variances(var, input):
    """One for each element, or for each row of the last axis."""
    if isinstance(var, (int, float)):
        return filled(input.value.shape, float(var), input.dtype)
    shape, sizes = list(input.value.shape), list(var.value.shape)
    if sizes == shape[:-1]:
        return var.unsqueeze(-1)
    if sizes != shape and (len(sizes) != len(shape) or sum(size for own, size in zip(shape, sizes) if own != size) != 1):
        raise ValueError("var is of incorrect size")
    return var


@layer("gaussian_nll_loss", values_in)
def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction="mean"):
    var = _variances(var, input)
    refuse_unless(var, lambda number: number >= 0, "var has negative entry/entries", ValueError)
    var = elementwise.raised(var, eps)
    loss = 0.5 * (var.log() + (input - target) ** 2 / var)
    return reduced(loss + 0.5 * math.log(2 * math.pi) if full else loss, reduction)


@layer("hinge_embedding_loss", values_in)
def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"):
    zero = filled((), 0, input.dtype)
    loss = elementwise.where(target != 1, (margin - input).clamp_min(0), zero) + elementwise.where(target != -1, input, zero)
    return reduced(loss, reduction)


@layer("margin_ranking_loss", values_in)
def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    if not input1.dim() == input2.dim() == target.dim():
        raise RuntimeError(f"margin_ranking_loss : All input tensors should have same dimension but got sizes: input1: {input1.shape}, "
                           f"input2: {input2.shape}, target: {target.shape} ")
    return reduced((-target * (input1 - input2) + margin).clamp_min(0), reduction)


@layer("soft_margin_loss", values_in)
def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    return reduced(apply("log1p", (-target * input).exp()), reduction, "soft_margin_loss")


@layer("cosine_embedding_loss", values_in)
def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    squares = [apply("square", x).sum(-1) + 1e-12 for x in (input1, input2)]
    similarity = (input1 * input2).sum(-1) / (squares[0] * squares[1]).sqrt()
    zero = filled((), 0, input1.dtype)
    loss = elementwise.where(target == 1, 1 - similarity, zero) + elementwise.where(target == -1, (similarity - margin).clamp_min(0), zero)
    return reduced(loss, reduction)


@layer("triplet_margin_loss", values_in)
def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-6, swap=False, size_average=None, reduce=None,
                        reduction="mean"):
    from ._similarity import pairwise_distance
    near, far = pairwise_distance(anchor, positive, p, eps), pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = elementwise.minimum(far, pairwise_distance(positive, negative, p, eps))
    return reduced((near - far + margin).clamp_min(0), reduction)


@layer("triplet_margin_with_distance_loss", values_in)
def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
    from ._similarity import pairwise_distance
    if margin <= 0:
        raise ValueError(f"margin must be greater than 0, got {margin}")
    if not anchor.dim() == positive.dim() == negative.dim():
        raise RuntimeError("The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor "
                           f"{anchor.dim()}D, positive {positive.dim()}D, and negative {negative.dim()}D inputs")
    distance = pairwise_distance if distance_function is None else distance_function
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = elementwise.minimum(far, distance(positive, negative))
    return reduced((margin + near - far).clamp_min(0), reduction)
