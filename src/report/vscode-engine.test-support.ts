/**
 * VS Code's own reading of a task's output, which comes with @codingame/monaco-vscode-task-service-override. Its packages have types for all of VS
 * Code, which take long to check: what is used of them is written down here.
 */

interface EngineMarker {
  readonly severity: number;
  readonly message: string;
  readonly code?: string;
  readonly source?: string;
  readonly startLineNumber: number;
  readonly startColumn: number;
  readonly endLineNumber: number;
  readonly endColumn: number;
}

interface EngineUri {
  readonly path: string;
}

interface Collector {
  aboutToStart(): void;
  processLine(line: string): void;
  forceDelivery(): void;
  readonly tail?: Promise<void>;
  onDidStateChange(listener: (event: { readonly kind: string }) => void): void;
}

interface ProblemMatcherModule {
  readonly ProblemMatcherParser: new (logger: unknown) => { parse(json: unknown): object | undefined };
}

interface CollectorsModule {
  readonly WatchingProblemCollector: new (
    matchers: readonly object[],
    markers: unknown,
    models: unknown,
    files: unknown,
    log: unknown,
  ) => Collector;
}

interface ParsersModule {
  readonly ValidationStatus: new () => object;
}

const api = '@codingame/monaco-vscode-api/vscode/vs';
const collectors = '@codingame/monaco-vscode-task-service-override/vscode/vs/workbench/contrib/tasks/common/problemCollectors';

const severities: Readonly<Record<number, string>> = { 8: 'error', 4: 'warning', 2: 'info', 1: 'hint' };

/** What the Problems view has: `path line:column-line:column severity code: message`. */
export interface ProblemsView {
  /** As the terminal shows the lines. Resolves when they have been dealt with. */
  print(...lines: readonly string[]): Promise<void>;
  readonly problems: readonly string[];
  /** `begins` and `ends`, as often as they were seen. */
  readonly events: readonly string[];
}

/** Starts a background task with a matcher. `existing` are the paths of the files that are there. Throws what the matcher's parser says against it. */
export async function backgroundTask(matcher: unknown, existing: readonly string[]): Promise<ProblemsView> {
  const problemMatcher = `${api}/workbench/contrib/tasks/common/problemMatcher`;
  const parsers = `${api}/base/common/parsers`;
  const { ProblemMatcherParser } = (await import(problemMatcher)) as ProblemMatcherModule;
  const { ValidationStatus } = (await import(parsers)) as ParsersModule;
  const { WatchingProblemCollector } = (await import(collectors)) as CollectorsModule;

  const complain = (message: string): void => {
    throw new Error(message);
  };
  const logger = { status: new ValidationStatus(), info: complain, warn: complain, error: complain, fatal: complain };
  const parsed = new ProblemMatcherParser(logger).parse(matcher);
  if (parsed === undefined) throw new Error('the matcher was not understood');

  const byPath = new Map<string, { readonly uri: EngineUri; readonly list: readonly EngineMarker[] }>();
  const nothing = { dispose: () => undefined };
  const markers = {
    read: () => [...byPath.values()].map(({ uri }) => ({ resource: uri })),
    changeOne: (_owner: string, uri: EngineUri, list: readonly EngineMarker[]) => byPath.set(uri.path, { uri, list }),
    remove: (_owner: string, uris: readonly EngineUri[]) => {
      for (const { path } of uris) byPath.delete(path);
    },
    onMarkerChanged: () => nothing,
  };
  const models = { onModelAdded: () => nothing, onModelRemoved: () => nothing, getModels: () => [] };
  const files = {
    stat: ({ path }: EngineUri) =>
      existing.includes(path) ? Promise.resolve({ isFile: true, isDirectory: false }) : Promise.reject(new Error('no such file')),
  };
  const log = { trace: () => undefined };
  const collector = new WatchingProblemCollector([parsed], markers, models, files, log);
  const events: string[] = [];
  collector.onDidStateChange(({ kind }) => events.push(kind === 'backgroundProcessingBegins' ? 'begins' : 'ends'));
  collector.aboutToStart();

  return {
    events,
    async print(...lines) {
      for (const line of lines) collector.processLine(line);
      await collector.tail;
      collector.forceDelivery();
    },
    get problems() {
      return [...byPath].flatMap(([path, { list }]) =>
        list.map(({ severity, message, code = '', startLineNumber, startColumn, endLineNumber, endColumn }) => {
          const range = `${String(startLineNumber)}:${String(startColumn)}-${String(endLineNumber)}:${String(endColumn)}`;
          return `${path} ${range} ${severities[severity] ?? ''} ${code}: ${message}`;
        }),
      );
    },
  };
}
