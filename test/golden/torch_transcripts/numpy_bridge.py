# NumPy's arrays and scalars as tensors, and back: shared storage, types.
import numpy as np
import torch

a = np.array([-7.3, 8.0, 0.0])
t = torch.from_numpy(a)
print(t, torch.relu(t), t.dtype)
t[0] = 1.5
print(a)
b = torch.ones(2, 3).numpy()
print(b, b.dtype, b.shape)
print(torch.tensor(np.ones((2, 2))), torch.as_tensor(a).dtype, torch.tensor(np.float32(2.0)), torch.tensor([np.float64(1.5), 2]), torch.tensor([1.0, 2]))
print(torch.ones(2) * np.float64(2), torch.tensor(a, dtype=torch.float32), np.asarray(torch.ones(2)), torch.ones(3).double() + t)
x = torch.ones(3, requires_grad=True)
try:
    x.numpy()
except RuntimeError as error:
    print(error)
print(x.detach().numpy().shape, np.maximum(torch.tensor([-1.0, 2.0]).numpy(), 0))
