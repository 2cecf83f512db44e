"""Lightning 2: `pytorch_lightning` under its new name."""
from pytorch_lightning import Callback, LightningDataModule, LightningModule, Trainer, __getattr__, __version__, seed_everything

from . import pytorch
