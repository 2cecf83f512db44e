import { strict as assert } from 'node:assert';
import { Interrupt } from '../../src/python/interrupt.ts';

describe('an interrupt', () => {
  function at(limitMs: number, isCancelled = () => false) {
    let time = 0;
    const told: number[] = [];
    const interrupt = new Interrupt(() => time, (limit) => told.push(limit));
    const buffer = interrupt.asBuffer();
    return { interrupt, told, run: (check: (read: () => number, advance: (ms: number) => void) => void) =>
      interrupt.guard(limitMs, isCancelled, () => check(() => buffer[0]!, (ms) => (time += ms))) };
  }

  it('signals once the limit has passed, and not before', () => {
    const { run, interrupt } = at(100);
    run((read, advance) => {
      advance(100);
      assert.equal(read(), 0);
      advance(1);
      assert.equal(read(), 2);
      assert.equal(interrupt.reason, 'time');
    });
  });

  it('leaves a second for reporting it, then signals again', () => {
    const { run } = at(10);
    run((read, advance) => {
      advance(11);
      assert.equal(read(), 2);
      assert.equal(read(), 0);
      advance(1001);
      assert.equal(read(), 2);
    });
  });

  it('signals when the run is no longer wanted', () => {
    const { run, interrupt } = at(1000, () => true);
    run((read) => {
      assert.equal(read(), 2);
      assert.equal(interrupt.reason, 'cancelled');
    });
  });

  it('is quiet outside of a run, and tells when one begins and ends, however it ends', () => {
    const { interrupt, told } = at(10);
    assert.throws(() => interrupt.guard(5, () => false, () => { throw new Error('model code'); }));
    assert.deepEqual(told, [5, 0]);
    assert.equal(interrupt.asBuffer()[0], 0);
  });
});
