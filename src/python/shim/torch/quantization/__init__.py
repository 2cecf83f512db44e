"""torch.quantization: torch.ao.quantization by its older place."""
from ..ao.quantization import *  # noqa: F401, F403
from ..ao.quantization import __getattr__, disable_fake_quant, disable_observer, enable_fake_quant, enable_observer, quantize_qat  # noqa: F401
