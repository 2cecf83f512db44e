"""torch.ao.quantization: nothing is quantized. A model that prepares itself for it stays as it is, in float32."""
from ... import _public_names
from ...nn.modules.module import Module

__all__ = ["DeQuantStub", "QConfig", "QuantStub", "QuantWrapper", "convert", "default_dynamic_qconfig", "default_qconfig", "fuse_modules", "fuse_modules_qat",
           "get_default_qat_qconfig", "get_default_qconfig", "prepare", "prepare_qat", "quantize", "quantize_dynamic"]


class QuantStub(Module):
    """Where a tensor would be quantized."""

    def __init__(self, qconfig=None):
        super().__init__()
        if qconfig:
            self.qconfig = qconfig

    def forward(self, x):
        return x


class DeQuantStub(QuantStub):
    """Where it would be a float again."""


class QuantWrapper(Module):
    def __init__(self, module):
        super().__init__()
        self.quant, self.dequant = QuantStub(), DeQuantStub()
        self.module = module

    def forward(self, X):
        return self.dequant(self.module(self.quant(X)))


class QConfig(tuple):
    """Which observers are wanted of activations and weights."""

    def __new__(cls, activation=None, weight=None):
        return tuple.__new__(cls, (activation, weight))

    activation = property(lambda self: self[0])
    weight = property(lambda self: self[1])


default_qconfig = default_dynamic_qconfig = default_qat_qconfig = float16_dynamic_qconfig = QConfig()


def get_default_qconfig(backend="x86", version=0):
    return QConfig()


get_default_qat_qconfig = get_default_qconfig


def _unchanged(model, *args, **options):
    return model


prepare = prepare_qat = convert = quantize = quantize_qat = quantize_dynamic = fuse_modules = fuse_modules_qat = _unchanged
enable_observer = disable_observer = enable_fake_quant = disable_fake_quant = lambda module: None


def __getattr__(name):
    return _public_names.attribute("torch.ao.quantization", name)
