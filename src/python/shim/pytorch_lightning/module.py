"""LightningModule: a PyTorch module that knows its training step and its optimizers. What it logs goes nowhere."""
import torch
from _lens.door import UnsupportedError
from _lens.missing.ghost import Ghost
from _lens.learning.trainingstep import optimizers_of

from .hyperparameters import HyperparametersMixin


class LightningModule(HyperparametersMixin, torch.nn.Module):
    current_epoch = 0
    global_step = 0
    global_rank = 0
    local_rank = 0
    on_gpu = False
    automatic_optimization = True
    example_input_array = None
    trainer = Ghost("pytorch_lightning.Trainer")
    logger = Ghost("pytorch_lightning.loggers.Logger")

    @property
    def loggers(self):
        return [self.logger]

    @property
    def device(self):
        return next((parameter.device for parameter in self.parameters()), torch.device("cpu"))

    @property
    def dtype(self):
        return next((parameter.dtype for parameter in self.parameters()), torch.float32)

    def log(self, name, value, *args, **kwargs):
        pass

    def log_dict(self, dictionary, *args, **kwargs):
        pass

    def print(self, *args, **kwargs):
        pass

    def manual_backward(self, loss, *args, **kwargs):
        loss.backward(*args, **kwargs)

    def backward(self, loss, *args, **kwargs):
        loss.backward(*args, **kwargs)

    def optimizers(self, use_pl_optimizer=True):
        """The one optimizer, or a list of several: made here at the first call."""
        made = self.__dict__.get("_optimizers")
        if made is None:
            made = self.__dict__["_optimizers"] = optimizers_of(self)
        return made[0] if len(made) == 1 else made

    def lr_schedulers(self):
        return Ghost("pytorch_lightning.lr_schedulers")

    def toggle_optimizer(self, optimizer, *args):
        pass

    def untoggle_optimizer(self, optimizer=None, *args):
        pass

    def clip_gradients(self, *args, **kwargs):
        pass

    def all_gather(self, data, *args, **kwargs):
        return data

    def freeze(self):
        self.requires_grad_(False)
        self.eval()

    def unfreeze(self):
        self.requires_grad_(True)
        self.train()

    def configure_optimizers(self):
        return None

    @classmethod
    def load_from_checkpoint(cls, checkpoint_path=None, *args, **kwargs):
        raise UnsupportedError(f"{cls.__name__}.load_from_checkpoint: checkpoints are not read here; `{cls.__name__}(…)` makes it with new weights")


def _nothing(self, *args, **kwargs):
    return None


for _name in ("on_train_start", "on_train_end", "on_train_epoch_start", "on_train_epoch_end", "on_train_batch_start", "on_train_batch_end", "on_fit_start",
              "on_fit_end", "on_validation_epoch_start", "on_validation_epoch_end", "on_test_epoch_start", "on_test_epoch_end", "setup", "teardown",
              "prepare_data", "configure_callbacks", "configure_model", "on_save_checkpoint", "on_load_checkpoint", "training_epoch_end",
              "validation_epoch_end", "test_epoch_end"):
    setattr(LightningModule, _name, _nothing)
