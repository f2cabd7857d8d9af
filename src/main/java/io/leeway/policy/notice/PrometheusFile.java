package io.leeway.policy.notice;

import io.leeway.policy.notice.ModelSnapshot.VerdictCount;
import io.leeway.policy.verdict.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How models stand, as gauges in files for the text file collector of Prometheus' node exporter. A
 * model has a file of its own, so that models that are judged apart do not erase one another; it is
 * replaced as a whole, so that no half of one is ever read.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class PrometheusFile {
  private static final String SUFFIX = ".prom";
  private static final Pattern SAFE = Pattern.compile("[a-z0-9_-]{1,80}");
  private static final int SHOWN_OF_NAME = 80;

  private PrometheusFile() {}

  /**
   * Writes the model's file beside the configured one. Never throws for what storage does.
   *
   * @param configured path that ends in {@code .prom}
   */
  public static Delivery write(Path configured, ModelSnapshot snapshot) {
    Path file = of(configured, snapshot.model());
    Path folder = file.toAbsolutePath().getParent();
    // The collector reads what ends in .prom; a name of its own for each of two writers.
    Path half = folder.resolve("." + UUID.randomUUID() + ".tmp");
    try {
      Files.createDirectories(folder);
      try {
        // A temporary file of the JDK could be read by nobody else, nor could the file then.
        Files.writeString(
            half, text(snapshot), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
        Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(half);
      }
      return Delivery.delivered("written");
    } catch (IOException e) {
      return Delivery.retry("cannot write " + file + ": " + e);
    }
  }

  /**
   * The model's file: {@code metrics.prom} becomes {@code metrics-NAME.prom}. In a name that a file
   * system may not keep apart from others, what is not plain is replaced and a hash tells the names
   * apart; plain names hold no dot, so neither kind meets the other.
   */
  static Path of(Path configured, String model) {
    String name = configured.getFileName().toString();
    String stem = name.substring(0, name.length() - SUFFIX.length());
    String safe = model;
    if (!SAFE.matcher(model).matches()) {
      String plain = model.replaceAll("[^A-Za-z0-9_-]", "_");
      safe = plain.substring(0, Math.min(plain.length(), SHOWN_OF_NAME)) + "." + Notice.idOf(model);
    }
    return configured.resolveSibling(stem + "-" + safe + SUFFIX);
  }

  private static String text(ModelSnapshot snapshot) {
    String model = label("model", snapshot.model());
    StringJoiner lines = new StringJoiner("\n", "", "\n");
    header(lines, "leeway_incident_open", "Open incidents of a model.");
    for (Severity severity : Severity.values()) {
      long open = snapshot.openIncidents().getOrDefault(severity.text(), 0L);
      lines.add(
          "leeway_incident_open{" + model + "," + label("severity", severity.text()) + "} " + open);
    }
    header(lines, "leeway_verdicts", "Verdicts of what was judged last.");
    for (VerdictCount of : snapshot.verdicts()) {
      String labels =
          model + "," + label("severity", of.severity()) + "," + label("verdict", of.verdict());
      lines.add("leeway_verdicts{" + labels + "} " + of.count());
    }
    header(lines, "leeway_last_judged_timestamp_seconds", "When verdicts were last written.");
    snapshot
        .lastJudged()
        .ifPresent(
            at ->
                lines.add(
                    "leeway_last_judged_timestamp_seconds{" + model + "} " + at.getEpochSecond()));
    return lines.toString();
  }

  /** The same words in each model's file, as the collector wants it. */
  private static void header(StringJoiner lines, String name, String help) {
    lines.add("# HELP " + name + " " + help);
    lines.add("# TYPE " + name + " gauge");
  }

  private static String label(String name, String value) {
    String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    return name + "=\"" + escaped + "\"";
  }
}
