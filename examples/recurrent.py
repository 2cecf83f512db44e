"""An LSTM over sequences and a classifier on its last state."""
import torch.nn as nn


class SequenceClassifier(nn.Module):
    def __init__(self, num_features=8, hidden_size=32, num_classes=4):
        super().__init__()
        self.lstm = nn.LSTM(num_features, hidden_size, batch_first=True)
        self.head = nn.Sequential(nn.Linear(hidden_size, 32), nn.ReLU(), nn.Linear(32, num_classes))

    def forward(self, x):
        states, _ = self.lstm(x)
        return self.head(states[:, -1])
