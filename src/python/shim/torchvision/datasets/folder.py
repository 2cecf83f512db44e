"""torchvision.datasets.folder: images of files, of which there are none."""
from _lens import diagnostics
from _lens.recording import site

from ..transforms._picture import Picture

IMG_EXTENSIONS = (".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp")


def pil_loader(path):
    diagnostics.report("skipped", "information", "files of images are not read: a random image (3×224×224) stands in", site.here())
    return Picture(3, 224, 224)


default_loader = accimage_loader = pil_loader


def has_file_allowed_extension(filename, extensions):
    return filename.lower().endswith(extensions if isinstance(extensions, str) else tuple(extensions))


def is_image_file(filename):
    return has_file_allowed_extension(filename, IMG_EXTENSIONS)


def __getattr__(name):
    if name in ("ImageFolder", "DatasetFolder"):
        from .. import datasets
        return getattr(datasets, name)
    raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
