"""LightningDataModule: loaders in a class."""
from .hyperparameters import HyperparametersMixin


class LightningDataModule(HyperparametersMixin):
    trainer = None

    def prepare_data(self):
        pass

    def setup(self, stage=None):
        pass

    def teardown(self, stage=None):
        pass

    @classmethod
    def from_datasets(cls, train_dataset=None, val_dataset=None, test_dataset=None, predict_dataset=None, batch_size=1, num_workers=0, **kwargs):
        from torch.utils.data import DataLoader
        module = cls()
        for name, dataset in (("train", train_dataset), ("val", val_dataset), ("test", test_dataset), ("predict", predict_dataset)):
            if dataset is not None:
                loader = DataLoader(dataset, batch_size=batch_size, shuffle=name == "train")
                setattr(module, f"{name}_dataloader", lambda loader=loader: loader)
        return module
