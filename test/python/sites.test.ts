import { strict as assert } from 'node:assert';
import { Sites, utf16Column } from '../../src/python/sites.ts';

describe('columns of source positions', () => {
  it('are the same for ASCII', () => assert.equal(utf16Column('x = f(y)', 4), 4));
  it('count a letter of two UTF-8 bytes once', () => assert.equal(utf16Column('é = f(y)', 5), 4));
  it('count a sign of three UTF-8 bytes once', () => assert.equal(utf16Column('→ = f(y)', 6), 4));
  it('count a character beyond the basic plane twice, as editors do', () => assert.equal(utf16Column('"😀", f(y)', 8), 6));
  it('end at the line\'s end', () => assert.equal(utf16Column('ab', 99), 2));
});

describe('the sites of a run', () => {
  const sites = new Sites([['m.py', 2, 3, 2, 8]], (file) => (file === 'm.py' ? 'a\né = f(x)\n' : undefined));
  it('give a range in editor columns', () => {
    assert.deepEqual(sites.range(0), { file: 'm.py', line: 2, column: 2, endLine: 2, endColumn: 7 });
  });
  it('give null for no site and for one that is not there', () => {
    assert.equal(sites.range(null), null);
    assert.equal(sites.range(-1), null);
    assert.equal(sites.range(7), null);
  });
});
