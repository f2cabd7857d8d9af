package io.leeway.cli.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every tenth value made by adding up base windows, held against the same value of one single base
 * window.
 *
 * @param compared values that were computed both ways
 * @param unequal those that are not the very same double, with both
 * @param unchecked values whose window is no base window of its length
 */
record SingleWindowCheck(long compared, List<String> unequal, long unchecked) {
  static final int EVERY = 10;

  SingleWindowCheck {
    unequal = List.copyOf(unequal);
  }

  /**
   * Compares every tenth of the keys.
   *
   * @param keys in a stable order
   * @param added the values made by adding up
   * @param single the values of single base windows, those that there are
   */
  static SingleWindowCheck of(
      List<ValueKey> keys,
      Map<ValueKey, PublishedValue> added,
      Map<ValueKey, PublishedValue> single,
      java.util.Set<io.leeway.domain.Window> windows) {
    long compared = 0;
    long unchecked = 0;
    List<String> unequal = new ArrayList<>();
    for (int i = 0; i < keys.size(); i += EVERY) {
      ValueKey key = keys.get(i);
      PublishedValue one = single.get(key);
      if (!windows.contains(key.window())) {
        unchecked++;
      } else {
        compared++;
        if (one == null) {
          unequal.add(key + ": " + added.get(key) + ", in one base window nothing");
        } else if (!one.hasSameValueAs(added.get(key))) {
          unequal.add(key + ": " + added.get(key) + ", in one base window " + one);
        }
      }
    }
    return new SingleWindowCheck(compared, unequal, unchecked);
  }
}
