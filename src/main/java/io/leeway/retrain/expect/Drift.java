package io.leeway.retrain.expect;

import io.leeway.config.AnomalyCode;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * How one bin or category has changed; the widest change of a column is its L-infinity distance
 * from the reference.
 *
 * @param what which bin or category, in words
 * @param was its share of the reference's values
 * @param is its share of the batch's
 */
record Drift(String what, double was, double is) {

  double change() {
    return Math.abs(is - was);
  }

  /** The widest of some changes, the first of equally wide ones. */
  static Drift widest(List<Drift> changes) {
    return Collections.max(changes, Comparator.comparingDouble(Drift::change));
  }

  /** Where a bin lies. */
  static String between(List<Double> edges, int bin) {
    if (edges.isEmpty()) {
      return "anywhere";
    }
    if (bin == 0) {
      return "below " + Shown.number(edges.get(0));
    }
    String from = Shown.number(edges.get(bin - 1));
    return bin == edges.size()
        ? "from " + from + " on"
        : "from " + from + " to below " + Shown.number(edges.get(bin));
  }

  Anomaly anomaly(String column) {
    return Anomaly.of(
        column,
        AnomalyCode.COMPARATOR_L_INFTY_HIGH,
        Shown.percent(was) + " " + what,
        Shown.percent(is),
        "Column '%s' has drifted: %s %s, in the reference %s."
            .formatted(column, Shown.percent(is), what, Shown.percent(was)));
  }
}
