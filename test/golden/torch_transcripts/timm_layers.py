"""timm's layers: reprs, state dicts, drawn weights, outputs and gradients."""
from functools import partial

import timm.layers as layers
import torch
from timm.layers.cbam import CbamModule, LightCbamModule
from torch import nn


def show(name, make, *shapes, train=False):
    torch.manual_seed(1)
    layer = make()
    layer.train(train)
    print(f"{name}: {layer}")
    for key, value in layer.state_dict().items():
        print("  ", key, list(value.shape), f"{value.double().sum().item():.9g} {value.double().square().sum().item():.9g}")
    for shape in shapes:
        x = torch.linspace(-2, 2, torch.Size(shape).numel()).sin().reshape(shape).requires_grad_()
        y = layer(x)
        if isinstance(y, tuple):
            print("  ", y[1:])
            y = y[0]
        weights = torch.linspace(1, 2, y.numel()).cos().reshape(y.shape)
        (y * weights).sum().backward()
        print("  ", list(y.shape), y.detach().reshape(-1)[:4].tolist(), f"{y.double().square().sum().item():.7g}", f"{x.grad.square().sum().item():.6g}",
              [f"{p.grad.square().sum().item():.6g}" for p in layer.parameters() if p.grad is not None])


tokens, image = (2, 9, 16), (2, 16, 8, 8)
for activation in ("GELU", "GELUTanh", "QuickGELU", "HardMish", "HardSwish", "HardSigmoid", "Mish", "Swish", "Sigmoid", "Tanh", "PReLU"):
    show(activation, getattr(layers, activation), (3, 5))
for name in ("gelu", "relu", "silu", "hard_swish", "quick_gelu", "prelu", "identity"):
    print(name, layers.create_act_layer(name, inplace=True), layers.get_act_layer(name).__name__)
print(layers.get_act_layer(None), layers.get_act_layer(""), layers.get_act_fn("relu")(torch.tensor([-1.0, 2.0])), layers.get_act_fn("hardswish")(torch.tensor([1.0])))
for norm in ("GroupNorm1", "LayerNorm2d", "LayerNorm2dFp32", "RmsNorm2d", "RmsNorm2dFp32", "SimpleNorm2d", "SimpleNorm2dFp32", "BatchNormAct2d", "GroupNorm1Act",
             "LayerNormAct2d", "LayerNormAct2dFp32", "RmsNormAct2d", "RmsNormAct2dFp32", "FrozenBatchNormAct2d"):
    show(norm, partial(getattr(layers, norm), 16), image)
for norm in ("LayerNorm", "LayerNormFp32", "RmsNorm", "RmsNormFp32", "SimpleNorm", "SimpleNormFp32", "LayerNormAct", "LayerNormActFp32", "RmsNormAct", "RmsNormActFp32"):
    show(norm, partial(getattr(layers, norm), 16), tokens)
show("GroupNorm", lambda: layers.GroupNorm(16, 4), image)
show("GroupNormAct", lambda: layers.GroupNormAct(16, group_size=8, act_layer="silu"), image)
show("BatchNormAct2d while training", lambda: layers.BatchNormAct2d(16, act_layer=nn.GELU, act_kwargs={"approximate": "tanh"}), image, train=True)
for name in ("layernorm", "batch_norm", "rmsnorm2d", "groupnorm1"):
    print(name, layers.create_norm_layer(name, 8), layers.get_norm_act_layer(name, "relu")(8))
print(layers.get_norm_layer(partial(nn.LayerNorm, eps=1e-3))(4), layers.get_norm_layer(None), layers.get_norm_act_layer(nn.BatchNorm2d, nn.SiLU)(4))
show("Mlp", lambda: layers.Mlp(16, 24, 8, drop=(0.1, 0.2)), tokens)
show("Mlp of images", lambda: layers.Mlp(16, 24, use_conv=True, norm_layer=layers.LayerNorm2d, bias=(True, False)), image)
show("GluMlp", lambda: layers.GluMlp(16, 24), tokens)
show("SwiGLU", lambda: layers.SwiGLU(16, 20, align_to=8, norm_layer=nn.LayerNorm), tokens)
show("SwiGLUPacked", lambda: layers.SwiGLUPacked(16, 24), tokens)
show("GatedMlp", lambda: layers.GatedMlp(16, 24), tokens)
show("ConvMlp", lambda: layers.ConvMlp(16, 24, norm_layer=layers.LayerNorm2d), image)
show("GlobalResponseNormMlp", lambda: layers.GlobalResponseNormMlp(16, 24, use_conv=True), image)
show("PatchEmbed", lambda: layers.PatchEmbed(8, 4, 16, 12, norm_layer=nn.LayerNorm), image)
show("PatchEmbed to NHWC", lambda: layers.PatchEmbed((8, 8), (4, 2), 16, 12, output_fmt="NHWC"), image)
show("PatchEmbed that pads", lambda: layers.PatchEmbed(8, 3, 16, 12, strict_img_size=False, dynamic_img_pad=True), image)
show("PatchEmbedWithSize", lambda: layers.PatchEmbedWithSize(8, 4, 16, 12), image)
show("LayerScale", lambda: layers.LayerScale(16, 0.1), tokens)
show("LayerScale2d", lambda: layers.LayerScale2d(16, 0.1), image)
for pool in ("", "avg", "max", "avgmax", "catavgmax", "fast", "fastmax", "fastavgmax", "fastcatavgmax"):
    show(f"SelectAdaptivePool2d {pool}", lambda: layers.SelectAdaptivePool2d(pool_type=pool, flatten=True), image)
show("SelectAdaptivePool2d of NHWC", lambda: layers.SelectAdaptivePool2d(pool_type="catavgmax", input_fmt="NHWC"), (2, 8, 8, 16))
show("ClassifierHead", lambda: layers.ClassifierHead(16, 5, pool_type="catavgmax", drop_rate=0.2), image)
show("ClassifierHead of convolutions", lambda: layers.ClassifierHead(16, 5, use_conv=True), image)
show("NormMlpClassifierHead", lambda: layers.NormMlpClassifierHead(16, 5, hidden_size=8), image)
print(layers.create_classifier(16, 5, drop_rate=0.1))
show("create_conv2d", lambda: layers.create_conv2d(16, 8, 3, stride=2), image)
show("create_conv2d same", lambda: layers.create_conv2d(16, 8, 3, stride=2, padding="same", bias=True), image)
show("create_conv2d depthwise", lambda: layers.create_conv2d(16, 16, (3, 5), depthwise=True), image)
show("MixedConv2d", lambda: layers.create_conv2d(16, 16, [3, 5, 7], groups=16), image)
show("create_pool2d", lambda: layers.create_pool2d("avg", 3, 2, padding="same"), image)
show("ConvNormAct", lambda: layers.ConvNormAct(16, 8, 3, stride=2, act_layer=nn.SiLU), image)
show("ConvBnAct with blur", lambda: layers.ConvBnAct(16, 8, 3, stride=2, aa_layer=layers.BlurPool2d, apply_act=False), image)
show("SeparableConvNormAct", lambda: layers.SeparableConvNormAct(16, 8), image)
show("SEModule", lambda: layers.SEModule(16, rd_ratio=0.5), image)
show("SqueezeExcite", lambda: layers.SqueezeExcite(16, rd_channels=4, act_layer="silu", gate_layer="hard_sigmoid", add_maxpool=True), image)
show("EffectiveSEModule", lambda: layers.EffectiveSEModule(16), image)
show("EcaModule", lambda: layers.EcaModule(16), image)
show("EcaModule of layers", lambda: layers.EcaModule(16, use_mlp=True), image)
show("CecaModule", lambda: layers.CecaModule(16), image)
show("CbamModule", lambda: CbamModule(16), image)
show("LightCbamModule", lambda: LightCbamModule(16), image)
show("GlobalContext", lambda: layers.create_attn("gca", 16), image)
print(layers.get_attn("eca").__name__, layers.create_attn(None, 4), layers.get_attn(True).__name__)
show("Attention", lambda: layers.Attention(16, 4, qkv_bias=True, qk_norm=True, norm_layer=nn.LayerNorm), tokens)
layers.set_fused_attn(False)
show("Attention in parts", lambda: layers.Attention(16, 4, scale_norm=True, norm_layer=layers.RmsNorm), tokens)
layers.set_fused_attn(True)
print(layers.use_fused_attn(), layers.use_fused_attn(experimental=True))
show("AttentionPool2d", lambda: layers.AttentionPool2d(16, feat_size=4, num_heads=2, out_features=6), (2, 16, 4, 4), (2, 16, 6, 6))
show("AttentionPoolLatent", lambda: layers.AttentionPoolLatent(16, num_heads=4, norm_layer=nn.LayerNorm), tokens)
show("BlurPool2d", lambda: layers.BlurPool2d(16, filt_size=5), image)
show("BlurPool2d of any channels", lambda: layers.create_aa("blurpc", stride=2), image)
show("StdConv2d", lambda: layers.StdConv2d(16, 8, 3), image)
show("StdConv2dSame", lambda: layers.StdConv2dSame(16, 8, 3, stride=2), image)
show("ScaledStdConv2d", lambda: layers.ScaledStdConv2d(16, 8, 3, gamma=1.7), image)
show("RelPosBias", lambda: layers.RelPosBias((3, 2), 4), (2, 4, 6, 6))
show("RelPosBias with a token", lambda: layers.RelPosBias((3, 2), 2, prefix_tokens=1), (2, 2, 7, 7))
print(layers.gen_relative_position_index((2, 3), class_token=True))
show("DropPath", lambda: layers.DropPath(0.4), tokens, train=True)
show("DropBlock2d", lambda: layers.DropBlock2d(0.3, 3), image, train=True)
show("DropBlock2d within", lambda: layers.DropBlock2d(0.3, 3, fast=False, with_noise=True), image, train=True)
show("PatchDropout", lambda: layers.PatchDropout(0.5), tokens, train=True)
print("functions")
torch.manual_seed(2)
for initialize in (partial(layers.trunc_normal_, std=0.02), partial(layers.trunc_normal_, mean=1.0, std=0.5, a=0.5, b=2.5), partial(layers.trunc_normal_tf_, std=0.02),
                   layers.lecun_normal_, partial(layers.variance_scaling_, scale=2.0, mode="fan_out"),
                   partial(layers.variance_scaling_, mode="fan_avg", distribution="uniform")):
    weight = torch.empty(7, 11)
    initialize(weight)
    print(weight.reshape(-1)[:5].tolist(), f"{weight.double().sum().item():.9g}")
print(layers.to_2tuple(3), layers.to_2tuple((1, 2)), layers.to_ntuple(3)("ab"), layers.to_3tuple([1, 2]), layers.extend_tuple((1, 2), 4), layers.extend_tuple(1, 2))
print([layers.make_divisible(v) for v in (3, 17, 35, 100.5)], layers.make_divisible(11, 4, round_limit=0.0))
print(layers.get_padding(3, 2), layers.get_padding((3, 5), 1, 2), layers.get_same_padding(7, 3, 2, 1), layers.pad_same(torch.ones(1, 1, 5, 5), (3, 3), (2, 2)).shape)
positions = torch.linspace(0, 1, 17 * 4).reshape(1, 17, 4)
for resized in (layers.resample_abs_pos_embed(positions, (6, 5)), layers.resample_abs_pos_embed(positions, (4, 4)),
                layers.resample_abs_pos_embed(positions[:, 1:], (2, 2), num_prefix_tokens=0, interpolation="bilinear"),
                layers.resample_abs_pos_embed_nhwc(positions[:, 1:].reshape(1, 4, 4, 4), (3, 5))):
    print(list(resized.shape), resized.sum(), resized.reshape(-1)[3:7])
print(layers.resample_patch_embed(torch.linspace(-1, 1, 32).sin().reshape(1, 2, 4, 4), [6, 6]).sum())
print(layers.Format("NHWC"), layers.get_spatial_dim("NLC"), layers.get_channel_dim("NHWC"), layers.nchw_to(torch.ones(1, 2, 3, 4), layers.Format.NLC).shape)
print(layers.drop_path(torch.ones(2, 2), 0.5, False), layers.adaptive_avgmax_pool2d(torch.arange(4.0).reshape(1, 1, 2, 2)))
try:
    layers.PatchEmbed(8, 4)(torch.ones(1, 3, 8, 9))
except AssertionError as error:
    print(error)
