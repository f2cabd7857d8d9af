package io.leeway.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * One value of a slice: the values of its columns, in its order. A missing value is {@code null}
 * and a segment of its own; {@link #OTHER} as the value of every column stands for all segments
 * above the limit.
 */
public record Segment(Slice slice, List<String> values) {
  /** All rows. */
  public static final Segment ALL = new Segment(Slice.OVERALL, List.of());

  /** The value of every column of the segment into which those above the limit were folded. */
  public static final String OTHER = "(other)";

  private static final String MISSING = "(null)";

  public Segment {
    if (values.size() != slice.columns().size()) {
      throw new IllegalArgumentException("Slice " + slice + " has not the values " + values + ".");
    }
    values = Collections.unmodifiableList(new ArrayList<>(values));
  }

  /** What a slice's segments above the limit are folded into. */
  public static Segment other(Slice slice) {
    return new Segment(slice, Collections.nCopies(slice.columns().size(), OTHER));
  }

  /** Whether it stands for all segments above the limit. */
  public boolean isOther() {
    return values.contains(OTHER);
  }

  /** Whether no column has a value. */
  public boolean isMissing() {
    return values.stream().allMatch(Objects::isNull);
  }

  /**
   * Column to value in slice order; a missing value is {@code null}. This, not the text, decides.
   */
  public Map<String, String> valuesByColumn() {
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      map.put(slice.columns().get(i), values.get(i));
    }
    return map;
  }

  /**
   * For eyes: {@code state=VIC, age_band=18-25}, empty for all rows. A missing value reads {@code
   * (null)}; a comma, an equals sign, a backslash, or a value that reads like a mark is escaped
   * with a backslash.
   */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ");
    for (int i = 0; i < values.size(); i++) {
      text.add(escape(slice.columns().get(i)) + "=" + rendered(values.get(i)));
    }
    return text.toString();
  }

  private static String rendered(String value) {
    if (value == null) {
      return MISSING;
    }
    return value.equals(MISSING) ? "\\" + value : escape(value);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("=", "\\=");
  }
}
