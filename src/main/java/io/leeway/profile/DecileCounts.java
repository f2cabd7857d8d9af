package io.leeway.profile;

/** Rows of a reference and of a window between the deciles of the reference, lowest first. */
public final class DecileCounts {
  private final long[] reference;
  private final long[] window;

  DecileCounts(long[] reference, long[] window) {
    this.reference = reference;
    this.window = window;
  }

  public long[] reference() {
    return reference.clone();
  }

  /** As many as of the reference. */
  public long[] window() {
    return window.clone();
  }
}
