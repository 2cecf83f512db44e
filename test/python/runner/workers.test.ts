import { strict as assert } from 'node:assert';
import { RanFile } from './runFile.ts';

const train = `import torch
import torch.nn as nn
net = nn.Linear(4, 2)
def work(rank, model):
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for _ in range(10):
        loss = model(torch.ones(8, 4)).pow(2).mean()
        loss.backward()
        optimizer.step()
    print("rank", rank)
`;
const left = 'skipped 6:4-68 training is not run: the loop was left after its first step';
const ran = async (code: string): Promise<{ output: string; diagnostics: readonly string[]; optimizer: string | null }> => {
  const file = await RanFile.of(code);
  return { output: file.run.output, diagnostics: file.diagnostics.map((line) => line.replace(/6:4-\d+/, '6:4-68')), optimizer: file.trace().model.trace!.training.optimizer };
};

describe('threads and processes that a file starts', () => {
  it('do at once what they are given to do', async () => {
    const { output, diagnostics } = await ran(`import threading, multiprocessing
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
import torch.nn as nn
net = nn.Linear(4, 2)
found = multiprocessing.Queue()
for number in range(2):
    process = multiprocessing.Process(target=lambda n: found.put(n * n), args=(number,))
    process.start()
    process.join()
print([found.get() for _ in range(2)])
multiprocessing.freeze_support()
found.put(1)
found.join()
found.close()
counter, cells = multiprocessing.Value("i", 3), multiprocessing.Array("d", 2)
with counter.get_lock(), cells.get_lock():
    print(counter.value, list(cells), cells.get_obj() is cells)
thread = threading.Thread(target=print, args=("thread",))
thread.start()
thread.join()
with ThreadPoolExecutor(4) as executor, multiprocessing.Pool() as pool:
    print(ProcessPoolExecutor().submit(abs, 5).result(), list(executor.map(abs, [-1])), executor.submit(abs, -2).result(), pool.map(abs, [-3]), pool.apply_async(abs, (-4,)).get())
`);
    assert.deepEqual([output, diagnostics], ['[0, 1]\n3 [0, 0] True\nthread\n5 [1] 2 [3] 4\n', []]);
  });

  it('train in the first of those that are spawned', async () => {
    assert.deepEqual(await ran(`${train}import torch.multiprocessing as mp\nmp.spawn(work, args=(net,), nprocs=4)\n`),
      { output: 'rank 0\n', diagnostics: ['skipped 12:0-37 the first of 4 processes is run', left], optimizer: 'sgd' });
  });

  it('end with the first that trains, where a loop starts them', async () => {
    assert.deepEqual(await ran(`${train}from multiprocessing import Process
for rank in range(3):
    Process(target=work, args=(rank, net)).start()
`), { output: '', diagnostics: ['skipped 12:0-20 training is not run: the loop was left after its first step'], optimizer: 'sgd' });
  });

  it('are not begun where they would never end', async () => {
    const { output, diagnostics } = await ran(`import threading
import torch.nn as nn
net = nn.Linear(4, 2)
def listen():
    while True:
        pass
threading.Thread(target=listen, daemon=True).start()
def drain(numbers):
    while True:
        if not numbers: break
        print(numbers.pop())
class Draining:
    __hash__ = None
    def __call__(self): print("called")
threading.Thread(target=drain, args=([1],)).start()
threading.Thread(target=Draining()).start()
print("after")
`);
    assert.deepEqual([output, diagnostics], ['1\ncalled\nafter\n', ['skipped 7:0-52 `listen` is not run: it would go on beside the rest of the file, and there is one process']]);
  });

  it('leave nothing to wait for in an empty queue', async () => {
    assert.equal((await ran(`import queue
import torch.nn as nn
net = nn.Linear(4, 2)
try:
    queue.Queue().get(timeout=100)
except queue.Empty:
    print("empty")
`)).output, 'empty\n');
  });
});
