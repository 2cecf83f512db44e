# How tensors print: precision, scientific notation, summaries, types, gradients.
import torch

nan, inf = float("nan"), float("inf")
for data in (
    1, 1.0, True, -2.5, 1e-8, 123456789.0, [], [[]], [1, 2, 3], [1.0, 2.0, 3.0], [1.5, -2.25], [True, False],
    [0.0001, 1000.0], [1e-5, 1.0], [1e8, 1.0], [123456.0, 0.5], [nan, 1.0], [inf, -inf, 0.0], [nan, inf], [0.0, -0.0],
    [[1, -20], [300, 4]], [[0.1, 0.22], [0.333, 4.4444]], [[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]],
    [100000.0, 200000.0], [1e10], [1e-10, 2e-10], [0.99999, 1.0], [999.99995], [-1.0, 10.0], [[[[1.5]]]],
    [3.0, 1e9], [1234567.0, 1.0], [0.5, 10000.0], [16777216.0, 3.0],
):
    print(torch.tensor(data))
for dtype in (torch.float64, torch.int32, torch.uint8, torch.int64, torch.bool, torch.int16, torch.int8):
    print(torch.tensor([0, 1, 2], dtype=dtype), torch.tensor(1, dtype=dtype))
print(torch.zeros(0), torch.zeros(2, 0), torch.zeros(0, dtype=torch.int64), torch.zeros(3, 0, 2, dtype=torch.int64))
print(torch.arange(30), torch.arange(30.0))
print(torch.arange(1001), torch.arange(1000)[:5])
print(torch.arange(2000.0).reshape(40, 50))
print(torch.arange(1200).reshape(10, 10, 12))
print(torch.arange(6.0).reshape(1, 2, 3), torch.arange(24).reshape(2, 3, 4))
print(torch.ones(2, 3, requires_grad=True))
x = torch.tensor([1.0, 2.0], requires_grad=True)
for y in (x * 2, x.sum(), x.relu(), x.view(2, 1), x.exp(), x.mean(), x[0], x[:1], x + 1, x - 1, x / 2, -x, x ** 2, x.sigmoid(), x.tanh(),
          x.softmax(0), x.log_softmax(0), x.max(), x.norm(), x.clone(), x.unsqueeze(0), x.reshape(1, 2).t(), x.double(), x.std(), x @ x,
          torch.cat([x, x]), torch.stack([x, x]), x.clamp(0, 1), x.abs(), x.sqrt(), 1 / x, 2 - x, torch.where(x > 1, x, 0.0), x.sum(0),
          x.mean(0), torch.maximum(x, x), x.expand(3, 2), x.flatten(), x.detach(), x.cumsum(0), x.prod(), x.var()):
    print(y)
print(torch.linspace(0, 1, 7), torch.linspace(-3, 3, 5), torch.eye(3), torch.full((2, 2), 7), torch.full((2,), 0.5))
print(torch.Size([2, 3]), x.shape, x.size(), x.dtype, x.device, [torch.tensor(1.0), torch.tensor([2])], {"a": torch.tensor(3)})
print(f"{torch.tensor(3.14159):.2f} {torch.tensor(2)} {torch.tensor([1.0])}")
print(torch.nn.Parameter(torch.ones(2)))
torch.set_printoptions(precision=2)
print(torch.tensor([1.23456, 2.0]))
torch.set_printoptions(profile="default", sci_mode=True)
print(torch.tensor([1.5, 2.0]), torch.tensor([1.0, 2.0]))
torch.set_printoptions(profile="short", sci_mode=False)
print(torch.tensor([1e-6, 2.0]), torch.arange(3000))
