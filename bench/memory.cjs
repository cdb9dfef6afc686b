// Preloaded with --require: writes the peak of the resident set, in KiB, to descriptor 3 when the process ends.
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(3, String(process.resourceUsage().maxRSS)));
