package io.leeway.policy.notice;

import io.leeway.policy.notice.Notice.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Several notices of one model as one. The notices alone decide its id, so that a second try of the
 * same digest is known as such; it is an incident of its own to those who keep incidents, which
 * they close by hand.
 */
final class Digest {
  /** Titles in the text; the rest is counted. */
  private static final int SHOWN = 20;

  private Digest() {}

  /** Of at least one notice, in the order in which they are told. */
  static Notice of(List<Notice> notices) {
    String model = notices.get(0).model();
    String[] ids = notices.stream().map(Notice::id).sorted().toArray(String[]::new);
    String id = Notice.idOf("digest", Notice.idOf(ids));
    Map<String, String> details = new LinkedHashMap<>();
    details.put("notices", String.valueOf(notices.size()));
    details.put(
        "incidents",
        notices.stream().map(Notice::incidentId).distinct().collect(Collectors.joining(", ")));
    return new Notice(
        id,
        model,
        "digest-" + id,
        Kind.DIGEST,
        worst(notices),
        model + ": " + notices.size() + " notices, " + counts(notices),
        text(notices),
        notices.stream().map(Notice::startedAt).min(Comparator.naturalOrder()).orElseThrow(),
        notices.stream().map(Notice::at).max(Comparator.<Instant>naturalOrder()).orElseThrow(),
        details,
        shared(notices, Notice::owner),
        shared(notices, Notice::runbook));
  }

  private static String worst(List<Notice> notices) {
    String worst = notices.get(0).severity();
    for (Notice notice : notices) {
      worst = notice.isAtLeast(worst) ? notice.severity() : worst;
    }
    return worst;
  }

  private static String counts(List<Notice> notices) {
    Map<Kind, Long> counts =
        notices.stream()
            .collect(
                Collectors.groupingBy(
                    Notice::kind, () -> new EnumMap<>(Kind.class), Collectors.counting()));
    return counts.entrySet().stream()
        .map(of -> of.getValue() + " " + of.getKey().text())
        .collect(Collectors.joining(", "));
  }

  private static String text(List<Notice> notices) {
    String shown =
        notices.stream()
            .limit(SHOWN)
            .map(notice -> "- " + notice.headline())
            .collect(Collectors.joining("\n"));
    int hidden = notices.size() - SHOWN;
    return hidden > 0 ? shown + "\nand " + hidden + " more" : shown;
  }

  /** What all notices agree on. */
  private static Optional<String> shared(
      List<Notice> notices, Function<Notice, Optional<String>> of) {
    List<Optional<String>> distinct = notices.stream().map(of).distinct().toList();
    return distinct.size() == 1 ? distinct.get(0) : Optional.empty();
  }
}
