package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Window;
import io.leeway.scan.FingerprintScan;
import io.leeway.store.SourceChanges;
import io.leeway.store.SourceTable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Finds the published windows that have to be scanned again: by the source's log, and where that
 * leaves a doubt, by their rows' fingerprints.
 */
final class ChangedWindows {
  private final ModelConfig model;
  private final SourceTable source;
  private final SortedMap<Window, ShownWindow> shown;

  /**
   * @param source at the version that is about to be read
   * @param shown the published windows
   */
  ChangedWindows(ModelConfig model, SourceTable source, SortedMap<Window, ShownWindow> shown) {
    this.model = model;
    this.source = source;
    this.shown = shown;
  }

  /**
   * What was found.
   *
   * @param changed windows to be scanned again, and why
   * @param checked windows whose rows were looked at, changed or not
   * @param kept windows that have lost all of their rows, and whose numbers stay
   * @param notes what people should know of it
   */
  record Found(
      SortedMap<Window, Reason> changed, int checked, Set<Window> kept, List<String> notes) {
    static final Found NOTHING = new Found(new TreeMap<>(), 0, Set.of(), List.of());

    Found {
      kept = Set.copyOf(kept);
      notes = List.copyOf(notes);
    }
  }

  /**
   * Looks at what came after the versions from which the published windows are good.
   *
   * @param latest no later than this lie the rows by which the horizon is told
   * @param baseline asked for only where rows must be read
   */
  Found find(Instant latest, Supplier<Baseline> baseline) {
    SourceChanges changes = changes();
    Touched touched =
        Touched.of(
            new Touched.Reading(
                model.measureHash(),
                source.id(),
                source.version(),
                latest.minus(model.limits().restateHorizon())),
            shown,
            changes);
    List<String> notes = new ArrayList<>();
    if (touched.asksRows()) {
      changes.untold().ifPresent(why -> notes.add(looked(touched, why)));
    }
    if (!touched.unchecked().isEmpty()) {
      notes.add(
          "%d windows further back than restate-horizon were left unchecked, the last of them from %s. Ask for them by --from and --until."
              .formatted(touched.unchecked().size(), last(touched.unchecked()).start()));
    }
    SortedMap<Window, Reason> changed = new TreeMap<>(touched.certain());
    Set<Window> kept = new TreeSet<>();
    if (touched.asksRows()) {
      changed.putAll(changedRows(touched.uncertain(), baseline.get(), kept));
    }
    if (!kept.isEmpty()) {
      notes.add(keptNote(kept));
    }
    return new Found(changed, touched.uncertain().size(), kept, notes);
  }

  private static String looked(Touched touched, String why) {
    return "The rows of %d windows were looked at, since the table's log does not tell which have changed: %s."
        .formatted(touched.uncertain().size(), why);
  }

  /** In plain words, that windows without any row left keep their numbers. */
  static String keptNote(Set<Window> kept) {
    return "%d windows no longer have any row, the last of them from %s. Their numbers stay as they were published; source-deletes = restate would say NO_DATA of them."
        .formatted(kept.size(), last(kept).start());
  }

  private static Window last(Set<Window> windows) {
    return windows.stream().max(Window::compareTo).orElseThrow();
  }

  private SourceChanges changes() {
    if (shown.isEmpty()) {
      return SourceChanges.none();
    }
    OptionalLong followed = followed();
    return followed.isPresent()
        ? source.changesSince(followed.getAsLong(), model.predictions().time())
        : SourceChanges.untold("the table was made anew");
  }

  /** The version of this very table up to which nothing of its log is left to be read. */
  private OptionalLong followed() {
    return shown.values().stream().allMatch(of -> source.id().equals(of.tableId()))
        ? shown.values().stream().mapToLong(ShownWindow::version).min()
        : OptionalLong.empty();
  }

  /**
   * Those of the windows whose rows are not the published ones.
   *
   * @param kept takes those without any row, where they are to be kept
   */
  private SortedMap<Window, Reason> changedRows(
      SortedMap<Window, Reason> uncertain, Baseline baseline, Set<Window> kept) {
    List<Window> windows = List.copyOf(uncertain.keySet());
    WindowRows found = new WindowRows();
    for (FingerprintScan.Found some :
        FingerprintScan.of(
            Specs.rows(model, source),
            Specs.scan(model, baseline.monitored(Part.Kind.INPUTS), windows, Set.of()))) {
      found.add(
          windows.get(some.window()), some.version(), new RowSum(some.rows(), some.fingerprint()));
    }
    SortedMap<Window, Reason> changed = new TreeMap<>();
    for (Window window : windows) {
      Map<String, RowSum> there = found.in(window);
      if (shown.get(window).holds(there)) {
        continue;
      }
      if (there.isEmpty() && model.limits().keepSourceDeletes()) {
        kept.add(window);
      } else {
        changed.put(window, uncertain.get(window));
      }
    }
    return changed;
  }
}
