"""torch.nn.quantized: torch.ao.nn.quantized by its older place."""
from ...ao.nn.quantized import FloatFunctional, FXFloatFunctional, QFunctional, __getattr__
