# Indices beyond the ends: which ops count negative ones from the end, and what the others say.
import torch
import torch.nn.functional as F

x = torch.arange(12.).reshape(3, 4)
line = torch.arange(3.)


def show(name, compute):
    try:
        print(name, compute().tolist())
    except (IndexError, RuntimeError) as error:
        print(name, type(error).__name__, str(error).split("\n")[0])


for i in (-1, 3, -4):
    row, place = torch.tensor([i]), torch.tensor([[i]])
    ones = torch.ones(1, 1)
    show("gather", lambda: x.gather(0, place))
    show("gather along the last", lambda: x.gather(1, place - 2 if i < 0 else place + 2))
    show("scatter", lambda: x.scatter(0, place, ones))
    show("scatter of a number", lambda: x.scatter(0, place, 2.))
    show("scatter_add", lambda: x.scatter_add(0, place, ones))
    show("scatter_reduce", lambda: x.scatter_reduce(0, place, ones, "amax"))
    show("index_select", lambda: x.index_select(0, row))
    show("index_select of a vector", lambda: line.index_select(0, row))
    show("index_add", lambda: x.index_add(0, row, torch.ones(1, 4)))
    show("index_fill", lambda: x.index_fill(0, row, 3.))
    show("take", lambda: x.take(row))
    show("take_along_dim", lambda: x.take_along_dim(row.reshape(1, 1), 1))
    show("embedding", lambda: F.embedding(row, x))
    show("cross_entropy", lambda: F.cross_entropy(x.T, torch.tensor([0, i, 1, 2])))
    show("cross_entropy of images", lambda: F.cross_entropy(x.T.reshape(1, 4, 3)[:, :3], torch.tensor([[0, i, 1]])))
    show("nll_loss, ignored", lambda: F.nll_loss(x.T, torch.tensor([0, i, 1, 2]), ignore_index=i))
    show("one_hot", lambda: F.one_hot(row, 3))
    show("one_hot of a table", lambda: F.one_hot(torch.tensor([[0, 2], [i, 1]]), 3))
    show("indexing", lambda: x[row])
    show("indexing, written", lambda: x.index_put((row,), torch.ones(4)))
show("take_along_dim of unlike axes", lambda: x[:, :1].take_along_dim(torch.tensor([[0, 1, 2, -1]]), 0))
show("take_along_dim of unlike ranks", lambda: x.take_along_dim(torch.tensor([0]), 0))
show("take_along_dim of all", lambda: x.take_along_dim(torch.tensor([0, -1])))
print(F.one_hot(torch.tensor([[0, 2], [1, 1]])), F.one_hot(torch.tensor(2), 4), F.one_hot(torch.tensor([0, 1]), 2).dtype)
for t in (torch.zeros(()), torch.zeros(3), torch.zeros(2, 3, 4)):  # what is no index
    for index in ("image", "", "a", b"x", {}, 1.5, ("a",), (0, "a"), ["a"], (0, 1.5), [1.5], int, slice(None)):
        try:
            print(index, t[index].shape)
        except (IndexError, TypeError) as error:
            print(index, type(error).__name__, error)
