package io.leeway.policy;

import io.leeway.domain.RunIdentity;
import io.leeway.domain.Window;
import io.leeway.policy.verdict.Preceding;
import io.leeway.store.PublishedParts.Winner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Numbers that name what verdicts are made from: the parts of a window and of so many before it,
 * each with the attempt that wrote it.
 *
 * <p>A number is the exclusive or of a hash of each part, so it grows window by window and order
 * plays no role; its last {@value #BITS} bits say how many windows it looks back over. So it tells
 * whether verdicts are up to date whatever today's policy looks back over: what they were made from
 * is named again, as far back as it was looked then.
 */
final class MadeFrom {
  private static final int BITS = 16;
  private static final int FARTHEST = (1 << BITS) - 1;
  private static final int HEX_DIGITS_OF_A_LONG = 16;
  private static final int HEX = 16;

  /** Of the parts of each window alone. */
  private final Map<Window, Long> alone = new HashMap<>();

  private final Preceding preceding;
  private final Window first;

  /**
   * Of one granularity.
   *
   * @param parts what shows of each window; not empty
   */
  MadeFrom(SortedMap<Window, List<Winner>> parts, Preceding preceding) {
    parts.forEach((window, of) -> alone.put(window, alone(of)));
    this.preceding = preceding;
    this.first = parts.firstKey();
  }

  private static long alone(Collection<Winner> parts) {
    long number = 0;
    for (Winner of : parts) {
      String name = of.run().run().attemptId() + " " + of.part().part();
      String digits = RunIdentity.hash(List.of(name)).substring(0, HEX_DIGITS_OF_A_LONG);
      number ^= Long.parseUnsignedLong(digits, HEX);
    }
    return number;
  }

  /**
   * Of a window's verdicts, were they made now.
   *
   * @param back how many windows before it they look back over
   */
  long of(Window window, int back) {
    if (back < 0 || back > FARTHEST) {
      throw new IllegalArgumentException("Nothing looks back over " + back + " windows.");
    }
    long number = 0;
    Window at = window;
    for (int before = 0; before <= back && !at.start().isBefore(first.start()); before++) {
      number ^= alone.getOrDefault(at, 0L);
      at = preceding.before(at);
    }
    return number << BITS | back;
  }

  /** Whether all that a window's verdicts were made from is what shows now, and no more. */
  boolean isStill(long made, Window window) {
    return made == of(window, (int) (made & FARTHEST));
  }
}
