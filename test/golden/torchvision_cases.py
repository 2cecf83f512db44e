"""Facts about torchvision's models, as JSON: run by torchvision itself (`make_torchvision_goldens.py`) and by the shim.

Every model: what it is made of, what its weights are, and where its drawing left the generator. Some: what they compute, and gradients.
"""
import json
import warnings
import zlib

import torch
from torchvision import models

warnings.filterwarnings("ignore")

MADE = """
    alexnet vgg11 vgg11_bn vgg13 vgg13_bn vgg16 vgg16_bn vgg19 vgg19_bn resnet18 resnet34 resnet50 resnet101 resnet152 resnext50_32x4d resnext101_32x8d
    resnext101_64x4d wide_resnet50_2 wide_resnet101_2 densenet121 densenet161 densenet169 densenet201 squeezenet1_0 squeezenet1_1 googlenet inception_v3
    mobilenet_v2 mobilenet_v3_large mobilenet_v3_small shufflenet_v2_x0_5 shufflenet_v2_x1_0 shufflenet_v2_x1_5 shufflenet_v2_x2_0 mnasnet0_5 mnasnet0_75
    mnasnet1_0 mnasnet1_3
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
)


def made(name):
    torch.manual_seed(0)
    model = models.get_model(name)
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
    torch.manual_seed(1)
    model = models.get_model(name, **options)
    images = torch.randn(count, 3, side, side)
    with torch.no_grad():
        evaluated = model.eval()(images)
    output = model.train()(images)
    heads = [head for head in output if head is not None] if isinstance(output, tuple) else [output]
    sum(head.square().mean() for head in heads).backward()
    parameters = list(model.named_parameters())
    norms = {key: parameter.grad.norm().item() for key, parameter in (parameters[0], parameters[len(parameters) // 2], parameters[-2])}
    return {
        "outputs": type(output).__name__, "heads": len(heads), "evaluated": [*evaluated[0, :3].tolist(), evaluated.square().mean().item()],
        "trained": [number for head in heads for number in (head[1, 0].item(), head.square().mean().item())], "gradients": norms,
    }


def auxiliary():
    """The head of Inception v3 that needs images of 299 × 299, on what it would get of them; and its weights, which have deviations of their own."""
    torch.manual_seed(2)
    head = models.inception_v3(num_classes=10).AuxLogits.eval()
    with torch.no_grad():
        return {"evaluated": head(torch.randn(2, 768, 17, 17))[1].tolist(), "fc": [number.hex() for number in head.fc.weight[0, :4].tolist()]}


CASES = {
    **{name: (made, (name,)) for name in MADE},
    "inception_v3, auxiliary head": (auxiliary, ()),
    **{f"{case[0]} called": (called, case) for case in CALLED},
}


def facts(case):
    function, arguments = CASES[case]
    return json.dumps(function(*arguments))


if __name__ == "__main__":
    for case in CASES:
        print(json.dumps(case), facts(case), sep=": ")
