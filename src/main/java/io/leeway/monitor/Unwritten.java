package io.leeway.monitor;

import io.leeway.config.ModelConfig;
import io.leeway.domain.Part;
import io.leeway.domain.Subject;
import io.leeway.store.PublishedParts.Winner;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a proposed configuration would have had written and the one in force may not have had: of
 * slices of more than one column, metrics that are stored only where a configuration names them.
 * Pure: read off configurations and the ledger.
 *
 * @param metrics that may be missing
 * @param parts that may lack some of them
 */
public record Unwritten(Set<String> metrics, List<Winner> parts) {
  /** Nothing is missing. */
  public static final Unwritten NONE = new Unwritten(Set.of(), List.of());

  public Unwritten {
    metrics = Set.copyOf(metrics);
    parts = List.copyOf(parts);
  }

  /**
   * Of some parts.
   *
   * @param wanted metrics that somebody wants to look at
   * @param proposed the same model, with other rules
   */
  public static Unwritten of(
      Set<String> wanted, ModelConfig inForce, ModelConfig proposed, Collection<Winner> parts) {
    Set<String> metrics = new TreeSet<>(wanted);
    metrics.retainAll(MonitorRun.storedMetrics(proposed));
    metrics.removeIf(MetricContext::isOfCrosses);
    boolean hasCrosses = inForce.slices().stream().anyMatch(of -> of.columns().size() > 1);
    if (metrics.isEmpty() || !hasCrosses) {
      return NONE;
    }
    boolean areNamed = MonitorRun.storedMetrics(inForce).containsAll(metrics);
    List<Winner> lacking =
        parts.stream()
            .filter(of -> isMeasured(of.part().part()))
            .filter(of -> !areNamed || !isBy(inForce, of))
            .toList();
    return lacking.isEmpty() ? NONE : new Unwritten(metrics, lacking);
  }

  private static boolean isMeasured(Part part) {
    return (part.kind() == Part.Kind.INPUTS || part.kind() == Part.Kind.OUTCOMES)
        && !part.granularity().equals(Subject.REFERENCE);
  }

  /** Earlier configurations may have named others. */
  private static boolean isBy(ModelConfig config, Winner winner) {
    return config.measureHash().equals(winner.run().run().configHash());
  }
}
