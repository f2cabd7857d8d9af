package io.leeway.simulate;

import java.util.EnumMap;
import java.util.Objects;
import java.util.Optional;

/**
 * Who applies, and what the application form says. A missing value is an empty {@link Optional}.
 */
public final class Applicant {
  private final State state;
  private final int age;
  private final AgeBand ageBand;
  private final String gender;
  private final EnumMap<Feature, Object> features;

  /** Takes over the map, in which a missing value is missing. */
  Applicant(
      State state, int age, AgeBand ageBand, String gender, EnumMap<Feature, Object> features) {
    this.state = state;
    this.age = age;
    this.ageBand = ageBand;
    this.gender = gender;
    this.features = features;
  }

  public String state() {
    return state.name();
  }

  public int age() {
    return age;
  }

  /** {@code 18-25}, {@code 26-35}, {@code 36-50}, {@code 51-64} or {@code 65+}. */
  public String ageBand() {
    return ageBand.label();
  }

  /** {@code f}, {@code m}, {@code x}, or not stated. */
  public Optional<String> gender() {
    return Optional.ofNullable(gender);
  }

  /**
   * The value in a feature column: a Double, Integer, String or Boolean.
   *
   * @throws IllegalArgumentException if there is no such feature
   */
  public Optional<Object> value(String column) {
    return Optional.ofNullable(value(Feature.named(column, feature -> true, "a feature")));
  }

  /** The value, or null where it is missing. */
  Object value(Feature feature) {
    return features.get(feature);
  }

  boolean has(Feature feature) {
    return features.containsKey(feature);
  }

  /** The value of a numeric feature that is there. */
  double number(Feature feature) {
    return ((Number) features.get(feature)).doubleValue();
  }

  boolean hasGender(String sought) {
    return sought.equals(gender);
  }

  /** The same person with another value (null: none) in that column alone. */
  Applicant with(Feature feature, Object value) {
    EnumMap<Feature, Object> changed = features.clone();
    if (value == null) {
      changed.remove(feature);
    } else {
      changed.put(feature, value);
    }
    return new Applicant(state, age, ageBand, gender, changed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Applicant that
        && state == that.state
        && age == that.age
        && Objects.equals(gender, that.gender)
        && features.equals(that.features);
  }

  @Override
  public int hashCode() {
    return Objects.hash(state, age, gender, features);
  }

  @Override
  public String toString() {
    return "Applicant[" + state + ", " + age + ", " + gender + ", " + features + "]";
  }
}
