// What crosses between Python and JavaScript, and what must not. Model code is somebody else's code: it may call the
// functions handed to it, with strings and integers, and reach nothing else. See docs/security.md.

/**
 * The functions that Python may call (`_lens/door.py` is the other side). Ids of values rise over all sessions of an interpreter.
 * None may throw: a JavaScript error is an object with a prototype, and so a door. Errors are answers: `!Name|message`.
 */
export interface RecorderDoor {
  /** `inputs`: ids joined by commas; `attributes`: JSON. Answer: `id:dtype:shape` for each output, joined by semicolons. */
  record(op: string, inputs: string, attributes: string, site: number, call: number): string;
  /** Takes `byteLength` bytes at `address` of the interpreter's memory as a new constant. */
  constant(dtype: string, shape: string, address: number, byteLength: number, site: number, call: number): string;
  /** Computes a value and writes its elements to `address`. */
  read(id: number, address: number, byteLength: number): string;
  release(id: number): void;
  /** Answer: `id:dtype:shape` per input, empty where there is none, joined by semicolons. `seed` −1: ones. `given`: ids at which gradients end. */
  gradient(output: number, inputs: string, seed: number, given: string): string;
  seed(generator: number, seed: number): string;
  initialSeed(generator: number): string;
  drawBits(generator: number): string;
  /** Where the generator's sequence stands, as a text. */
  generatorState(generator: number): string;
  setGeneratorState(generator: number, state: string): string;
  fileSize(path: string): string;
  readFile(path: string, address: number, byteLength: number): string;
  /** Bytes of the file of weights that was given with the request. */
  weightsSize(): string;
  /** Writes `byteLength` of its bytes, from `offset` on, to `address`. */
  readWeights(offset: number, address: number, byteLength: number): string;
  /** Writes the `count` half-precision numbers at `source` to `target` as single-precision ones. */
  widenHalves(source: number, count: number, target: number): string;
  /** The top-level statement at this line begins: what is named when the interpreter has to be killed. */
  statement(line: number): void;
  log(level: string, text: string): void;
}

/** Functions without a prototype: from Python, `f.constructor` is not there, and so no `Function`. */
export function withoutPrototypes<T extends object>(functions: T): T {
  const bare = Object.create(null) as Record<string, unknown>;
  for (const [name, value] of Object.entries(functions)) bare[name] = Object.freeze(Object.setPrototypeOf(value, null));
  return Object.freeze(bare) as T;
}

/**
 * Takes away the ways from any object to code made of strings: `Function` and its three kin are reachable as
 * `constructor` of every function. What the product needs of them was compiled when it was loaded.
 */
export function tameFunctionConstructors(): void {
  const kinds = [() => {}, async () => {}, function* () {}, async function* () {}];
  for (const kind of kinds) {
    Object.defineProperty(Object.getPrototypeOf(kind), 'constructor', { value: undefined, writable: false, configurable: false });
  }
}
