"""AlexNet in its one-column form (Krizhevsky 2014, "One weird trick for parallelizing convolutional neural networks")."""
from torch import nn

from ._api import register_models

# Output channels, side of the kernel, stride, padding; None: a maximum over 3 × 3, by 2.
_FEATURES = ((64, 11, 4, 2), None, (192, 5, 1, 2), None, (384, 3, 1, 1), (256, 3, 1, 1), (256, 3, 1, 1), None)


class AlexNet(nn.Module):
    def __init__(self, num_classes=1000, dropout=0.5):
        super().__init__()
        layers, channels = [], 3
        for row in _FEATURES:
            if row is None:
                layers.append(nn.MaxPool2d(3, 2))
            else:
                layers += [nn.Conv2d(channels, *row), nn.ReLU(inplace=True)]
                channels = row[0]
        self.features = nn.Sequential(*layers)
        self.avgpool = nn.AdaptiveAvgPool2d((6, 6))
        self.classifier = nn.Sequential(
            nn.Dropout(dropout), nn.Linear(channels * 36, 4096), nn.ReLU(inplace=True),
            nn.Dropout(dropout), nn.Linear(4096, 4096), nn.ReLU(inplace=True), nn.Linear(4096, num_classes))

    def forward(self, x):
        return self.classifier(self.avgpool(self.features(x)).flatten(1))


register_models(globals(), AlexNet, {"alexnet": {}})
