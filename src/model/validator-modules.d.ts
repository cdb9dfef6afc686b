/** Served by the plugins of src/build/validators.mjs. */
declare module '*.schema.json?validator' {
  export const validate: import('./validators.ts').Check;
  export const shape: import('./project.ts').Shape | undefined;
}
