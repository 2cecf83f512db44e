"""The classifier below a model of segmentation or detection, by name."""
from . import _api


def backbone(name, weights, kwargs, **options):
    """A model by name. `kwargs`: the caller's, of which the backbone's weights are taken; they are not asked for where the whole has weights."""
    asked = kwargs.pop("weights_backbone", kwargs.pop("pretrained_backbone", True))
    return _api.get_model(name, weights=None if weights is not None else asked, **options)


def stages(features):
    """Positions in MobileNet's features where the size halves, the first and the last included."""
    strided = [position for position, block in enumerate(features) if getattr(block, "_is_cn", False)]
    return [0, *strided, len(features) - 1]
