# What depends on the order of elements, and what is found among them.
import torch

torch.manual_seed(4)
x, n = torch.randn(3, 5, requires_grad=True), torch.tensor([[3, 1, 3, 0, 1], [2, 2, 2, 5, 4]])
holes = torch.tensor([[1.0, float("nan"), 3.0, 2.0], [4.0, 0.0, 2.0, 1.0]])
for k in (1, 3):
    for dim in (0, 1, -1):
        print(torch.topk(x, k, dim), torch.topk(x, k, dim, largest=False).indices, torch.kthvalue(x, k, dim))
print(x.topk(2).values.sum(), x.sort(descending=True), torch.argsort(x, 0), torch.sort(n, stable=True), torch.msort(n))
print(torch.cummax(x, 0), torch.cummin(x, 1), torch.cummax(holes, 1), torch.logcumsumexp(x, 1), torch.cummax(n, 1), n.cummin(0).indices)
for value in (x.cummax(1).values, x.cummin(0)[0], x.logcumsumexp(0), x.kthvalue(2)[0], x.median(1)[0], x.mode(0)[0], x.topk(2, 0)[0], x.quantile(0.3, 1), x.nanmedian(0)[0]):
    print(torch.autograd.grad((value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum(), x)[0])
print(x.median(), x.median(1), holes.median(), holes.median(1), holes.nanmedian(), holes.nanmedian(1), n.median(0), torch.median(x, 0, keepdim=True), torch.mode(n), torch.mode(n, 0, keepdim=True), x.nanmean(), holes.nanmean(1), holes.nansum(0))
print(torch.quantile(x, 0.25), torch.quantile(x, torch.tensor([0.1, 0.6]), dim=1), torch.quantile(x, 0.4, dim=0, keepdim=True), holes.quantile(0.5, 1), *(torch.quantile(x, 0.3, dim=1, interpolation=way) for way in ("lower", "higher", "midpoint", "nearest")))
print(torch.unique(n), torch.unique(n, return_inverse=True, return_counts=True), torch.unique(n, dim=1), torch.unique(torch.tensor([[1, 2], [0, 5], [1, 2]]), dim=0, return_inverse=True, return_counts=True), torch.unique_consecutive(n[0]), torch.unique_consecutive(torch.tensor([1, 1, 2, 2, 3, 1, 1]), return_inverse=True, return_counts=True))
edges = torch.tensor([0.0, 0.5, 0.5, 2.0])
print(torch.searchsorted(edges, x.detach()), torch.searchsorted(edges, x.detach(), right=True), torch.searchsorted(edges, 0.5), torch.searchsorted(edges, torch.tensor([0.5]), side="right", out_int32=True), torch.bucketize(torch.tensor([[0.1, 0.5], [3.0, -1.0]]), edges), torch.searchsorted(torch.sort(x.detach()).values, torch.zeros(3, 2)), torch.searchsorted(torch.tensor([3, 1, 2]), torch.tensor([2, 3]), sorter=torch.tensor([1, 2, 0])))
print(torch.bincount(n[0]), torch.bincount(n[1], weights=torch.arange(5.0), minlength=8), torch.histc(x, bins=4), torch.histc(x, 3, -1, 1), torch.histc(torch.ones(4), 2), torch.isin(n, torch.tensor([1, 5])), torch.isin(n, 3, invert=True))
print(torch.nonzero(n == 2), (n > 2).nonzero(as_tuple=True), torch.argwhere(n == 0), x.masked_select(x > 0), torch.masked_select(n, torch.tensor([True, False, True, False, True])), n.take(torch.tensor([[0, 6], [-1, 2]])), torch.put(torch.zeros(2, 3), torch.tensor([1, 4, 1]), torch.tensor([1.0, 2.0, 3.0]), accumulate=True), torch.where(n > 2), torch.count_nonzero(n, 1))
print(torch.take(x, torch.tensor([3, 3])), torch.slice_scatter(torch.zeros(2, 4), torch.ones(2, 2), 1, 0, 4, 2), torch.select_scatter(torch.zeros(2, 3), torch.ones(2), 1, -1), torch.take_along_dim(x, x.argmax(1, keepdim=True), 1))
places = torch.tensor([[0, 2, 2, 0, 1], [1, 1, 1, 1, 1], [3, 0, 3, 0, 3]])
for reduce in ("sum", "mean", "amax", "amin"):
    for include in (True, False):
        value = torch.ones(3, 4).scatter_reduce(1, places, x, reduce, include_self=include)
        print(value, torch.autograd.grad((value * torch.arange(12.0).reshape(3, 4)).sum(), x)[0])
print(torch.zeros(3, dtype=torch.int64).scatter_reduce(0, torch.tensor([0, 0, 2]), torch.tensor([3, 4, 5]), "mean", include_self=False))
