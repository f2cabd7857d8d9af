package io.leeway.domain;

/** What a profiled column is there for, and by which slices it is counted. */
public enum ColumnRole {
  /** What the model is given. */
  FEATURE(Scope.ALL_SLICES),
  /** What the model returned: a score or a decision. */
  OUTPUT(Scope.ALL_SLICES),
  /** The time that an answer took. */
  LATENCY(Scope.ALL_SLICES),
  /** What an answer cost. */
  COST(Scope.ALL_SLICES),
  /** Whether an answer failed. */
  FAILURE(Scope.ALL_SLICES),
  /** A reading of the service's machines, such as their memory in use. */
  GAUGE(Scope.ALL_SLICES),
  /** The minute of each row. */
  THROUGHPUT(Scope.OVERALL),
  /** A business metric that is a mean. */
  BUSINESS(Scope.ALL_SLICES),
  /** The same with large values cut, for tests that a few of them must not decide. */
  BUSINESS_CAPPED(Scope.ALL_SLICES),
  /** What stands above the line of a business metric that is a ratio. */
  RATIO_NUMERATOR(Scope.ALL_SLICES),
  /** What stands below it. */
  RATIO_DENOMINATOR(Scope.ALL_SLICES),
  /** The ratio of their sums. */
  BUSINESS_RATIO(Scope.ALL_SLICES),
  /** The identifiers of the rows. */
  IDENTITY(Scope.OVERALL),
  /** All numeric features and the score together, by moments. */
  JOINT(Scope.SHORT_SLICES),
  /** The score by groups of every feature. */
  SCORE_BY_FEATURE(Scope.OVERALL),
  /** What the labels say happened, of the rows that have one. */
  LABEL(Scope.ALL_SLICES, Part.Kind.OUTCOMES),
  /** How long after its prediction a label came. */
  LABEL_DELAY(Scope.ALL_SLICES, Part.Kind.OUTCOMES),
  /** One of the profiles of which all together tell how good the predictions were. */
  OUTCOME(Scope.ALL_SLICES, Part.Kind.OUTCOMES),
  /** By which group of a feature's values a row counts where outcomes are told by features. */
  FEATURE_GROUP(Scope.OVERALL, Part.Kind.OUTCOMES),
  /** What is told by features: the label, and whether the prediction was right. */
  OUTCOME_VALUE(Scope.OVERALL, Part.Kind.OUTCOMES),
  /** Such a value by groups of every feature. */
  OUTCOME_BY_FEATURE(Scope.OVERALL, Part.Kind.OUTCOMES);

  /** By which slices a column is counted. */
  public enum Scope {
    ALL_SLICES(Integer.MAX_VALUE),
    /** The overall slice, and those of one column. */
    SHORT_SLICES(1),
    OVERALL(0);

    private final int mostColumns;

    Scope(int mostColumns) {
      this.mostColumns = mostColumns;
    }

    /** Whether a column of this scope is counted by a slice. */
    public boolean holds(Slice slice) {
      return slice.columns().size() <= mostColumns;
    }
  }

  private final Scope scope;
  private final Part.Kind part;

  ColumnRole(Scope scope) {
    this(scope, Part.Kind.INPUTS);
  }

  ColumnRole(Scope scope, Part.Kind part) {
    this.scope = scope;
    this.part = part;
  }

  /** In which parts its profiles are published. */
  public Part.Kind part() {
    return part;
  }

  public Scope scope() {
    return scope;
  }
}
