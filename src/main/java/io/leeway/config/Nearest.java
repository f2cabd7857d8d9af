package io.leeway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Known names in the order of their distance from a wrong one. */
final class Nearest {
  private Nearest() {}

  /**
   * By Levenshtein distance, the least number of characters to insert, delete or replace, without
   * regard to case; ties in the order given.
   *
   * @see <a href="https://doi.org/10.1145/321796.321811">Wagner and Fischer (1974)</a>
   */
  static List<String> first(String wrong, Collection<String> known) {
    String wanted = wrong.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))))
        .toList();
  }

  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replace, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
