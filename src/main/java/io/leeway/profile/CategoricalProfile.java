package io.leeway.profile;

import io.leeway.domain.ColumnKind;
import io.leeway.stats.Outcome;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is known of a categorical column in one segment: rows of each value. Immutable. */
public final class CategoricalProfile implements Profile<CategoricalProfile> {
  private final Categories dictionary;
  private final long[] counts;
  private final SortedMap<String, Long> unseen;
  private final long nulls;
  private final long others;

  CategoricalProfile(
      Categories dictionary, long[] counts, Map<String, Long> unseen, long nulls, long others) {
    this.dictionary = dictionary;
    this.counts = counts;
    this.unseen = Collections.unmodifiableSortedMap(new TreeMap<>(unseen));
    this.nulls = nulls;
    this.others = others;
  }

  /** The state of no rows. */
  public static CategoricalProfile empty(Categories dictionary) {
    return new CategoricalTally(dictionary).profile();
  }

  public Categories dictionary() {
    return dictionary;
  }

  @Override
  public long rows() {
    return n() + nulls;
  }

  @Override
  public long n() {
    long named = unseen.values().stream().mapToLong(Long::longValue).sum();
    return Arrays.stream(counts).sum() + named + others;
  }

  @Override
  public long nulls() {
    return nulls;
  }

  /** Whether every value is counted by name. */
  public boolean isExact() {
    return others == 0;
  }

  /** The same without the rows that have no value. */
  public CategoricalProfile withoutNulls() {
    return new CategoricalProfile(dictionary, counts, unseen, 0, others);
  }

  /** Rows of values that are not counted by name. */
  public long others() {
    return others;
  }

  /** Rows of the dictionary's value at a place. */
  public long dictionaryCount(int code) {
    return counts[code];
  }

  /** Rows of each value outside the dictionary that is counted by name, ascending by value. */
  public SortedMap<String, Long> unseen() {
    return unseen;
  }

  /** Rows of each value that occurs and is counted by name, ascending by value. */
  public SortedMap<String, Long> byName() {
    SortedMap<String, Long> named = new TreeMap<>(unseen);
    for (int code = 0; code < counts.length; code++) {
      if (counts[code] > 0) {
        named.put(dictionary.value(code), counts[code]);
      }
    }
    return named;
  }

  /**
   * Number of distinct values, missing ones apart: exact while all are counted by name, else
   * estimated from the hashes of those outside the dictionary that are.
   */
  public double distinct() {
    long known = Arrays.stream(counts).filter(rows -> rows > 0).count();
    return known + unseen.size() + othersDistinct();
  }

  /** Relative standard error of {@link #distinct}; 0 where it is exact. */
  public double distinctError() {
    return others == 0 ? 0 : 1 / Math.sqrt(Math.max(1, unseen.size() - 2));
  }

  /** Whether rows of this value, if there are any, are counted by name. */
  boolean countsByName(String value) {
    return others == 0
        || dictionary.code(value) >= 0
        || HashOrder.INSTANCE.compare(value, lastUnseen()) <= 0;
  }

  /** How many values are not counted by name: an estimate, at least 1 if there are any. */
  double othersDistinct() {
    return others == 0
        ? 0
        : Math.max(1, HashOrder.distinct(lastUnseen(), unseen.size()) - unseen.size());
  }

  String lastUnseen() {
    return Collections.max(unseen.keySet(), HashOrder.INSTANCE);
  }

  @Override
  public CategoricalProfile merge(CategoricalProfile other) {
    CategoricalTally tally = new CategoricalTally(dictionary);
    tally.addAll(this);
    tally.addAll(other);
    return tally.profile();
  }

  @Override
  public Outcome<CategoricalProfile> mergeOnCommon(CategoricalProfile other) {
    CategoricalTally tally = new CategoricalTally(dictionary.common(other.dictionary));
    tally.addByName(this);
    tally.addByName(other);
    return Outcome.of(tally.profile());
  }

  @Override
  public StoredProfile stored() {
    StoredProfile.Builder stored = new StoredProfile.Builder(ColumnKind.CATEGORICAL);
    stored.rows = rows();
    stored.n = n();
    stored.nulls = nulls;
    stored.exact = isExact();
    SortedMap<String, Long> named = byName();
    stored.categories = named.keySet().toArray(String[]::new);
    stored.categoryCounts = named.values().stream().mapToLong(Long::longValue).toArray();
    stored.others = others;
    stored.othersDistinct = othersDistinct();
    return stored.build();
  }

  /**
   * Rebuilds a profile from its stored form.
   *
   * @throws IllegalArgumentException if the form is of a later format or not categorical
   */
  public static CategoricalProfile of(Categories dictionary, StoredProfile stored) {
    if (stored.format > StoredProfile.FORMAT || stored.kind != ColumnKind.CATEGORICAL) {
      throw new IllegalArgumentException(
          "A stored profile of format "
              + stored.format
              + " and kind "
              + stored.kind
              + " cannot be read as categorical.");
    }
    long[] counts = new long[dictionary.size()];
    Map<String, Long> unseen = new TreeMap<>();
    if (stored.categories.length != stored.categoryCounts.length
        || Arrays.stream(stored.categoryCounts).anyMatch(rows -> rows <= 0)
        || Arrays.stream(stored.categoryCounts).sum() + stored.others != stored.n) {
      throw new IllegalArgumentException(
          "The counts of a stored profile must be positive and add up to its "
              + stored.n
              + " values.");
    }
    for (int i = 0; i < stored.categories.length; i++) {
      int code = dictionary.code(stored.categories[i]);
      if (code >= 0) {
        counts[code] = stored.categoryCounts[i];
      } else {
        unseen.put(stored.categories[i], stored.categoryCounts[i]);
      }
    }
    return new CategoricalProfile(dictionary, counts, unseen, stored.nulls, stored.others);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CategoricalProfile other
        && dictionary.equals(other.dictionary)
        && Arrays.equals(counts, other.counts)
        && unseen.equals(other.unseen)
        && nulls == other.nulls
        && others == other.others;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts) * 31 + unseen.hashCode();
  }
}
