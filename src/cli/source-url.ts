type Variables = Readonly<Record<string, string | undefined>>;

/** Where a pipeline shows the files that it works on, with a file's path behind it: GitHub Actions and GitLab CI say it. */
export function sourceUrlOf(env: Variables): string | undefined {
  const github = join([env.GITHUB_SERVER_URL, env.GITHUB_REPOSITORY, 'blob', env.GITHUB_SHA]);
  return github ?? join([env.CI_PROJECT_URL, '-', 'blob', env.CI_COMMIT_SHA]);
}

function join(parts: readonly (string | undefined)[]): string | undefined {
  if (parts.some((part) => part === undefined || part === '')) return undefined;
  const url = `${parts.join('/')}/`;
  return /^https?:\/\/[\w.:/~-]+$/.test(url) ? url : undefined;
}
