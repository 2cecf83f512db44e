"""torch.quantization: torch.ao.quantization by its older place."""
from ..ao.quantization import *
from ..ao.quantization import __getattr__, disable_fake_quant, disable_observer, enable_fake_quant, enable_observer, quantize_qat
