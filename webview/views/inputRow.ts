// An input in the form of a model's call: shape, dtype and, of integers, the range they are drawn from.
import type { InputReport } from '../../src/protocol/report.ts';
import { fillOnChange, h, setText } from '../dom.ts';
import { inputDtypes, specOf, textsOf } from '../inputSpec.ts';
import { originTexts } from '../origins.ts';
import { formRow, resetButton, TextField } from './textField.ts';

/** `apply` and `reset` are about all inputs of the model: a request names them together. */
export class InputRow {
  readonly element: HTMLElement;
  readonly #shape: TextField;
  readonly #dtype = h('select', { class: 'text-field' });
  readonly #range: TextField;
  readonly #origin = h('span', { class: 'dim origin' });
  readonly #reset: HTMLElement;

  constructor(name: string, apply: () => Promise<string | null>, reset: () => void) {
    this.#shape = new TextField(`Shape of input ${name}`, apply);
    this.#range = new TextField(`Range of input ${name}`, apply, this.#shape.problem);
    this.#range.input.classList.add('is-range');
    this.#dtype.setAttribute('aria-label', `Dtype of input ${name}`);
    this.#dtype.addEventListener('change', () => {
      this.#showRange();
      void this.#shape.give();
    });
    this.#reset = resetButton(name, reset);
    // The values of a dictionary are changed in the file alone.
    const isFixed = name.includes('[');
    for (const control of [this.#shape.input, this.#range.input, this.#dtype]) control.disabled = isFixed;
    this.element = formRow(name, [this.#shape.input, this.#dtype, this.#range.input], this.#origin, this.#reset, this.#shape.problem);
  }

  get spec(): ReturnType<typeof specOf> {
    return specOf({ shape: this.#shape.text, dtype: this.#dtype.value, range: this.#range.text });
  }

  /** What holds now. */
  show(report: InputReport, isChosen: boolean): void {
    const { shape, dtype, range } = textsOf(report);
    this.#shape.show(shape);
    fillOnChange(this.#dtype, dtype, () => [...new Set([...inputDtypes, dtype])].map((one) => Object.assign(h('option', {}, one), { value: one })));
    if (document.activeElement !== this.#dtype) this.#dtype.value = dtype;
    this.#range.show(range);
    this.#showRange();
    setText(this.#origin, isChosen ? 'changed' : originTexts[report.origin]);
    this.#reset.hidden = !isChosen;
  }

  #showRange(): void {
    this.#range.input.hidden = !this.#dtype.value.startsWith('int');
  }
}
