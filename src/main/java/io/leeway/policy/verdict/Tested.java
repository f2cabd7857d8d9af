package io.leeway.policy.verdict;

import java.util.Objects;
import java.util.function.Function;

/** What a rule finds in a stored value, or why it finds nothing. */
sealed interface Tested permits Finding, Tested.Untested {
  /**
   * Nothing can be said.
   *
   * @param kind of the verdict that follows
   */
  record Untested(Verdict.Kind kind, String reason) implements Tested {
    public Untested {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(reason, "reason");
    }

    @Override
    public <R> R fold(Function<Finding, R> ifFound, Function<Untested, R> ifNot) {
      return ifNot.apply(this);
    }
  }

  static Tested undefined(String why) {
    return new Untested(Verdict.Kind.UNDEFINED, why);
  }

  static Tested suppressed(String why) {
    return new Untested(Verdict.Kind.SUPPRESSED, why);
  }

  /** Whichever of the two functions applies. */
  <R> R fold(Function<Finding, R> ifFound, Function<Untested, R> ifNot);
}
