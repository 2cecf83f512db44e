# Every layer: its repr, its weights after a seed, its output, the gradients of its input and parameters.
import torch
import torch.nn as nn


def digest(name, tensor):
    flat = tensor.detach().double().reshape(-1)
    print(f"  {name} {tuple(tensor.shape)} first {[round(v, 3) + 0.0 for v in flat[:3].tolist()]}"
          f" mean {flat.mean().item():.4f} size {(flat * flat).mean().sqrt().item():.4f}")


def show(layer, *shapes, **settings):
    print(layer)
    for name, parameter in layer.named_parameters():
        digest(name, parameter)
    inputs = [torch.randn(*shape).requires_grad_() if isinstance(shape, tuple) else shape for shape in shapes]
    output = layer(*inputs, **settings)
    while isinstance(output, tuple):
        output = output[0]
    digest("output", output)
    (output * output).sum().backward()
    for given in inputs:
        if given.requires_grad:
            digest("input gradient", given.grad)
    for name, parameter in layer.named_parameters():
        if parameter.grad is not None:
            digest("gradient of " + name, parameter.grad)
    for name, buffer in layer.named_buffers():
        digest("buffer " + name, buffer)


torch.manual_seed(3)
show(nn.Linear(5, 3), (4, 5)); show(nn.Linear(5, 3, bias=False), (2, 4, 5)); show(nn.Bilinear(3, 4, 2), (5, 3), (5, 4)); show(nn.Identity(), (2, 3))
show(nn.Conv1d(2, 4, 3, padding=1), (2, 2, 9)); show(nn.Conv2d(3, 6, (3, 5), stride=2, padding=(1, 2), groups=3), (2, 3, 9, 11)); show(nn.Conv2d(2, 4, 3, dilation=2, bias=False), (1, 2, 8, 8))
show(nn.Conv2d(2, 3, 4, padding="same", padding_mode="zeros"), (1, 2, 6, 6)); show(nn.Conv2d(2, 3, 3, padding=1, padding_mode="reflect"), (1, 2, 5, 5)); show(nn.Conv3d(1, 2, 2), (1, 1, 4, 4, 4))
show(nn.ConvTranspose2d(3, 2, 3, stride=2, padding=1, output_padding=1), (2, 3, 4, 4)); show(nn.ConvTranspose1d(2, 3, 4, stride=2), (1, 2, 5)); show(nn.Conv2d(1, 2, 3), (1, 6, 6))
show(nn.MaxPool2d(2), (1, 2, 4, 4)); show(nn.MaxPool2d(3, 2, 1, ceil_mode=True), (1, 1, 7, 7)); show(nn.MaxPool1d(2), (1, 2, 6)); show(nn.AvgPool2d(2), (1, 2, 4, 4)); show(nn.AvgPool2d(3, stride=1, padding=1), (1, 1, 4, 4))
show(nn.AdaptiveAvgPool2d(1), (2, 3, 4, 5)); show(nn.AdaptiveAvgPool2d((2, None)), (1, 2, 5, 3)); show(nn.AdaptiveAvgPool1d(3), (1, 2, 7)); show(nn.AdaptiveMaxPool2d(2), (1, 2, 5, 5)); show(nn.AvgPool1d(2), (1, 1, 4))
show(nn.BatchNorm1d(4), (6, 4)); show(nn.BatchNorm2d(3), (4, 3, 2, 2)); show(nn.BatchNorm1d(3, affine=False), (2, 3, 5)); show(nn.BatchNorm2d(2, momentum=None), (2, 2, 3, 3)); show(nn.BatchNorm2d(3, track_running_stats=False), (2, 3, 2, 2))
show(nn.LayerNorm(6), (3, 6)); show(nn.LayerNorm((2, 3), elementwise_affine=False), (4, 2, 3)); show(nn.GroupNorm(2, 4), (2, 4, 3, 3)); show(nn.InstanceNorm2d(2, affine=True), (2, 2, 4, 4)); show(nn.RMSNorm(5), (2, 5)); show(nn.LocalResponseNorm(3), (1, 5, 2, 2))
show(nn.Embedding(7, 3), torch.tensor([[1, 2], [6, 1]])); show(nn.Embedding(7, 3, padding_idx=0), torch.tensor([0, 2, 0])); show(nn.EmbeddingBag(6, 3), torch.tensor([[1, 2], [3, 5]])); show(nn.EmbeddingBag(6, 3, mode="sum"), torch.tensor([1, 2, 4, 5]), offsets=torch.tensor([0, 3]))
show(nn.Dropout(0.4), (3, 7)); show(nn.Dropout2d(0.5), (2, 4, 2, 2)); show(nn.AlphaDropout(0.3), (4, 5)); show(nn.Flatten(), (2, 3, 4)); show(nn.Unflatten(1, (2, 3)), (2, 6)); show(nn.PixelShuffle(2), (1, 8, 2, 3)); show(nn.PixelUnshuffle(2), (1, 2, 4, 6))
show(nn.Upsample(scale_factor=2), (1, 1, 2, 3)); show(nn.Upsample(scale_factor=2, mode="bilinear"), (1, 1, 3, 3)); show(nn.Upsample(size=(5, 7), mode="bilinear", align_corners=True), (1, 1, 3, 3)); show(nn.ZeroPad2d(1), (1, 1, 2, 2)); show(nn.ReflectionPad2d(1), (1, 1, 3, 3)); show(nn.ConstantPad1d(2, 3.5), (1, 2, 3))
show(nn.Unfold(2), (1, 2, 3, 3)); show(nn.Softmax(dim=1), (2, 3)); show(nn.LogSoftmax(1), (2, 3)); show(nn.PReLU(), (3, 4)); show(nn.PReLU(4), (2, 4, 3)); show(nn.GLU(), (2, 6))
for name in ("ReLU", "ReLU6", "LeakyReLU", "ELU", "SELU", "CELU", "GELU", "SiLU", "Mish", "Sigmoid", "Tanh", "Softplus", "Softsign", "Hardtanh", "Hardswish", "Hardsigmoid", "LogSigmoid", "Tanhshrink", "Hardshrink", "Softshrink"):
    show(getattr(nn, name)(), (4, 5))
show(nn.GELU("tanh"), (3, 3)); show(nn.RReLU().eval(), (3, 3)); show(nn.Threshold(0.1, 20), (2, 3))
for mode in ("RNN", "GRU", "LSTM"):
    show(getattr(nn, mode)(4, 3), (5, 2, 4)); show(getattr(nn, mode)(4, 3, num_layers=2, bidirectional=True, batch_first=True), (2, 5, 4)); show(getattr(nn, mode)(4, 3, bias=False), (5, 4))
    show(getattr(nn, mode + "Cell")(4, 3), (2, 4))
show(nn.RNN(4, 3, nonlinearity="relu"), (3, 1, 4)); show(nn.LSTM(4, 3, proj_size=2), (3, 1, 4)); show(nn.GRU(4, 3, 2, dropout=0.5), (3, 2, 4))
show(nn.MultiheadAttention(8, 2), (3, 2, 8), (5, 2, 8), (5, 2, 8)); show(nn.MultiheadAttention(8, 4, batch_first=True, kdim=6, vdim=5), (2, 3, 8), (2, 4, 6), (2, 4, 5)); show(nn.MultiheadAttention(8, 2, add_bias_kv=True, add_zero_attn=True), (3, 2, 8), (3, 2, 8), (3, 2, 8))
show(nn.TransformerEncoderLayer(8, 2, 16, dropout=0.0), (3, 2, 8)); show(nn.TransformerEncoderLayer(8, 2, 16, norm_first=True, activation="gelu", batch_first=True), (2, 3, 8)); show(nn.TransformerDecoderLayer(8, 2, 16, dropout=0.0), (3, 2, 8), (4, 2, 8))
show(nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 2, 8, dropout=0.0), 2), (3, 1, 4)); show(nn.Transformer(4, 2, 1, 1, 8, dropout=0.0), (3, 1, 4), (2, 1, 4))

for shape, gain in (((3, 5), 1), ((5, 3), 2 ** 0.5), ((4, 2, 3, 3), 0.5), ((40, 40), 1)):
    print("orthogonal", ["%.4f" % v for v in nn.init.orthogonal_(torch.empty(shape), gain).flatten()[:8].tolist()])
