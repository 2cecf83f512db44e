// The training tab: loss and accuracy as they come, where the run stands, and how it ended.
import { formatNumber, formatPercent, formatTick } from '../../src/protocol/figures.ts';
import type { TrainingState } from '../../src/protocol/panelApi.ts';
import type { TrainingProgress, TrainResult } from '../../src/protocol/runtimeApi.ts';
import type { ModelReport, TrainingDefaults, TrainingFigure } from '../../src/protocol/report.ts';
import { formatAmount, formatCount } from '../../src/protocol/amounts.ts';
import type { Actions } from '../actions.ts';
import { CurveChart } from '../charts/curveChart.ts';
import { fillOnChange, h, icon, withCode, type Child } from '../dom.ts';
import type { Shown } from '../shown.ts';
import type { Theme } from '../theme.ts';

const optimizerNames = { sgd: 'SGD', adam: 'Adam', adamw: 'AdamW', rmsprop: 'RMSprop' } as const;

export class Training {
  readonly element: HTMLElement;
  readonly #head = h('div', { class: 'training-head' });
  readonly #bar = h('div', { class: 'training-done' });
  readonly #track = h('div', { class: 'training-track', role: 'progressbar', aria: { label: 'Training steps', valuemin: 0 } }, this.#bar);
  readonly #loss = new CurveChart();
  readonly #accuracy = new CurveChart();
  readonly #lossSection = h('section', {}, h('div', { class: 'caption' }, h('span', { class: 'key key-orange' }, 'loss')), this.#loss.element);
  readonly #accuracySection = h('section', {}, h('div', { class: 'caption' }, h('span', { class: 'key key-green' }, 'accuracy')), this.#accuracy.element);
  readonly #charts = h('div', { class: 'training-charts' }, this.#lossSection, this.#accuracySection);
  readonly #nothing = h('div', { class: 'empty-tab' });

  constructor(private readonly actions: Actions) {
    this.element = h('div', { class: 'training' }, this.#head, this.#track, this.#charts, this.#nothing);
  }

  draw(shown: Shown, theme: Theme): void {
    const { training, model } = shown;
    const hasRun = training.kind === 'running' || training.kind === 'paused' || training.kind === 'ended';
    this.#head.hidden = this.#track.hidden = this.#charts.hidden = !hasRun;
    this.#nothing.hidden = hasRun;
    if (!hasRun) {
      if (model) fillOnChange(this.#nothing, [training, model.name, model.output === null, model.training], () => this.#beforeRun(training, model));
      return;
    }
    const { progress, curves } = training;
    fillOnChange(this.#head, training.kind === 'ended' ? [progress, training.result] : [training.kind, progress.step, progress.stepsPerSecond], () => [
      ...figures(progress), training.kind === 'ended' ? endOf(training.result) : h('span', { class: 'dim' }, training.kind === 'paused' ? 'paused' : `${formatNumber(progress.stepsPerSecond)} steps/s`),
    ]);
    this.#bar.style.width = `${Math.min(100, (progress.step / Math.max(1, progress.steps)) * 100)}%`;
    this.#track.setAttribute('aria-valuemax', String(progress.steps));
    this.#track.setAttribute('aria-valuenow', String(progress.step));
    // What was not run is no part of a curve that has ended.
    const steps = training.kind === 'ended' ? progress.step : progress.steps;
    this.#loss.draw({ label: 'loss', values: curves.loss, color: 'orange', isShare: false, steps }, theme);
    this.#accuracySection.hidden = progress.accuracy === null && curves.accuracy.length === 0;
    if (!this.#accuracySection.hidden) this.#accuracy.draw({ label: 'accuracy', values: curves.accuracy, color: 'green', isShare: true, steps }, theme);
  }

  #beforeRun(training: TrainingState, { name, output, training: defaults }: ModelReport): Child[] {
    if (output === null) return [h('p', {}, 'This model gave no output, so it cannot be trained.')];
    return [
      training.kind === 'failed' && h('p', { class: 'failure', role: 'alert' }, icon('error'), h('span', {}, ...withCode(training.message))),
      h('p', {}, 'See this model learn: it is trained on data that fits its input and output, and every layer’s histogram, zeros and gradient move with it.'),
      h('p', { class: 'dim' }, sourcesOf(defaults)),
      h('button', { class: 'primary', on: { click: () => this.actions.quickTrain(name) } }, icon('play'), 'Quick train'),
    ];
  }
}

/** `From the file: Adam. Chosen to fit the model: learning rate 0.001, …` */
function sourcesOf({ optimizer, learningRate, batchSize, loss, found }: TrainingDefaults): string {
  const texts: Readonly<Record<TrainingFigure, string>> = {
    optimizer: optimizerNames[optimizer], learningRate: `learning rate ${formatTick(learningRate)}`, batchSize: `batches of ${formatCount(batchSize)}`, loss: `${loss.replaceAll('-', ' ')} loss`,
  };
  const figures = Object.keys(texts) as TrainingFigure[];
  const sentence = (source: string, ofThese: readonly TrainingFigure[]) => (ofThese.length === 0 ? [] : [`${source}: ${ofThese.map((figure) => texts[figure]).join(', ')}.`]);
  return [
    ...sentence('From the file', figures.filter((figure) => found.includes(figure))), ...sentence('Chosen to fit the model', figures.filter((figure) => !found.includes(figure))),
  ].join(' ');
}

function figures({ step, steps, loss, accuracy }: TrainingProgress): Child[] {
  const figure = (label: string, text: string) => h('span', { class: 'training-figure' }, h('span', { class: 'dim' }, `${label} `), h('b', {}, text));
  return [
    figure('step', `${formatCount(step)} / ${formatCount(steps)}`), figure('loss', formatNumber(loss)), accuracy !== null && figure('accuracy', formatPercent(accuracy)),
  ];
}

function endOf({ reason, step, data, optimizer, learningRate, batch, message }: TrainResult): Child {
  const how = { steps: `done after ${formatAmount(step, 'step')}`, stopped: `stopped at step ${formatCount(step)}`, 'non-finite': `ended at step ${formatCount(step)}: the loss is not finite` }[reason];
  const settings = `${data} · ${optimizerNames[optimizer]}, learning rate ${formatTick(learningRate)}, batch ${formatCount(batch)}`;
  return h('span', { class: reason === 'non-finite' ? 'training-end is-error' : 'training-end' }, ...withCode(reason === 'non-finite' && message !== null ? message : [how, message].filter((part) => part !== null).join('. ')), h('span', { class: 'dim' }, ` · ${settings}`));
}
