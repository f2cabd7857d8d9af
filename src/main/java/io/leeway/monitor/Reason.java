package io.leeway.monitor;

/** Why a base window is scanned. */
enum Reason {
  /** Nothing is published of it yet. */
  NEW_ROWS,
  /** Rows were appended to it after it was scanned. */
  LATE_ROWS,
  /** Files with its rows were replaced, and its rows are not the same ones as before. */
  REWRITTEN,
  /** What is published of it was made by another configuration. */
  CONFIG,
  /** The log did not tell what has changed, and its rows are not the same ones as before. */
  FALLBACK,
  /** Labels of its predictions came, changed or went. */
  LABELS,
  /** Its predictions were scanned again since it was joined with their labels. */
  INPUTS,
  /** By now its labels have come, if they ever do. */
  MATURED,
  /** It was asked for by {@code --from} or {@code --until}. */
  ASKED,
  /** It is compared with the window before it, which is scanned. */
  FOLLOWS,
  /** What needs it was computed while another run replaced it, or what it is computed with. */
  OVERTAKEN
}
