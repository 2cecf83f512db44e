# What PyTorch says when something is wrong with sampling, order, complex numbers, matrices and alignments.
import torch
import torch.nn as nn
import torch.nn.functional as F

t, i = torch.arange(6.0).reshape(2, 3), torch.arange(6).reshape(2, 3)
image, logs = torch.zeros(1, 1, 4, 4), torch.zeros(4, 2, 3)
L = torch.linalg
attempts = [
    lambda: torch.bitwise_and(t, t), lambda: t << 1, lambda: torch.bitwise_not(t), lambda: torch.cummax(t, 3), lambda: torch.logcumsumexp(i, 0), lambda: torch.searchsorted(t, torch.zeros(3, 2)), lambda: torch.topk(t, 4), lambda: torch.kthvalue(t, 4), lambda: torch.topk(i > 2, 1),
    lambda: F.scaled_dot_product_attention(t[0], t, t), lambda: F.scaled_dot_product_attention(t, t, t.double()), lambda: F.scaled_dot_product_attention(t, t, t, attn_mask=i[:, :2]), lambda: F.scaled_dot_product_attention(t, t, t, attn_mask=torch.zeros(2, 2), is_causal=True), lambda: F.scaled_dot_product_attention(t, torch.zeros(2, 4), t),
    lambda: F.adaptive_max_pool2d(torch.zeros(2, 3), (1, 1)), lambda: F.adaptive_max_pool2d(torch.zeros(2, 3, 0, 4), (1, 1)), lambda: F.adaptive_max_pool3d(torch.zeros(3, 3, 3), 1), lambda: F.adaptive_max_pool1d(torch.zeros(3), 1),
    lambda: F.unfold(torch.zeros(1, 1, 2, 2), 3), lambda: F.unfold(torch.zeros(1, 1, 2, 2), 0), lambda: F.unfold(torch.zeros(1, 1, 2, 2), 1, stride=0), lambda: F.unfold(torch.zeros(1, 1, 2, 2), 1, padding=-1), lambda: F.unfold(torch.zeros(1, 1, 2, 2), 1, dilation=0), lambda: F.fold(torch.zeros(1, 5, 4), (3, 3), 2), lambda: F.fold(torch.zeros(1, 4, 5), (3, 3), 2), lambda: F.fold(torch.zeros(4), (3, 3), 2),
    lambda: F.interpolate(image), lambda: F.interpolate(image, size=2, scale_factor=2), lambda: F.interpolate(image, size=(2,)), lambda: F.interpolate(image, scale_factor=(2.0,)), lambda: F.interpolate(image, size=2, mode="cubic"), lambda: F.interpolate(image, size=0), lambda: F.interpolate(image, size=2, align_corners=True), lambda: F.interpolate(image[0], scale_factor=2, mode="bilinear"), lambda: F.interpolate(image, scale_factor=2, mode="linear"),
    lambda: F.interpolate(image[0], size=2, mode="linear", antialias=True), lambda: F.interpolate(image, size=2, recompute_scale_factor=True), lambda: F.interpolate(torch.zeros(1, 0, 4, 4), size=2), lambda: F.interpolate(torch.zeros(1, 1, 0, 4), size=2), lambda: F.interpolate(torch.zeros(1, 4), scale_factor=2),
    lambda: F.grid_sample(image, torch.zeros(1, 2, 2, 3)), lambda: F.grid_sample(image, torch.zeros(2, 2, 2, 2)), lambda: F.grid_sample(image, torch.zeros(1, 2, 2, 2), mode="x"), lambda: F.grid_sample(image, torch.zeros(1, 2, 2, 2), padding_mode="x"), lambda: F.affine_grid(torch.zeros(1, 3, 3), (1, 1, 2, 2)), lambda: F.affine_grid(torch.zeros(1, 2, 3), (1, 1, 0, 2)), lambda: F.affine_grid(torch.zeros(1, 2, 3).long(), (1, 1, 2, 2)),
    lambda: F.max_unpool2d(image, image, 2), lambda: F.max_unpool2d(image, image[..., :1].long(), 2), lambda: F.max_unpool2d(image, image.long(), 2, output_size=(19, 9)), lambda: nn.FractionalMaxPool2d(2), lambda: F.fractional_max_pool2d(image, 2),
    lambda: L.inv(t), lambda: L.inv(t[0]), lambda: L.inv(i), lambda: L.inv(torch.zeros(2, 2)).sum().item(), lambda: L.inv(torch.zeros(2, 2, 2)).sum().item(), lambda: L.det(t), lambda: L.slogdet(t), lambda: L.solve(t, t), lambda: L.solve(torch.zeros(2, 2), t).sum().item(), lambda: L.solve(torch.eye(3), t), lambda: L.solve(torch.eye(2), t.double()), lambda: L.cholesky(t), lambda: L.cholesky(torch.zeros(2, 2)).sum().item(), lambda: L.cholesky(-torch.eye(2)[None]).sum().item(), lambda: L.qr(t[0]), lambda: L.qr(t, mode="x"), lambda: L.eigh(t), lambda: L.svd(t[0]), lambda: L.solve_triangular(t, t, upper=True), lambda: L.matrix_power(t, 2), lambda: L.matrix_norm(t, 3),
    lambda: F.ctc_loss(logs, torch.ones(2, 2).long(), torch.tensor([4, 5]), torch.tensor([2, 2])).item(), lambda: F.ctc_loss(logs, torch.ones(2, 2).long(), torch.tensor([4, 4, 4]), torch.tensor([2, 2])), lambda: F.ctc_loss(logs, torch.ones(2, 2).long(), torch.tensor([4, 4]), torch.tensor([2, 2]), blank=3), lambda: F.ctc_loss(logs, torch.ones(2, 2).long(), torch.tensor([4.0, 4]), torch.tensor([2, 2])),
    lambda: torch.cdist(t[0], t), lambda: torch.cdist(t, t[0]), lambda: torch.cdist(t, t[:, :2]), lambda: torch.cdist(t, t, p=-1.0), lambda: torch.cdist(t.requires_grad_(), t.detach()), lambda: t.requires_grad_(False) is t,
    lambda: torch.fft.fft(torch.tensor(1.0)), lambda: torch.fft.fft(t, n=0), lambda: torch.fft.fft(t, norm="x"), lambda: torch.fft.rfft(t + 0j), lambda: torch.fft.fft(t, dim=5), lambda: torch.fft.fft2(t, dim=(0, 0)), lambda: torch.view_as_complex(t), lambda: torch.view_as_real(t), lambda: torch.polar(t, t.double()), lambda: t.imag,
    lambda: torch.take(t, torch.tensor([1.0])), lambda: torch.put(t, torch.tensor([1]), torch.tensor([1, 2])), lambda: torch.bincount(t), lambda: torch.bincount(torch.tensor([-1])), lambda: torch.bincount(i), lambda: torch.histc(t, bins=0), lambda: torch.histc(t, min=2, max=1), lambda: t.masked_select(t), lambda: torch.bucketize(t, t), lambda: torch.kthvalue(torch.zeros(0), 1), lambda: torch.quantile(t, 2.0), lambda: torch.polygamma(-1, t), lambda: torch.heaviside(t, i),
]
for attempt in attempts:
    try:
        print("no error:", attempt())
    except Exception as error:
        print(str(error).replace("\n", " / "))
