import { itFinds, type ModelCase } from './modelCase.ts';

const torch = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const cases: readonly ModelCase[] = [
  {
    title: 'lets random images stand in for a data set of torchvision',
    text: `${torch}from torchvision import datasets, transforms
from torch.utils.data import DataLoader
steps = transforms.Compose([transforms.Resize((16, 16)), transforms.ToTensor(), transforms.Lambda(lambda x: x.view(-1))])
loader = DataLoader(datasets.MNIST("data", train=True, download=True, transform=steps), batch_size=8, shuffle=True)
model = nn.Sequential(nn.Linear(256, 10))
optimizer = torch.optim.Adam(model.parameters())
for images, labels in loader:
    loss = F.cross_entropy(model(images), labels)
    loss.backward()
    optimizer.step()
`,
    diagnostics: [
      'skipped 7:20-86 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it',
      'skipped 10:0-28 training is not run: the loop was left after its first step',
    ],
    models: 'model (called)',
    rows: ['. Sequential → (8, 10)', '  0 Linear → (8, 10)'],
    inputs: 'input (8, 256) file',
  },
  {
    title: 'has the images of a data set by their names of old',
    text: `${torch}from torchvision.datasets import MNIST
rows = MNIST("data")
print(rows.train_data.shape, rows.train_labels.shape, rows.test_data.dtype)
model = nn.Linear(3, 2)
model(rows.train_data[:, 0, :3] / 255)
`,
    diagnostics: ['skipped 5:7-20 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it'],
    models: 'model (called)',
    rows: ['. Linear → (512, 2)'],
    inputs: 'input (512, 3) file',
  },
  {
    title: 'refuses means of three channels for images of one, as torchvision does',
    text: `${torch}from torchvision import datasets, transforms
steps = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.5, 0.5, 0.5), (0.5, 0.5, 0.5))])
first, label = datasets.MNIST("data", transform=steps)[0]
model = nn.Linear(3, 2)
`,
    diagnostics: [
      'skipped 6:15-54 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it',
      "shape 6:15-57 output with shape [1, 28, 28] doesn't match the broadcast shape [3, 28, 28]",
    ],
    models: 'model (instance)',
    rows: ['. Linear → (32, 2)'],
    inputs: 'input (32, 3) inferred',
  },
  {
    title: 'splits made-up images into the parts of the real data set',
    text: `${torch}from torchvision.datasets import MNIST
from torch.utils.data import random_split
first, second = random_split(MNIST("data"), [55000, 5000])
print(len(first), len(second))
model = nn.Linear(3, 2)
`,
    diagnostics: [
      'skipped 6:29-42 `MNIST` is not here: 512 random images of its shape (1×28×28) stand in for it',
    ],
    models: 'model (instance)',
    rows: ['. Linear → (32, 2)'],
    inputs: 'input (32, 3) inferred',
  },
  {
    title: 'gives made-up images the size that the file says',
    text: `${torch}from torchvision.datasets import FakeData
from torchvision.transforms import ToTensor
from torch.utils.data import DataLoader
model = nn.Sequential(nn.Flatten(), nn.Linear(192, 10))
for images, labels in DataLoader(FakeData(100, image_size=(3, 8, 8), transform=ToTensor()), batch_size=4):
    model(images)
    break
`,
    diagnostics: [
      'skipped 8:33-90 `FakeData` is not here: 512 random images of its shape (3×8×8) stand in for it',
    ],
    models: 'model (called)',
    rows: ['. Sequential → (4, 10)', '  0 Flatten → (4, 192)', '  1 Linear → (4, 10)'],
    inputs: 'input (4, 3, 8, 8) file',
  },
];

describe('a data set of torchvision that a file asks for', () => cases.forEach(itFinds));
