# Making tensors: types, ranges, random numbers after a seed.
import torch

print(torch.tensor([[1, 2], [3, 4]]).dtype, torch.tensor([1, 2.5]).dtype, torch.tensor([True, 2]).dtype, torch.tensor(3).shape)
print(torch.zeros(2, 3), torch.ones((2, 2), dtype=torch.int32), torch.zeros([3]), torch.ones(()), torch.empty(2, 3).shape)
print(torch.zeros_like(torch.ones(2, dtype=torch.int64)), torch.ones_like(torch.zeros(2), dtype=torch.bool), torch.full_like(torch.ones(2), 3))
print(torch.arange(5), torch.arange(1, 2, 0.25), torch.arange(5, 0, -2), torch.arange(3, dtype=torch.float32), torch.arange(0.5, 3))
print(torch.linspace(0, 1, 11), torch.linspace(1, 1, 1), torch.logspace(0, 2, 3), torch.eye(2, 3), torch.eye(2, dtype=torch.int64))
torch.manual_seed(1)
print(torch.rand(3), torch.randn(3), torch.randn(20), torch.randint(0, 10, (5,)), torch.randint(3, (2, 2)), torch.randperm(8))
print(torch.rand(2, 3, dtype=torch.float64), torch.randn(2, 2, dtype=torch.float64), torch.rand_like(torch.ones(2)), torch.randn_like(torch.ones(17)))
print(torch.normal(2.0, 3.0, (4,)), torch.normal(torch.zeros(3), torch.ones(3)), torch.bernoulli(torch.full((6,), 0.5)))
print(torch.empty(4).uniform_(-1, 1), torch.empty(4).normal_(5, 0.1), torch.empty(8).bernoulli_(0.3), torch.empty(3).random_(10))
print(torch.initial_seed())
g = torch.Generator().manual_seed(7)
print(torch.rand(2, generator=g), torch.randperm(5, generator=g), torch.rand(1))
print(torch.manual_seed(42) is not None, torch.rand(1), torch.initial_seed())
print(torch.Tensor([1, 2]), torch.Tensor(2, 3).shape, torch.FloatTensor([1, 2]), torch.LongTensor([1.7, 2]), torch.Tensor().shape)
print(isinstance(torch.zeros(1), torch.FloatTensor), isinstance(torch.zeros(1), torch.Tensor), torch.is_tensor(3), torch.zeros(1).type())
a = torch.tensor([1.0, 2.0])
print(torch.as_tensor(a) is a, torch.tensor(a.tolist()).equal(a), a.new_zeros(2), a.new_full((2,), 3), a.new_tensor([1]), a.new_ones(1, 2))
print(torch.tril(torch.ones(3, 3)), torch.triu(torch.ones(2, 3), 1), torch.diag(torch.tensor([1, 2])), torch.meshgrid(torch.arange(2), torch.arange(3), indexing="ij"))
print(torch.tensor(5).item(), torch.tensor([1.5]).item(), torch.tensor([[1, 2]]).tolist(), torch.tensor(True).item(), int(torch.tensor(3.7)), float(torch.tensor(2)))
print(torch.finfo(torch.float32).eps, torch.finfo(torch.float32).max, torch.iinfo(torch.int64).max, torch.finfo(torch.float16).min)
print(torch.tensor([1.1]).double(), torch.tensor([0.1], dtype=torch.float64).float(), torch.tensor([1.9]).long(), torch.tensor([2]).bool(), torch.tensor([1]).to(torch.float64))
print(torch.zeros(size=(2,)), torch.ones(size=[1, 2]), torch.empty(size=(2, 2)).shape, torch.rand(size=(2, 3)).shape, torch.randn(size=(2,)).shape)
print(torch.accelerator.is_available(), torch.accelerator.device_count(), torch.accelerator.current_accelerator())


def said(act):
    try:
        return act()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


x = torch.ones(2)
Tensor = torch.FloatTensor
print(x.type(Tensor) is x, x.type(torch.LongTensor), x.type("torch.DoubleTensor"), x.type(torch.Tensor).dtype, x.type(torch.float16), x.type(dtype=torch.BoolTensor))
print(isinstance(x.long(), torch.LongTensor), isinstance(x, torch.LongTensor), isinstance(x, torch.cuda.FloatTensor), isinstance(torch.nn.Parameter(x), Tensor), isinstance(3, Tensor))
print(Tensor, Tensor.dtype, Tensor.is_cuda, Tensor(2, 3).fill_(1.0), Tensor(2).zero_().type(), torch.ByteTensor([1, 2]).dtype, issubclass(Tensor, torch.Tensor))
print(said(lambda: x.type("torch.FooTensor")), said(lambda: x.type(int)), said(lambda: x.type(3)))
torch.set_default_tensor_type(torch.DoubleTensor)
print(torch.ones(1).dtype, torch.get_default_dtype())
torch.set_default_tensor_type("torch.FloatTensor")
print(torch.ones(1).dtype, said(lambda: torch.set_default_tensor_type(torch.LongTensor)), said(lambda: torch.set_default_tensor_type(torch.float64)))
print(torch.nn.Linear(1, 1).type(torch.DoubleTensor).weight.type(), torch.nn.Linear(1, 1).type("torch.HalfTensor").weight.dtype)


def double(x):
    return x * 2


print(torch.jit.ignore(double)(2), torch.jit.ignore()(double)(2), torch.jit.ignore(drop=True)(double)(2), torch.jit.unused(double)(2), torch.jit.export(double)(2))
print(said(lambda: torch.jit.ignore(3)), said(lambda: torch.jit.unused()))
sizes = torch.zeros(3, 4).size()
print([(kind(sizes).shape, kind([3, 4]).shape, kind(3, 4).shape) for kind in (torch.FloatTensor, torch.LongTensor, torch.Tensor)])
