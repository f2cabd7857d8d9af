package io.leeway.cli.conformance;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one folder's run showed.
 *
 * @param headline the folder and how it was run
 * @param agreement empty where no expected values lie beside the data
 * @param notYetComputed what the folder asks for beyond that and the jobs do not compute by now
 */
record ConformanceReport(
    String headline,
    Optional<Agreement> agreement,
    ExactnessCheck exactness,
    SingleWindowCheck singleWindows,
    List<KsBounds.Large> largeBounds,
    List<String> notYetComputed) {
  private static final int SHOWN = 20;

  ConformanceReport {
    largeBounds = List.copyOf(largeBounds);
    notYetComputed = List.copyOf(notYetComputed);
  }

  /** Whether nothing disagrees, nothing is missing, and every promise that was checked held. */
  boolean agrees() {
    return agreement.map(it -> it.disagreements().isEmpty()).orElse(true)
        && exactness.broken().isEmpty()
        && singleWindows.unequal().isEmpty();
  }

  void print(PrintWriter out) {
    out.println(headline);
    agreement.ifPresentOrElse(
        it -> print(out, it), () -> out.println("No expected values lie beside the data."));
    line(
        out, "Exact: %.1f %% of %d published values.", 100 * exactness.share(), exactness.values());
    list(out, "Not exact, though few distinct values are there", exactness.broken());
    line(
        out,
        "In one single base window: %d of %d values are the same, %d could not be checked.",
        singleWindows.compared() - singleWindows.unequal().size(),
        singleWindows.compared(),
        singleWindows.unchecked());
    list(out, "Different in one single base window", singleWindows.unequal());
    list(
        out,
        "Error bound of ks_statistic above " + KsBounds.LARGE + ", window crowded into few bins",
        bounds(true));
    list(
        out,
        "Error bound of ks_statistic above " + KsBounds.LARGE + ", though no bin is crowded",
        bounds(false));
    list(out, "Not yet computed", notYetComputed);
    agreement.ifPresent(it -> list(out, "Disagreements", it.disagreements()));
    out.println(agrees() ? "Agrees." : "Does not agree.");
    out.flush();
  }

  private static void print(PrintWriter out, Agreement agreement) {
    line(
        out,
        "%-36s %9s %9s %8s %8s %9s %17s %12s",
        "metric",
        "compared",
        "agreeing",
        "missing",
        "not yet",
        "exact",
        "worst difference",
        "of its bound");
    long compared = 0;
    long agreeing = 0;
    long missing = 0;
    long notYet = 0;
    long exact = 0;
    for (MetricAgreement metric : agreement.metrics()) {
      boolean any = metric.compared() > 0;
      line(
          out,
          "%-36s %9d %9d %8d %8d %9d %17s %12s",
          metric.metric(),
          metric.compared(),
          metric.agreeing(),
          metric.missing(),
          metric.notYetComputed(),
          metric.exact(),
          any ? String.format(Locale.ROOT, "%.3g", metric.worstDifference()) : "",
          metric.exact() < metric.compared()
              ? String.format(Locale.ROOT, "%.3f", metric.worstShareOfBound())
              : "");
      compared += metric.compared();
      agreeing += metric.agreeing();
      missing += metric.missing();
      notYet += metric.notYetComputed();
      exact += metric.exact();
    }
    line(out, "%-36s %9d %9d %8d %8d %9d", "all", compared, agreeing, missing, notYet, exact);
    line(
        out,
        "Exact: %.1f %% of %d compared values.",
        compared == 0 ? 100.0 : 100.0 * exact / compared,
        compared);
    if (agreement.unexpected() > 0) {
      line(out, "Published, but not among the expected values: %d.", agreement.unexpected());
    }
  }

  private List<String> bounds(boolean crowded) {
    return largeBounds.stream()
        .filter(bound -> bound.isCrowded() == crowded)
        .map(
            bound ->
                String.format(
                    Locale.ROOT,
                    "%s: bound %.4f, fullest bin %.1f %% of the window",
                    bound.key(),
                    bound.errorBound(),
                    100 * bound.fullestBin()))
        .toList();
  }

  private static void list(PrintWriter out, String title, List<String> items) {
    if (items.isEmpty()) {
      return;
    }
    line(out, "%s: %d", title, items.size());
    items.stream().limit(SHOWN).forEach(item -> out.println("  " + item));
    if (items.size() > SHOWN) {
      line(out, "  and %d more", items.size() - SHOWN);
    }
  }

  private static void line(PrintWriter out, String format, Object... arguments) {
    out.println(String.format(Locale.ROOT, format, arguments));
  }
}
