"""Facts about torchvision's models, as JSON: run by torchvision itself (`make_torchvision_goldens.py`) and by the shim.

Every model: what it is made of, what its weights are, and where its drawing left the generator. Some: what they compute, and gradients.
"""
import functools
import json
import warnings
import zlib

import torch
from torchvision import models
from torchvision.models import detection, video
from torchvision.models.vision_transformer import ConvStemConfig

warnings.filterwarnings("ignore")

MADE = """
    alexnet vgg11 vgg11_bn vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d resnext101_32x8d
    resnext101_64x4d wide_resnet50_2 wide_resnet101_2 densenet121 densenet161 densenet169 densenet201 squeezenet1_0 squeezenet1_1 googlenet inception_v3
    mobilenet_v2 mobilenet_v3_large mobilenet_v3_small shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5 shufflenet_v2_x2_0 mnasnet0_5 mnasnet0_75
    mnasnet1_0 mnasnet1_3
    convnext_tiny efficientnet_b0 efficientnet_b3 efficientnet_b7 efficientnet_v2_s vit_b_16 swin_t
    swin_v2_t regnet_x_400mf regnet_x_800mf regnet_x_1_6gf regnet_x_3_2gf regnet_x_8gf regnet_y_400mf regnet_y_800mf regnet_y_1_6gf
    regnet_y_3_2gf regnet_y_8gf maxvit_t r3d_18 mc3_18 r2plus1d_18 s3d mvit_v1_b mvit_v2_s swin3d_t
""".split()

# Models on a backbone, which is made without published weights: all layers are trained, and none is frozen.
ON_BACKBONES = """
    fcn_resnet50 deeplabv3_resnet50 deeplabv3_mobilenet_v3_large lraspp_mobilenet_v3_large fasterrcnn_resnet50_fpn fasterrcnn_resnet50_fpn_v2
    fasterrcnn_mobilenet_v3_large_fpn fasterrcnn_mobilenet_v3_large_320_fpn maskrcnn_resnet50_fpn maskrcnn_resnet50_fpn_v2 retinanet_resnet50_fpn
    retinanet_resnet50_fpn_v2 ssd300_vgg16 ssdlite320_mobilenet_v3_large fcos_resnet50_fpn keypointrcnn_resnet50_fpn
""".split()

# name, options, side of the square images, how many of them: enough numbers per channel in the last layers that batch normalization does not hang on one
CALLED = (
    ("alexnet", {"num_classes": 10, "dropout": 0.25}, 64, 2),
    ("squeezenet1_0", {"num_classes": 10}, 48, 2),
    ("squeezenet1_1", {"num_classes": 10, "dropout": 0.0}, 48, 2),
    ("resnet18", {"num_classes": 10}, 64, 2),
    ("resnet50", {"num_classes": 10, "zero_init_residual": True, "replace_stride_with_dilation": [False, True, True]}, 32, 2),
    ("resnext50_32x4d", {"num_classes": 10}, 96, 3),
    ("densenet121", {"num_classes": 10, "drop_rate": 0.2, "memory_efficient": True}, 64, 3),
    ("googlenet", {"num_classes": 10, "transform_input": True}, 64, 2),
    ("inception_v3", {"num_classes": 10, "aux_logits": False, "init_weights": False, "transform_input": True}, 139, 4),
    ("mobilenet_v2", {"num_classes": 10, "width_mult": 0.75}, 48, 2),
    ("mobilenet_v3_small", {"num_classes": 10, "reduced_tail": True, "dilated": True}, 48, 2),
    ("mobilenet_v3_large", {"num_classes": 10}, 32, 2),
    ("shufflenet_v2_x0_5", {"num_classes": 10}, 64, 3),
    ("mnasnet0_5", {"num_classes": 10}, 48, 2),
    ("convnext_tiny", {"num_classes": 10}, 64, 2),
    ("efficientnet_b0", {"num_classes": 10, "dropout": 0.0}, 96, 3),
    ("regnet_x_400mf", {"num_classes": 10}, 96, 3),
    ("regnet_y_400mf", {"num_classes": 10}, 96, 3),
    ("fcn_resnet50", {"num_classes": 3, "weights_backbone": None, "aux_loss": True}, 40, 2),
    ("deeplabv3_mobilenet_v3_large", {"num_classes": 3, "weights_backbone": None}, 64, 2),
    ("lraspp_mobilenet_v3_large", {"num_classes": 3, "weights_backbone": None}, 64, 2),
)

_patches = {"patch_size": 8, "num_layers": 2, "num_heads": 2, "hidden_dim": 16, "mlp_dim": 32, "num_classes": 5, "dropout": 0.1}
_swin = {"embed_dim": 12, "depths": [2, 2], "num_heads": [2, 3], "num_classes": 5, "stochastic_depth_prob": 0.3, "dropout": 0.1}
_swin_v2 = {"block": models.swin_transformer.SwinTransformerBlockV2, "downsample_layer": models.swin_transformer.PatchMergingV2}
_mvit = {"spatial_size": (32, 32), "temporal_size": 4, "residual_with_cls_embed": False, "num_classes": 5, "stochastic_depth_prob": 0.2, "block_setting": [
    video.mvit.MSBlockConfig(1, 8, 16, [3, 3, 3], [3, 3, 3], [1, 1, 1], [1, 2, 2]), video.mvit.MSBlockConfig(2, 16, 16, [3, 3, 3], [3, 3, 3], [1, 2, 2], [1, 1, 1])]}

# what makes a small one of a family, shape of its input
SMALL = {
    "vision transformer": (lambda: models.VisionTransformer(image_size=32, attention_dropout=0.1, **_patches), (2, 3, 32, 32)),
    "vision transformer with a stem of convolutions": (lambda: models.VisionTransformer(
        image_size=16, representation_size=8, conv_stem_configs=[ConvStemConfig(6, 3, 2), ConvStemConfig(8, 3, 4)], **_patches), (4, 3, 16, 16)),
    "swin transformer": (lambda: models.SwinTransformer([4, 4], window_size=[4, 4], **_swin), (2, 3, 40, 36)),
    "swin transformer v2": (lambda: models.SwinTransformer([4, 4], window_size=[4, 4], **_swin, **_swin_v2), (2, 3, 40, 36)),
    "video swin transformer": (lambda: video.SwinTransformer3d([2, 4, 4], window_size=[2, 4, 4], **_swin), (2, 3, 7, 40, 36)),
    "maxvit": (lambda: models.MaxVit((64, 64), 8, 4, [8, 16], [1, 2], 4, 0.2, num_classes=5), (2, 3, 64, 64)),
    "mvit": (lambda: video.MViT(residual_pool=False, rel_pos_embed=False, proj_after_attn=False, **_mvit), (2, 3, 4, 32, 32)),
    "mvit v2": (lambda: video.MViT(residual_pool=True, rel_pos_embed=True, proj_after_attn=True, **_mvit), (2, 3, 4, 32, 32)),
    "R(2+1)D": (lambda: video.VideoResNet(video.resnet.BasicBlock, [video.resnet.Conv2Plus1D] * 4, [1, 1, 1, 1], video.resnet.R2Plus1dStem, 5), (2, 3, 8, 48, 48)),
    "MC3 of bottlenecks": (lambda: video.VideoResNet(
        video.resnet.Bottleneck, [video.resnet.Conv3DSimple] + [video.resnet.Conv3DNoTemporal] * 3, [1, 1, 1, 1], video.resnet.BasicStem, 5), (2, 3, 4, 48, 48)),
}

_few = {"rpn_pre_nms_top_n_train": 100, "rpn_post_nms_top_n_train": 60, "rpn_pre_nms_top_n_test": 60, "rpn_post_nms_top_n_test": 40, "box_batch_size_per_image": 16}
_sizes = {"num_classes": 4, "weights_backbone": None, "min_size": 64, "max_size": 96}
DETECTING = {
    "mask R-CNN": lambda: models.get_model("maskrcnn_resnet50_fpn", **_sizes, **_few), "RetinaNet": lambda: models.get_model("retinanet_resnet50_fpn", **_sizes),
    "SSD": lambda: detection.ssd.SSD(torch.nn.Sequential(torch.nn.Conv2d(3, 6, 5, 8)), detection.anchor_utils.DefaultBoxGenerator([[2, 3]]), (64, 64), 4),
    "keypoint R-CNN": lambda: detection.KeypointRCNN(
        detection.backbone_utils.resnet_fpn_backbone(backbone_name="resnet18", weights=None, norm_layer=torch.nn.BatchNorm2d, trainable_layers=5), 4, 64, 96,
        keypoint_head=detection.keypoint_rcnn.KeypointRCNNHeads(256, (16, 12)), keypoint_predictor=detection.keypoint_rcnn.KeypointRCNNPredictor(12, 5), **_few),
    "FCOS": lambda: models.get_model("fcos_resnet50_fpn", **_sizes, score_thresh=0.005), "SSDlite": lambda: models.get_model("ssdlite320_mobilenet_v3_large", num_classes=4, weights_backbone=None),
}


def made(name, **options):
    torch.manual_seed(0)
    model = models.get_model(name, **options)
    after = torch.rand(1).item().hex()
    state = model.state_dict()
    small = [key for key, value in state.items() if value.is_floating_point() and 1 < value.numel() <= 40000]
    keys = [small[0], small[len(small) // 2], small[-1]]
    return {
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "leaves": sum(1 for module in model.modules() if not list(module.children())),
        "state": zlib.crc32("\n".join(f"{key} {tuple(value.shape)}" for key, value in state.items()).encode()),
        "printed": zlib.crc32(repr(model).encode()),
        "weights": {key: [number.hex() for number in state[key].flatten()[:2].tolist()] for key in keys},
        "after": after,
    }


def called(name, options, side, count):
    return computed(lambda: models.get_model(name, **options), (count, 3, side, side))


def computed(make, shape):
    torch.manual_seed(1)
    model = make()
    images = torch.randn(*shape)
    with torch.no_grad():
        evaluated = heads_of(model.eval()(images))[0]
    output = model.train()(images)
    heads = heads_of(output)
    sum(head.square().mean() for head in heads).backward()
    parameters = list(model.named_parameters())
    norms = {key: parameter.grad.norm().item() for key, parameter in (parameters[0], parameters[len(parameters) // 2], parameters[-2])}
    return {
        "outputs": type(output).__name__, "heads": len(heads), "evaluated": [*evaluated.flatten()[:3].tolist(), evaluated.square().mean().item()],
        "trained": [number for head in heads for number in (head.flatten(1)[1, 0].item(), head.square().mean().item())], "gradients": norms,
    }


def heads_of(output):
    if isinstance(output, dict):
        return list(output.values())
    return [head for head in output if head is not None] if isinstance(output, tuple) else [output]


def detected(make):
    """The surest detection in random images, and the losses of given ones; gradients of the heads."""
    torch.manual_seed(3)
    model = make()
    images = [torch.rand(3, 64, 80), torch.rand(3, 60, 60)]
    targets = [{"boxes": torch.tensor([[10.0, 12, 50, 60], [30, 5, 70, 40]]), "labels": torch.tensor([1, 3]), "masks": torch.zeros(2, 64, 80, dtype=torch.uint8)},
               {"boxes": torch.tensor([[5.0, 8, 50, 55]]), "labels": torch.tensor([2]), "masks": torch.zeros(1, 60, 60, dtype=torch.uint8)}]
    for target in targets:
        target["masks"][:, 20:40, 20:45] = 1
        corners, sizes = target["boxes"][:, None, :2], target["boxes"][:, None, 2:] - target["boxes"][:, None, :2]
        places = torch.tensor([[0.1, 0.2], [0.9, 0.3], [0.5, 0.5], [0.25, 0.8], [1.0, 1.0]])
        target["keypoints"] = torch.cat([corners + sizes * places, torch.tensor([1.0, 1, 0, 1, 1])[:, None].expand(len(corners), 5, 1)], 2)
    losses = model.train()(images, targets)
    sum(losses.values()).backward()
    heads = [(key, parameter.grad.norm().item()) for key, parameter in model.named_parameters() if "backbone" not in key and parameter.grad is not None]
    with torch.no_grad():
        found = model.eval()(images)[0]
    return {"trained": {key: loss.item() for key, loss in losses.items()}, "gradients": dict((heads[0], heads[len(heads) // 2])),
            "found": {key: list(value.shape[1:]) for key, value in found.items()}, "evaluated": found["scores"][:1].tolist()}


def auxiliary():
    """The head of Inception v3 that needs images of 299 × 299, on what it would get of them; and its weights, which have deviations of their own."""
    torch.manual_seed(2)
    head = models.inception_v3(num_classes=10).AuxLogits.eval()
    with torch.no_grad():
        return {"evaluated": head(torch.randn(2, 768, 17, 17))[1].tolist(), "fc": [number.hex() for number in head.fc.weight[0, :4].tolist()]}


CASES = {
    **{name: (made, (name,)) for name in MADE},
    **{name: (functools.partial(made, weights_backbone=None), (name,)) for name in ON_BACKBONES},
    "inception_v3, auxiliary head": (auxiliary, ()),
    **{f"{case[0]} called": (called, case) for case in CALLED},
    **{f"a small {name}": (computed, case) for name, case in SMALL.items()},
    **{f"{name} detecting": (detected, (make,)) for name, make in DETECTING.items()},
}


def facts(case):
    function, arguments = CASES[case]
    return json.dumps(function(*arguments))


if __name__ == "__main__":
    for case in CASES:
        print(json.dumps(case), facts(case), sep=": ")
