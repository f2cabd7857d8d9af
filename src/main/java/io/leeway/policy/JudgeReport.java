package io.leeway.policy;

import io.leeway.policy.incident.Change;
import io.leeway.policy.incident.Incident;
import io.leeway.policy.notice.ModelSnapshot;
import io.leeway.policy.verdict.Severity;
import io.leeway.policy.verdict.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What judging came to for one model.
 *
 * @param windows that were judged
 * @param counts how many verdicts of each kind, by severity
 * @param changes what happened to incidents, in order, without those that only went on
 * @param open incidents that are not over
 * @param idle rules on one column that found nothing stored of it in any window, in short
 */
public record JudgeReport(
    int windows,
    Map<Severity, Map<Verdict.Kind, Long>> counts,
    List<Change> changes,
    List<Incident> open,
    List<String> idle) {
  private static final int TOLD = 10;

  public JudgeReport {
    Map<Severity, Map<Verdict.Kind, Long>> copy = new EnumMap<>(Severity.class);
    counts.forEach((severity, of) -> copy.put(severity, Map.copyOf(of)));
    counts = Collections.unmodifiableMap(copy);
    changes = List.copyOf(changes);
    open = List.copyOf(open);
    idle = List.copyOf(idle);
  }

  /** How many verdicts of each kind. */
  public Map<Verdict.Kind, Long> verdicts() {
    Map<Verdict.Kind, Long> all = new EnumMap<>(Verdict.Kind.class);
    counts.values().forEach(of -> of.forEach((kind, n) -> all.merge(kind, n, Long::sum)));
    return all;
  }

  /** How the model stands, for gauges. */
  ModelSnapshot snapshot(String model) {
    Map<String, Long> incidents = new TreeMap<>();
    open.forEach(of -> incidents.merge(of.severity().text(), 1L, Long::sum));
    List<ModelSnapshot.VerdictCount> said = new ArrayList<>();
    counts.forEach(
        (severity, of) ->
            of.forEach(
                (kind, n) ->
                    said.add(
                        new ModelSnapshot.VerdictCount(
                            severity.text(), kind.name().toLowerCase(Locale.ROOT), n))));
    return new ModelSnapshot(model, incidents, said, Optional.of(Instant.now()));
  }

  /** In plain words, a line each. */
  public List<String> words() {
    List<String> words = new ArrayList<>();
    Map<Verdict.Kind, Long> verdicts = verdicts();
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
    for (String rule : idle) {
      words.add(
          "Rule '"
              + rule
              + "' had nothing to judge: nothing is stored of its column under that metric. Columns"
              + " are named as in the results.");
    }
    changes.stream().limit(TOLD).forEach(change -> words.add(line(change)));
    if (changes.size() > TOLD) {
      words.add("… and " + (changes.size() - TOLD) + " more; 'leeway incidents list' tells all.");
    }
    if (windows > 0) {
      words.add(openWords());
    }
    return words;
  }

  private String openWords() {
    return switch (open.size()) {
      case 0 -> "No incident is open.";
      case 1 -> "One incident is open.";
      default -> open.size() + " incidents are open.";
    };
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
