"""torchvision.models: networks by name. A family is loaded when one of its names is asked for."""
from _lens.missing import lazy as _lazy

from . import _published
from ._api import (
    Weights, WeightsEnum, get_model, get_model_builder, get_model_weights, get_weight, list_models)
from .alexnet import AlexNet, alexnet  # functions that have the names of their modules
from .googlenet import GoogLeNet, GoogLeNetOutputs, _GoogLeNetOutputs, googlenet

# Submodule -> its classes. Its builders, and the enums of their weights, are in the table.
_CLASSES = {
    "alexnet": "", "convnext": "ConvNeXt", "densenet": "DenseNet", "efficientnet": "EfficientNet", "googlenet": "",
    "inception": "Inception3 InceptionOutputs _InceptionOutputs", "maxvit": "MaxVit", "mnasnet": "MNASNet", "mobilenet": "", "mobilenetv2": "MobileNetV2",
    "mobilenetv3": "MobileNetV3", "regnet": "RegNet", "resnet": "ResNet", "shufflenetv2": "ShuffleNetV2", "squeezenet": "SqueezeNet",
    "swin_transformer": "SwinTransformer", "vgg": "VGG", "vision_transformer": "VisionTransformer", "feature_extraction": "", "detection": "", "segmentation": "", "video": "",
}


_NAMES = {module: _published.names(module, classes) for module, classes in _CLASSES.items()}
__getattr__ = _lazy.attributes(__name__, _NAMES, missing=("optical_flow", "quantization"))
__all__ = [name for names in _NAMES.values() for name in names.split() if not name.startswith("_")]
