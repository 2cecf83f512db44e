"""torchvision's families, constructed by name."""
import torch.nn as nn
import torchvision
from torchvision import models


def adapted(name, classes=5, **options):
    """As tutorials on transfer learning do it: the body frozen, the last layer new."""
    model = getattr(models, name)(weights=None, **options)
    for parameter in model.parameters():
        parameter.requires_grad = False
    model.fc = nn.Linear(model.fc.in_features, classes)
    return model
