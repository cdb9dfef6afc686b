/** What meshlint reads at the most. Past a limit a text is not read, and the run is incomplete (exit code 2). */
export const limits = {
  /** Bytes of one file or of standard input. */
  fileBytes: 256 * 1024 * 1024,
  /** Collections inside each other in one document. */
  depth: 256,
  /** Values of one document, aliases counted as often as they are used. */
  nodes: 1_000_000,
  /** UTF-16 code units of a document that only the `yaml` package can read (anchors, broken text): it is 50 times slower. */
  slowDocument: 8 * 1024 * 1024,
  /** Tokens (brackets, dashes, blanks, scalars, line breaks: about eight a line) of such a document; each takes up to half a kilobyte of memory, and two microseconds. */
  slowTokens: 1_500_000,
} as const;
