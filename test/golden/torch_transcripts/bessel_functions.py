import torch
x = torch.tensor([-7.5, -3.0, -0.5, 0.0, 1e-6, 0.3, 1.0, 2.0, 2.5, 4.9, 5.1, 8.0, 20.0, 55.5])
for name in "bessel_j bessel_y modified_bessel_i modified_bessel_k scaled_modified_bessel_k".split():
    for order in "01":
        f = getattr(torch.special, name + order)
        print(name + order, " ".join(f"{v:.4g}" for v in f(x).tolist()))
        print(name+order, " ".join(f"{v:.4g}" for v in f(x.double()).tolist()))
w = torch.tensor([0.5, 3.0], requires_grad=True)
y = torch.special.bessel_j1(w)
print(y.requires_grad, torch.special.bessel_y0(torch.tensor([1, 2])).dtype, torch.special.modified_bessel_i0(w).requires_grad)
