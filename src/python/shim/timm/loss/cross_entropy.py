"""Cross entropy with targets that are not certain."""
import torch
import torch.nn.functional as F
from torch import nn


class LabelSmoothingCrossEntropy(nn.Module):
    def __init__(self, smoothing=0.1):
        super().__init__()
        assert smoothing < 1.0
        self.smoothing, self.confidence = smoothing, 1.0 - smoothing

    def forward(self, x, target):
        logs = F.log_softmax(x, dim=-1)
        of_target = -logs.gather(dim=-1, index=target.unsqueeze(1)).squeeze(1)
        return (self.confidence * of_target + self.smoothing * -logs.mean(dim=-1)).mean()


class SoftTargetCrossEntropy(nn.Module):
    """The target is a distribution."""

    def forward(self, x, target):
        return torch.sum(-target * F.log_softmax(x, dim=-1), dim=-1).mean()
