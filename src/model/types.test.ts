import { expect, it } from 'vitest';
import { typesModule } from '../build/types.mjs';
import { kinds } from './kinds.ts';

it('the types are those of the schemas', async () => {
  await expect(await typesModule(kinds)).toMatchFileSnapshot('types.ts');
});
