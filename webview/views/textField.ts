// A text that takes effect with Enter, or when it is left, and is put back with Escape. What stands against it is said below it.
import { fill, h, withCode } from '../dom.ts';

/** Resolves to what stands against a text; null: it was taken. */
export type Apply = (text: string) => Promise<string | null>;

let nextId = 1;

export class TextField {
  readonly input: HTMLInputElement | HTMLTextAreaElement;
  /** Stands below the row that the field is in. */
  readonly problem: HTMLElement;
  #value = '';
  /** The text that `apply` was last given, unless it was taken: it is at work on it, or refused it. */
  #given: string | undefined;

  /** `isLong`: it is broken into lines, as many as it takes. */
  constructor(label: string, private readonly apply: Apply, { problem, isLong = false }: { readonly problem?: HTMLElement; readonly isLong?: boolean } = {}) {
    this.problem = problem ?? fieldProblem();
    this.input = isLong ? longField() : Object.assign(h('input', { class: 'text-field' }), { type: 'text' });
    this.input.spellcheck = false;
    this.input.setAttribute('aria-label', label);
    this.input.setAttribute('aria-describedby', this.problem.id);
    this.input.addEventListener('keydown', (event) => this.#onKey(event as KeyboardEvent));
    this.input.addEventListener('blur', () => this.input.value !== this.#given && void this.#take());
    this.input.addEventListener('input', () => this.#say(null));
  }

  get text(): string {
    return this.input.value;
  }

  /** What holds now. A text that is being written stays. */
  show(value: string): void {
    if (this.input.value === this.#value) this.#write(value);
    this.#value = value;
  }

  #write(value: string): void {
    if (this.input.value === value) return;
    this.input.value = value;
    fitLines(this.input);
  }

  #onKey(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      void this.#take();
    } else if (event.key === 'Escape') {
      this.#write(this.#value);
      this.#say(null);
    }
  }

  /** Applies what is written, also where only something beside it was changed. */
  async give(): Promise<void> {
    const { value } = this.input;
    this.input.classList.add('is-busy');
    this.#given = value;
    const problem = await this.apply(value);
    this.input.classList.remove('is-busy');
    if (problem === null) {
      this.#value = value;
      if (this.#given === value) this.#given = undefined;
    }
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

function longField(): HTMLTextAreaElement {
  const field = Object.assign(h('textarea', { class: 'text-field is-long' }), { rows: 1 });
  field.addEventListener('input', () => fitLines(field));
  // Its lines are known once it has a width.
  new ResizeObserver(() => requestAnimationFrame(() => fitLines(field))).observe(field);
  return field;
}

function fitLines(field: HTMLInputElement | HTMLTextAreaElement): void {
  if (!(field instanceof HTMLTextAreaElement) || field.clientWidth === 0) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight + field.offsetHeight - field.clientHeight}px`;
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
