package io.leeway.policy.incident;

import io.leeway.domain.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** In which windows incidents were seen, as far as these may be judged again. */
public final class Breaches {
  private record In(String granularity, Window window) {}

  private final Map<String, Set<In>> byIncident = new HashMap<>();

  /** An incident was seen in a window. */
  public void add(String incidentId, String granularity, Window window) {
    byIncident.computeIfAbsent(incidentId, id -> new HashSet<>()).add(new In(granularity, window));
  }

  void add(String incidentId, Map<String, Window> windows) {
    windows.forEach((granularity, window) -> add(incidentId, granularity, window));
  }

  /** Forgets what was seen in windows, and tells the incidents that were seen there. */
  Set<String> forget(Map<String, Window> windows) {
    Set<String> seen = new HashSet<>();
    byIncident.forEach(
        (incident, in) ->
            windows.forEach(
                (granularity, window) -> {
                  if (in.remove(new In(granularity, window))) {
                    seen.add(incident);
                  }
                }));
    return seen;
  }

  boolean hasNone(String incidentId) {
    return byIncident.getOrDefault(incidentId, Set.of()).isEmpty();
  }
}
