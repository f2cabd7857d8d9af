package io.leeway.monitor;

import io.leeway.config.WindowsConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.store.CommittedRun;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what runs that were at work at the same time have left undone. Each makes again what needs
 * the base windows that it scans, from what was published when it was planned. So a roll-up, or the
 * comparison of a window with the one before it, may lack what another run published meanwhile; and
 * a roll-up is missing where each run has published a share of its base windows. Pure: read off the
 * ledger.
 */
final class Overtaken {
  private record Place(String granularity, Window window) {}

  private final WindowsConfig windows;

  /** Of each base window that shows, the last that was published. */
  private final TreeMap<Window, Winner> shown = new TreeMap<>();

  /** Everything that shows, base windows among it, version by version. */
  private final Map<Place, List<Winner>> made = new HashMap<>();

  private Overtaken(WindowsConfig windows, PublishedParts published) {
    this.windows = windows;
    for (Winner winner : published.winners()) {
      Part part = winner.part().part();
      made.computeIfAbsent(new Place(part.granularity(), part.window()), place -> new ArrayList<>())
          .add(winner);
      if (part.granularity().equals(windows.base().toString())
          && WindowPlan.isCutAs(windows, part.window())) {
        shown.merge(
            part.window(), winner, (one, other) -> sequence(one) >= sequence(other) ? one : other);
      }
    }
  }

  /**
   * Base windows that have to be scanned once more, so that what needs them is made again.
   *
   * @param published of the model, of one kind
   * @param last the model's last run that followed the source's log, if there was one: its plan has
   *     looked at whatever was committed before it
   */
  static Set<Window> of(
      WindowsConfig windows, Instant now, PublishedParts published, Optional<CommittedRun> last) {
    Overtaken overtaken = new Overtaken(windows, published);
    Set<Window> again = new TreeSet<>();
    for (Target target :
        overtaken.touchedAfter(last.map(run -> run.run().plannedAfter()).orElse(0L), now)) {
      overtaken.missing(target).ifPresent(again::add);
    }
    return again;
  }

  /** What needs a base window that was published after a number of the ledger. */
  private List<Target> touchedAfter(long number, Instant now) {
    Set<Window> touched = new TreeSet<>();
    shown.forEach(
        (window, winner) -> {
          if (sequence(winner) > number) {
            touched.add(window);
            Window next = windows.base().after(window, windows.zone());
            if (shown.containsKey(next)) {
              touched.add(next);
            }
          }
        });
    return new Targets(windows, now, List.copyOf(touched), shown.keySet()).all();
  }

  /**
   * The base window to scan so that a target is made again; empty if it is as it should be. Where
   * there is no such part, whoever published the last of its base windows ought to have made it.
   */
  private Optional<Window> missing(Target target) {
    List<Window> needed = Targets.needed(List.of(target), List.of(), shown.navigableKeySet());
    if (needed.isEmpty()) {
      return Optional.empty();
    }
    Window newest =
        Collections.max(
            needed,
            Comparator.comparingLong((Window one) -> sequence(shown.get(one)))
                .thenComparing(Comparator.naturalOrder()));
    return made
            .getOrDefault(
                new Place(target.granularity(), target.window()), List.of(shown.get(newest)))
            .stream()
            .anyMatch(maker -> needed.stream().anyMatch(one -> lacks(maker, shown.get(one))))
        ? Optional.of(newest)
        : Optional.empty();
  }

  /**
   * Whether a part was made before a base window that it needs was published, by a run that did not
   * know of the part, or left it as it was since it had read an older version of the source.
   */
  private static boolean lacks(Winner part, Winner base) {
    boolean leftAlone =
        base.run().saw(part.run())
            && base.part().predictionsVersion() >= part.part().predictionsVersion();
    return !part.run().saw(base.run()) && !leftAlone;
  }

  private static long sequence(Winner winner) {
    return winner.run().sequence();
  }
}
