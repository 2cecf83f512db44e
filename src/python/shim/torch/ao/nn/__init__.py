"""torch.ao.nn"""
from . import quantized
