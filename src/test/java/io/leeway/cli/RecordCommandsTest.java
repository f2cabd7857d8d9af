package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.Task;
import io.leeway.registry.ActKind;
import io.leeway.registry.Approval;
import io.leeway.registry.Details;
import io.leeway.registry.NewEntry;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import io.leeway.registry.files.InputColumn;
import io.leeway.registry.files.ModelDescription;
import io.leeway.registry.files.ModelFiles;
import io.leeway.registry.files.SavedModel;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.store.ResultTable;
import io.leeway.store.Store;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say where tables and files are not as the audit log tells. */
class RecordCommandsTest {
  /**
   * Of the one check below, by sha256sum of GNU coreutils over its text, as {@code
   * EvidenceDigestTest} writes it out.
   */
  private static final String EVIDENCE =
      "9fee632bf013c863b71ae4aac2211349942ce5c25d979e1c70cb9523ac5cc766";

  private static final String BLOCK =
      """
          task = regression
          predictions { table = "predictions", id = id, time = at, version = version, score = score }
          labels { table = "labels", id = id, label = y, time = known_at, prediction-time = at, mature-after = 1 day }
          features { numeric = [x] }
          reference { from = "2026-01-01", until = "2026-01-04" }
          retrain { algorithm = linear-regression, window = 12 days, holdout = 3 days }
      """;

  private final SparkSession spark = LocalSpark.session();

  @TempDir private Path folder;
  private Store store;
  private Registry registry;

  @BeforeEach
  void twoModels() throws IOException {
    Path file = folder.resolve("leeway.conf");
    Files.writeString(
        file,
        "leeway { store.path = results, models { a {\n" + BLOCK + "}\nb {\n" + BLOCK + "} } }\n");
    store = Store.open(spark, ConfigLoader.load(file).store());
    registry = new Registry(store);
  }

  private CommandRun ran(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", folder.resolve("leeway.conf").toString()));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private void adds(String model, int version, Map<String, Object> facts) {
    Map<String, Object> all = new LinkedHashMap<>(facts);
    all.put("verdict", "BLESSED");
    all.put("approvers", 1);
    all.put("expires", Instant.now().plus(Duration.ofDays(3)));
    registry.act(
        model,
        state -> NewEntry.of(ActKind.VERSION_ADDED, version, "tess", "trained", Details.of(all)));
  }

  @Test
  void whatTheGateFoundIsHeldAgainstTheDigestOnRecord() {
    adds("a", 1, Map.of());
    adds("a", 2, Map.of("evidence", EVIDENCE, "attempt_id", "try-2"));
    String id = "log_loss no-worse-by 0.03 in [state]: [state] VIC";
    store.append(
        ResultTable.GATE_CHECKS,
        spark.createDataFrame(
            List.of(
                RowFactory.create(
                    "a",
                    "2",
                    id,
                    "slices",
                    "log_loss",
                    "[state]",
                    "VIC",
                    null,
                    null,
                    320L,
                    null,
                    0.5,
                    0.25,
                    null,
                    null,
                    null,
                    null,
                    "PASS",
                    "Fine.",
                    "run",
                    "try-2",
                    Timestamp.from(Instant.EPOCH))),
            ResultTable.GATE_CHECKS.schema()));
    assertThat(ran("audit", "verify").code()).isEqualTo(ExitCode.DONE);
    assertThat(ran("models", "show", "2", "--model", "a").out())
        .contains("Fine.")
        .doesNotContain("WARNING");

    changed("candidate = 0.75");

    String words =
        "Version 2 of model 'a': table '"
            + folder.resolve("results/gate_checks")
            + "' does not say what the gate found: expected digest "
            + EVIDENCE
            + ", found ";
    CommandRun approval = approved();
    assertThat(approval.code()).isEqualTo(ExitCode.USER);
    assertThat(approval.err()).contains(words, "It was not approved.");
    assertThat(registry.chain("a").entries()).hasSize(2);
    assertThat(ran("models", "show", "2", "--model", "a").out()).contains("WARNING: " + words);
    CommandRun verified = ran("audit", "verify");
    assertThat(verified.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(verified.out()).contains(words).contains("b: 0 entries, whole.");
    assertThat(verified.out()).doesNotContain("Version 1");

    changed("status = 'FINE'");
    assertThat(ran("models", "show", "2", "--model", "a").out())
        .contains("found none (No enum constant");

    changed("candidate = 0.5, status = 'PASS'");
    assertThat(approved().code()).isEqualTo(ExitCode.DONE);
  }

  private void changed(String what) {
    spark.sql("UPDATE delta.`" + folder.resolve("results/gate_checks") + "` SET " + what);
  }

  private CommandRun approved() {
    return ran("approve", "2", "--model", "a", "--by", "ann", "--reason", "looks right");
  }

  @Test
  void filesOfWhatMayServeAreHeldAgainstTheRecordWhereThatIsAskedFor() throws IOException {
    ModelFiles files = new ModelFiles(spark, folder.resolve("results/models").toString());
    for (int version = 1; version <= 3; version++) {
      SavedModel saved =
          files.publish(files.stage("run", "a", description(), pipeline(version)), version);
      adds("a", version, Map.of("digest", saved.digest(), "manifest", saved.seal()));
      if (version < 3) {
        int number = version;
        registry.act(
            "a", state -> Approval.approve(state, number, "ann", "looks right", Instant.now()));
        registry.act("a", state -> Promotion.promote(state, number, false, "olga", "the best"));
      }
    }
    // 2 serves, 1 is warm, and 3 is not approved: it may not serve.
    Path models = folder.resolve("results/models/a");
    delete(models.resolve("v=3"));
    CommandRun whole = ran("audit", "verify", "--files");
    assertThat(whole.code()).as(whole.err()).isEqualTo(ExitCode.DONE);
    assertThat(whole.out())
        .contains("Files of versions [1, 2] are as they were registered.")
        .contains("None of its versions may serve");

    Path stage = models.resolve("v=2/sparkml/stages/0_select/metadata/part-00000");
    Files.writeString(stage, Files.readString(stage).replace("x * 2", "x * 9"));
    CommandRun changed = ran("audit", "verify", "--files");
    assertThat(changed.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(changed.out())
        .contains("v=2': file sparkml/stages/0_select/metadata/part-00000 is not as it was");
    delete(models.resolve("v=1"));
    assertThat(ran("audit", "verify", "--files", "--model", "a").out())
        .contains("There is no model folder")
        .contains("v=1'")
        .contains("v=2'");
    assertThat(ran("audit", "verify").code()).isEqualTo(ExitCode.DONE);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path path : walk.sorted((one, other) -> other.compareTo(one)).toList()) {
        Files.delete(path);
      }
    }
  }

  private PipelineModel pipeline(int factor) {
    return new Pipeline("pipeline")
        .setStages(
            new PipelineStage[] {
              new SQLTransformer("select")
                  .setStatement("SELECT *, x * " + factor + " AS prediction FROM __THIS__")
            })
        .fit(spark.sql("SELECT 1D AS x"));
  }

  private static ModelDescription description() {
    return new ModelDescription(
        "a",
        Task.REGRESSION,
        List.of(),
        Optional.empty(),
        OptionalDouble.empty(),
        List.of(new InputColumn("x", "DOUBLE")),
        "hash",
        new ScoreColumn("prediction", ScoreColumn.Kind.NUMBER));
  }

  @Test
  void anEntryIsLookedForInTheLogOfOneModel() {
    adds("a", 1, Map.of());
    String head = "1:" + registry.chain("a").head();

    CommandRun several = ran("audit", "verify", "--head", head);
    assertThat(several.code()).isEqualTo(ExitCode.USER);
    assertThat(several.err())
        .contains("--head is an entry of one model's log, and 2 are chosen: a, b.")
        .contains("--model");
    assertThat(ran("audit", "verify", "--head", head, "--model", "a").code())
        .isEqualTo(ExitCode.DONE);
    CommandRun other = ran("audit", "verify", "--head", head, "--model", "b");
    assertThat(other.code()).isEqualTo(ExitCode.REFUSED);
    assertThat(other.out()).contains("Entry " + head + " is not there");

    CommandRun malformed = ran("audit", "verify", "--head", "one:two", "--model", "a");
    assertThat(malformed.code()).isEqualTo(ExitCode.USER);
    assertThat(malformed.err())
        .contains("--head is 'one:two'", "a number, a colon and 64 hexadecimal digits");
  }

  @Test
  void theHeadOfAnEmptyLogIsThereForGood() {
    String empty = "0:" + registry.chain("a").head();
    adds("a", 1, Map.of());

    assertThat(ran("audit", "verify", "--head", empty, "--model", "a").code())
        .isEqualTo(ExitCode.DONE);
  }
}
