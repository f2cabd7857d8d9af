package io.leeway.profile;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A fixed, arbitrary order of texts: by a 64-bit hash, unsigned, then by the text. Of any set, the
 * k first in this order can be found by keeping the k first of every part, which is why limits on
 * distinct values merge exactly.
 *
 * <p>The hash is FNV-1a over UTF-8, finished with the mixer of SplitMix64 so that its high bits are
 * uniform.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv">FNV</a>
 */
public final class HashOrder implements Comparator<String> {
  public static final HashOrder INSTANCE = new HashOrder();

  private HashOrder() {}

  /** The place of a text, uniform over all unsigned 64-bit numbers. */
  public static long hash(String text) {
    long hash = 0xcbf29ce484222325L;
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (octet & 0xff)) * 0x100000001b3L;
    }
    hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
    hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
    return hash ^ (hash >>> 31);
  }

  @Override
  public int compare(String left, String right) {
    int byHash = Long.compareUnsigned(hash(left), hash(right));
    return byHash != 0 ? byHash : left.compareTo(right);
  }

  /** The first texts in this order, at most {@code limit} of them, ascending. */
  public static List<String> first(Collection<String> texts, int limit) {
    record Hashed(long hash, String text) {}
    Comparator<Hashed> order =
        (left, right) -> {
          int byHash = Long.compareUnsigned(left.hash, right.hash);
          return byHash != 0 ? byHash : left.text.compareTo(right.text);
        };
    PriorityQueue<Hashed> kept = new PriorityQueue<>(order.reversed());
    for (String text : texts) {
      kept.add(new Hashed(hash(text), text));
      if (kept.size() > limit) {
        kept.poll();
      }
    }
    return kept.stream().sorted(order).map(Hashed::text).toList();
  }

  /**
   * How many distinct texts there were, given the last of the {@code kept} first ones in this
   * order: (kept − 1) divided by the share of all hashes that lie below it; relative standard error
   * 1/√(kept − 2).
   *
   * @see <a href="https://doi.org/10.1007/3-540-45726-7_1">Bar-Yossef et al. (2002), k minimum
   *     values</a>
   */
  public static double distinct(String last, int kept) {
    return distinct(hash(last), kept);
  }

  /** The same, given the hash of the last one. */
  public static double distinct(long last, int kept) {
    double share = (last >>> 11) * 0x1p-53;
    return share == 0 ? kept : Math.max(kept, (kept - 1) / share);
  }
}
