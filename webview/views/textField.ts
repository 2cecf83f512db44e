// A line of text that takes effect with Enter, or when it is left, and is put back with Escape. What stands against it is said below it.
import { fill, h, withCode } from '../dom.ts';

/** Resolves to what stands against a text; null: it was taken. */
export type Apply = (text: string) => Promise<string | null>;

let nextId = 1;

export class TextField {
  readonly input = h('input', { class: 'text-field' });
  /** Stands below the row that the field is in. */
  readonly problem: HTMLElement;
  #value = '';
  /** The text that was last given to `apply` and refused. */
  #refused: string | undefined;

  constructor(label: string, private readonly apply: Apply, problem?: HTMLElement) {
    this.problem = problem ?? fieldProblem();
    this.input.type = 'text';
    this.input.spellcheck = false;
    this.input.setAttribute('aria-label', label);
    this.input.setAttribute('aria-describedby', this.problem.id);
    this.input.addEventListener('keydown', (event) => this.#onKey(event));
    this.input.addEventListener('blur', () => this.input.value !== this.#refused && void this.#take());
    this.input.addEventListener('input', () => this.#say(null));
  }

  get text(): string {
    return this.input.value;
  }

  /** What holds now. A text that is being written stays. */
  show(value: string): void {
    if (this.input.value === this.#value) this.input.value = value;
    this.#value = value;
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') {
      event.preventDefault();
      void this.#take();
    } else if (event.key === 'Escape') {
      this.input.value = this.#value;
      this.#say(null);
    }
  }

  /** Applies what is written, also where only something beside it was changed. */
  async give(): Promise<void> {
    const { value } = this.input;
    this.input.classList.add('is-busy');
    const problem = await this.apply(value);
    this.input.classList.remove('is-busy');
    if (problem === null) this.#value = value;
    this.#refused = problem === null ? undefined : value;
    if (this.input.value === value) this.#say(problem);
  }

  async #take(): Promise<void> {
    if (this.input.value !== this.#value) await this.give();
  }

  #say(problem: string | null): void {
    this.input.setAttribute('aria-invalid', String(problem !== null));
    this.problem.hidden = problem === null;
    fill(this.problem, ...withCode(problem ?? ''));
  }
}

export function fieldProblem(): HTMLElement {
  return h('div', { class: 'field-problem', id: `problem-${nextId++}`, role: 'alert', hidden: true });
}

/** A row of a form: a name, its fields, where its value comes from, how to reset it, and what stands against what is written. */
export function formRow(name: string, fields: readonly HTMLElement[], origin: HTMLElement, reset: HTMLElement, problem: HTMLElement): HTMLElement {
  return h('div', { class: 'form-row' }, h('span', { class: 'field-name' }, name), h('span', { class: 'fields' }, ...fields), origin, reset, problem);
}

export function resetButton(name: string, onClick: () => void): HTMLElement {
  return h('button', { class: 'link reset', title: `Back to what the file says of ${name} or is assumed`, aria: { label: `Reset ${name}` }, on: { click: onClick } }, 'Reset');
}
