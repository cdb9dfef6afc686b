import { type CST, Composer, type Document, type DocumentOptions, Lexer, type ParseOptions, Parser, type SchemaOptions } from 'yaml';
import { followsMarker } from './documents.ts';
import { convert } from './library-convert.ts';
import { Unconvertible } from './library-scalars.ts';
import { firstProblem, leadingTab, tabProblem, unreadableCharacter } from './library-problems.ts';
import { limits } from './limits.ts';
import type { Library } from './read.ts';
import { BeyondLimits, tooDeep } from './scan-state.ts';
import type { DocumentSpan, Node, Reading, Value, YamlProblem } from './value.ts';

type Outcome = { readonly kind: 'value'; readonly value: Value; readonly root: Node | undefined } | Exclude<Reading, { kind: 'value' }>;

/** Reads any YAML with the `yaml` package, 50 times slower than the scanner, and says what is wrong with broken text. */
export const library: Library = {
  readDocument(text, span) {
    const outcome = readWithLibrary(text, span, false);
    return outcome.kind === 'value' ? { kind: 'value', value: outcome.value } : outcome;
  },
  readNodes(text, span) {
    const outcome = readWithLibrary(text, span, true);
    return outcome.kind === 'value' ? outcome.root : undefined;
  },
};

/** Both at once: the value and, with `placing`, the root's node. */
export function readWithLibrary(text: string, span: DocumentSpan, placing: boolean): Outcome {
  if (span.end - span.start > limits.slowDocument) {
    const message = `a document with anchors, tags or broken text is read up to ${String(limits.slowDocument / 1024 / 1024)} MiB, and this one is larger`;
    return { kind: 'beyond-limits', problem: { message, range: { start: span.start, end: span.start } } };
  }
  const unreadable = unreadableCharacter(text, span);
  if (unreadable) return { kind: 'broken', problems: [unreadable] };
  // The package has to see the `---` to know that no block collection may begin on its line.
  const offset = followsMarker(text, span.start) ? span.start - 3 : span.start;
  // YAML has three kinds of line breaks; the package does not know the lone CR.
  const source = text.slice(offset, span.end).replace(/\r(?!\n)/g, '\n');
  try {
    const document = parse(source, offset);
    const failure = firstProblem({ source, offset, document });
    if (failure) return failure;
    const tab = leadingTab(source, document);
    if (tab) return { kind: 'broken', problems: [tabProblem({ start: tab.start + offset, end: tab.end + offset })] };
    return { kind: 'value', ...convert({ text, source, offset, document, placing }) };
  } catch (error) {
    if (error instanceof Unconvertible) return { kind: 'broken', problems: [error.problem] };
    if (error instanceof BeyondLimits) return { kind: 'beyond-limits', problem: error.problem };
    throw error;
  }
}

/** A text that goes wrong so often is not read to its end: only the first cause is told, and each error costs time. */
const mostErrors = 20;

/**
 * Parses a text. Throws `BeyondLimits` where it nests too deep, long before the package would run out of stack: that is
 * no error that could be caught if it happens inside of a regular expression.
 */
function parse(source: string, offset: number): Document.Parsed {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let errors = 0;
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(withoutCommentLines(source))) {
    lexemes += 1;
    if (lexemes > limits.slowTokens) throw new BeyondLimits(tooManyTokens(offset + parser.offset));
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error') errors += 1;
    }
    // The document and a scalar are on the stack besides the collections.
    if (parser.stack.length > limits.depth + 2) throw new BeyondLimits(tooDeep(offset + parser.offset));
    if (errors >= mostErrors) break;
  }
  for (const token of parser.end()) tokens.push(token);
  return withoutStacks(() => compose(tokens, source));
}

/** What the package's lexer says beside what is written. */
const marks: ReadonlySet<string> = new Set(['\u0002', '\u0018', '\u001F']);

/**
 * The text with blanks for comments that have lines of their own between a key or a dash and its value: behind one that stands further left the package
 * takes a plain value and the next key for one key. Elsewhere blanks do not mean the same, since a comment ends a plain scalar.
 */
function withoutCommentLines(source: string): string {
  if (!/^ *#/m.test(source)) return source;
  const parts: string[] = [];
  let lexemes = 0;
  let lineBegins = true;
  let awaitsValue = false;
  for (const lexeme of new Lexer().lex(source)) {
    lexemes += 1;
    // Too many are told where they are parsed.
    if (lexemes > limits.slowTokens) return source;
    if (marks.has(lexeme)) continue;
    const isComment = lexeme.startsWith('#');
    parts.push(isComment && lineBegins && awaitsValue ? ' '.repeat(lexeme.length) : lexeme);
    const isBlank = /^\s+$/.test(lexeme);
    lineBegins = lexeme.endsWith('\n') || (lineBegins && isBlank);
    if (!isBlank && !isComment) awaitsValue = lexeme === ':' || lexeme === '-';
  }
  return parts.join('');
}

function tooManyTokens(at: number): YamlProblem {
  const message = `more than ${String(limits.slowTokens)} tokens in a document with anchors, tags or broken text`;
  return { message, range: { start: at, end: at } };
}

function compose(tokens: readonly CST.Token[], source: string): Document.Parsed {
  const [document] = new Composer(options).compose(tokens, true, source.length);
  // `forceDoc` makes sure of it.
  if (!document) throw new Error('the yaml package composed no document');
  return document;
}

/** The package makes an Error of each fault; the stacks that nobody looks at would take most of the time. */
function withoutStacks<T>(run: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const options: ParseOptions & DocumentOptions & SchemaOptions = {
  // Plain scalars stay text, and scalar.ts says what they mean.
  schema: 'failsafe',
  resolveKnownTags: false,
  merge: false,
  uniqueKeys: false,
  keepSourceTokens: true,
  prettyErrors: false,
  strict: true,
  logLevel: 'error',
};
