// An input in the form of a model's call: its shape or plain value, its dtype and, of integers, the range they are drawn from.
import type { InputReport, PlainInputReport } from '../../src/protocol/report.ts';
import { fillOnChange, h, setText } from '../dom.ts';
import { inputDtypes, specOf, textsOf, textsOfSpec, type InputTexts } from '../inputSpec.ts';
import { originTexts } from '../origins.ts';
import { formRow, resetButton, TextField } from './textField.ts';

/** What an input is now, or a plain value or default in the place of one. */
export type ShownInput = InputReport | PlainInputReport;

export class InputRow {
  readonly element: HTMLElement;
  readonly #value: TextField;
  readonly #dtype = h('select', { class: 'text-field' });
  readonly #range: TextField;
  readonly #origin = h('span', { class: 'dim origin' });
  readonly #reset: HTMLElement;
  readonly #canBeSaid: boolean;

  /** `apply` takes a specification, null for none: it is then what the file says or is assumed. Resolves to what stands against it. */
  constructor(name: string, private readonly apply: (spec: string | null) => Promise<string | null>) {
    this.#value = new TextField(`Shape of input ${name}`, () => this.#apply());
    this.#range = new TextField(`Range of input ${name}`, () => this.#apply(), { problem: this.#value.problem });
    this.#range.input.classList.add('is-range');
    this.#dtype.setAttribute('aria-label', `Dtype of input ${name}`);
    this.#dtype.addEventListener('change', () => {
      this.#showRange();
      void this.#value.give();
    });
    this.#reset = resetButton(name, () => void this.apply(null));
    // The values of a dictionary are changed in the file alone.
    this.#canBeSaid = !name.includes('[');
    this.element = formRow(name, [this.#value.input, this.#dtype, this.#range.input], this.#origin, this.#reset, this.#value.problem);
  }

  #apply(): Promise<string | null> {
    if (this.#value.text.trim() === '') return this.apply(null);
    const given = specOf({ value: this.#value.text, dtype: this.#dtype.value, range: this.#range.text });
    return 'problem' in given ? Promise.resolve(given.problem) : this.apply(given.spec);
  }

  /** What holds now: `chosen` in place of what the report has, which may be of the choices before. `isFixed`: it cannot be said otherwise. */
  show(report: ShownInput, chosen: string | undefined, isFixed: boolean): void {
    const { value, dtype, range } = chosen === undefined ? textsOfReport(report) : textsOfSpec(chosen);
    this.#value.show(value);
    this.#value.input.placeholder = 'value' in report ? report.value : '';
    fillOnChange(this.#dtype, dtype, () => [...new Set([...inputDtypes, dtype])].map((one) => Object.assign(h('option', {}, one), { value: one })));
    if (document.activeElement !== this.#dtype) this.#dtype.value = dtype;
    this.#range.show(range);
    this.#showRange();
    for (const control of [this.#value.input, this.#range.input, this.#dtype]) control.disabled = isFixed || !this.#canBeSaid;
    setText(this.#origin, isFixed ? 'made by the file\'s statements, which are the model' : chosen === undefined ? originTexts[report.origin] : 'changed');
    this.#reset.hidden = chosen === undefined;
  }

  #showRange(): void {
    this.#range.input.hidden = !this.#dtype.value.startsWith('int');
  }
}

/** A default stands in the empty field; what was given in its place is written there. */
function textsOfReport(report: ShownInput): InputTexts {
  if ('shape' in report) return textsOf(report);
  return { value: report.origin === 'default' ? '' : report.value, dtype: 'float32', range: '' };
}
