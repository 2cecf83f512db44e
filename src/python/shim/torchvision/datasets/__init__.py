"""torchvision.datasets: nothing is downloaded or read, random images of the real shapes stand in, so that a training loop meets a batch.

Fewer than the real ones (a batch is all that is looked at), and drawn by a generator of their own: what the file itself draws is what it would draw
with the real data.
"""
import torch
from _lens import diagnostics, door
from _lens.missing import finder, ghost
from _lens.recording import site
from torch.utils.data import Dataset

from ..transforms._picture import Picture, _Generator
from . import folder

_ROWS = {True: 512, False: 128}
_TRAIN, _SPLIT = "root train transform target_transform download", "root split transform target_transform download"

# name -> (channels, height, width), number of classes, parameters in order, and how `data` is kept: "tensor" of (N, H, W), or an array with channels
# "last" or "first"
_SETS = {
    **{name: ((1, 28, 28), 10, _TRAIN, "tensor") for name in ("MNIST", "FashionMNIST", "KMNIST")},
    "QMNIST": ((1, 28, 28), 10, "root what compat train transform target_transform download", "tensor"),
    "EMNIST": ((1, 28, 28), 47, "root split train transform target_transform download", "tensor"),
    "CIFAR10": ((3, 32, 32), 10, _TRAIN, "last"), "CIFAR100": ((3, 32, 32), 100, _TRAIN, "last"), "USPS": ((1, 16, 16), 10, _TRAIN, "tensor"),
    "SVHN": ((3, 32, 32), 10, _SPLIT, "first"), "STL10": ((3, 96, 96), 10, "root split folds transform target_transform download", "first"),
    "ImageFolder": ((3, 224, 224), 10, "root transform target_transform loader is_valid_file allow_empty", None),
    "DatasetFolder": ((3, 224, 224), 10, "root loader extensions transform target_transform is_valid_file allow_empty", None),
    "ImageNet": ((3, 224, 224), 1000, "root split transform target_transform", None),
    "FakeData": ((3, 224, 224), 10, "size image_size num_classes transform target_transform random_offset", None),
    "Food101": ((3, 224, 224), 101, _SPLIT, None), "Flowers102": ((3, 224, 224), 102, _SPLIT, None), "Places365": ((3, 256, 256), 365, _SPLIT, None),
    "OxfordIIITPet": ((3, 224, 224), 37, "root split target_types transforms transform target_transform download", None),
    "CelebA": ((3, 218, 178), 40, "root split target_type transform target_transform download", None),
    "Caltech101": ((3, 224, 224), 101, "root target_type transform target_transform download", None),
    "Caltech256": ((3, 224, 224), 257, "root transform target_transform download", None),
    "GTSRB": ((3, 32, 32), 43, _SPLIT, None), "EuroSAT": ((3, 64, 64), 10, "root transform target_transform download", None),
    "DTD": ((3, 224, 224), 47, "root split partition transform target_transform download", None),
    "FGVCAircraft": ((3, 224, 224), 100, "root split annotation_level transform target_transform download", None),
    "StanfordCars": ((3, 224, 224), 196, _SPLIT, None), "INaturalist": ((3, 224, 224), 1010, "root version target_type transform target_transform", None),
    "FER2013": ((1, 48, 48), 7, "root split transform target_transform", None), "PCAM": ((3, 96, 96), 2, _SPLIT, None),
    "SUN397": ((3, 224, 224), 397, "root transform target_transform download", None), "Imagenette": ((3, 224, 224), 10, "root split size download transform", None),
}

# Those whose samples are not an image and its class.
_MISSING = frozenset("""
    CLEVRClassification CREStereo CarlaStereo Cityscapes CocoCaptions CocoDetection Country211 ETH3DStereo FallingThingsStereo Flickr30k Flickr8k
    FlyingChairs FlyingThings3D HD1K HMDB51 InStereo2k Kinetics Kitti Kitti2012Stereo Kitti2015Stereo KittiFlow LFWPairs LFWPeople LSUN LSUNClass
    Middlebury2014Stereo MovingMNIST Omniglot PhotoTour RenderedSST2 SBDataset SBU SEMEION SceneFlowStereo Sintel SintelStereo UCF101 VOCDetection
    VOCSegmentation WIDERFace wrap_dataset_for_transforms_v2
""".split())


class VisionDataset(Dataset):
    def __init__(self, root=None, transforms=None, transform=None, target_transform=None):
        self.root, self.transforms, self.transform, self.target_transform = root, transforms, transform, target_transform


class _StandIn(VisionDataset):
    """One of `_SETS`, which its class has as `_known`."""

    _is_stand_in = True  # has fewer rows than the real one

    def __init__(self, *args, **kwargs):
        (shape, classes, names, self._kept) = self._known
        given = {**dict(zip(names.split(), args)), **kwargs}
        super().__init__(given.get("root"), given.get("transforms"), given.get("transform"), given.get("target_transform"))
        self._shape, classes = tuple(given.get("image_size", shape)), given.get("num_classes", classes)
        self.train = given.get("train", given.get("split", "train")) in (True, "train", "trainval")
        self.split = given.get("split", "train")
        rows = _ROWS[self.train]
        self.classes = [str(index) for index in range(classes)]
        self.class_to_idx = {name: index for index, name in enumerate(self.classes)}
        targets = [index % classes for index in range(rows)]
        self.targets = torch.tensor(targets) if self._kept == "tensor" else targets
        self.samples = self.imgs = [(f"{index}.png", target) for index, target in enumerate(targets)]
        self.loader = given.get("loader", folder.default_loader)
        self._data = None
        door.manual_seed(0, generator=_Generator._id)
        size = "×".join(map(str, self._shape))
        diagnostics.report("skipped", "information", f"`{self._name}` is not here: {rows} random images of its shape ({size}) stand in for it", site.here())

    @property
    def labels(self):
        return torch.as_tensor(self.targets).numpy()

    @property
    def data(self):
        if self._data is None:
            if self._kept is None:
                raise AttributeError(f"'{self._name}' object has no attribute 'data'")
            data = torch.randint(0, 256, (len(self), *self._shape), generator=_Generator, dtype=torch.uint8)
            self._data = data[:, 0] if self._kept == "tensor" else (data.permute(0, 2, 3, 1) if self._kept == "last" else data).numpy()
        return self._data

    @data.setter
    def data(self, value):
        self._data = value

    train_data = test_data = property(lambda self: self.data)  # the names of old, which torchvision still has
    train_labels = test_labels = property(lambda self: self.targets)

    def __len__(self):
        return len(self.targets)

    def __getitem__(self, index):
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        image, target = Picture(*self._shape), int(self.targets[index])
        if self.transforms is not None:
            return self.transforms(image, target)
        image = _transformed(image, self.transform)
        return image, target if self.target_transform is None else self.target_transform(target)


def _transformed(image, transform):
    """What is not here of a transform is left out; where that may have been what makes tensors, the image is one nevertheless."""
    lacks = False
    for step in _steps(transform):
        if isinstance(step, ghost.Ghost):
            lacks = True
        else:
            image = step(image)
    return image.tensor() if lacks and isinstance(image, Picture) else image


def _steps(transform):
    """The single transforms of a composition."""
    inner = getattr(transform, "transforms", None) if type(transform).__name__ == "Compose" else None
    return [] if transform is None else [transform] if inner is None else [step for part in inner for step in _steps(part)]


globals().update({_name: type(_name, (_StandIn,), {"_known": _known, "_name": _name, "__module__": __name__}) for _name, _known in _SETS.items()})
__all__ = ["VisionDataset", *_SETS]


def __getattr__(name):
    if name in _MISSING:
        diagnostics.report("skipped", "information", f"`{name}` is not here: loops over it are empty", site.here())
        return ghost.Ghost(name)
    if name in ("utils", "samplers"):
        return finder.part(f"{__name__}.{name}")
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
