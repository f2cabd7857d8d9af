package io.leeway.policy.notice;

import io.leeway.domain.RunIdentity;
import io.leeway.policy.verdict.Severity;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is to be told of an incident.
 *
 * @param id the same whenever the same is told, so that a receiver can drop what it has; 1 to 255
 *     visible ASCII characters
 * @param incidentId by which receivers know what belongs together
 * @param severity {@code investigate}, {@code retrain} or {@code emergency}: that of the incident
 * @param title one line
 * @param text plain words
 * @param startedAt start of the first bad window
 * @param at when it was written
 * @param details further facts by name, in the order in which they are shown
 * @param owner whom the model or rule belongs to
 * @param runbook where it is written what to do, usually a link
 */
public record Notice(
    String id,
    String model,
    String incidentId,
    Kind kind,
    String severity,
    String title,
    String text,
    Instant startedAt,
    Instant at,
    Map<String, String> details,
    Optional<String> owner,
    Optional<String> runbook) {
  private static final Pattern ID = Pattern.compile("[!-~]{1,255}");

  /** What has happened to the incident. */
  public enum Kind {
    OPENED,
    UPDATED,
    ESCALATED,
    REOPENED,
    RESOLVED,
    /** Several notices in one. */
    DIGEST;

    /** In running text. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Notice {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException("'" + id + "' is no id of a notice; make it by idOf.");
    }
    if (model.isBlank() || incidentId.isBlank() || title.isBlank() || text.isBlank()) {
      throw new IllegalArgumentException(
          "Notice " + id + " names no model or no incident, or says no word.");
    }
    if (title.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("The title of notice " + id + " is not one line.");
    }
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(runbook, "runbook");
    rank(severity);
    Map<String, String> copy = new LinkedHashMap<>();
    details.forEach((name, value) -> copy.put(name, Objects.requireNonNull(value, name)));
    details = Collections.unmodifiableMap(copy);
  }

  /** An id that the parts alone decide, such as incident, kind and window. */
  public static String idOf(String... parts) {
    return RunIdentity.hash(List.of(parts));
  }

  /** Whether it is as severe as this, or more. */
  public boolean isAtLeast(String least) {
    return rank(severity).compareTo(rank(least)) >= 0;
  }

  private static Severity rank(String severity) {
    for (Severity known : Severity.values()) {
      if (known.text().equals(severity)) {
        return known;
      }
    }
    throw new IllegalArgumentException("'" + severity + "' is no severity of a notice.");
  }

  /** The title with what happened and how bad it is: {@code opened (emergency): ...}. */
  String headline() {
    return kind.text() + " (" + severity + "): " + title;
  }

  /** The runbook where it is a link. */
  Optional<String> link() {
    return runbook.filter(text -> text.matches("https?://\\S+"));
  }

  /** In one JSON object, {@link #ofJson} reads it. */
  public String toJson() {
    return NoticeJson.write(this);
  }

  /**
   * What {@link #toJson} has written.
   *
   * @throws IllegalArgumentException if the text is anything else
   */
  public static Notice ofJson(String json) {
    return NoticeJson.read(json);
  }
}
