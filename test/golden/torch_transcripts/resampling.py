# Spatial axes sampled anew: interpolation, windows, places that are computed, poolings and their inverses.
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(3)
line, image, volume = torch.randn(2, 3, 5), torch.randn(1, 2, 4, 5, requires_grad=True), torch.randn(1, 1, 3, 3, 2)


def show(*values):
    for value in values:
        print(value)
        if value.requires_grad:
            image.grad = None
            (value * torch.arange(1.0, value.numel() + 1).reshape(value.shape)).sum().backward(retain_graph=True)
            print("  ", image.grad.flatten()[:6])


for mode in ("nearest", "nearest-exact", "bilinear", "bicubic", "area"):
    corners = (None,) if mode in ("nearest", "nearest-exact", "area") else (False, True, None)
    for align_corners in corners:
        show(F.interpolate(image, size=(3, 4), mode=mode, align_corners=align_corners), F.interpolate(image, scale_factor=(1.5, 0.7), mode=mode, align_corners=align_corners))
show(F.interpolate(image, size=(2, 3), mode="bilinear", antialias=True), F.interpolate(image, scale_factor=0.5, mode="bicubic", antialias=True), F.interpolate(image, scale_factor=1.3, mode="bilinear", recompute_scale_factor=True))
show(F.interpolate(line, scale_factor=2, mode="linear"), F.interpolate(line, size=7), F.interpolate(line, size=3, mode="area"), F.interpolate(volume, size=(2, 4, 3), mode="trilinear"), F.interpolate(volume, scale_factor=2).sum())
show(F.upsample(image, scale_factor=2, mode="bilinear"), nn.Upsample(scale_factor=2, mode="bicubic")(image).sum(), nn.UpsamplingBilinear2d(size=(3, 3))(image), nn.UpsamplingNearest2d(scale_factor=2)(image).mean())
for arguments in ({"kernel_size": 2}, {"kernel_size": (2, 3), "padding": 1, "stride": 2}, {"kernel_size": 2, "dilation": 2, "stride": (1, 2)}):
    columns = F.unfold(image, **arguments)
    show(columns, F.fold(columns, (4, 5), **arguments))
show(nn.Fold((4, 5), 2)(nn.Unfold(2)(image)), F.unfold(image[0], 3))
print(nn.Fold((4, 5), 2))
theta = torch.tensor([[[0.9, 0.3, 0.1], [-0.2, 1.1, 0.4]]])
for align_corners in (False, True):
    grid = F.affine_grid(theta, (1, 2, 3, 4), align_corners=align_corners)
    show(grid)
    for mode in ("bilinear", "nearest", "bicubic"):
        for padding_mode in ("zeros", "border", "reflection"):
            show(F.grid_sample(image, grid * 1.2, mode, padding_mode, align_corners))
leaf = (grid.detach() * 0.7).requires_grad_()
F.grid_sample(image, leaf, align_corners=False).pow(2).sum().backward()
print(leaf.grad)
for padding_mode in ("border", "reflection"):
    for align_corners in (False, True):
        leaf = torch.tensor([[[[-1.0, -1.0], [1.0, 1.0], [-1.5, 0.5], [0.25, 1.0], [-1.0, 0.5]]]], requires_grad=True)
        F.grid_sample(image, leaf, padding_mode=padding_mode, align_corners=align_corners).pow(2).sum().backward()
        print(leaf.grad + 0)
cube = F.affine_grid(torch.tensor([[[0.8, 0.1, 0.0, 0.2], [0.0, 0.7, 0.1, 0.0], [0.3, 0.0, 0.9, -0.1]]]), (1, 1, 2, 2, 2), align_corners=False)
show(cube, F.grid_sample(volume, cube, align_corners=False), F.grid_sample(volume, cube * 2, "nearest", "border", True))
values, indices = F.adaptive_max_pool2d(image, (2, 3), return_indices=True)
show(values, indices, F.adaptive_max_pool1d(line, 2), F.adaptive_max_pool2d(image, (None, 1)), nn.AdaptiveMaxPool2d(2)(image), F.adaptive_max_pool3d(volume, 2), nn.AdaptiveMaxPool1d(3, return_indices=True)(line)[1])
pooled, places = F.max_pool2d(image, 2, return_indices=True)
show(F.max_unpool2d(pooled, places, 2, output_size=(4, 5)), nn.MaxUnpool2d(2, stride=2)(pooled, places, output_size=image.size()))
pooled, places = F.max_pool1d(line, 2, return_indices=True)
show(F.max_unpool1d(pooled, places, 2))
show(F.lp_pool1d(line.abs(), 2, 2), F.lp_pool2d(image.abs(), 3, 2), nn.LPPool2d(2, (2, 3), stride=(1, 2))(image), F.lp_pool3d(volume.abs(), 2, 2))
samples = torch.tensor([[[0.3, 0.7], [0.9, 0.1]]])
show(F.fractional_max_pool2d(image, 2, output_size=(2, 3), _random_samples=samples), F.fractional_max_pool2d_with_indices(image, (2, 1), output_ratio=(0.6, 0.6), _random_samples=samples)[1], nn.FractionalMaxPool2d(2, output_ratio=0.7, _random_samples=samples)(image))
show(F.fractional_max_pool3d(volume, (2, 2, 1), output_size=1, _random_samples=torch.tensor([[[0.2, 0.5, 0.8]]])))
for module in (nn.MaxUnpool1d(2), nn.MaxUnpool3d((2, 2, 2)), nn.LPPool1d(2, 3), nn.LPPool3d(2, 3, 2), nn.FractionalMaxPool2d(2, output_size=3), nn.AdaptiveMaxPool3d((1, 2, None))):
    print(module)
