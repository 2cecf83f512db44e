"""Data sets of torchvision, which is not here: random images of the real shapes, so that a training loop meets a batch.

Fewer than the real ones (a batch is all that is looked at), standard normal as normalized images are, and drawn from a
generator of their own: what the file itself draws is what it would draw with the real data.
"""
from . import diagnostics, door, site

_GENERATOR = 1_000_003
_ROWS = {True: 512, False: 128}

# name -> (channels, height, width, number of classes)
_IMAGES = {
    "MNIST": (1, 28, 28, 10), "FashionMNIST": (1, 28, 28, 10), "KMNIST": (1, 28, 28, 10), "QMNIST": (1, 28, 28, 10),
    "EMNIST": (1, 28, 28, 47), "CIFAR10": (3, 32, 32, 10), "CIFAR100": (3, 32, 32, 100), "SVHN": (3, 32, 32, 10),
    "STL10": (3, 96, 96, 10), "ImageFolder": (3, 224, 224, 10), "ImageNet": (3, 224, 224, 1000), "FakeData": (3, 224, 224, 10),
    "Food101": (3, 224, 224, 101), "Flowers102": (3, 224, 224, 102), "OxfordIIITPet": (3, 224, 224, 37), "USPS": (1, 16, 16, 10),
    "CelebA": (3, 218, 178, 40), "Caltech101": (3, 224, 224, 101),
}
_RESIZING = frozenset({"Resize", "RandomCrop", "CenterCrop", "RandomResizedCrop"})


def of_call(name, args, kwargs):
    """A data set for a call of `torchvision.datasets.NAME`; None where nothing is known of it."""
    known = _IMAGES.get(name)
    if known is None:
        return None
    *shape, classes = known
    if name == "FakeData":  # FakeData(size, image_size, num_classes)
        shape = list(kwargs.get("image_size", args[1] if len(args) > 1 else shape))
        classes = kwargs.get("num_classes", args[2] if len(args) > 2 else classes)
    transform = kwargs.get("transform")
    functions = []
    for step in _steps(transform):
        shape = _after(step, shape)
        function = _function_of(step)
        if function is not None:
            functions.append(function)
    result = Images(tuple(shape), classes, _ROWS[_is_training(args, kwargs)], functions)
    size = "×".join(map(str, shape))
    diagnostics.report("skipped", "information",
                       f"`{name}` is not here: {len(result)} random images of its shape ({size}) stand in for it", site.here())
    return result


class Images:
    """What a loader asks of a data set."""

    def __init__(self, shape, classes, rows, functions):
        self._shape, self._rows, self._functions = shape, rows, functions
        self.classes = [str(index) for index in range(classes)]
        self.class_to_idx = {name: index for index, name in enumerate(self.classes)}
        self.targets = [index % classes for index in range(rows)]
        self.labels = self.targets
        door.manual_seed(0, generator=_GENERATOR)

    def __len__(self):
        return self._rows

    def __getitem__(self, index):
        if not -self._rows <= index < self._rows:
            raise IndexError(index)
        from torch._tensor import wrap
        image = wrap(door.record("normal", generator=_GENERATOR, shape=list(self._shape), mean=0.0, std=1.0, dtype="float32"))
        for function in self._functions:
            image = function(image)
        return image, self.targets[index]


def _is_training(args, kwargs):
    train = kwargs.get("train", args[1] if len(args) > 1 and isinstance(args[1], bool) else kwargs.get("split", "train"))
    return train is True or train == "train"


def _steps(transform):
    """The single transforms of a `Compose`."""
    call = getattr(transform, "_ghost_call", None)
    if call is not None and call[0].endswith("Compose") and call[1]:
        return [step for inner in call[1][0] for step in _steps(inner)]
    return [] if transform is None else [transform]


def _after(step, shape):
    name, args, kwargs = getattr(step, "_ghost_call", None) or ("", (), {})
    name = name.rpartition(".")[2]
    size = args[0] if args else kwargs.get("size")
    if name in _RESIZING and size is not None:
        height, width = size if isinstance(size, (tuple, list)) and len(size) == 2 else (size, size)
        return [shape[0], int(height), int(width)]
    if name == "Grayscale":
        return [kwargs.get("num_output_channels", args[0] if args else 1), *shape[1:]]
    return shape


def _function_of(step):
    """The file's own part of a transform: a function, also inside of `Lambda`."""
    call = getattr(step, "_ghost_call", None)
    if call is None:
        return step if callable(step) else None
    return call[1][0] if call[0].endswith("Lambda") and call[1] and callable(call[1][0]) else None
