// Required before tfjs: lets its WASM build with threads start under Node, where tfjs never takes it. Emscripten makes its workers from a
// blob's URL, which Node's Worker does not take, and its worker script expects names that the bundle leaves undefined outside of browsers.
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const written = [];
globalThis.Blob = class {
  constructor(parts) {
    this.path = path.join(os.tmpdir(), `bench-tfjs-${process.pid}-${written.length}.js`);
    fs.writeFileSync(this.path, parts.join(''));
    written.push(this.path);
  }
};
URL.createObjectURL = (blob) => blob.path;
URL.revokeObjectURL = () => {};
process.on('exit', () => written.forEach((file) => fs.rmSync(file, { force: true })));
Object.assign(globalThis, { require$$0: fs, require$$1: path, require$$3: require('node:perf_hooks'), require$$4: os, commonjsGlobal: globalThis });
// tfjs starts no more threads than it counts processors, itself included.
const cpus = os.cpus();
os.cpus = () => [...cpus, ...cpus, ...cpus, ...cpus];
