"""`Rearrange`, `Reduce` and `EinMix` as PyTorch modules."""
import torch

from ._mixing import Mixing
from ._transforming import Transforming


class Rearrange(Transforming, torch.nn.Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self._prepare(pattern, axes_lengths)

    def forward(self, input):
        return self._transformed(input)


class Reduce(Transforming, torch.nn.Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.reduction = reduction
        self._prepare(pattern, axes_lengths)

    def forward(self, input):
        if self.reduction not in ("min", "max", "sum", "mean", "prod"):  # `any`, `all` and functions: of the function `reduce` only
            raise NotImplementedError("Unknown reduction ", self.reduction)
        if self.reduction == "mean" and not input.is_floating_point():  # which PyTorch refuses in its own words
            return input.mean()
        return self._transformed(input)


class EinMix(Mixing, torch.nn.Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        weight, bias = self._prepare(pattern, weight_shape, bias_shape, axes_lengths)
        self.weight = _drawn(*weight)
        self.bias = None if bias is None else _drawn(*bias)

    @staticmethod
    def _rearrange(pattern, axes_lengths):
        return Rearrange(pattern, **axes_lengths)

    def forward(self, input):
        if self.pre_rearrange is not None:
            input = self.pre_rearrange(input)
        result = torch.einsum(self.einsum_pattern, input, self.weight)
        if self.bias is not None:
            result += self.bias
        if self.post_rearrange is not None:
            result = self.post_rearrange(result)
        return result


def _drawn(shape, bound):
    return torch.nn.Parameter(torch.empty(shape).uniform_(-bound, bound))
