package io.leeway.retrain.gate;

/** What came of a check. */
public enum CheckStatus {
  PASS,
  /** People should look; the candidate is not held up. */
  WARN,
  /** The candidate is held up. */
  FAIL,
  /** It compares with a champion, and there is none. */
  SKIPPED_NO_CHAMPION,
  /** A part of the rows is too small to be judged; people should look. */
  INSUFFICIENT_DATA,
  /** It could not be made for a reason that is not the candidate's; that holds it up, too. */
  ERROR;

  /** Whether a candidate with such a check is not blessed. */
  public boolean blocks() {
    return this == FAIL || this == ERROR;
  }
}
