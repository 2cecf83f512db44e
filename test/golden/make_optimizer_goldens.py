"""Writes optimizers.json: parameters after 1, 2, 5 and 20 steps of PyTorch's optimizers on fixed gradients (torch 2.13, CPU)."""
import json
import pathlib

import torch

CASES = [
    ("sgd", torch.optim.SGD, dict(lr=0.1), {}),
    ("sgd", torch.optim.SGD, dict(lr=0.05, momentum=0.9), {}),
    ("sgd", torch.optim.SGD, dict(lr=0.05, momentum=0.9, weight_decay=0.01, nesterov=True), {}),
    ("adam", torch.optim.Adam, dict(lr=0.01), {}),
    ("adam", torch.optim.Adam, dict(lr=0.02, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1), {}),
    ("adamw", torch.optim.AdamW, dict(lr=0.01), {}),
    ("adamw", torch.optim.AdamW, dict(lr=0.05, weight_decay=0.2), {}),
    ("rmsprop", torch.optim.RMSprop, dict(lr=0.01), {}),
    ("rmsprop", torch.optim.RMSprop, dict(lr=0.01, alpha=0.9, momentum=0.5, weight_decay=0.05), {}),
]
NAMES = {"lr": "learningRate", "weight_decay": "weightDecay", "eps": "epsilon"}
STEPS = 20
SIZE = 6

torch.manual_seed(0)
start = torch.randn(SIZE)
gradients = torch.randn(STEPS, SIZE) * torch.tensor([1.0, 0.1, 10.0, 1e-4, 0.0, 1.0])

cases = []
for name, factory, options, _ in CASES:
    parameter = torch.nn.Parameter(start.clone())
    optimizer = factory([parameter], **options)
    after = {}
    for step in range(1, STEPS + 1):
        parameter.grad = gradients[step - 1].clone()
        optimizer.step()
        if step in (1, 2, 5, STEPS):
            after[step] = parameter.detach().tolist()
    settings = {NAMES.get(key, key): value for key, value in options.items()}
    cases.append({"name": name, "settings": settings, "after": after})

target = pathlib.Path(__file__).with_name("optimizers.json")
target.write_text(json.dumps({"start": start.tolist(), "gradients": gradients.tolist(), "cases": cases}) + "\n")
