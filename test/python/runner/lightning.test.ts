import { strict as assert } from 'node:assert';
import { chooseLoss } from '../../../src/analysis/lossChoice.ts';
import { RanFile } from './runFile.ts';

const head = `import torch, torch.nn as nn, torch.nn.functional as F
import pytorch_lightning as pl
from pytorch_lightning.callbacks import ModelCheckpoint
from torch.utils.data import DataLoader, TensorDataset
import torchmetrics
`;
const classifier = `class Lit(pl.LightningModule):
    def __init__(self, width=8, lr=0.02, **more):
        super().__init__()
        self.save_hyperparameters(ignore=["width"])
        self.body = nn.Linear(4, width)
        self.head = nn.Linear(width, 3)
        self.accuracy = torchmetrics.Accuracy(task="multiclass", num_classes=3)
    def forward(self, x):
        return self.head(F.relu(self.body(x)))
    def training_step(self, batch, batch_idx):
        x, y = batch
        out = self(x)
        loss = F.cross_entropy(out, y)
        self.log("train_acc", self.accuracy(out, y), prog_bar=True)
        return loss
    def configure_optimizers(self):
        optimizer = torch.optim.AdamW(self.parameters(), lr=self.hparams.lr)
        return [optimizer], [torch.optim.lr_scheduler.StepLR(optimizer, 3)]
`;
const autoencoder = `class Auto(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = nn.Sequential(nn.Linear(6, 2), nn.ReLU()), nn.Linear(2, 6)
    def training_step(self, batch, batch_idx):
        x, _ = batch
        return {"loss": F.mse_loss(self.decoder(self.encoder(x.view(x.size(0), -1))), x.view(x.size(0), -1))}
    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.5)
`;
const fit = (name: string, features: number) => `data = TensorDataset(torch.randn(20, ${features}), torch.randint(0, 3, (20,)))
pl.seed_everything(1)
model = ${name}()
trainer = pl.Trainer(max_epochs=3, callbacks=[ModelCheckpoint(monitor="loss")])
trainer.fit(model, DataLoader(data, batch_size=5))
trainer.test(model)
`;

async function shown(text: string) {
  const ran = await RanFile.of(text);
  const traced = ran.trace();
  const { trace } = traced.model;
  return {
    models: ran.models, diagnostics: [...ran.diagnostics, ...traced.diagnostics], inputs: trace && traced.inputs, rows: trace && traced.rows,
    loss: trace && chooseLoss(ran.run.recorder.graph, trace)?.kind, optimizer: trace?.training.optimizer, learningRate: trace?.training.settings.learningRate,
  };
}

describe('a Lightning module', () => {
  it('is shown on the first batch of its loader, with the loss of its training step and its optimizer', async () => {
    assert.deepEqual(await shown(head + classifier + fit('Lit', 4)), {
      models: 'Lit (called)', diagnostics: ['skipped 28:0-50 training is not run: `fit` enters one training step'],
      inputs: 'x (5, 4) file', rows: ['. Lit → (5, 3)', '  body Linear → (5, 8)', '  . relu → (5, 8)', '  head Linear → (5, 3)'],
      loss: 'own', optimizer: 'adamw', learningRate: 0.02,
    });
  });

  it('is shown by its training step where that calls its parts', async () => {
    const { models, rows, inputs, loss } = await shown(head + autoencoder + fit('Auto', 6));
    assert.deepEqual([models, inputs, loss], ['Auto (called)', 'x (5, 6) file, _ int64(5) file', 'own']);
    assert.deepEqual(rows?.slice(0, 3), ['. Auto → ()', '  encoder Sequential → (5, 2)', '    encoder.0 Linear → (5, 2)']);
  });

  it('that nothing trains is made and called, and its training step and optimizer are entered on a made-up batch', async () => {
    const { models, inputs, loss, optimizer, learningRate } = await shown(head + classifier);
    assert.deepEqual([models, inputs, loss, optimizer, learningRate], ['Lit (class)', 'x (32, 4) inferred', 'own', 'adamw', 0.02]);
    assert.equal((await RanFile.of(head + classifier)).trace().model.trace!.ownLoss!.targets, 'random');
  });

  it('whose training step fails on a made-up batch has no loss of its own, and the log says why', async () => {
    const ran = await RanFile.of(`${head}class Lit(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 3)
    def forward(self, x): return self.fc(x)
    def training_step(self, batch, batch_idx):
        x, y = batch
        return self.weights_of_classes * self(x).mean()
    def configure_optimizers(self): return self.missing
`);
    const { trace, diagnostics } = ran.run.trace(null);
    assert.deepEqual(diagnostics, []);
    assert.equal(trace!.ownLoss, undefined);
    assert.deepEqual(ran.log, [
      "info the optimizer of `Lit.configure_optimizers` is not taken: AttributeError: 'Lit' object has no attribute 'missing'",
      "info the loss of `Lit.training_step` is not taken, since it fails on a batch that is made up: AttributeError: 'Lit' object has no attribute 'weights_of_classes'",
    ]);
  });

  it('without a forward is called by its training step', async () => {
    const { models, inputs, loss, optimizer } = await shown(head + autoencoder);
    assert.deepEqual([models, inputs, loss, optimizer], ['Auto (class)', 'x (32, 6) inferred, _ (32, 6) inferred', 'own', 'sgd']);
  });

  it('is the same of `lightning`, with loaders of a data module', async () => {
    const text = `import lightning as L\nfrom lightning.pytorch.loggers import CSVLogger\n${head}class Data(L.LightningDataModule):
    def setup(self, stage): self.data = TensorDataset(torch.randn(20, 4), torch.randint(0, 3, (20,)))
    def train_dataloader(self): return DataLoader(self.data, batch_size=7)
${classifier.replace('pl.', 'L.')}L.Trainer(logger=CSVLogger("logs")).fit(Lit(), datamodule=Data())\n`;
    const { models, inputs, optimizer } = await shown(text);
    assert.deepEqual([models, inputs, optimizer], ['Lit (called)', 'x (7, 4) file', 'adamw']);
  });
});
