package io.leeway.retrain.gate;

import java.util.List;
import java.util.Objects;

/**
 * What the gate says of a candidate, and all that was looked at.
 *
 * @param ruling {@code NOT_BLESSED} exactly where a check blocks
 * @param checks at least one, in the order of the plan, the floors first
 */
public record Verdict(Ruling ruling, List<GateCheck> checks) {
  /** Whether a candidate may go on. */
  public enum Ruling {
    BLESSED,
    NOT_BLESSED
  }

  public Verdict {
    Objects.requireNonNull(ruling, "ruling");
    checks = List.copyOf(checks);
    if (checks.isEmpty() || ruling != rulingOf(checks)) {
      throw new IllegalArgumentException("The ruling " + ruling + " does not follow from checks.");
    }
  }

  /** What follows from checks. */
  static Verdict of(List<GateCheck> checks) {
    return new Verdict(rulingOf(checks), checks);
  }

  private static Ruling rulingOf(List<GateCheck> checks) {
    return checks.stream().anyMatch(check -> check.status().blocks())
        ? Ruling.NOT_BLESSED
        : Ruling.BLESSED;
  }

  public boolean isBlessed() {
    return ruling == Ruling.BLESSED;
  }

  /** Those that block. */
  public List<GateCheck> blocking() {
    return checks.stream().filter(check -> check.status().blocks()).toList();
  }

  /** To which an approval is bound; see {@link EvidenceDigest}. */
  public String evidenceDigest() {
    return EvidenceDigest.of(checks);
  }
}
