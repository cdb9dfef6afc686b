import type { SarifOptions } from '../report/options.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** Where a pipeline shows the files that it works on, with a file's path behind it: GitHub Actions and GitLab CI say it. */
export function sourceUrlOf(env: Variables): string | undefined {
  const github = join([env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY, 'blob', env.GITHUB_SHA]);
  return github ?? join([env.CI_PROJECT_URL, '-', 'blob', env.CI_COMMIT_SHA]);
}

/** The repository that a pipeline works on, and the commit. */
export function repositoryOf(env: Variables): SarifOptions['repository'] {
  const github = { url: join([env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY]), revision: env.GITHUB_SHA };
  const { url, revision } = github.url === undefined ? { url: join([env.CI_PROJECT_URL]), revision: env.CI_COMMIT_SHA } : github;
  if (url === undefined || revision === undefined || !/^[0-9a-f]{7,64}$/.test(revision)) return undefined;
  return { url: url.slice(0, -1), revision };
}

function join(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some((part) => part === undefined || part === '')) return undefined;
  const url = `${parts.join('/')}/`;
  return /^https?:\/\/[\w.:/~-]+$/.test(url) ? url : undefined;
}
