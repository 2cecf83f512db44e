// What crosses between Python and JavaScript, and what must not. Model code is somebody else's code: it may call the
// functions handed to it, with strings and integers, and reach nothing else. See docs/security.md.

/** The functions that Python may call, through `openDoor` (`_lens/door.py` is the other side). Ids of values rise over all sessions of an interpreter. */
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
  /** Writes `byteLength` bytes of the file to `address`. */
  readFile(path: string, address: number, byteLength: number): string;
  /** Names in a folder of the workspace, each with a line break behind it; those of folders end in a slash. */
  listFolder(path: string): string;
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

/** `text`: a string; `whole`: an integer that a double holds. */
type Kind = 'text' | 'whole';
type KindsOf<Arguments extends readonly unknown[]> = { readonly [Index in keyof Arguments]: Arguments[Index] extends string ? 'text' : 'whole' };

/** What each function takes. Types are no wall: Python hands over whatever it likes, and an object of its own would be called with what we have. */
const signatures: { readonly [Name in keyof RecorderDoor]: KindsOf<Parameters<RecorderDoor[Name]>> } = {
  record: ['text', 'text', 'text', 'whole', 'whole'],
  constant: ['text', 'text', 'whole', 'whole', 'whole', 'whole'],
  read: ['whole', 'whole', 'whole'],
  release: ['whole'],
  gradient: ['whole', 'text', 'whole', 'text'],
  seed: ['whole', 'whole'],
  initialSeed: ['whole'],
  drawBits: ['whole'],
  generatorState: ['whole'],
  setGeneratorState: ['whole', 'text'],
  fileSize: ['text'],
  readFile: ['text', 'whole', 'whole'],
  listFolder: ['text'],
  weightsSize: [],
  readWeights: ['whole', 'whole', 'whole'],
  widenHalves: ['whole', 'whole', 'whole'],
  statement: ['whole'],
  log: ['text', 'text'],
};

/** The functions as Python gets them. */
export type OpenDoor = { readonly [Name in keyof RecorderDoor]: (...args: unknown[]) => string };

/**
 * The functions of whichever recorder is behind the door now, as they are handed to Python: bare (from Python `f.constructor` is not there, and so no
 * `Function`), with nothing but strings and integers in and a string out. None throws, since a JavaScript error is an object with a prototype, and so a door:
 * errors are answers, `!Name|message`.
 */
export function openDoor(recorder: () => RecorderDoor | undefined): OpenDoor {
  const door = Object.create(null) as Record<string, unknown>;
  for (const [name, kinds] of Object.entries(signatures) as [keyof RecorderDoor, readonly Kind[]][]) {
    const enter = (...args: unknown[]): string => {
      try {
        if (args.length !== kinds.length || !args.every((given, index) => isOfKind(given, kinds[index]))) return `!TypeError|the recorder's ${name} takes ${kinds.join(', ') || 'nothing'}`;
        const behind = recorder();
        return (behind?.[name] as ((...args: unknown[]) => string | void) | undefined)?.apply(behind, args) ?? '';
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        return `!${pythonNames[name] ?? name}|${message}`;
      }
    };
    door[name] = Object.freeze(Object.setPrototypeOf(enter, null));
  }
  return Object.freeze(door) as OpenDoor;
}

function isOfKind(given: unknown, kind: Kind): boolean {
  return kind === 'text' ? typeof given === 'string' : Number.isSafeInteger(given);
}

/** The engine's errors under the names that Python knows them by. */
const pythonNames: Readonly<Record<string, string>> = { MemoryLimitError: 'LimitError', CancelledRun: 'LimitError', RangeError: 'LimitError' };

/** A constructor, or what is one in the language though it cannot be called. */
type Intrinsic = { readonly prototype?: object };

/** Accessors by which any object leads to its prototype, and to what defines it. */
const prototypeAccessors = ['__proto__', '__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'] as const;

/**
 * Leaves no way from an object to what all objects share. Python code that digs out Pyodide's own functions can make JavaScript objects of its own (an array, an
 * error, a promise), whose properties it reads and writes; from these, `constructor` and `__proto__` would lead it to `Function`, which makes code of strings,
 * and to prototypes, whose methods our code calls. `Function` and its three kin, `Object` and the errors are out of reach afterwards; prototypes that stay in
 * reach cannot be changed. (`Object.prototype` is not locked: then nobody could give an error a `name`.)
 */
export function closeIntrinsics(): void {
  for (const kind of [() => {}, async () => {}, function* () {}, async function* () {}]) withoutConstructor(Object.getPrototypeOf(kind) as object);
  for (const name of prototypeAccessors) Reflect.deleteProperty(Object.prototype, name);
  withoutConstructor(Object.prototype);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    const thing: unknown = (globalThis as Record<string, unknown>)[name];
    if (typeof thing !== 'function' || thing === Object || thing === Function) continue;
    const { prototype } = thing as Intrinsic;
    if (prototype === undefined) continue;
    if (thing === Error || prototype instanceof Error) withoutConstructor(prototype);
    else lockWithPrototypes(thing as Intrinsic);
  }
  for (const iterator of [[].values(), new Map().values(), new Set().values(), ''[Symbol.iterator](), ''.matchAll(/./g)]) lockWithPrototypes({ prototype: iterator });
  lockWithPrototypes(Object.getPrototypeOf(Uint8Array) as Intrinsic);
}

function withoutConstructor(prototype: object): void {
  Object.defineProperty(prototype, 'constructor', { value: undefined, writable: false, configurable: false });
}

/** The constructor's properties, those of its prototype, and of those above it short of `Object.prototype`. */
function lockWithPrototypes(intrinsic: Intrinsic): void {
  lock(intrinsic);
  for (let at = intrinsic.prototype ?? null; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at) as object | null) lock(at);
}

/** What inherits from an object cannot be assigned a property that is locked there, though libraries give their arrays a text of their own: these have a setter that lets them. */
const assignable: ReadonlySet<PropertyKey> = new Set(['toString', 'valueOf', 'toLocaleString']);

/**
 * Each property as it is, for ever. Not `Object.freeze`: V8 then takes elements of what inherits from it the slow way (measured: arithmetic on a `Float64Array`
 * 15 times as long once the array's prototype is frozen).
 */
function lock(target: object): void {
  for (const name of Reflect.ownKeys(target)) {
    const found = Object.getOwnPropertyDescriptor(target, name)!;
    if (!found.configurable && !found.writable) continue;
    if (!('value' in found)) Object.defineProperty(target, name, { configurable: false });
    else if (!assignable.has(name) || !found.configurable) Object.defineProperty(target, name, { writable: false, ...(found.configurable && { configurable: false }) });
    else {
      Object.defineProperty(target, name, {
        configurable: false,
        get: () => found.value as unknown,
        set(this: object, value: unknown) {
          if (this !== target) Object.defineProperty(this, name, { value, writable: true, enumerable: true, configurable: true });
        },
      });
    }
  }
  Object.preventExtensions(target);
}
