package io.leeway.profile;

/** How much is kept per bin besides its count. */
public enum BinDetail {
  /** Least, greatest and sum of the values of every fine bin: the overall slice. */
  FINE,
  /** Sums of the coarse bins only: every other slice. */
  COARSE
}
