// A compiled module with one of its functions silenced: it does nothing. The binary format is that of the WebAssembly core specification, section 5.

const IMPORTS = 2, EXPORTS = 7, CODE = 10;
const FUNCTION = 0, NO_LOCALS = 0, NOP = 0x01, END = 0x0b;

class Reader {
  constructor(readonly bytes: Uint8Array, public at: number) {}

  byte(): number {
    return this.bytes[this.at++];
  }
  /** LEB128 */
  number(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  text(): string {
    const length = this.number();
    return new TextDecoder().decode(this.bytes.subarray(this.at, (this.at += length)));
  }
}

/** Where each section's contents begin. */
function sections(bytes: Uint8Array): Map<number, number> {
  const found = new Map<number, number>();
  const reader = new Reader(bytes, 8);
  while (reader.at < bytes.length) {
    const [id, size] = [reader.byte(), reader.number()];
    found.set(id, reader.at);
    reader.at += size;
  }
  return found;
}

/** Of a module that imports nothing but a memory; a function without results. */
export function silenced(bytes: Uint8Array, name: string): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes);
  const starts = sections(changed);
  if (new Reader(changed, starts.get(IMPORTS)!).number() !== 1) throw new Error('functions are imported, or may be');
  const exported = new Reader(changed, starts.get(EXPORTS)!);
  let index = -1;
  for (let left = exported.number(); left > 0; left -= 1) {
    const [own, kind, of] = [exported.text(), exported.byte(), exported.number()];
    if (own === name && kind === FUNCTION) index = of;
  }
  if (index < 0) throw new Error(`no function ${name}`);
  const code = new Reader(changed, starts.get(CODE)!);
  code.number();
  for (let before = 0; before < index; before += 1) {
    const skipped = code.number();
    code.at += skipped;
  }
  const size = code.number();
  changed.fill(NOP, code.at, code.at + size);
  changed[code.at] = NO_LOCALS;
  changed[code.at + size - 1] = END;
  return changed;
}
