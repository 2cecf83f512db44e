// What the user says in the form of a model's call, one edit after another: each adds to what the ones before it came to, whether the model was run with those
// already or not. Knows no view.
import { noChoices, type ModelChoices } from '../src/protocol/modelChoices.ts';
import type { ModelOfFile } from '../src/protocol/panelApi.ts';
import type { ModelReport } from '../src/protocol/report.ts';
import type { Actions } from './actions.ts';
import { specOf, textsOf } from './inputSpec.ts';
import { isSameData } from './sameData.ts';

/** Of one model. */
interface Known {
  /** As the last snapshot has them. */
  told: ModelChoices;
  /** As the last edit that was taken left them. */
  said: ModelChoices;
  report: ModelReport | null;
  /** The report that was there when they were written into the file: until another comes, it shows what was before. */
  written: ModelReport | null;
}

export class SaidChoices {
  readonly #known = new Map<string, Known>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly actions: Pick<Actions, 'chooseCall' | 'writeChoices'>) {}

  /** What holds of a model, of which a snapshot tells `told` and `report`. */
  of(model: ModelOfFile, told: ModelChoices, report: ModelReport): ModelChoices {
    const known = this.#of(model);
    if (known.written !== null && known.written !== report) {
      known.written = null;
      known.said = told;
    } else if (known.written === null && !isSameData(known.told, told)) {
      known.said = told;
    }
    Object.assign(known, { told, report });
    return known.said;
  }

  /** Resolves to what stands against an edit, or null. Edits wait for one another: what one is refused for says nothing of the next. */
  edit(model: ModelOfFile, change: (choices: ModelChoices) => ModelChoices): Promise<string | null> {
    return this.#inTurn(async () => {
      const known = this.#of(model);
      const choices = change(known.said);
      const problem = await this.actions.chooseCall({ ...model, choices });
      if (problem === null) Object.assign(known, { said: choices, written: null });
      return problem;
    });
  }

  /** Writes what all edits so far came to into the file. */
  write(model: ModelOfFile): Promise<string | null> {
    return this.#inTurn(async () => {
      const problem = await this.actions.writeChoices(model);
      if (problem === null) this.#of(model).written = this.#of(model).report;
      return problem;
    });
  }

  #inTurn(act: () => Promise<string | null>): Promise<string | null> {
    const answer = this.#turn.then(act);
    this.#turn = answer;
    return answer;
  }

  #of({ file, model }: ModelOfFile): Known {
    const key = JSON.stringify([file, model]);
    let known = this.#known.get(key);
    if (!known) this.#known.set(key, (known = { told: noChoices, said: noChoices, report: null, written: null }));
    return known;
  }
}

/** `value` null: it is what the file says or is assumed. */
export function withArgument(choices: ModelChoices, name: string, value: string | null): ModelChoices {
  return { ...choices, arguments: changed(choices.arguments, name, value) };
}

export function withInput(choices: ModelChoices, name: string, spec: string | null): ModelChoices {
  return { ...choices, inputs: changed(choices.inputs, name, spec) };
}

function changed(values: Readonly<Record<string, string>>, name: string, value: string | null): Readonly<Record<string, string>> {
  const { [name]: _before, ...others } = values;
  return value === null ? others : { ...others, [name]: value };
}

/** What a comment of the file says of a model, in whose place choices go. */
export function saidInFile({ arguments: all, inputs, plainInputs }: ModelReport): ModelChoices {
  const specs = inputs.map((input) => ({ ...input, given: specOf(textsOf(input)) }));
  return {
    arguments: Object.fromEntries(all.flatMap(({ name, value, origin }) => (origin === 'comment' ? [[name, value]] : []))),
    inputs: Object.fromEntries([
      ...specs.flatMap(({ name, origin, given }) => (origin === 'comment' && 'spec' in given ? [[name, given.spec]] : [])),
      ...plainInputs.flatMap(({ name, value, origin }) => (origin === 'comment' ? [[name, value]] : [])),
    ]),
  };
}
