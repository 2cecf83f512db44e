"""Loss functions of torch.nn.functional over classes that are not cross-entropy: margins, several labels, alignments."""
from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, filled, named
from .._creation import tensor
from .._dtype import INTEGER, int64
from .._tensor import Tensor
from ._loss import _legacy, reduced

layer = calls.function


@layer("multi_margin_loss", values_in)
def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
    """Σ over the other classes of max(0, margin − x[target] + x)ᵖ, divided by the number of classes."""
    if p not in (1, 2):
        raise ValueError("only p == 1 and p == 2 supported")
    classes = input.value.shape[-1]
    rows, labels = input.reshape(-1, classes), target.reshape(-1, 1)
    own = rows.gather(1, labels)
    loss = (margin - own + rows).relu()
    if p == 2:
        loss = loss * loss
    if weight is not None:
        loss = loss * weight[labels]
    loss = apply("scatter", loss, labels, filled(labels.value.shape, 0, loss.dtype), dim=1).sum(1) / classes
    loss = named(loss.reshape(target.value.shape), "multi_margin_loss")
    return reduced(loss, _legacy(size_average, reduce, reduction), "multi_margin_loss")


@layer("multilabel_margin_loss", values_in)
def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    """Σ over labels and other classes of max(0, 1 − x[label] + x), divided by the number of classes; labels end before the first -1."""
    if target.value.shape != input.value.shape:
        raise RuntimeError(f"inconsistent target size: {list(target.value.shape)} for input of size: {list(input.value.shape)}")
    classes = input.value.shape[-1]
    rows, labels = input.reshape(-1, classes), target.reshape(-1, classes)
    counts = (labels < 0).to(int64).cumsum(1) == 0
    labels = labels.clamp(min=0)
    is_label = filled(rows.value.shape, 0, int64).scatter_add(1, labels, counts.to(int64)) > 0
    pairs = (1 - rows.gather(1, labels).unsqueeze(2) + rows.unsqueeze(1)).relu()
    kept = apply("logical_and", counts.unsqueeze(2), apply("logical_not", is_label).unsqueeze(1))
    loss = apply("where", kept, pairs, filled((), 0, pairs.dtype)).sum((1, 2)) / classes
    loss = named(loss.reshape(input.value.shape[:-1]), "multilabel_margin_loss")
    return reduced(loss, _legacy(size_average, reduce, reduction), "multilabel_margin_loss")


@layer("multilabel_soft_margin_loss", values_in)
def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    loss = -(target * apply("logsigmoid", input) + (1 - target) * apply("logsigmoid", -input))
    if weight is not None:
        loss = loss * weight
    loss = loss.sum(-1) / input.value.shape[-1]
    return reduced(loss, _legacy(size_average, reduce, reduction))


def _lengths(given, name):
    lengths = given if isinstance(given, Tensor) else tensor(list(given))
    if lengths.dtype.category != INTEGER:
        raise RuntimeError(f"{name} must be integral")
    return lengths.reshape(-1)


@layer("ctc_loss", values_in)
def ctc_loss(log_probs, targets, input_lengths, target_lengths, blank=0, reduction="mean", zero_infinity=False):
    """-log of the probability of a target over all its alignments with the input's steps: (T, N, C), or (T, C) of one sequence."""
    inputs, lengths = _lengths(input_lengths, "input_lengths"), _lengths(target_lengths, "target_lengths")
    batched = log_probs.dim() == 3
    logs = log_probs if batched else log_probs.unsqueeze(1)
    loss = apply("ctc_loss", logs, targets.to(int64), inputs, lengths, blank=blank, zeroInfinity=bool(zero_infinity))
    if reduction == "mean":
        return (loss / lengths.clamp_min(1).to(loss.dtype)).mean()
    if reduction == "sum":
        return loss.sum()
    if reduction != "none":
        raise ValueError(f"{reduction} is not a valid value for reduction")
    return loss if batched else loss.squeeze(0)
