package io.leeway.profile;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/**
 * Counts categories into a {@link CategoricalProfile}. Values of the dictionary are counted each;
 * of the others, the first ones in {@link HashOrder} up to the limit, and the rest together. Not
 * safe for use by several threads.
 */
public final class CategoricalTally implements Tally<CategoricalProfile>, Serializable {
  private static final long serialVersionUID = 1L;

  private final Categories dictionary;
  private final long[] counts;
  private final HashMap<String, Long> unseen = new HashMap<>();
  private long nulls;
  private long others;

  /** The last text in {@link HashOrder} that may still be counted by name; null while all may. */
  private String last;

  public CategoricalTally(Categories dictionary) {
    this.dictionary = dictionary;
    this.counts = new long[dictionary.size()];
  }

  /** Adds rows of one value; {@code null} is a missing one. */
  public void add(String value, long rows) {
    if (rows == 0) {
      return;
    }
    if (value == null) {
      nulls += rows;
      return;
    }
    int code = dictionary.code(value);
    if (code >= 0) {
      counts[code] += rows;
    } else if (last != null && HashOrder.INSTANCE.compare(value, last) > 0) {
      others += rows;
    } else {
      unseen.merge(value, rows, Long::sum);
      if (unseen.size() >= 2 * dictionary.unseenLimit()) {
        fold();
      }
    }
  }

  /** Adds rows of the dictionary's value at {@code code}, or missing ones if it is -1. */
  public void addCode(int code, long rows) {
    if (code < 0) {
      nulls += rows;
    } else {
      counts[code] += rows;
    }
  }

  /**
   * Adds all rows of a profile.
   *
   * @throws IllegalArgumentException if it was counted on another dictionary
   */
  @Override
  public void addAll(CategoricalProfile profile) {
    if (!dictionary.equals(profile.dictionary())) {
      throw new IllegalArgumentException(
          "Profiles on different dictionaries do not add up; compare them by name.");
    }
    for (int code = 0; code < counts.length; code++) {
      counts[code] += profile.dictionaryCount(code);
    }
    profile.unseen().forEach(this::add);
    addOthers(profile);
  }

  /** Adds all rows of a profile whose dictionary has all names of this one, and maybe more. */
  void addByName(CategoricalProfile profile) {
    profile.byName().forEach(this::add);
    addOthers(profile);
  }

  /** Adds the rows that are not counted by name, missing ones among them. */
  private void addOthers(CategoricalProfile profile) {
    nulls += profile.nulls();
    if (profile.others() > 0) {
      others += profile.others();
      lower(profile.lastUnseen());
    }
  }

  /** Nothing behind {@code text} may be counted by name any more. */
  private void lower(String text) {
    if (last == null || HashOrder.INSTANCE.compare(text, last) < 0) {
      last = text;
      unseen
          .entrySet()
          .removeIf(
              entry -> {
                boolean behind = HashOrder.INSTANCE.compare(entry.getKey(), text) > 0;
                others += behind ? entry.getValue() : 0;
                return behind;
              });
    }
  }

  private void fold() {
    int limit = dictionary.unseenLimit();
    if (unseen.size() > limit) {
      List<String> first = HashOrder.first(unseen.keySet(), limit);
      lower(first.get(limit - 1));
    }
  }

  @Override
  public CategoricalProfile profile() {
    fold();
    return new CategoricalProfile(dictionary, counts, unseen, nulls, others);
  }

  /** Heap held by this tally, in bytes, roughly. */
  public long bytes() {
    return 200 + 8L * counts.length + 120L * unseen.size();
  }
}
