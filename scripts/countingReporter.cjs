// Mocha's spec reporter that also writes how many tests passed and failed, for scripts/test.mjs to add up.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once('end', () => writeFileSync('out/unit-results.json', JSON.stringify({ passed: this.stats.passes, failed: this.stats.failures })));
  }
};
