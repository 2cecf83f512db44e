"""Operations on boxes and feature maps, and images side by side, as torchvision has them."""
import torch
import torchvision
from torchvision import ops
torch.manual_seed(0)



def show(name, x):
    print(name, tuple(x.shape), [round(v, 5) for v in x.double().flatten()[:4].tolist()], round(x.double().sum().item(), 3))
a = torch.rand(5, 4) * 10; a[:, 2:] += a[:, :2]
b = torch.rand(3, 4) * 10; b[:, 2:] += b[:, :2]
for f in ("box_iou", "generalized_box_iou", "distance_box_iou", "complete_box_iou"): show(f, getattr(ops, f)(a, b))
for f in ("xyxy", "xywh", "cxcywh"):
    for g in ("xyxy", "xywh", "cxcywh"): show(f + g, ops.box_convert(a, f, g))
show("area", ops.box_area(a)); show("clip", ops.clip_boxes_to_image(a, (8, 9))); show("small", ops.remove_small_boxes(a, 3.0))
m = torch.zeros(2, 8, 8); m[0, 2:5, 3:6] = 1; m[1, 1, 7] = 1
print(ops.masks_to_boxes(m))
for f in ("complete_box_iou_loss", "distance_box_iou_loss", "generalized_box_iou_loss"):
    for r in ("none", "mean", "sum"): show(f + r, getattr(ops, f)(a[:3], b, r))
x, t = torch.randn(4, 6), (torch.rand(4, 6) > 0.5).float()
for r in ("none", "mean", "sum"): show("focal", ops.sigmoid_focal_loss(x, t, reduction=r, alpha=-1 if r == "sum" else 0.3))
for d in (2, 3):
    torch.manual_seed(3)
    layer = getattr(ops, f"DropBlock{d}d")(0.2, 3); print(layer)
    x = torch.randn(2, 3, *[8] * d, requires_grad=True)
    y = layer(x); y.sum().backward(); show("drop", y); show("grad", x.grad); print(layer.eval()(x) is x)
from collections import OrderedDict
from torchvision.ops.feature_pyramid_network import LastLevelMaxPool, LastLevelP6P7
for extra in (None, LastLevelMaxPool(), LastLevelP6P7(16, 8)):
    torch.manual_seed(1)
    f = ops.FeaturePyramidNetwork([4, 8, 16], 8, extra_blocks=extra, norm_layer=torch.nn.BatchNorm2d if extra is None else None)
    x = OrderedDict((f"feat{i}", torch.randn(1, 4 * 2 ** i, 33 // 2 ** i, 32 // 2 ** i)) for i in range(3))
    print(list(f.state_dict())[:4]); [show(k, v) for k, v in f(x).items()]
print(ops.deform_conv.DeformConv2d(4, 6, 3, padding=1, groups=2, bias=False), ops.RoIAlign(7, 0.5, 2), ops.RoIPool((3, 2), 1.0))
torch.manual_seed(4); d = ops.DeformConv2d(4, 6, (3, 2), padding=1); show("w", d.weight); show("b", d.bias)
for f, g in (("foo", lambda: ops.foo), ("invalid", lambda: ops.sigmoid_focal_loss(x, t, alpha=3)), ("conv", lambda: ops.box_convert(a, "xx", "xyxy"))):
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
grid = torchvision.utils.make_grid(torch.arange(5 * 12.).reshape(5, 1, 3, 4), nrow=3, padding=1, normalize=True, pad_value=0.5); show("grid", grid)
show("grid", torchvision.utils.make_grid([torch.rand(3, 4, 4)] * 2, normalize=True, scale_each=True)); show("grid", torchvision.utils.make_grid(torch.rand(3, 4, 4)))
