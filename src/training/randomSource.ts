// Random numbers for made-up training data. Not PyTorch's generator: nobody compares these numbers, they only have to be the
// same for the same seed, and quick. Generator: sfc32 (C. Doty-Humphrey, PractRand).

export class RandomSource {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #second = 0;
  #hasSecond = false;

  /** Different `stream`s of a seed are independent: one per step of a training. */
  constructor(seed: number, stream = 0) {
    this.#a = seed | 0;
    this.#b = stream | 0;
    this.#c = 0x9e3779b9 | 0;
    for (let round = 0; round < 12; round++) this.#next();
  }

  /** From 0 to 1, 1 excluded. */
  uniform(from = 0, to = 1): number {
    return from + (to - from) * (this.#next() / 2 ** 32);
  }

  /** Standard normal (Box–Muller, which gives two numbers: the second is kept for the next call). */
  normal(): number {
    if (this.#hasSecond) {
      this.#hasSecond = false;
      return this.#second;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#second = radius * Math.sin(angle);
    this.#hasSecond = true;
    return radius * Math.cos(angle);
  }

  /** Of `0..limit`, `limit` excluded. */
  integer(limit: number): number {
    return Math.floor(this.uniform() * limit);
  }

  #next(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }
}
