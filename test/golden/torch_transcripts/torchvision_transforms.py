"""What torchvision's transforms do to tensors, how they print and refuse, and what they draw."""
import numpy as np
import torch
from torchvision import transforms as T
from torchvision.transforms import functional as F
from torchvision.transforms import v2

torch.manual_seed(0)
image, bytes_ = torch.rand(3, 12, 10), (torch.rand(3, 12, 10) * 256).to(torch.uint8)


def show(name, x):
    x = x if isinstance(x, torch.Tensor) else torch.cat([part.flatten() for part in x])
    print(name, x.dtype, tuple(x.shape), [round(number, 4) for number in x.double().flatten()[:4].tolist()], round(x.double().mean().item(), 3))


for x in (image, bytes_):
    for size in (6, [6], [7, 5], 20):
        show(f"resize {size}", F.resize(x, size))
    show("longest", F.resize(x, 6, max_size=7))
    for mode in (T.InterpolationMode.NEAREST, T.InterpolationMode.BICUBIC, T.InterpolationMode.NEAREST_EXACT):
        show(str(mode), F.resize(x, [7, 5], mode, antialias=False))
    show("batch", F.resize(torch.stack([x, x]), 6))
    show("center", F.center_crop(x, 5)), show("center", F.center_crop(x, (15, 7))), show("crop", F.crop(x, -2, 3, 6, 9))
    for mode in ("constant", "edge", "reflect", "symmetric"):
        show(mode, F.pad(x, [1, 2, 3, 1], 1 if mode == "constant" else 0, mode))
    show("flip", F.hflip(x)), show("flip", F.vflip(x)), show("five", F.five_crop(x, 4)), show("ten", F.ten_crop(x, (4, 3), True))
    show("gray", F.rgb_to_grayscale(x)), show("gray", F.rgb_to_grayscale(x, 3)), show("invert", F.invert(x))
    show("brightness", F.adjust_brightness(x, 1.5)), show("contrast", F.adjust_contrast(x, 0.4)), show("saturation", F.adjust_saturation(x, 1.7))
    show("gamma", F.adjust_gamma(x, 0.7)), show("blur", F.gaussian_blur(x, [3, 5])), show("erase", F.erase(x, 1, 2, 3, 4, torch.tensor(1)))
    show("solarize", F.solarize(x, 0.5 if x is image else 128))
    print(F.get_dimensions(x), F.get_image_size(x), F.get_image_num_channels(x))
show("posterize", F.posterize(bytes_, 3)), show("to float", F.convert_image_dtype(bytes_)), show("to bytes", F.convert_image_dtype(image, torch.uint8))
show("normalize", T.Normalize([0.5, 0.4, 0.3], [0.1, 0.2, 0.3])(image)), show("normalize", T.Normalize(0.5, 0.5)(image))
show("to_tensor", T.ToTensor()(np.arange(24, dtype=np.uint8).reshape(2, 4, 3))), show("to_tensor", F.to_tensor(np.ones((2, 3), np.float32)))
show("pil", T.ToTensor()(T.ToPILImage()(bytes_))), show("pil", F.pil_to_tensor(F.to_pil_image(image)))
show("v2", v2.Compose([v2.Resize((6, 6)), v2.ToDtype(torch.float32, scale=True), v2.Normalize([0.5] * 3, [0.5] * 3)])(image))

for random in (
        T.RandomHorizontalFlip(), T.RandomVerticalFlip(0.9), T.RandomCrop(8, padding=2), T.RandomCrop((20, 8), pad_if_needed=True), T.RandomResizedCrop(6),
        T.RandomResizedCrop(6, scale=(2.0, 3.0)), T.RandomGrayscale(0.5), T.ColorJitter(0.4, (0.2, 0.7), 0.3), T.GaussianBlur(3), T.RandomErasing(1.0),
        T.RandomErasing(0.9, value="random"), T.RandomErasing(1.0, value=(1, 2, 3)), T.RandomInvert(), T.RandomSolarize(0.5),
        T.RandomApply([T.RandomHorizontalFlip(1.0)], 0.7), T.Compose([T.RandomCrop(6), T.RandomHorizontalFlip()])):
    torch.manual_seed(7)
    show("random", random(image))
    print(random, torch.rand(1).item())

for printed in (T.ToTensor(), T.Normalize((0.5,), (0.5,)), T.Resize(256), T.CenterCrop(224), T.Pad(2), T.Grayscale(), T.RandomRotation(10), T.RandomInvert(),
                T.Lambda(abs), T.FiveCrop(3), T.TenCrop(3), T.ToPILImage("L"), T.RandomOrder([T.CenterCrop(2)]), T.RandomChoice([T.CenterCrop(2)]), T.RandomPosterize(2), T.PILToTensor()):
    print(printed)

for refused in (
        lambda: F.normalize(bytes_, [0.5], [0.5]), lambda: F.normalize(image, [0.5], [0.0]), lambda: F.normalize(image[0], 0.5, 0.5),
        lambda: T.RandomCrop(20)(image), lambda: T.Resize("a"), lambda: T.Resize([1, 2, 3]), lambda: F.resize(image, [2, 3], max_size=9),
        lambda: F.resize(image, 6, max_size=6), lambda: F.pad(image, [1, 2, 3]), lambda: F.adjust_brightness(image, -1), lambda: F.adjust_hue(image, 1),
        lambda: F.five_crop(image, 20), lambda: T.CenterCrop((1, 2, 3)), lambda: F.gaussian_blur(image, 2), lambda: F.to_pil_image("a"), lambda: F.to_tensor(3),
        lambda: T.ColorJitter(-1), lambda: F.rgb_to_grayscale(image, 2), lambda: F.hflip("a"), lambda: T.Lambda(3), lambda: T.foo):
    try:
        print("passes", refused())
    except Exception as error:
        print(type(error).__name__, error)
