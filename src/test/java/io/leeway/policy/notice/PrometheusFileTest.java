package io.leeway.policy.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.policy.notice.Delivery.Outcome;
import io.leeway.policy.notice.ModelSnapshot.VerdictCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusFileTest {
  @TempDir Path folder;

  private static ModelSnapshot snapshot(String model, long open) {
    return new ModelSnapshot(
        model,
        Map.of("retrain", open),
        List.of(
            new VerdictCount("retrain", "BREACH", 2), new VerdictCount("investigate", "OK", 40)),
        Optional.of(Instant.parse("2026-06-10T02:00:00Z")));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesOneGaugeALineAsTheTextFormatWantsIt() throws IOException {
    Delivery written =
        PrometheusFile.write(folder.resolve("leeway.prom"), snapshot("credit-risk", 3));
    assertThat(written.outcome()).isEqualTo(Outcome.DELIVERED);
    // date -u -d 2026-06-10T02:00:00Z +%s
    assertThat(folder.resolve("leeway-credit-risk.prom"))
        .hasContent(
            """
            # HELP leeway_incident_open Open incidents of a model.
            # TYPE leeway_incident_open gauge
            leeway_incident_open{model="credit-risk",severity="investigate"} 0
            leeway_incident_open{model="credit-risk",severity="retrain"} 3
            leeway_incident_open{model="credit-risk",severity="emergency"} 0
            # HELP leeway_verdicts Verdicts of what was judged last.
            # TYPE leeway_verdicts gauge
            leeway_verdicts{model="credit-risk",severity="retrain",verdict="BREACH"} 2
            leeway_verdicts{model="credit-risk",severity="investigate",verdict="OK"} 40
            # HELP leeway_last_judged_timestamp_seconds When verdicts were last written.
            # TYPE leeway_last_judged_timestamp_seconds gauge
            leeway_last_judged_timestamp_seconds{model="credit-risk"} 1781056800
            """);
    assertThat(Files.readString(folder.resolve("leeway-credit-risk.prom"))).endsWith("\n");
    assertThat(names()).containsExactly("leeway-credit-risk.prom");
  }

  @Test
  void escapesWhatEndsALabel() throws IOException {
    Path file = folder.resolve("leeway.prom");
    PrometheusFile.write(file, new ModelSnapshot("a\"b\\c", Map.of(), List.of(), Optional.empty()));
    assertThat(Files.readString(PrometheusFile.of(file, "a\"b\\c")))
        .contains("leeway_incident_open{model=\"a\\\"b\\\\c\",severity=\"retrain\"} 0\n")
        .doesNotContain("leeway_last_judged_timestamp_seconds{");
  }

  @Test
  void replacesAModelsFileAndLeavesTheOthers() throws IOException {
    Path file = folder.resolve("leeway.prom");
    PrometheusFile.write(file, snapshot("a", 1));
    PrometheusFile.write(file, snapshot("b", 2));
    PrometheusFile.write(file, snapshot("a", 0));
    assertThat(names()).containsExactly("leeway-a.prom", "leeway-b.prom");
    assertThat(folder.resolve("leeway-a.prom")).content().contains("severity=\"retrain\"} 0\n");
    assertThat(folder.resolve("leeway-b.prom")).content().contains("severity=\"retrain\"} 2\n");
  }

  @Test
  void anyTwoNamesHaveTwoFilesInTheFolder() {
    Path file = folder.resolve("leeway.prom");
    List<String> models =
        List.of(
            "a/b",
            "a\\b",
            "a b",
            "a.b",
            "a_b",
            "A_b",
            "a_B",
            "../a",
            "..",
            ".",
            "\u00fc",
            "\u00f6",
            "I",
            "i",
            "x".repeat(200),
            "x".repeat(199) + "y",
            "a_b." + Notice.idOf("a/b"));
    Set<String> files = new HashSet<>();
    for (String model : models) {
      Path of = PrometheusFile.of(file, model);
      assertThat(of.normalize().getParent()).isEqualTo(folder);
      assertThat(of.getFileName().toString())
          .matches("leeway-[A-Za-z0-9_.-]+\\.prom")
          .hasSizeLessThan(200);
      // Some file systems do not tell upper case from lower case.
      files.add(of.getFileName().toString().toLowerCase(Locale.ROOT));
    }
    assertThat(files).hasSameSizeAs(models);
  }

  @Test
  void othersMayReadTheFile() throws IOException {
    Path file = folder.resolve("leeway.prom");
    PrometheusFile.write(file, snapshot("a", 1));
    Path plain = Files.writeString(folder.resolve("plain"), "as the system makes files");
    Set<PosixFilePermission> usual = Files.getPosixFilePermissions(plain);
    assertThat(Files.getPosixFilePermissions(folder.resolve("leeway-a.prom"))).isEqualTo(usual);
  }

  @Test
  void saysWhatStorageDidInsteadOfThrowing() throws IOException {
    Path notAFolder = Files.writeString(folder.resolve("file"), "");
    Delivery delivery = PrometheusFile.write(notAFolder.resolve("leeway.prom"), snapshot("a", 1));
    assertThat(delivery.outcome()).isEqualTo(Outcome.RETRY);
    assertThat(delivery.reason()).startsWith("cannot write ").contains("leeway-a.prom");
  }

  @Test
  void leavesNoHalfBehind() throws IOException {
    Path file = folder.resolve("leeway.prom");
    Files.createDirectories(folder.resolve("leeway-a.prom").resolve("in the way"));
    assertThat(PrometheusFile.write(file, snapshot("a", 1)).outcome()).isEqualTo(Outcome.RETRY);
    assertThat(names()).containsExactly("leeway-a.prom");
  }

  @Test
  void aSnapshotNamesItsModel() {
    assertThatThrownBy(() -> new ModelSnapshot(" ", Map.of(), List.of(), Optional.empty()))
        .hasMessage("A snapshot names no model.");
  }
}
