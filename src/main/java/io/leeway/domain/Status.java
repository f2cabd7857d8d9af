package io.leeway.domain;

/** How far a published value may be relied on. */
public enum Status {
  /** Enough rows, and defined. */
  OK,
  /** Defined, but below the floor of its metric: shown, never judged. */
  LOW_SUPPORT,
  /** The definition puts a number on what is undefined; no rule may use it. */
  CONVENTION,
  /** No value exists; the reason says why. */
  UNDEFINED,
  /** There are no rows at all. */
  NO_DATA
}
