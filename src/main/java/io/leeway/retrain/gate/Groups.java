package io.leeway.retrain.gate;

import java.util.List;

/** The rows of a holdout by the values of a slice or an attribute. */
public final class Groups {
  private final List<String> texts;
  private final int[] codes;

  private Groups(List<String> texts, int[] codes) {
    this.texts = texts;
    this.codes = codes;
  }

  /**
   * Of codes.
   *
   * @param texts the groups' names; a group may be without rows
   * @param codes for each row the place of its group in texts, or −1 where it is in none
   * @throws IllegalArgumentException if a code is none of that, or a name is there twice
   */
  public static Groups of(List<String> texts, int[] codes) {
    if (texts.stream().distinct().count() != texts.size()) {
      throw new IllegalArgumentException("A group is there twice among " + texts + ".");
    }
    for (int code : codes) {
      if (code < -1 || code >= texts.size()) {
        throw new IllegalArgumentException(
            "There are " + texts.size() + " groups, but a row is in group " + code + ".");
      }
    }
    return new Groups(List.copyOf(texts), codes.clone());
  }

  int rows() {
    return codes.length;
  }

  List<String> texts() {
    return texts;
  }

  /** The rows of each group, ascending. */
  int[][] members() {
    int[] sizes = new int[texts.size()];
    for (int code : codes) {
      if (code >= 0) {
        sizes[code]++;
      }
    }
    int[][] members = new int[sizes.length][];
    for (int g = 0; g < sizes.length; g++) {
      members[g] = new int[sizes[g]];
      sizes[g] = 0;
    }
    for (int row = 0; row < codes.length; row++) {
      int code = codes[row];
      if (code >= 0) {
        members[code][sizes[code]++] = row;
      }
    }
    return members;
  }
}
