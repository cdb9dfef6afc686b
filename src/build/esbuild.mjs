/** What both steps of the build have in common. */

/** Options of esbuild. */
export const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minify: true,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'silent',
};

/** Whatever looks wrong to esbuild is an error, such as a top-level await or `import.meta`, which CommonJS does not have. */
export function refuse(warnings) {
  if (warnings.length > 0)
    throw new Error(warnings.map(({ text, location }) => `${location?.file ?? ''}:${location?.line ?? ''} ${text}`).join('\n'));
}
