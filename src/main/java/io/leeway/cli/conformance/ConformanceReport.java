package io.leeway.cli.conformance;

import io.leeway.policy.incident.Incident;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one folder's run showed.
 *
 * @param headline the folder and how it was run
 * @param files by file of values, that of the whole model first
 * @param raised incidents that the default rules raise
 * @param largeBounds of distances, in the first of them
 */
record ConformanceReport(
    String headline,
    List<FileResult> files,
    SingleWindowCheck singleWindows,
    List<Incident> raised,
    List<KsBounds.Large> largeBounds) {
  private static final int SHOWN = 20;

  ConformanceReport {
    files = List.copyOf(files);
    raised = List.copyOf(raised);
    largeBounds = List.copyOf(largeBounds);
  }

  /** Whether nothing disagrees, nothing is missing, and every promise that was checked held. */
  boolean agrees() {
    return files.stream().allMatch(FileResult::agrees) && singleWindows.unequal().isEmpty();
  }

  void print(PrintWriter out) {
    out.println(headline);
    files.forEach(file -> print(out, file));
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
    line(out, "Raised by the default rules: %d incidents.", raised.size());
    for (Incident incident : raised) {
      line(
          out,
          "Incident (%s) from %s to %s: %s",
          incident.severity().text(),
          incident.started(),
          incident.course().lastBad(),
          incident.headline());
    }
    out.println(agrees() ? "Agrees." : "Does not agree.");
    out.flush();
  }

  private static void print(PrintWriter out, FileResult file) {
    String name = file.format().fileName();
    out.println();
    file.agreement()
        .ifPresentOrElse(
            it -> print(out, name, it), () -> out.println(name + " does not lie beside the data."));
    line(
        out,
        "Exact: %.1f %% of %d published values.",
        100 * file.exactness().share(),
        file.exactness().values());
    list(
        out,
        "Not exact, though few distinct values are there, or none matter",
        file.exactness().broken());
    Map<String, List<OutcomeBound>> large =
        file.largeBounds().stream()
            .collect(
                Collectors.groupingBy(
                    it -> it.key().plainMetric(), TreeMap::new, Collectors.toList()));
    large.forEach(
        (metric, bounds) ->
            list(
                out,
                "Error bound of " + metric + " above " + bounds.get(0).limit(),
                bounds.stream().map(OutcomeBound::toString).toList()));
    file.agreement().ifPresent(it -> list(out, "Disagreements", it.disagreements()));
  }

  private static void print(PrintWriter out, String name, Agreement agreement) {
    line(
        out,
        "%-36s %9s %9s %8s %9s %17s %12s",
        name,
        "compared",
        "agreeing",
        "missing",
        "exact",
        "worst difference",
        "of its bound");
    long compared = 0;
    long agreeing = 0;
    long missing = 0;
    long exact = 0;
    for (MetricAgreement metric : agreement.metrics()) {
      boolean any = metric.compared() > 0;
      line(
          out,
          "%-36s %9d %9d %8d %9d %17s %12s",
          metric.metric(),
          metric.compared(),
          metric.agreeing(),
          metric.missing(),
          metric.exact(),
          any ? String.format(Locale.ROOT, "%.3g", metric.worstDifference()) : "",
          metric.exact() < metric.compared()
              ? String.format(Locale.ROOT, "%.3f", metric.worstShareOfBound())
              : "");
      compared += metric.compared();
      agreeing += metric.agreeing();
      missing += metric.missing();
      exact += metric.exact();
    }
    line(out, "%-36s %9d %9d %8d %9d", "all", compared, agreeing, missing, exact);
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
