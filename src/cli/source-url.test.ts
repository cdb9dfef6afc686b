import { describe, expect, it } from 'vitest';
import { sourceUrlOf } from './source-url.ts';

const github = { GITHUB_SERVER_URL: 'https://github.com', GITHUB_REPOSITORY: 'shop/mesh', GITHUB_SHA: '0123abc' };

describe('the address of the sources', () => {
  it('is known in GitHub Actions and GitLab CI', () => {
    expect(sourceUrlOf(github)).toBe('https://github.com/shop/mesh/blob/0123abc/');
    expect(sourceUrlOf({ CI_PROJECT_URL: 'https://gitlab.com/shop/mesh', CI_COMMIT_SHA: '0123abc' })).toBe(
      'https://gitlab.com/shop/mesh/-/blob/0123abc/',
    );
  });

  it('is not guessed', () => {
    expect(sourceUrlOf({})).toBe(undefined);
    expect(sourceUrlOf({ ...github, GITHUB_SHA: '' })).toBe(undefined);
    expect(sourceUrlOf({ ...github, GITHUB_SERVER_URL: 'javascript:x' })).toBe(undefined);
    expect(sourceUrlOf({ ...github, GITHUB_REPOSITORY: 'a b)' })).toBe(undefined);
  });
});
