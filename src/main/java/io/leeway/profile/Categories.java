package io.leeway.profile;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The frozen dictionary of a categorical column: the values that the reference held, each counted
 * for ever, and how many others are counted by name beside them.
 */
public final class Categories implements Grid<CategoricalProfile> {
  private static final long serialVersionUID = 1L;

  /** How many values outside the dictionary are counted by name unless said otherwise. */
  public static final int UNSEEN_LIMIT = 10_000;

  private final ArrayList<String> values;
  private final int unseenLimit;
  private transient Map<String, Integer> codes;

  /**
   * @param values the dictionary, in any order, without {@code null}
   * @param unseenLimit how many values outside of it are counted by name, at least 1
   */
  public Categories(List<String> values, int unseenLimit) {
    this.values = new ArrayList<>(new TreeSet<>(values));
    this.unseenLimit = unseenLimit;
    if (unseenLimit < 1) {
      throw new IllegalArgumentException(
          "The limit of unseen values must be positive, not " + unseenLimit + ".");
    }
    index();
  }

  /** A dictionary with all names of this one and, while there is room, those of a new reference. */
  public Categories refined(Collection<String> ofReference) {
    List<String> added = ofReference.stream().filter(value -> code(value) < 0).toList();
    int room = Math.max(0, UNSEEN_LIMIT - size());
    List<String> all = new ArrayList<>(values);
    all.addAll(HashOrder.first(added, room));
    return new Categories(all, unseenLimit);
  }

  /** The names that both dictionaries have. */
  Categories common(Categories other) {
    return new Categories(
        values.stream().filter(value -> other.code(value) >= 0).toList(),
        Math.min(unseenLimit, other.unseenLimit));
  }

  private void index() {
    codes = new HashMap<>();
    for (int code = 0; code < values.size(); code++) {
      codes.put(values.get(code), code);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    index();
  }

  @Override
  public CategoricalProfile rebuild(StoredProfile stored) {
    return CategoricalProfile.of(this, stored);
  }

  @Override
  public CategoricalTally tally(BinDetail detail) {
    return new CategoricalTally(this);
  }

  /** Ascending. */
  public List<String> values() {
    return List.copyOf(values);
  }

  /** The value at a place. */
  public String value(int code) {
    return values.get(code);
  }

  public int size() {
    return values.size();
  }

  public int unseenLimit() {
    return unseenLimit;
  }

  /** The place of a value in the dictionary, or -1. */
  public int code(String value) {
    return codes.getOrDefault(value, -1);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Categories other
        && values.equals(other.values)
        && unseenLimit == other.unseenLimit;
  }

  @Override
  public int hashCode() {
    return values.hashCode() * 31 + unseenLimit;
  }
}
