import { properties } from './properties.ts';

properties('reference kernels', (recording, outputs) => recording.run(outputs));
