package io.leeway.policy;

import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.verdict.Severity;
import io.leeway.policy.verdict.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What judging came to for one model.
 *
 * @param windows that were judged
 * @param verdicts how many of each kind
 * @param changes what happened to incidents, in order, without those that only went on
 * @param open incidents that are not over
 */
public record JudgeReport(
    int windows, Map<Verdict.Kind, Long> verdicts, List<Change> changes, List<Incident> open) {
  private static final int TOLD = 10;

  public JudgeReport {
    verdicts = Collections.unmodifiableMap(new EnumMap<>(verdicts));
    changes = List.copyOf(changes);
    open = List.copyOf(open);
  }

  /** In plain words, a line each. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    if (windows > 0) {
      long all = verdicts.values().stream().mapToLong(Long::longValue).sum();
      words.add(
          String.format(
              Locale.ROOT,
              "Judged %,d window%s by %,d verdicts, %,d of them breaches.",
              windows,
              windows == 1 ? "" : "s",
              all,
              verdicts.getOrDefault(Verdict.Kind.BREACH, 0L)));
    }
    changes.stream().limit(TOLD).forEach(change -> words.add(line(change)));
    if (changes.size() > TOLD) {
      words.add("… and " + (changes.size() - TOLD) + " more; 'leeway incidents list' tells all.");
    }
    if (windows > 0) {
      words.add(open.isEmpty() ? "No incident is open." : open.size() + " incidents are open.");
    }
    return words;
  }

  private static String line(Change change) {
    Incident incident = change.incident();
    return String.format(
        Locale.ROOT,
        "Incident %s %s (%s): %s, since %s. %s",
        incident.id(),
        change.event().text(),
        incident.severity().text(),
        incident.headline(),
        incident.started(),
        change.reason());
  }

  /** The greatest severity among incidents that are not over. */
  public Optional<Severity> worst() {
    return open.stream().map(Incident::severity).max(Severity::compareTo);
  }
}
