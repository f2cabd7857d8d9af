package io.leeway.retrain.gate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * SHA-256, in lower hexadecimal, of checks: who approves a candidate approves what these say, and
 * none of it can be changed afterwards without notice.
 *
 * <p>The text that is digested is {@code leeway gate evidence 1} and then each check, by id in the
 * order of UTF-16, so that the order of rows in a table does not count. Of a check all seventeen
 * components are in it in their order, each as the number of its characters, a colon and itself, or
 * {@code -} where it is empty; doubles as Java writes them, which is exact. Every part ends in a
 * line feed.
 */
public final class EvidenceDigest {
  private static final String FORMAT = "leeway gate evidence 1";

  private EvidenceDigest() {}

  /**
   * Of checks in any order.
   *
   * @throws IllegalArgumentException if two checks have one id
   */
  public static String of(List<GateCheck> checks) {
    if (checks.stream().map(GateCheck::id).distinct().count() != checks.size()) {
      throw new IllegalArgumentException("Two checks have one id.");
    }
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    checks.stream()
        .sorted(Comparator.comparing(GateCheck::id))
        .forEach(check -> append(text, check));
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256.", e);
    }
  }

  private static void append(StringBuilder text, GateCheck check) {
    append(text, check.id());
    append(text, check.group().text());
    append(text, check.metric());
    append(text, check.slice());
    append(text, check.segment());
    append(text, check.attribute());
    append(text, check.scenario());
    append(text, Long.toString(check.n()));
    append(
        text,
        check.positives().isPresent()
            ? Optional.of(Long.toString(check.positives().getAsLong()))
            : Optional.empty());
    append(text, check.candidate());
    append(text, check.champion());
    append(text, check.difference());
    append(text, check.low());
    append(text, check.high());
    append(text, check.limit());
    append(text, check.status().name());
    append(text, check.sentence());
  }

  private static void append(StringBuilder text, OptionalDouble value) {
    append(
        text,
        value.isPresent()
            ? Optional.of(Double.toString(value.getAsDouble()))
            : Optional.<String>empty());
  }

  private static void append(StringBuilder text, Optional<String> value) {
    value.ifPresentOrElse(it -> append(text, it), () -> text.append("-\n"));
  }

  private static void append(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value).append('\n');
  }
}
