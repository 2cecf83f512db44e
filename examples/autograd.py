"""Gradients by hand: slopes of ReLU and sigmoid at single points, and the zeros that ReLU makes."""
import torch

x = torch.tensor([4.0], requires_grad=True)
y = torch.relu(x)
y.backward()
print("slope of relu at 4:", x.grad)

z = torch.tensor([0.0], requires_grad=True)
torch.sigmoid(z).backward()
print("slope of sigmoid at 0:", z.grad)

scores = torch.tensor([-1.5, 0.5, 2.5, -0.5, -3.0, 1.0])
activated = torch.relu(scores)
sparsity = (activated == 0).sum().item() / activated.numel()
print(f"zeros: {sparsity:.1%}")
