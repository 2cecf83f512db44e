// How the model is constructed and called: its arguments and inputs, what was assumed of them, and what the user chose instead. Folded to one line until it is opened.
import { hasChoices, noChoices, type ModelChoices } from '../../src/protocol/modelChoices.ts';
import type { ArgumentReport, ModelReport } from '../../src/protocol/report.ts';
import type { Actions } from '../actions.ts';
import { saidInFile, SaidChoices, withArgument, withInput } from '../choices.ts';
import { fill, fillOnChange, h, icon, setText, withCode } from '../dom.ts';
import type { Shown } from '../shown.ts';
import { InputRow, type ShownInput } from './inputRow.ts';
import { fieldProblem, formRow, resetButton, TextField } from './textField.ts';

interface ArgumentRow {
  readonly element: HTMLElement;
  show(report: ArgumentReport, chosen: string | undefined): void;
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
  readonly #said: SaidChoices;
  #signature = '';
  #isBeingWritten = false;
  #arguments: readonly ArgumentRow[] = [];
  #inputs: readonly InputRow[] = [];
  #model: ModelReport | null = null;
  #shown: Shown | null = null;

  constructor(private readonly actions: Actions) {
    this.#said = new SaidChoices(actions);
    this.#write.addEventListener('click', () => void this.#say(this.#writeIntoFile()));
    this.#reset.addEventListener('click', () => void this.#say(this.#edit(() => noChoices)));
    // What is being written is applied when its field is left, which a click on the button does.
    this.#form.addEventListener('input', () => {
      this.#isBeingWritten = true;
      this.#write.disabled = false;
    });
    this.element.append(
      h('summary', { title: 'What the model is constructed and called with; open it to change that', on: { click: (event) => this.#toggle(event) } }, icon('chevron'), this.#what, this.#summary, this.#mark),
      this.#unfit, this.#form, h('div', { class: 'buttons' }, this.#write, this.#reset), this.#problem);
  }

  draw(shown: Shown): void {
    const { ui, content, model, trained, banner } = shown;
    this.#shown = shown;
    this.element.hidden = model === null || content === null;
    if (!model || !content) return;
    this.#model = content.models.find(({ name }) => name === model.name) ?? model;
    const choices = this.#said.of({ file: content.file, model: model.name }, content.choices[model.name] ?? noChoices, this.#model);
    this.element.open = ui.modelCallOpen;
    const isChanged = hasChoices(choices);
    const unfit = content.unfit[model.name];
    setText(this.#what, this.#model.arguments.length > 0 ? 'Arguments and input' : 'Input');
    setText(this.#summary, summaryOf(this.#model));
    this.#mark.hidden = !isChanged || unfit !== undefined;
    this.#unfit.hidden = unfit === undefined;
    fillOnChange(this.#unfit, unfit, () => ['What you changed does not fit the file any more and is left out: ', ...withCode(unfit ?? '')]);
    this.#build(this.#model);
    const chosen = unfit === undefined ? choices : noChoices;
    const isFixed = content.listing.find(({ name }) => name === model.name)?.kind === 'file';
    this.#model.arguments.forEach((report, i) => this.#arguments[i]!.show(report, chosen.arguments[report.name]));
    inputsOf(this.#model).forEach((report, i) => this.#inputs[i]!.show(report, chosen.inputs[report.name], isFixed));
    this.#write.disabled = !isChanged && !this.#isBeingWritten || unfit !== undefined || banner.kind === 'failed';
    this.#reset.hidden = !isChanged;
    this.#form.classList.toggle('is-trained', trained !== null);
  }

  /** By the kept state: the element's own `toggle` comes late, and a drawing in between would fold it again. */
  #toggle(event: Event): void {
    event.preventDefault();
    this.actions.choose({ modelCallOpen: !this.element.open });
  }

  /** New rows where the model has others than before; a text that is being written is in a row that stays. */
  #build(model: ModelReport): void {
    const inputs = inputsOf(model);
    const signature = JSON.stringify([this.#shown?.content?.file, model.name, model.arguments.map(({ name }) => name), inputs.map(({ name }) => name)]);
    if (signature === this.#signature) return;
    this.#signature = signature;
    this.#arguments = model.arguments.map(({ name }) => this.#argumentRow(name));
    this.#inputs = inputs.map(({ name }) => new InputRow(name, (spec) => this.#edit((choices) => withInput(choices, name, spec))));
    fill(this.#form, ...[...this.#arguments, ...this.#inputs].map(({ element }) => element));
  }

  #argumentRow(name: string): ArgumentRow {
    const field = new TextField(`Argument ${name}`, (text) => this.#applyArgument(name, text), { isLong: true });
    const origin = h('span', { class: 'dim origin' });
    // One of `*args` has no name to give it by.
    field.input.disabled = name.includes('[');
    const reset = resetButton(name, () => void this.#say(this.#edit((choices) => withArgument(choices, name, null))));
    return {
      element: formRow(name, [field.input], origin, reset, field.problem),
      show: (report, chosen) => {
        field.show(chosen ?? report.value);
        setText(origin, chosen === undefined ? argumentOrigin(report) : 'changed');
        reset.hidden = chosen === undefined;
      },
    };
  }

  #applyArgument(name: string, text: string): Promise<string | null> {
    const value = text.trim().replace(/\s*\n\s*/g, ' ');
    if (value === '') return this.#edit((choices) => withArgument(choices, name, null));
    if (!isClosed(value)) return Promise.resolve('This is no Python value: write one such as `10`, `[64, 32]` or `\'relu\'`.');
    return this.#edit((choices) => withArgument(choices, name, value));
  }

  /** What a comment of the file says goes along: choices go in its place. */
  #edit(change: (choices: ModelChoices) => ModelChoices): Promise<string | null> {
    const { content } = this.#shown ?? {};
    const model = this.#model;
    if (!content || !model) return Promise.resolve(null);
    const answer = this.#said.edit({ file: content.file, model: model.name }, (choices) => (hasChoices(choices) ? change(choices) : change(saidInFile(model))));
    void answer.then((problem) => problem === null && setTimeout(() => this.#taken()));
    return answer;
  }

  /** Shows what holds now, though no snapshot tells it yet. */
  #taken(): void {
    this.#isBeingWritten = false;
    if (this.#shown) this.draw(this.#shown);
  }

  #writeIntoFile(): Promise<string | null> {
    const { content } = this.#shown ?? {};
    return content && this.#model ? this.#said.write({ file: content.file, model: this.#model.name }) : Promise.resolve(null);
  }

  /** Of what no field is about. */
  async #say(answer: Promise<string | null>): Promise<void> {
    const problem = await answer;
    this.#problem.hidden = problem === null;
    fill(this.#problem, ...withCode(problem ?? ''));
  }
}

function inputsOf(model: ModelReport): readonly ShownInput[] {
  return [...model.inputs, ...model.plainInputs];
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
