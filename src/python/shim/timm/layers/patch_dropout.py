"""Tokens left out at random while training (Liu et al. 2022)."""
import torch
from torch import nn


def patch_dropout_forward(x, prob, num_prefix_tokens, ordered, training):
    """(kept tokens, their indices): of N L C; the first `num_prefix_tokens` are always kept."""
    if not training or prob == 0.0:
        return x, None
    prefix, x = x[:, :num_prefix_tokens], x[:, num_prefix_tokens:] if num_prefix_tokens else x
    batch, tokens = x.shape[:2]
    kept = torch.argsort(torch.randn(batch, tokens), dim=-1)[:, :max(1, int(tokens * (1.0 - prob)))]
    if ordered:
        kept = kept.sort(dim=-1)[0]
    x = x.gather(1, kept.unsqueeze(-1).expand((-1, -1) + tuple(x.shape[2:])))
    return (torch.cat((prefix, x), dim=1) if num_prefix_tokens else x), kept


class PatchDropoutWithIndices(nn.Module):
    def __init__(self, prob=0.5, num_prefix_tokens=1, ordered=False):
        super().__init__()
        assert 0 <= prob < 1.0
        self.prob, self.num_prefix_tokens, self.ordered = prob, num_prefix_tokens, ordered

    def forward(self, x):
        return patch_dropout_forward(x, self.prob, self.num_prefix_tokens, self.ordered, self.training)


class PatchDropout(PatchDropoutWithIndices):
    def forward(self, x):
        return super().forward(x)[0]
