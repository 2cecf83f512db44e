# Embeddings whose rows are kept short, bags with paddings, weights and offsets.
import torch
import torch.nn.functional as F
from torch import nn


def table(rows=5, columns=3):
    return (torch.arange(float(rows * columns)).reshape(rows, columns) / 4 - 1).requires_grad_()


def attempt(function):
    try:
        print(function())
    except Exception as error:
        print(type(error).__name__, str(error)[:150])


layer = nn.Embedding(5, 3, max_norm=1.0, _weight=table().detach())
output = layer(torch.tensor([[4, 1], [4, 0]]))
print(output, layer.weight)
output.sum().backward()
print(layer.weight.grad)
weight = table().detach()
print(F.embedding(torch.tensor([3]), weight, max_norm=0.5, norm_type=1.0), weight)
index = torch.tensor([[1, 2, 4], [0, 1, 1]])
flat, offsets = torch.tensor([1, 2, 4, 0, 1, 1]), torch.tensor([0, 2, 2, 5])
for mode in ("sum", "mean", "max"):
    for options in ({}, {"padding_idx": 1}, {"padding_idx": -1}):
        weight = table()
        first = F.embedding_bag(index, weight, mode=mode, **options)
        second = F.embedding_bag(flat, weight, offsets, mode=mode, **options)
        ((first ** 2).sum() + second.sum()).backward()
        print(mode, options, first, second, weight.grad)
weight = table()
scales = torch.tensor([1., 2., -1., 0.5, 3., 1.], requires_grad=True)
F.embedding_bag(flat, weight, torch.tensor([0, 2, 6]), mode="sum", per_sample_weights=scales, include_last_offset=True).pow(2).sum().backward()
print(weight.grad, scales.grad)
weight = table().detach()
print(F.embedding_bag(index, weight, max_norm=1.0, mode="mean"), weight)
bag = nn.EmbeddingBag(5, 3, mode="max", padding_idx=2, _weight=table().detach())
print(bag(index), bag)
attempt(lambda: F.embedding_bag(index, table(), mode="median"))
attempt(lambda: F.embedding_bag(index, table(), per_sample_weights=torch.ones(2, 3)))
attempt(lambda: F.embedding_bag(index, table(), mode="max", scale_grad_by_freq=True))
attempt(lambda: nn.Embedding(3, 2, padding_idx=3))
