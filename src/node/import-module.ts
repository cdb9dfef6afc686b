/**
 * What a module exports; `url` is a file's. A chunk of its own, in which the build leaves `import()` what it is: a plugin may be an ES module.
 * What its author prints while looking for a mistake goes to standard error, since standard output is the report's.
 */
export function importModule(url: string): Promise<Readonly<Record<string, unknown>>> {
  for (const name of ['log', 'info', 'debug', 'dir', 'table'] as const) console[name] = console.error.bind(console);
  return import(/* @vite-ignore */ url) as Promise<Readonly<Record<string, unknown>>>;
}
