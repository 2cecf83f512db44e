# Complex numbers as attention and operators write them, and Fourier transforms.
import torch
import torch.nn as nn

torch.manual_seed(0)
z, w = torch.randn(3, 4, dtype=torch.cfloat), torch.view_as_complex(torch.randn(3, 4, 2))
print(z, z.shape, z.dtype, z.is_complex(), z.numel(), z.dim(), len(z), torch.is_complex(z), z.is_floating_point())
print(z * w, z / w, z + 1, 2j * z, z - w * 0.5, torch.ones(3, 4) * z, torch.arange(4.0) * 1j, abs(z), z.angle(), z.conj(), z.real, z.imag, -z, z ** 2, z.reciprocal())
print(torch.matmul(z, w.mT), z @ w.T, torch.einsum("ij,kj->ik", z, w), z.sum(), z.mean(0), z.sum(1, keepdim=True), z.exp(), z.log(), z.sqrt(), z.cos(), torch.tanh(z), z.abs().pow(2).sum())
print(torch.complex(torch.tensor([1.0, 2.0]), torch.tensor([0.0, -1.0])), torch.tensor([1 + 2j, 3.0]), torch.tensor(1j), torch.cat([z, w]).shape, torch.stack([z, w], -1).shape, z[0], z[:, 1], z[..., None].shape, z.T.shape, z.mH[0], z[1, 2], z[z.real > 1])
print(z.reshape(2, 6).shape, z.flatten().shape, z.to(torch.complex128).dtype, torch.complex64, (z == z).all(), z.transpose(0, 1).shape, torch.roll(z, 1, 0)[0], z.unsqueeze(1).expand(3, 2, 4).shape, z.permute(1, 0).shape, [part.shape for part in z.split(2, 1)], z.chunk(2, -1)[1])
print(torch.empty(0, dtype=torch.cfloat), torch.zeros(2, dtype=torch.complex128), torch.ones(2, dtype=torch.cfloat), torch.real(z)[0], torch.view_as_real(z)[0], torch.polar(torch.ones(2), torch.tensor([0.0, 1.0])), torch.zeros_like(z).shape, torch.allclose(z, z), z.item() if z.numel() == 1 else z[0, 0].item().real > 0)
x = torch.randn(2, 6, requires_grad=True)
X = torch.fft.rfft(x)
print(X, torch.fft.irfft(X, n=6), torch.fft.fft(x, norm="ortho"), torch.fft.irfft(X, n=5), torch.fft.ifft(torch.fft.fft(x)), torch.fft.fft(x, n=4), torch.fft.rfft(x, n=8, dim=0, norm="forward"))
print(torch.fft.fft2(x), torch.fft.rfft2(x, norm="ortho"), torch.fft.irfft2(X, s=(2, 6)), torch.fft.fftn(x, dim=(1, 0)), torch.fft.fftshift(torch.fft.fftfreq(5)), torch.fft.rfftfreq(6, 0.5), torch.fft.ifftshift(torch.arange(5)), torch.fft.hfft(X), torch.fft.ihfft(x), torch.fft.fftshift(X, dim=1), torch.fft.irfftn(torch.fft.rfftn(x), s=(2, 6)))
((X.abs() ** 2).sum() + torch.fft.irfft(X * (1 + 2j), n=6).pow(3).sum()).backward()
print(x.grad)
print(torch.fft.fft(torch.arange(7)), torch.fft.fft(torch.randn(13)).abs(), torch.fft.ifft2(z))
# Rotary embeddings
freqs = torch.outer(torch.arange(3.0), 1.0 / (10000 ** (torch.arange(0, 4, 2).float() / 4)))
cis = torch.polar(torch.ones_like(freqs), freqs)
q = torch.randn(1, 3, 2, 4, requires_grad=True)
rotated = torch.view_as_real(torch.view_as_complex(q.float().reshape(*q.shape[:-1], -1, 2)) * cis.view(1, 3, 1, 2)).flatten(3)
print(cis, rotated.type_as(q))
(rotated * torch.arange(4.0)).sum().backward()
print(q.grad)


# A spectral convolution, as Fourier neural operators have it
class Spectral(nn.Module):
    def __init__(self, channels, modes):
        super().__init__()
        self.modes = modes
        self.weights = nn.Parameter(torch.rand(channels, channels, modes, modes, dtype=torch.cfloat) / channels)
        self.register_buffer("window", torch.polar(torch.ones(modes), torch.arange(float(modes))))

    def forward(self, x):
        spectrum = torch.fft.rfft2(x)
        out = torch.zeros(*spectrum.shape, dtype=torch.cfloat)
        out[:, :, :self.modes, :self.modes] = torch.einsum("bixy,ioxy->boxy", spectrum[:, :, :self.modes, :self.modes] * self.window, self.weights)
        return torch.fft.irfft2(out, s=x.shape[-2:])


layer = Spectral(2, 3)
result = layer(torch.randn(1, 2, 8, 8))
print(result, layer.weights.shape, layer.weights.dtype, list(layer.state_dict()))
result.pow(2).sum().backward()
print(layer.weights.grad[0, 0], layer.weights[0, 1])
# Spectrograms
signal, window = torch.randn(2, 40, requires_grad=True), torch.hann_window(16)
spectrum = torch.stft(signal, 16, hop_length=4, window=window, return_complex=True)
print(spectrum.shape, spectrum[0, :3, :3].abs(), spectrum[1, 2:4, 3:5], torch.istft(spectrum, 16, hop_length=4, window=window)[0, :8], signal[0, :8], torch.stft(signal[0], 8, return_complex=False).shape)
print(torch.stft(signal[0], 16, win_length=10, window=torch.hamming_window(10), center=False, normalized=True, return_complex=True)[:2], torch.stft(signal[0], 8, onesided=False, return_complex=True, pad_mode="constant").shape, torch.istft(spectrum[0], 16, 4, window=window, length=38).shape)
(spectrum.abs() ** 2).sum().backward()
print(signal.grad[:, :6])
for made in (torch.hann_window(5), torch.hann_window(5, periodic=False), torch.hamming_window(4), torch.blackman_window(4), torch.bartlett_window(4), torch.kaiser_window(4), torch.kaiser_window(4, True, 5.0), torch.hann_window(1), torch.hann_window(0)):
    print(made)

# What is done to both parts alike, and functions of both
z = torch.tensor([[1 + 2j, -0.5j, 0.25], [0.5, -1 + 1j, 2j]], requires_grad=True)
for name, value in (("diagonal", z.diagonal()), ("diag_embed", torch.diag_embed(z[0])), ("diag", torch.diag(z[0])), ("gather", z.gather(1, torch.tensor([[2], [0]]))), ("trace", z[:, :2].trace()), ("unfold", z.unfold(1, 2, 1)),
                    ("cumprod", z.cumprod(1)), ("sinh", z.sinh()), ("cosh", z.cosh()), ("tan", z.tan()), ("sigmoid", (z + 0.1j).sigmoid()), ("var", z.var()), ("std", z.std(1)), ("kron", torch.kron(z, z[:, :1]))):
    print(name, value.detach())
    print("  ", torch.autograd.grad(value.abs().sum(), z)[0])
print(torch.isreal(z), torch.eye(2, dtype=torch.cfloat), z.detach().clone().masked_fill_(torch.eye(2, 3).bool(), 1j))
