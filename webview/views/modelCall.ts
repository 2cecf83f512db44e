// How the model is constructed and called: its arguments and inputs, what was assumed of them, and what the user chose instead. Folded to one line until it is opened.
import { hasChoices, noChoices, type ModelChoices } from '../../src/protocol/modelChoices.ts';
import type { ArgumentReport, ModelReport } from '../../src/protocol/report.ts';
import type { Actions } from '../actions.ts';
import { fill, fillOnChange, h, icon, setText, withCode } from '../dom.ts';
import type { Shown } from '../shown.ts';
import { InputRow } from './inputRow.ts';
import { fieldProblem, formRow, resetButton, TextField } from './textField.ts';

interface ArgumentRow {
  readonly element: HTMLElement;
  show(report: ArgumentReport, isChosen: boolean): void;
}

export class ModelCall {
  readonly element = h('details', { class: 'model-call' });
  readonly #what = h('span', { class: 'model-call-what' });
  readonly #summary = h('span', { class: 'dim model-call-summary' });
  readonly #mark = h('span', { class: 'chip is-changed', title: 'Not as the file or what was assumed has it: you chose otherwise' }, 'changed');
  readonly #unfit = h('div', { class: 'field-problem', role: 'status' });
  readonly #form = h('div', { class: 'model-call-form' });
  readonly #write = h('button', { class: 'secondary', title: 'Writes a `# lens:` comment above the model' }, 'Write into the file');
  readonly #reset = h('button', { class: 'secondary', title: 'Back to what the file says or is assumed' }, 'Reset all');
  readonly #problem = fieldProblem();
  #signature = '';
  #arguments: readonly ArgumentRow[] = [];
  #inputs: readonly InputRow[] = [];
  #model: ModelReport | null = null;
  #choices: ModelChoices = noChoices;

  constructor(private readonly actions: Actions) {
    this.#write.addEventListener('click', () => void this.#say(this.actions.writeChoices(this.#name)));
    this.#reset.addEventListener('click', () => void this.#say(this.#choose(noChoices)));
    this.element.append(
      h('summary', { title: 'What the model is constructed and called with; open it to change that', on: { click: (event) => this.#toggle(event) } }, icon('chevron'), this.#what, this.#summary, this.#mark),
      this.#unfit, this.#form, h('div', { class: 'buttons' }, this.#write, this.#reset), this.#problem);
  }

  draw({ ui, content, model, trained, banner }: Shown): void {
    this.element.hidden = model === null || content === null;
    if (!model || !content) return;
    this.#model = content.models.find(({ name }) => name === model.name) ?? model;
    this.#choices = content.choices[model.name] ?? noChoices;
    this.element.open = ui.modelCallOpen;
    const isChanged = hasChoices(this.#choices);
    const unfit = content.unfit[model.name];
    setText(this.#what, this.#model.arguments.length > 0 ? 'Arguments and input' : 'Input');
    setText(this.#summary, summaryOf(this.#model));
    this.#mark.hidden = !isChanged || unfit !== undefined;
    this.#unfit.hidden = unfit === undefined;
    fillOnChange(this.#unfit, unfit, () => ['What you changed does not fit the file any more and is left out: ', ...withCode(unfit ?? '')]);
    this.#build(this.#model);
    this.#model.arguments.forEach((report, i) => this.#arguments[i]!.show(report, this.#choices.arguments[report.name] !== undefined && unfit === undefined));
    this.#model.inputs.forEach((report, i) => this.#inputs[i]!.show(report, this.#choices.inputs !== null && unfit === undefined));
    this.#write.disabled = !isChanged || unfit !== undefined || banner.kind === 'failed';
    this.#reset.hidden = !isChanged;
    this.#form.classList.toggle('is-trained', trained !== null);
  }

  /** By the kept state: the element's own `toggle` comes late, and a drawing in between would fold it again. */
  #toggle(event: Event): void {
    event.preventDefault();
    this.actions.choose({ modelCallOpen: !this.element.open });
  }

  get #name(): string {
    return this.#model?.name ?? '';
  }

  /** New rows where the model has others than before; a text that is being written is in a row that stays. */
  #build(model: ModelReport): void {
    const signature = JSON.stringify([model.name, model.arguments.map(({ name }) => name), model.inputs.map(({ name }) => name)]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#arguments = model.arguments.map(({ name }) => this.#argumentRow(name));
    this.#inputs = model.inputs.map(({ name }) => new InputRow(name, () => this.#applyInputs(), () => void this.#say(this.#choose({ ...this.#choices, inputs: null }))));
    fill(this.#form, ...[...this.#arguments, ...this.#inputs].map(({ element }) => element));
  }

  #argumentRow(name: string): ArgumentRow {
    const field = new TextField(`Argument ${name}`, (text) => this.#applyArgument(name, text));
    const origin = h('span', { class: 'dim origin' });
    // One of `*args` has no name to give it by.
    field.input.disabled = name.includes('[');
    const reset = resetButton(name, () => {
      const { [name]: _gone, ...others } = this.#said();
      void this.#say(this.#choose({ ...this.#choices, arguments: others }));
    });
    return {
      element: formRow(name, [field.input], origin, reset, field.problem),
      show: (report, isChosen) => {
        field.show(report.value);
        setText(origin, isChosen ? 'changed' : argumentOrigin(report));
        reset.hidden = !isChosen;
      },
    };
  }

  /** What was said of arguments so far: the choices, and what a comment of the file says, in whose place they go. */
  #said(): Record<string, string> {
    const ofComment = (this.#model?.arguments ?? []).filter(({ origin }) => origin === 'comment').map(({ name, value }) => [name, value] as const);
    return { ...Object.fromEntries(ofComment), ...this.#choices.arguments };
  }

  #applyArgument(name: string, text: string): Promise<string | null> {
    if (!isClosed(text)) return Promise.resolve('This is no Python value: write one such as `10`, `[64, 32]` or `\'relu\'`.');
    const inputs = this.#model?.inputs.some(({ origin }) => origin === 'comment') ? this.#specs() : { specs: this.#choices.inputs };
    if ('problem' in inputs) return Promise.resolve(inputs.problem);
    return this.#choose({ arguments: { ...this.#said(), [name]: text.trim() }, inputs: inputs.specs });
  }

  #applyInputs(): Promise<string | null> {
    const inputs = this.#specs();
    return 'problem' in inputs ? Promise.resolve(inputs.problem) : this.#choose({ arguments: this.#said(), inputs: inputs.specs });
  }

  #specs(): { readonly specs: readonly string[] } | { readonly problem: string } {
    const specs: string[] = [];
    for (const row of this.#inputs) {
      const one = row.spec;
      if ('problem' in one) return one;
      specs.push(one.spec);
    }
    return { specs };
  }

  #choose(choices: ModelChoices): Promise<string | null> {
    return this.actions.chooseCall({ model: this.#name, choices });
  }

  /** Of what no field is about. */
  async #say(answer: Promise<string | null>): Promise<void> {
    const problem = await answer;
    this.#problem.hidden = problem === null;
    fill(this.#problem, ...withCode(problem ?? ''));
  }
}

/** Whether a text is something, and its brackets and quotes are closed: else it would reach into what stands behind it. */
function isClosed(text: string): boolean {
  const plain = text.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/g, '0').trim();
  const open: string[] = [];
  for (const letter of plain) {
    const at = '([{'.indexOf(letter);
    if (at >= 0) open.push(')]}'[at]!);
    else if (')]}'.includes(letter) && open.pop() !== letter) return false;
    else if (letter === ',' && open.length === 0) return false;
  }
  return plain !== '' && open.length === 0 && !/['"#]/.test(plain);
}

/** The arguments that are not defaults; the inputs stand in the line above. */
function summaryOf(model: ModelReport): string {
  return model.arguments.filter(({ origin }) => origin !== 'default').map(({ name, value }) => `${name}=${value}`).join(', ');
}

function argumentOrigin({ origin, reason }: ArgumentReport): string {
  switch (origin) {
    case 'file': return reason || 'from the file';
    case 'comment': return 'from the comment in the file';
    case 'assumed': return reason === '' ? 'assumed' : `assumed: ${reason}`;
    case 'default': return 'its default';
    case 'option': return 'as asked for';
    default: return origin satisfies never;
  }
}
