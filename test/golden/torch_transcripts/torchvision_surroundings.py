"""What files do with torchvision's models besides calling them: weights by name, parts, features between, classes of their own."""
import torch
from torch import nn
from torchvision import models, ops
from torchvision.models import (
    AlexNet, ResNet18_Weights, ResNet50_Weights, alexnet, get_model_builder, get_model_weights, get_weight, list_models, resnet18)
from torchvision.models._utils import IntermediateLayerGetter
from torchvision.models.feature_extraction import create_feature_extractor
from torchvision.models.resnet import BasicBlock, Bottleneck, ResNet, conv1x1, conv3x3

print(ResNet50_Weights.DEFAULT, repr(ResNet50_Weights.IMAGENET1K_V1), list(ResNet50_Weights), ResNet18_Weights.DEFAULT is ResNet18_Weights.IMAGENET1K_V1)
print(get_model_weights("vit_b_16").DEFAULT, get_model_weights(resnet18), get_weight("ResNet50_Weights.IMAGENET1K_V2"), ResNet50_Weights["DEFAULT"])
print(list_models(models), list_models(include="resnet*"), list_models(include=["*net_v2*"], exclude=["shuffle*", "quantized*"]), list_models(models.segmentation))
print(resnet18.__name__, resnet18.__module__, get_model_builder("RESNET18") is resnet18, alexnet is models.alexnet, AlexNet, ops.StochasticDepth(0.1, "row"))
print(len(ResNet50_Weights.DEFAULT.meta["categories"]), ResNet50_Weights.DEFAULT.transforms().crop_size, ResNet50_Weights.DEFAULT.transforms(crop_size=99).crop_size)
show = ResNet50_Weights.DEFAULT.transforms()((torch.arange(3 * 300 * 280) % 256).to(torch.uint8).reshape(3, 300, 280))
print(show.shape, show.dtype, round(show.mean().item(), 3))


class Small(ResNet):
    """A file's own: subclassed, with the first layers of CIFAR."""

    def __init__(self, block, **kwargs):
        super().__init__(block, [1, 1, 1, 1], num_classes=7, **kwargs)
        self.conv1, self.maxpool = conv3x3(3, 64), nn.Identity()


torch.manual_seed(0)
for block, options in ((BasicBlock, {}), (Bottleneck, {"groups": 2, "width_per_group": 32}), (BasicBlock, {"norm_layer": nn.InstanceNorm2d})):
    model = Small(block, **options).eval()
    print(sum(parameter.numel() for parameter in model.parameters()), model(torch.randn(1, 3, 16, 16))[0, :3])
print(conv1x1(3, 4, 2), conv3x3(4, 8, 1, 2, 3))

model = resnet18(num_classes=4).eval()
model.fc = nn.Linear(model.fc.in_features, 2)
for parameter in model.layer1.parameters():
    parameter.requires_grad = False
images = torch.randn(1, 3, 32, 32)
for name, features in IntermediateLayerGetter(model, {"layer1": "low", "layer3": "high"})(images).items():
    print(name, features.shape, features.abs().mean())
extractor = create_feature_extractor(model, {"layer2.0.conv1": "inner", "avgpool": "pooled"})
for name, features in extractor(images).items():
    print(name, features.shape, features.abs().mean())
features = models.vgg16(num_classes=3).features[:9]
print(features, features(images).shape)
print(nn.Sequential(*list(models.densenet121(num_classes=2).children())[:-1]).eval()(images).shape)

for refused in (
        lambda: models.get_model("resnet19"), lambda: get_weight("ResNet18"), lambda: get_weight("Foo_Weights.A"), lambda: resnet18(weights="V3"),
        lambda: resnet18(weights=ResNet50_Weights.DEFAULT), lambda: models.foo, lambda: ops.foo,
        lambda: BasicBlock(3, 4, groups=2), lambda: ResNet(BasicBlock, [1] * 4, replace_stride_with_dilation=[True]), lambda: models.mnasnet.MNASNet(0.0),
        lambda: models.squeezenet.SqueezeNet("2"), lambda: models.mobilenetv2.InvertedResidual(3, 4, 3, 1), lambda: models.MobileNetV2(inverted_residual_setting=[]),
        lambda: models.MobileNetV3([], 3), lambda: models.ShuffleNetV2([1], [1]), lambda: IntermediateLayerGetter(model, {"foo": "a"}),
        lambda: create_feature_extractor(model)):
    try:
        print("passes", refused())
    except Exception as error:
        print(type(error).__name__, error)
