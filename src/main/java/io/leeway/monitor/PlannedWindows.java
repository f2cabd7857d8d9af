package io.leeway.monitor;

import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Neighbouring base windows that are due for one reason.
 *
 * @param reason by its name in the plan, such as {@code NEW_ROWS}
 * @param stretch from the first one's start to the last one's end
 * @param windows how many they are
 */
public record PlannedWindows(String reason, Window stretch, int windows) {
  @Override
  public String toString() {
    return "%-9s %d window%s %s".formatted(reason, windows, windows == 1 ? " " : "s", stretch);
  }

  /** A plan in as few stretches as it has. */
  static List<PlannedWindows> of(SortedMap<Window, Reason> reasons) {
    List<PlannedWindows> plan = new ArrayList<>();
    for (Map.Entry<Window, Reason> due : reasons.entrySet()) {
      Window window = due.getKey();
      String reason = due.getValue().name();
      PlannedWindows last = plan.isEmpty() ? null : plan.get(plan.size() - 1);
      if (last != null && last.reason.equals(reason) && last.stretch.end().equals(window.start())) {
        Window longer = new Window(last.stretch.start(), window.end());
        plan.set(plan.size() - 1, new PlannedWindows(reason, longer, last.windows + 1));
      } else {
        plan.add(new PlannedWindows(reason, window, 1));
      }
    }
    return plan;
  }
}
