// Remembers, per file and model, what the user said in place of what was assumed. Kept with the workspace, so that it is there in the next session;
// what is kept of a file that is gone is never looked at, and makes room when there is more than enough.
import type { ModelChoices } from '../protocol/modelChoices.ts';
import { hasChoices } from '../protocol/modelChoices.ts';
import { Signal } from './disposable.ts';

/** Of VS Code's `Memento`: what is kept for a workspace. */
export interface Keeper {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

type FileChoices = Readonly<Record<string, ModelChoices>>;

const keeperKey = 'choices';
const maximumFiles = 200;

export class ChoiceMemory {
  /** URI of a document → name of a model → choices; the file that was changed last is last. */
  readonly #files: Map<string, FileChoices>;
  readonly #changed = new Signal<string>();

  /** Tells the URI of a document of whose models something else is chosen. */
  readonly onDidChange = this.#changed.on;

  constructor(private readonly keeper: Keeper) {
    this.#files = restored(keeper.get(keeperKey));
  }

  of(uri: string): FileChoices {
    return this.#files.get(uri) ?? {};
  }

  async set(uri: string, model: string, choices: ModelChoices): Promise<void> {
    const { [model]: _before, ...others } = this.of(uri);
    await this.#setFile(uri, hasChoices(choices) ? { ...others, [model]: choices } : others);
    this.#changed.fire(uri);
  }

  /** A file goes by another name now. */
  async move(from: string, to: string): Promise<void> {
    const choices = this.#files.get(from);
    if (!choices) return;
    this.#files.delete(from);
    await this.#setFile(to, choices);
  }

  async #setFile(uri: string, choices: FileChoices): Promise<void> {
    this.#files.delete(uri);
    if (Object.keys(choices).length > 0) this.#files.set(uri, choices);
    const kept = [...this.#files].slice(-maximumFiles);
    await this.keeper.update(keeperKey, kept);
  }
}

/** Reads what was kept; what is of another form (another version wrote it) is left out. */
function restored(kept: unknown): Map<string, FileChoices> {
  const files = new Map<string, FileChoices>();
  for (const entry of Array.isArray(kept) ? kept : []) {
    const [uri, models] = Array.isArray(entry) ? entry as unknown[] : [];
    if (typeof uri !== 'string' || !isRecord(models)) continue;
    const choices = Object.entries(models).filter((model): model is [string, ModelChoices] => isChoices(model[1]));
    if (choices.length > 0) files.set(uri, Object.fromEntries(choices));
  }
  return files;
}

function isChoices(value: unknown): value is ModelChoices {
  if (!isRecord(value)) return false;
  const areTexts = (all: unknown) => isRecord(all) && !Array.isArray(all) && Object.values(all).every((one) => typeof one === 'string');
  return areTexts(value.arguments) && areTexts(value.inputs);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
