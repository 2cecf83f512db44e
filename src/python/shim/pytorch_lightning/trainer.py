"""Trainer: `fit` enters `training_step` once, with the first batch of the loader; everything else does nothing."""
from _lens import diagnostics
from _lens.learning import trainingstep
from _lens.recording import site
from _lens.missing.ghost import Ghost

from .data import LightningDataModule


class _Results(dict):
    """What was logged: nothing, so each figure is 0."""

    def __missing__(self, name):
        return 0.0


class Trainer:
    is_global_zero = True
    current_epoch = 0
    global_step = 0
    global_rank = 0
    world_size = 1
    num_devices = 1
    num_nodes = 1
    estimated_stepping_batches = 1000
    num_training_batches = 1000
    sanity_checking = False
    training = False

    def __init__(self, *args, **settings):
        self.max_epochs = 1
        self.max_steps = -1
        self.callbacks = []
        self.__dict__.update(settings)
        self.callback_metrics = self.logged_metrics = self.progress_bar_metrics = _Results()
        self.logger = self.logger if "logger" in settings and not isinstance(settings["logger"], bool) else Ghost("pytorch_lightning.loggers.Logger")
        self.datamodule = None

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Ghost(f"pytorch_lightning.Trainer.{name}")

    @classmethod
    def from_argparse_args(cls, args, **settings):
        return cls(**{**vars(args), **settings})

    @staticmethod
    def add_argparse_args(parser, **kwargs):
        return parser

    def fit(self, model, train_dataloaders=None, val_dataloaders=None, datamodule=None, ckpt_path=None, train_dataloader=None, **kwargs):
        model.trainer = self
        loader = train_dataloaders if train_dataloader is None else train_dataloader
        if isinstance(loader, LightningDataModule):
            loader, datamodule = None, loader
        if datamodule is not None:
            self.datamodule = datamodule
            datamodule.trainer = self
        source = model if datamodule is None else datamodule
        if loader is None and hasattr(source, "train_dataloader"):
            source.prepare_data()
            source.setup("fit")
            loader = source.train_dataloader()
        batch = next(iter(loader), None) if loader is not None else None
        if batch is None:
            diagnostics.report("skipped", "information", "`fit` has no data: the training step is not entered", site.here())
            return
        model.train()
        optimizers = trainingstep.optimizers_of(model)
        model.__dict__["_optimizers"] = optimizers
        if trainingstep.enter(model, batch, optimizers):
            diagnostics.report("skipped", "information", "training is not run: `fit` enters one training step", site.here())

    def validate(self, *args, **kwargs):
        return [_Results()]

    test = validate

    def predict(self, *args, **kwargs):
        return []

    def tune(self, *args, **kwargs):
        return {}

    def save_checkpoint(self, *args, **kwargs):
        pass
