package io.leeway.policy;

import io.leeway.policy.incident.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a proposed policy would have said of a model's history, beside the one in force.
 *
 * @param windows that were judged, of all granularities
 * @param took by the clock
 * @param fromProfiles what of the proposed policy's metrics is not stored; empty where all is
 */
public record ReplayReport(
    String model,
    int windows,
    Duration took,
    Optional<FromProfiles> fromProfiles,
    Side proposed,
    Side inForce) {
  private static final int TOLD = 20;

  /**
   * What was computed from profiles since it is not stored.
   *
   * @param took by the clock
   * @param cut windows of which profiles of crosses are no longer kept
   */
  public record FromProfiles(Set<String> metrics, Duration took, int cut) {
    public FromProfiles {
      metrics = Collections.unmodifiableSet(new TreeSet<>(metrics));
    }

    private String words() {
      return String.format(
          Locale.ROOT,
          ", and of '%s' in crosses from profiles (%.1f s)",
          String.join("', '", metrics),
          took.toMillis() / 1e3);
    }
  }

  /**
   * What one policy said.
   *
   * @param incidents the one opened first first
   */
  public record Side(List<OfRule> rules, List<Incident> incidents) {
    public Side {
      rules = List.copyOf(rules);
      incidents = List.copyOf(incidents);
    }

    private long alerts() {
      return rules.stream().mapToLong(OfRule::alerts).sum();
    }
  }

  /**
   * What one rule said.
   *
   * @param judged values that it tested
   * @param alerts of them, breaches
   * @param windows with an alert
   * @param incidents that it took part in
   * @param first end of the first window with an alert
   * @param last end of the last window with an alert
   */
  public record OfRule(
      String rule,
      long judged,
      long alerts,
      int windows,
      long incidents,
      Optional<Instant> first,
      Optional<Instant> last) {
    private String line() {
      if (judged == 0) {
        return rule + ": no value that it could test is stored or follows from stored profiles.";
      }
      String when =
          first.isEmpty()
              ? ""
              : String.format(
                  Locale.ROOT,
                  ", in %,d windows that ended from %s to %s",
                  windows,
                  first.get(),
                  last.get());
      return String.format(
          Locale.ROOT,
          "%s: %,d alerts of %,d values%s; part of %,d incidents.",
          rule,
          alerts,
          judged,
          when,
          incidents);
    }
  }

  /** In plain words, a line each. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(
        String.format(
            Locale.ROOT,
            "%s: replayed %,d windows in %.1f s, from stored metrics%s.",
            model,
            windows,
            took.toMillis() / 1e3,
            fromProfiles.map(FromProfiles::words).orElse("")));
    fromProfiles
        .filter(of -> of.cut() > 0)
        .ifPresent(
            of ->
                words.add(
                    String.format(
                        Locale.ROOT,
                        "Of %,d windows 'leeway maintain' has removed the profiles of crosses; there the proposed policy has nothing but what is stored.",
                        of.cut())));
    words.add("The proposed policy:");
    tell(words, proposed);
    words.add("The policy in force, over the same windows:");
    tell(words, inForce);
    words.add(
        String.format(
            Locale.ROOT,
            "Proposed against in force: %,d alerts against %,d, %,d incidents against %,d.",
            proposed.alerts(),
            inForce.alerts(),
            proposed.incidents().size(),
            inForce.incidents().size()));
    onlyIn(proposed, inForce).forEach(of -> words.add("  only proposed: " + line(of)));
    onlyIn(inForce, proposed).forEach(of -> words.add("  only in force: " + line(of)));
    return words;
  }

  private static void tell(List<String> words, Side side) {
    side.rules().forEach(rule -> words.add("  " + rule.line()));
    side.incidents().stream().limit(TOLD).forEach(of -> words.add("  incident: " + line(of)));
    if (side.incidents().size() > TOLD) {
      words.add("  … and " + (side.incidents().size() - TOLD) + " incidents more.");
    }
  }

  private static String line(Incident incident) {
    return String.format(
        Locale.ROOT,
        "%s (%s), %s to %s",
        incident.headline(),
        incident.severity().text(),
        incident.started(),
        incident.course().lastBad());
  }

  /** Incidents of one side that meet none of the other's in time, rows and columns. */
  private static List<Incident> onlyIn(Side one, Side other) {
    return one.incidents().stream()
        .filter(of -> other.incidents().stream().noneMatch(of::isLike))
        .toList();
  }
}
