package io.leeway.policy.incident;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * By what a cause shows, whatever the metric and the segment: an incident goes on by the signs that
 * it was seen by, and by no others.
 *
 * @param name of the column or family; of several attributes with commas between
 */
public record Sign(Kind kind, String name) implements Comparable<Sign> {
  private static final String JOINED = ", ";

  /** Of what a sign is. */
  public enum Kind {
    /** A source column. */
    COLUMN,
    /** A column that tells how the model is served. */
    SERVICE,
    /** What is missing of rows as such, or how they are served; by family. */
    ROWS,
    /**
     * What may follow from columns in all of a row: scores, performance, calibration; by family.
     */
    CONSEQUENCE,
    /** A gap between the groups of attributes. */
    GROUPS
  }

  public Sign {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
  }

  /** Back from {@link #text()}. */
  public static Sign parse(String text) {
    int at = text.indexOf(' ');
    return new Sign(
        Kind.valueOf(text.substring(0, at).toUpperCase(Locale.ROOT)), text.substring(at + 1));
  }

  /** As it is stored, such as {@code column income}. */
  public String text() {
    return kind.name().toLowerCase(Locale.ROOT) + " " + name;
  }

  /** Whether it may follow from what happened to a column. */
  boolean isConsequence() {
    return kind == Kind.CONSEQUENCE || kind == Kind.GROUPS;
  }

  /** Whether the same elsewhere is another: it is of rows, not of a column. */
  boolean isOfItsRows() {
    return kind == Kind.CONSEQUENCE || kind == Kind.ROWS;
  }

  /** Attributes of a gap. */
  Set<String> attributes() {
    return Set.copyOf(Arrays.asList(name.split(JOINED)));
  }

  static boolean has(Collection<Sign> signs, Kind kind) {
    return signs.stream().anyMatch(of -> of.kind == kind);
  }

  static boolean are(Collection<Sign> signs, Kind kind) {
    return signs.stream().allMatch(of -> of.kind == kind);
  }

  /** The columns or attributes that people would look at. */
  static Set<String> columns(Collection<Sign> signs) {
    return signs.stream()
        .filter(of -> of.kind != Kind.ROWS && of.kind != Kind.CONSEQUENCE)
        .map(Sign::name)
        .collect(Collectors.toSet());
  }

  @Override
  public int compareTo(Sign other) {
    int byKind = kind.compareTo(other.kind);
    return byKind != 0 ? byKind : name.compareTo(other.name);
  }
}
