import torch
import torch.nn as nn
from blocks import Block

model = nn.Sequential(Block(6), Block(6), nn.Linear(6, 2))
scores = model(torch.randn(5, 6))
