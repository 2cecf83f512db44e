"""torch.ao"""
from . import nn, quantization
