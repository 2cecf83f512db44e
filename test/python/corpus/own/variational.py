"""A variational autoencoder as scripts have it: arguments of a command line, a loader, a loss of its own, a training loop."""
from __future__ import print_function

import argparse

import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader
from torchvision import datasets, transforms
from torchvision.utils import save_image

parser = argparse.ArgumentParser(description="a variational autoencoder of digits")
parser.add_argument("--batch_size", default=16, type=int)
parser.add_argument("--rounds", default=2, type=int, help="how often the data are seen")
parser.add_argument("--beta", default=0.5, type=float)
parser.add_argument("--cpu", action="store_true")
options = parser.parse_args()
device = "cuda:0" if torch.cuda.is_available() and not options.cpu else "cpu"
torch.manual_seed(3)


class Autoencoder(nn.Module):
    def __init__(self, code=8, widths=(8, 16)):
        super(Autoencoder, self).__init__()
        self.encoder = nn.Sequential()
        for number, (before, after) in enumerate(zip((1,) + widths, widths)):
            self.encoder.add_module("conv%d" % number, nn.Conv2d(before, after, 3, stride=2, padding=1))
            self.encoder.add_module("norm%d" % number, nn.BatchNorm2d(after))
            self.encoder.add_module("act%d" % number, nn.LeakyReLU(0.2, True))
        self.places = (widths[-1], 7, 7)
        self.to_code = nn.Linear(widths[-1] * 49, 2 * code)
        self.from_code = nn.Linear(code, widths[-1] * 49)
        self.decoder = nn.Sequential(nn.ConvTranspose2d(widths[1], widths[0], 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(widths[0], 1, 4, 2, 1), nn.Sigmoid())

    def draw(self, mean, log_variance):
        if not self.training:
            return mean
        noise = torch.randn_like(mean)
        return noise.mul(log_variance.div(2).exp_()).add_(mean)

    def decode(self, code):
        return self.decoder(self.from_code(code).view(-1, *self.places))

    def forward(self, images):
        mean, log_variance = torch.chunk(self.to_code(self.encoder(images).flatten(1)), 2, dim=-1)
        return self.decode(self.draw(mean, log_variance)), mean, log_variance


def criterion(drawn, images, mean, log_variance):
    likelihood = F.binary_cross_entropy(drawn, images, reduction="none").sum(dim=(1, 2, 3)).mean()
    divergence = torch.mean(torch.sum(log_variance.exp() + mean ** 2 - 1.0 - log_variance, dim=1) * 0.5)
    return likelihood + options.beta * divergence


model = Autoencoder().to(device)
optimizer = optim.Adam(model.parameters(), lr=2e-3, betas=(0.5, 0.999))

if __name__ == "__main__":
    loader = DataLoader(datasets.MNIST("data", download=True, transform=transforms.ToTensor()), options.batch_size, shuffle=True, drop_last=True)
    for round_ in range(options.rounds):
        total = 0.0
        for step, (images, _) in enumerate(loader):
            images = images.to(device).clamp(0, 1)
            loss = criterion(*(model(images)[:1]), images, *model(images)[1:])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        print("round", round_, "loss", total / len(loader))
        with torch.no_grad():
            save_image(model.decode(torch.randn(4, 8, device=device)), f"round{round_}.png")
