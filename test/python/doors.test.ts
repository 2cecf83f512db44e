// What is closed once the interpreter is loaded, from the side of our own code: it goes on working.
import { strict as assert } from 'node:assert';
import { interpreter } from './harness.ts';

describe('closed intrinsics', () => {
  // Which closes them once it is loaded: Pyodide needs them open until then.
  before(async () => void await interpreter());

  it('lead from no object to what all objects share', () => {
    const thing = {} as Record<string, unknown>;
    assert.deepEqual([thing['constructor'], thing['__proto__'], new TypeError('x').constructor], [undefined, undefined, undefined]);
    assert.throws(() => Object.assign(Array.prototype, { map: () => [] }), TypeError);
  });

  it('let libraries give an array a text of its own, and nobody all arrays one', () => {
    const named = Object.assign([1, 2], { toString: () => 'named' });
    assert.equal(String(named), 'named');
    Object.assign(Array.prototype, { toString: () => 'all' });
    assert.equal(String([1, 2]), '1,2');
  });
});
