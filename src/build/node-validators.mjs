/**
 * Serves `import('….schema.json?validator')` to a Node that runs the sources themselves, whatever reads TypeScript there:
 * `node --import ./src/build/node-validators.mjs …`, Node 22.15 or newer.
 */
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const compiler = JSON.stringify(new URL('validators.mjs', import.meta.url).href);

registerHooks({
  load(url, context, nextLoad) {
    const { pathname, searchParams } = new URL(url);
    if (!pathname.endsWith('.schema.json') || !searchParams.has('validator')) return nextLoad(url, context);
    const file = JSON.stringify(fileURLToPath(new URL(pathname, url)));
    // The hook can't wait, and the module can.
    const source = `import { validatorModule } from ${compiler};
const module = await import('data:text/javascript,' + encodeURIComponent(await validatorModule(${file})));
export const { validate, shape } = module;`;
    return { format: 'module', source, shortCircuit: true };
  },
});
