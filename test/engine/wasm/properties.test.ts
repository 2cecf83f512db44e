import { properties } from '../properties.ts';
import { singleThreaded } from './engineUnderTest.ts';

properties('kernels', (recording, outputs) => recording.run(outputs, singleThreaded));
