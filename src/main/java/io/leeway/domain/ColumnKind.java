package io.leeway.domain;

/** How a column is profiled. */
public enum ColumnKind {
  /** Numbers, dates and timestamps, on frozen bins. */
  NUMERIC,
  /** Texts and booleans, on a dictionary. */
  CATEGORICAL,
  /** What the model returned, on finer bins, split by its decision where there is one. */
  SCORE,
  /** Numbers of which the relative error counts, on a fixed logarithmic ladder of bins besides. */
  OPERATIONAL,
  /** Several columns together, by moments of their normal scores. */
  JOINT,
  /** The sums of two columns, of which one is held against the other. */
  RATIO,
  /** Identifiers, of which only is told how often they occur. */
  IDS
}
