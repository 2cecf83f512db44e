"""timm.data: its constants. Data sets, loaders and augmentations are ghosts."""
from _lens.missing import lazy as _lazy

from .constants import (
    DEFAULT_CROP_MODE, DEFAULT_CROP_PCT, IMAGENET_DEFAULT_MEAN, IMAGENET_DEFAULT_STD, IMAGENET_DPN_MEAN, IMAGENET_DPN_STD, IMAGENET_INCEPTION_MEAN,
    IMAGENET_INCEPTION_STD, OPENAI_CLIP_MEAN, OPENAI_CLIP_STD)

_MISSING = frozenset("""
    RandAugment AutoAugment rand_augment_ops auto_augment_policy rand_augment_transform auto_augment_transform resolve_data_config
    resolve_model_data_config ImageDataset IterableImageDataset AugMixDataset create_dataset DatasetInfo CustomDatasetInfo ImageNetInfo
    infer_imagenet_subset create_loader Mixup FastCollateMixup NaFlexMapDatasetWrapper create_naflex_loader NaFlexMixup Patchify create_reader
    RealLabelsImagenet create_transform ToNumpy ToTensor str_to_interp_mode RandomResizedCropAndInterpolation CenterCropOrPad ResizeKeepRatio
""".split())

__getattr__ = _lazy.attributes(__name__, {}, missing_things=_MISSING, missing=(
    "auto_augment", "config", "dataset", "dataset_factory", "distributed_sampler", "loader", "mixup", "random_erasing", "readers", "real_labels",
    "transforms", "transforms_factory"))
