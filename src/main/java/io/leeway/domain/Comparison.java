package io.leeway.domain;

/** What a value was held against. */
public enum Comparison {
  BASELINE("baseline"),
  PREVIOUS("previous"),
  NONE("none");

  private final String text;

  Comparison(String text) {
    this.text = text;
  }

  /** As in the column {@code comparison}. */
  public String text() {
    return text;
  }
}
