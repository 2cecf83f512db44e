// The line at the top: which model, on which input, with which loss; how long it took; the buttons of quick-train.
import { formatNumber } from '../../src/protocol/figures.ts';
import { lossTitle, targetsPhrase } from '../../src/protocol/lossWords.ts';
import type { LossReport, ModelReport } from '../../src/protocol/report.ts';
import { formatAmount, formatCount, formatShape } from '../../src/protocol/amounts.ts';
import type { Actions } from '../actions.ts';
import { fillOnChange, h, icon, setText, type Child } from '../dom.ts';
import { formatDuration } from '../figures.ts';
import { originTexts } from '../origins.ts';
import type { Shown } from '../shown.ts';

const frameworkNames = { torch: 'PyTorch', keras: 'Keras', tensorflow: 'TensorFlow', numpy: 'NumPy' } as const;

export class Toolbar {
  readonly element: HTMLElement;
  /** Names of models that the file has and that were not run, or could not be. */
  #notRun: readonly string[] = [];
  readonly #picker = h('select', { class: 'model-picker', title: 'Model', aria: { label: 'Model' } });
  readonly #file = h('span', { class: 'dim file-name' });
  readonly #name = h('b', { class: 'model-name' });
  readonly #chips = h('div', { class: 'chips' });
  readonly #duration = h('span', { class: 'dim duration' });
  readonly #buttons = h('div', { class: 'buttons' });

  constructor(private readonly actions: Actions) {
    this.#picker.addEventListener('change', () => {
      if (this.#notRun.includes(this.#picker.value)) this.actions.showModel(this.#picker.value);
      this.actions.choose({ model: this.#picker.value, selected: null, folded: [], tableScroll: 0, notice: 0 });
    });
    this.element = h('header', { class: 'toolbar' }, this.#file, this.#picker, this.#name, this.#chips, h('span', { class: 'grow' }), this.#duration, this.#buttons);
  }

  draw(shown: Shown): void {
    const { content, model } = shown;
    this.element.hidden = model === null || content === null;
    if (!model || !content) return;
    const names = content.models.map((one) => one.name);
    const others = content.listing.map((listing) => listing.name).filter((name) => !names.includes(name));
    this.#notRun = others;
    this.#picker.hidden = names.length + others.length < 2;
    this.#name.hidden = !this.#picker.hidden;
    setText(this.#name, model.name);
    setText(this.#file, content.title);
    this.#file.title = content.file;
    fillOnChange(this.#picker, [names, others], () => [
      ...names.map((name) => Object.assign(h('option', {}, name), { value: name })),
      ...others.map((name) => Object.assign(h('option', {}, `${name} (not run)`), { value: name })),
    ]);
    this.#picker.value = model.name;
    const chips = chipsOf(shown, model);
    fillOnChange(this.#chips, chips, () => chips.map(({ key, value, title }) => h('span', { class: 'chip', title }, key !== '' && h('span', { class: 'dim' }, `${key} `), value)));
    setText(this.#duration, formatDuration(content.durationMs));
    this.#duration.title = `The file ran in ${formatDuration(content.durationMs)}.`;
    fillOnChange(this.#buttons, [shown.training.kind, model.name, canTrain(shown, model)], () => this.#trainingButtons(shown, model));
  }

  #trainingButtons(shown: Shown, model: ModelReport): Child[] {
    const { training } = shown;
    const { name } = model;
    switch (training.kind) {
      case 'none':
      case 'ended':
      case 'failed': {
        const start = h('button', { class: 'primary', title: 'Train this model for a moment on data that fits it', on: { click: () => { this.actions.choose({ tab: 'training' }); this.actions.quickTrain(name); } } }, icon('play'), 'Quick train');
        start.disabled = !canTrain(shown, model);
        if (model.output === null) start.title = 'This model gave no output, so it cannot be trained';
        else if (model.trainableParameterCount === 0) start.title = 'This model has no parameters to train';
        return [start];
      }
      case 'running':
        return [this.#button('pause', 'Pause', this.actions.pauseTraining), this.#button('stop', 'Stop', this.actions.stopTraining)];
      case 'paused':
        return [this.#button('play', 'Resume', this.actions.resumeTraining), this.#button('stop', 'Stop', this.actions.stopTraining)];
      default:
        return training satisfies never;
    }
  }

  #button(name: 'play' | 'pause' | 'stop', text: string, onClick: () => void): HTMLElement {
    return h('button', { class: 'secondary', on: { click: onClick } }, icon(name), text);
  }
}

interface Chip {
  readonly key: string;
  readonly value: string;
  readonly title: string;
}

function chipsOf({ content, trained, training }: Shown, model: ModelReport): Chip[] {
  const chips: Chip[] = [{ key: '', value: frameworkNames[model.framework], title: `A ${frameworkNames[model.framework]} model` }];
  for (const { name, shape, dtype, origin } of model.inputs) {
    chips.push({ key: name, value: `${formatShape(shape)}${origin === 'inferred' || origin === 'assumed' ? ' assumed' : ''}`, title: `Input ${name}: ${dtype}, ${originTexts[origin]}, seed ${content!.seed}` });
  }
  // The model of a run is that of some steps ago; its loss is told at each.
  const loss = trained && 'progress' in training ? training.progress.loss : model.loss?.value;
  if (model.loss) {
    const isAssumed = trained === null && model.loss.origin === 'assumed';
    chips.push({ key: 'loss', value: `${formatNumber(loss!)}${isAssumed ? ' assumed' : ''}`, title: lossMeaning(model.loss, trained !== null) });
  }
  chips.push({ key: '', value: `${formatCount(model.parameterCount)} parameters`, title: `${formatCount(model.trainableParameterCount)} of them trainable` });
  if (content!.mode === 'eval') chips.push({ key: 'mode', value: 'eval', title: 'Dropout is off and batch normalization uses its running statistics.' });
  if (trained) chips.push({ key: 'trained', value: formatAmount(trained.step, 'step'), title: 'The figures are those of the model in training.' });
  return chips;
}

function lossMeaning(loss: LossReport, isTrained: boolean): string {
  const title = lossTitle(loss);
  const meaning = [title[0].toUpperCase() + title.slice(1), isTrained ? '' : targetsPhrase(loss)].filter(Boolean).join(' ');
  return isTrained || loss.origin !== 'assumed' ? meaning : `${meaning}: assumed by the shape of the output, as the file names no loss`;
}

function canTrain({ banner }: Shown, model: ModelReport): boolean {
  return banner.kind !== 'failed' && model.output !== null && model.trainableParameterCount > 0;
}
