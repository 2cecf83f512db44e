import { strict as assert } from 'node:assert';
import { pixelsNear } from '../canvasPixels.ts';
import { classifier, failing, ready, snapshot, trainingAt } from '../fixtures.ts';
import { describePanel } from '../panelTests.ts';

const orange = '#ee9d28';

describePanel('training', (on) => {
  it('asks the host to train, pause, resume and stop', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).click();
    assert.deepEqual(await on.panel.requests('quickTrain'), [{ model: 'Classifier' }]);
    await on.panel.show(snapshot(2, ready([classifier()], trainingAt(10, 'running', null))));
    await on.panel.page.getByRole('button', { name: 'Pause' }).click();
    await on.panel.show(snapshot(3, ready([classifier()], trainingAt(10, 'paused', null))));
    await on.panel.page.getByRole('button', { name: 'Resume' }).click();
    await on.panel.page.getByRole('button', { name: 'Stop' }).click();
    for (const method of ['pauseTraining', 'resumeTraining', 'stopTraining']) assert.deepEqual(await on.panel.requests(method), [{}], method);
  });

  it('draws loss and accuracy as they come, and the layers with them', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.show(snapshot(2, ready([classifier()], trainingAt(20, 'running', classifier()))));
    const curve = on.panel.page.locator('.chart-curve canvas').first();
    const early = await pixelsNear(curve, orange);
    const zeros = () => on.panel.page.locator('#panel-training .rows .row', { hasText: 'fc1' }).locator('.cell.zeros').innerText();
    const earlyZeros = await zeros();
    await on.panel.show(snapshot(3, ready([classifier()], trainingAt(150, 'running', classifier(0.5)))));
    assert.ok(await pixelsNear(curve, orange) > 2 * early);
    assert.notEqual(await zeros(), earlyZeros);
    assert.match(await on.panel.page.locator('.training-head').innerText(), /step 150 \/ 200.*84\.2 steps\/s/s);
    const [chip, head] = await Promise.all([on.panel.page.locator('.chip', { hasText: 'loss' }).innerText(), on.panel.page.locator('.training-figure', { hasText: 'loss' }).innerText()]);
    assert.equal(chip, head, 'the loss of the last step in both places');
    assert.equal(await on.panel.page.locator('.training-track').getAttribute('aria-valuenow'), '150');
  });

  it('says how a run ended', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()], trainingAt(200, 'ended', classifier(0.5)))));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.training-end').innerText(), /done after 200 steps · blobs · Adam, learning rate 0\.001, batch 32/);
    const displaced = trainingAt(54, 'ended', classifier());
    assert.ok(displaced.kind === 'ended');
    await on.panel.show(snapshot(2, ready([classifier()], { ...displaced, result: { ...displaced.result, reason: 'stopped', message: 'Another training was started.' } })));
    assert.match(await on.panel.page.locator('.training-end').innerText(), /^stopped at step 54\. Another training was started\. · blobs/);
    const fault = trainingAt(1, 'ended', classifier());
    assert.ok(fault.kind === 'ended');
    await on.panel.show(snapshot(3, ready([classifier()], { ...fault, result: { ...fault.result, reason: 'non-finite', message: 'The loss is NaN at step 1. It began at `log`, line 10.' } })));
    assert.match(await on.panel.page.locator('.training-end').innerText(), /^The loss is NaN at step 1\. It began at log, line 10\. · blobs/);
    assert.equal(await on.panel.page.locator('.training-end code').innerText(), 'log');
    assert.equal(await on.panel.page.locator('.chip', { hasText: 'trained' }).innerText(), 'trained 1 step');
    assert.equal(await on.panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).count(), 1);
  });

  it('keeps its chart where the loss is no longer finite, and says at which step', async () => {
    await on.open();
    const state = trainingAt(20, 'running', null);
    assert.ok(state.kind === 'running');
    await on.panel.show(snapshot(1, ready([classifier()], { ...state, curves: { ...state.curves, loss: [...state.curves.loss.slice(0, 15), NaN, Infinity] } })));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    assert.equal(await on.panel.page.locator('.training .chart-note').first().innerText(), 'loss was NaN at step 16');
    assert.ok(await pixelsNear(on.panel.page.locator('.chart-curve canvas').first(), orange) > 20);
  });

  it('draws a run that was stopped over the whole width', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()], trainingAt(20, 'running', null))));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    const curve = on.panel.page.locator('.chart-curve canvas').first();
    const running = await pixelsNear(curve, orange);
    await on.panel.show(snapshot(2, ready([classifier()], trainingAt(20, 'ended', null))));
    assert.ok(await pixelsNear(curve, orange) > 2 * running);
  });

  it('says before a run what of it the file has, and what was chosen', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()])));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.training .empty-tab').innerText(), /From the file: Adam, learning rate 0\.001\. Chosen to fit the model: batches of 32, cross entropy loss\./);
  });

  it('offers no run of a model that failed', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([failing()])));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    assert.equal(await on.panel.page.locator('.training .empty-tab').innerText(), 'This model gave no output, so it cannot be trained.');
    assert.ok(await on.panel.page.locator('.toolbar').getByRole('button', { name: 'Quick train' }).isDisabled());
  });

  it('says why a run could not begin', async () => {
    await on.open();
    await on.panel.show(snapshot(1, ready([classifier()], { kind: 'failed', message: 'The output has no loss that fits it.' })));
    await on.panel.page.locator('#tab-training').click();
    await on.panel.settle();
    assert.match(await on.panel.page.locator('.training .failure').innerText(), /no loss that fits it/);
  });
});
