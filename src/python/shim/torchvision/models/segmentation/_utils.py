"""What the models of segmentation share: a backbone of which outputs are classified per pixel and resized to the image."""
from collections import OrderedDict

from torch import nn
from torch.nn import functional as F

from .._backbone import backbone as backbone_of
from .._backbone import stages
from .._utils import IntermediateLayerGetter


def resized(x, like):
    return F.interpolate(x, size=like.shape[-2:], mode="bilinear", align_corners=False)


class _SimpleSegmentationModel(nn.Module):
    """Images (N, 3, H, W) → {"out": (N, classes, H, W)}, and "aux" of an earlier stage if there is a classifier for it."""

    def __init__(self, backbone, classifier, aux_classifier=None):
        super().__init__()
        self.backbone, self.classifier, self.aux_classifier = backbone, classifier, aux_classifier

    def forward(self, x):
        features = self.backbone(x)
        classifiers = {"out": self.classifier, "aux": self.aux_classifier}
        return OrderedDict((name, resized(classify(features[name]), x)) for name, classify in classifiers.items() if classify is not None)


def with_heads(model, head, aux_head, network, weights=None, num_classes=None, aux_loss=None, **kwargs):
    """`model` over the network of that name: the head over its last stage, the other (if there is a loss for it) over an earlier one."""
    num_classes, aux_loss = 21 if num_classes is None else num_classes, weights is not None or aux_loss
    if network.startswith("resnet"):
        body, options = backbone_of(network, weights, kwargs, replace_stride_with_dilation=[False, True, True]), {"layer4": 2048, "layer3": 1024}
    else:
        body = backbone_of(network, weights, kwargs, dilated=True).features
        options = {str(position): body[position].out_channels for position in (stages(body)[-1], stages(body)[-4])}
    (last, width), (earlier, earlier_width) = options.items()
    body = IntermediateLayerGetter(body, {last: "out", **({earlier: "aux"} if aux_loss else {})})
    aux_classifier = aux_head(earlier_width, num_classes) if aux_loss else None
    return model(body, head(width, num_classes), aux_classifier)
