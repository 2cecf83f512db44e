import torch
import torch.nn.functional as F
from torch import nn


def tell(name, *tensors):
    print(name, *(list(t.shape) if t.numel() > 40 else t.detach() for t in tensors))


def refused(name, function):
    try:
        print(name, function())
    except Exception as error:
        print(name, type(error).__name__, error)


torch.manual_seed(0)
x = torch.randn(2, 3, 4, dtype=torch.complex64)
for name in ("hfft2", "hfftn", "ihfft2", "ihfftn"):
    given = x.real if name.startswith("ih") else x
    tell(name, torch.view_as_real(getattr(torch.fft, name)(given)) + 0.0 if name.startswith("ih") else getattr(torch.fft, name)(given))
    tell(name, torch.view_as_real(getattr(torch.fft, name)(given[0, :2], norm="ortho")) + 0.0 if name.startswith("ih") else getattr(torch.fft, name)(given[0, :2], s=(2, 5), dim=(0, 1)))

loss = nn.LinearCrossEntropyLoss(5, 4, bias=True, label_smoothing=0.1)
features, target = torch.randn(3, 5, requires_grad=True), torch.tensor([0, 3, 1])
found = loss(features, target)
found.backward()
print(loss)
tell("linear_cross_entropy", found, features.grad, loss.linear.weight.grad)
many = nn.LinearCrossEntropyLoss(5, 4, out_features=(2, 3), reduction="none", options=nn.LinearCrossEntropyOptions())
tell("of many", many(features, torch.randint(0, 4, (3, 2, 3))))
tell("of one", F.linear_cross_entropy(features[0], loss.linear.weight, target[0], weight=torch.tensor([1.0, 2, 3, 4]), reduction="sum"))
refused("weight", lambda: nn.LinearCrossEntropyLoss(5, 4, weight=torch.ones(3)))

tell("conv_tbc", F.conv_tbc(torch.randn(6, 2, 3), torch.randn(2, 3, 1), torch.randn(1), 1), torch.conv_tbc(torch.randn(4, 1, 3), torch.randn(3, 3, 2), torch.zeros(2)))
refused("conv_tbc", lambda: F.conv_tbc(torch.randn(6, 2), torch.randn(2, 3, 1), torch.randn(1)))
t = torch.tensor([-1.0, 0.5, 2.0])
tell("threshold_", torch.threshold_(t, 0.6, 0.1), t)
t = torch.arange(6.0)
tell("as_strided_", t.as_strided_((2, 2), (1, 2), 1), t)
tell("native_channel_shuffle", torch.native_channel_shuffle(torch.arange(8.0).reshape(1, 4, 1, 2), 2))

for kind, mode in ((nn.GRU, torch.gru), (nn.LSTM, torch.lstm), (nn.RNN, torch.rnn_tanh)):
    net = kind(3, 4, 2, bidirectional=True)
    state = torch.randn(4, 2, 4)
    state = (state, state * 2) if kind is nn.LSTM else state
    sequence = torch.randn(5, 2, 3)
    weights = [w for row in net.all_weights for w in row]
    for a, b in zip(mode(sequence, state, weights, True, 2, 0.0, True, True, False), (lambda out, last: (out, *last) if kind is nn.LSTM else (out, last))(*net(sequence, state))):
        tell(mode.__name__, a.mean(), a.std(), (a - b).abs().max() < 1e-6)
    packed = nn.utils.rnn.pack_padded_sequence(sequence, [5, 3])
    found = mode(packed.data, packed.batch_sizes, state, weights, True, 2, 0.0, True, True)
    tell("packed", found[0].mean(), found[0].std(), found[1].sum())

A = torch.randn(9, 4) @ torch.randn(4, 7)
for name, function in (("svd", torch.svd_lowrank), ("pca", torch.pca_lowrank)):
    for matrix in (A, A.T, torch.stack([A, A * 2])):
        U, S, V = function(matrix, q=4)
        tell(name, S, (U * S.unsqueeze(-2) @ V.mH).abs().sum())
        print(U.shape, V.shape)
tell("next draw", torch.rand(2))
refused("pca", lambda: torch.pca_lowrank(A, q=8))
refused("pca", lambda: torch.pca_lowrank(A, niter=-1))

a = torch.tensor([0.3, 1.0, 2.5, 7.0, 30.0, 0.0, -1.0, 2.0])
x = torch.tensor([0.2, 1.0, 6.0, 5.0, 35.0, 1.0, 1.0, 0.0], requires_grad=True)
tell("igamma", torch.igamma(a, x), torch.special.gammainc(a.double(), x.double()), torch.igammac(a, x), torch.special.gammaincc(torch.tensor(2.0), torch.tensor([0.5, 100.0])))
torch.igamma(a, x)[:5].sum().backward()
tell("slope", x.grad[:5])
tell("zeta", torch.special.zeta(torch.tensor([1.5, 2.0, 3.0, 9.0, 1.0, 0.5]), torch.tensor([1.0, 2.0, 0.5, 1.0, 1.0, 1.0])), torch.special.zeta(torch.tensor([2.0, 4.0]), 1.0))
tell("erfcx", torch.special.erfcx(torch.tensor([-2.0, 0.0, 0.5, 3.0, 9.9, 10.1, 50.0])))
tell("nextafter", torch.nextafter(torch.tensor([1.0, -1.0, 0.0, 2.0]), torch.tensor([2.0, 0.0, 1.0, 2.0])) - torch.tensor([1.0, -1.0, 0.0, 2.0]) > 0)
p = torch.tensor([-0.7, 0.1, 0.9])
for name in ("chebyshev_polynomial_t", "chebyshev_polynomial_u", "chebyshev_polynomial_v", "chebyshev_polynomial_w", "hermite_polynomial_h", "hermite_polynomial_he",
             "laguerre_polynomial_l", "legendre_polynomial_p", "shifted_chebyshev_polynomial_t", "shifted_chebyshev_polynomial_u"):
    tell(name, *(getattr(torch.special, name)(p, n) for n in (0, 1, 2, 5)))
tell("bessel", torch.special.modified_bessel_i0(p), torch.special.modified_bessel_i1(p), torch.special.spherical_bessel_j0(torch.tensor([0.0, 1.0, 4.0])))

windows = torch.signal.windows
for name in windows.__all__:
    given = {"a": [0.4, 0.5, 0.1]} if name == "general_cosine" else {}
    for size, symmetric in ((6, True), (5, False), (1, True), (0, True)):
        tell(name, getattr(windows, name)(size, sym=symmetric, **given))
tell("others", windows.gaussian(4, std=0.8, dtype=torch.float64), windows.exponential(4, center=1, tau=2, sym=False), windows.kaiser(5, beta=3.0, requires_grad=True))
for f in (lambda: windows.hann(-1), lambda: windows.hann(4, dtype=torch.int32), lambda: windows.gaussian(5, std=-1), lambda: windows.exponential(5, center=1),
          lambda: windows.exponential(5, tau=0), lambda: windows.kaiser(5, beta=-1), lambda: windows.general_cosine(5, a=3), lambda: windows.general_cosine(5, a=[])):
    refused("window", f)

tell("cond", torch.cond(torch.tensor(True), lambda x: x + 1, lambda x: x - 1, (p,)))
for name in ("eig", "symeig", "lstsq", "solve", "matrix_rank"):
    refused(name, lambda: getattr(torch, name)(A, A))
refused("method", lambda: A.symeig())

x, y = torch.tensor([5.0, 7.0], requires_grad=True), torch.tensor([2.0, 3.0], requires_grad=True)
for mode in ("floor", "trunc"):
    x.grad = y.grad = None
    quotient = torch.div(x, y, rounding_mode=mode)
    print(quotient)
    quotient.sum().backward()
    tell(mode, x.grad + 0.0, y.grad + 0.0)
image, grid = torch.randn(1, 2, 3, 3, requires_grad=True), (torch.rand(1, 2, 2, 2) * 2 - 1).requires_grad_()
F.grid_sample(image, grid, mode="nearest", align_corners=False).sum().backward()
tell("nearest", grid.grad, image.grad.sum())

for name in ("SGD", "Adam", "AdamW", "RMSprop", "Adagrad", "Adadelta", "Adamax", "NAdam", "RAdam", "ASGD", "Rprop"):
    weight = nn.Parameter(torch.ones(2))
    optimizer = getattr(torch.optim, name)([weight], lr=0.1)
    weight.grad = torch.ones(2)
    optimizer.step()
    print(name, optimizer.state_dict()["state"])
    optimizer.load_state_dict(optimizer.state_dict())
    optimizer.step()
    tell("again", weight)

tell("of lists", torch.tensor([1, 2.5, True]), torch.tensor([[True, False], [False, True]]), torch.tensor([[1, 2], [3, True]]), torch.tensor([1.9, -1.9], dtype=torch.int64),
     torch.tensor([], dtype=torch.int64), torch.tensor([[], []]), torch.tensor((1, 2), dtype=torch.float64), torch.tensor([2, 0], dtype=torch.bool))
