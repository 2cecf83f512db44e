# What random calls were answered otherwise: numbers of tensors, fillers, diagonals that are written through, errors of dtypes and of padding.
import math

import torch
import torch.nn.functional as F

inf = math.inf


def check(text):
    try:
        print(text, "=>", eval(text))
    except Exception as error:
        print(text, "=>", type(error).__name__ + ":", str(error).split("\n")[0])


# A number of rank 0 becomes one of the type that it meets
short, byte = torch.tensor([5, 30000], dtype=torch.int16), torch.tensor([0, 252], dtype=torch.uint8)
for name in ("maximum", "minimum", "add", "eq", "lt", "bitwise_and"):
    check(f"torch.{name}(short, torch.tensor(1847274731, dtype=torch.int32))")
    check(f"torch.{name}(byte, torch.tensor(-4))")
check("torch.where(short > 5, short, torch.tensor(65541))")
check("torch.tensor([0.1]) == torch.tensor(0.1, dtype=torch.float64)")
check("torch.tensor([0.1], dtype=torch.float16) < torch.tensor(0.1)")

# Numbers of tensors
many = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
for text in ("float(many)", "int(many)", "complex(many)", "math.sqrt(many)", "many.item()", "float(torch.zeros(0))", "float(torch.ones(1, 1))"):
    check(text)

# Fillers
mask = torch.tensor([True, False])
for dtype in ("float16", "bfloat16", "float32", "int64", "int32", "int16", "uint8", "bool"):
    zeros = torch.zeros(2, dtype=getattr(torch, dtype))
    for value in ("-inf", "-1e9", "1e39", "0.5", "-1", "300", "math.nan", "True", "torch.tensor(5)", "torch.tensor(0.5)", "torch.ones(1)"):
        check(f"zeros.masked_fill(mask, {value})")

# Diagonals
matrix = torch.arange(12.0).reshape(3, 4)
for offset in range(-3, 5):
    check(f"matrix.diagonal({offset})")
matrix.diagonal(1).fill_(-1)
matrix.diagonal(-1)[1:] += 10
print(matrix)
batch = torch.arange(24.0).reshape(2, 3, 4)
batch.diagonal(dim1=-2, dim2=-1).copy_(torch.tensor([[7.0, 8.0, 9.0]]))
torch.diagonal(batch, 0, 0, 2).mul_(10)
print(batch)
check("torch.zeros(2, 0, 3).diagonal().shape")
check("matrix.diagonal(0, 1, 1)")
weight = torch.arange(12.0).reshape(3, 4).requires_grad_()
(weight.diagonal(1) * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print(weight.grad)
scores = torch.ones(2, 3, 3, requires_grad=True)
masked = scores * 2
masked.diagonal(dim1=1, dim2=2).fill_(-inf)
print(masked.softmax(-1))
(masked.softmax(-1) * torch.tensor([1.0, 2.0, 3.0])).sum().backward()
print(scores.grad)

# Of bools
truths = torch.tensor([[True, False], [False, False]])
check("truths.max(dim=1)")
check("truths.min(0, keepdim=True)")

# Few elements
check("torch.tensor(3.5).quantile(0.5, dim=0)")
check("torch.tensor_split(torch.arange(3), (2, 5))")
check("torch.tensor_split(torch.arange(5), (1, -1))")
check("torch.diff(torch.ones(2, 1), n=2)")
check("torch.tensordot(torch.zeros(2, 0), torch.zeros(0, 3), dims=1)")
check("torch.cov(torch.tensor([[1, 2, 4], [3, 5, 4]]))")

# Types that do not agree, or that there is no kernel for
check("torch.allclose(torch.ones(2), torch.ones(2, dtype=torch.float64))")
check("torch.isclose(torch.ones(2), torch.ones(2, dtype=torch.int64))")
check("torch.isclose(truths, truths.T)")
for text in ("F.softmax(torch.arange(3), 0)", "F.gelu(torch.arange(3))", "F.leaky_relu(torch.arange(3))", "torch.tensor([True]).floor()"):
    check(text)

# Padding that is not of constants
line = torch.tensor([1.0, 2.0, 3.0])
for mode in ("reflect", "replicate", "circular"):
    check(f"F.pad(line, (1, 1), mode='{mode}')")
    check(f"F.pad(line[None], (1, 1), mode='{mode}')")
    check(f"F.pad(line[None, None, None], (1, 1), mode='{mode}')")
    check(f"F.pad(line[None, None], (1, 1, 0, 0, 0, 0), mode='{mode}')")
    check(f"F.pad(line[None], (1, 1), mode='{mode}', value=2)")
check("F.pad(line, (1, 1), mode='edge')")

# Gradients of rows that are looked up often
for padding in (None, 2):
    table = torch.arange(8.0).reshape(4, 2).requires_grad_()
    rows = F.embedding(torch.tensor([[0, 2, 2], [2, 3, 0]]), table, padding, scale_grad_by_freq=True)
    (rows * torch.arange(12.0).reshape(2, 3, 2)).sum().backward()
    print(rows.tolist(), table.grad.tolist(), type(rows.grad_fn).__name__)
check("F.embedding_bag(torch.tensor([[0, 1]]), table, mode='max', scale_grad_by_freq=True)")

# Halves are rounded once
for dtype in (torch.bfloat16, torch.float16):
    halves = torch.tensor([[0.3, -1.7, 2.1, 0.05], [0.7, 0.9, -0.2, 1.3]], dtype=dtype)
    gain = torch.tensor([1.1, 0.3, -0.7, 2.9], dtype=dtype)
    print(F.rms_norm(halves, (4,)).tolist(), F.rms_norm(halves, (4,), gain, 1e-3).tolist())
