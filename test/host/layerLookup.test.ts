import { strict as assert } from 'node:assert';
import { cursorLayer, layersAt, layersNamed } from '../../src/host/layerLookup.ts';
import { modelFile, layer, model, range, result } from './reports.ts';

// 12:         x = F.relu(self.fc1(x))
const net = model('Net', [
  layer(0, { definition: range(5, 19, 38), call: range(12, 19, 30) }),
  layer(1, { path: 'relu', type: 'relu', kind: 'function', call: range(12, 12, 31) }),
  layer(2, { path: 'block', kind: 'container', definition: range(6, 19, 30), call: range(13, 12, 25) }),
  layer(3, { path: 'block.a', definition: range(2, 8, 20), call: range(3, 8, 20), parent: 2 }),
  layer(4, { path: 'block.b', definition: range(2, 8, 20), call: range(3, 8, 20), parent: 2 }),
]);
const other = model('Other', [layer(0, { path: 'fc', definition: range(2, 8, 20) })]);
const file = result([other, net], {}, 'Net');
const same = <T>(place: T) => place;
const paths = (line: number, column: number) => layersAt(file, modelFile, line, column, same).map((match) => `${match.model.name}:${match.layer.path}`);

describe('the layers at a place in the editor', () => {
  it('are found at a definition', () => assert.deepEqual(paths(5, 25), ['Net:fc1']));
  it('are the innermost call where calls are nested', () => assert.deepEqual(paths(12, 22), ['Net:fc1']));
  it('are the outer call beside the inner one', () => assert.deepEqual(paths(12, 14), ['Net:relu']));
  it('are found with the cursor at the very start and end of the range', () => {
    assert.deepEqual(paths(5, 19), ['Net:fc1']);
    assert.deepEqual(paths(5, 38), ['Net:fc1']);
  });
  it('are none outside every range', () => {
    assert.deepEqual(paths(5, 18), []);
    assert.deepEqual(paths(5, 39), []);
    assert.deepEqual(paths(4, 20), []);
  });
  it('are all that share the range, the main model\'s first', () => assert.deepEqual(paths(2, 10), ['Net:block.a', 'Net:block.b', 'Other:fc']));
  it('are looked up in the file asked for only', () => assert.deepEqual(layersAt(file, '/models/else.py', 5, 25, same), []));
  it('follow the text as it was edited', () => {
    const down = (place: ReturnType<typeof range>) => ({ ...place, line: place.line + 3, endLine: place.endLine + 3 });
    assert.deepEqual(layersAt(file, modelFile, 8, 25, down).map((match) => match.layer.path), ['fc1']);
    assert.deepEqual(layersAt(file, modelFile, 5, 25, () => null), []);
  });
});

describe('the layers made on a line', () => {
  const named = (line: number, name: string) => layersNamed(file, modelFile, line, name, same).map((match) => `${match.model.name}:${match.layer.path}`);
  it('are found by the name they are given there', () => {
    assert.deepEqual(named(5, 'fc1'), ['Net:fc1']);
    assert.deepEqual(named(2, 'b'), ['Net:block.b']);
    assert.deepEqual(named(2, 'fc'), ['Other:fc']);
  });
  it('are none of another name or line, and no functions', () => assert.deepEqual([named(5, 'self'), named(12, 'fc1'), named(12, 'relu')], [[], [], []]));
});

describe('the layer under the cursor', () => {
  it('is the main model\'s, though another model comes first in the report', () => assert.equal(cursorLayer(file, modelFile, 2, 10, same), 3));
  it('is the line\'s first layer when the cursor is elsewhere on the line', () => assert.equal(cursorLayer(file, modelFile, 12, 0, same), 0));
  it('is not a container from elsewhere on the line', () => assert.equal(cursorLayer(file, modelFile, 13, 0, same), null));
  it('is none on other lines', () => assert.equal(cursorLayer(file, modelFile, 9, 0, same), null));
});
