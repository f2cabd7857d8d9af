package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.domain.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("leeway.conf"), text);
  }

  private static void assertProblems(String hocon, String... lines) {
    assertThatThrownBy(() -> ConfigLoader.load(hocon, FiveLines.FOLDER))
        .isInstanceOf(UserException.class)
        .hasMessage(String.join("\n", lines));
  }

  @Test
  void namesAllProblemsAtOnceByFileAndLine() throws IOException {
    Path file =
        file(
            """
            leeway {
              stores.path = "x"
              models.credit {
                task = binry
                predictions { table = "in", id = pid, score = p }
                windows {
                  base = 1 dya
                  zone = Australia/Melburne
                }
                reference { from = 2026-02-30 }
                max-segments = -1
                state-memory = -5MB
                restate-horizon = 35
                policy = [
                  { metric = psi, above = 0.1, severity = retran }
                ]
              }
            }
            """);
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(UserException.class)
        .hasMessage(
            """
            F:1: leeway.store: says no place; write either path = "...", or catalog = ... and schema = ...
            F:2: leeway.stores: unknown key; did you mean 'store'? Known here: store, notices, defaults, models
            F:4: leeway.models.credit.task: 'binry' is not known here; did you mean 'binary'? Known: binary, multiclass, regression, telemetry
            F:5: leeway.models.credit.predictions.time: is missing; name the column of the prediction's time
            F:7: leeway.models.credit.windows.base: '1 dya' is not a period; write a count and a unit, for example '15 minutes', '1 hour', '7 days' or '1 month'.
            F:8: leeway.models.credit.windows.zone: 'Australia/Melburne' is not a time zone; did you mean 'Australia/Melbourne'?
            F:10: leeway.models.credit.reference.from: '2026-02-30' is not a date or time; write for example 2026-01-01 or "2026-01-01T00:00:00Z"
            F:11: leeway.models.credit.max-segments: '-1' is not a whole number from 1 on; write for example 1000
            F:12: leeway.models.credit.state-memory: '-5MB' is not above 0; write for example 256MB
            F:13: leeway.models.credit.restate-horizon: '35' is not a length of time; write a count and one of seconds, minutes, hours, days, weeks, for example '30 days'
            F:15: leeway.models.credit.policy[0].severity: 'retran' is not known here; did you mean 'retrain'? Known: investigate, retrain, emergency"""
                .replace("F:", file + ":"));
  }

  @Test
  void refusesAnUnknownKeyWithTheNearestAndTheKnownOnes() {
    assertProblems(
        FiveLines.with("labels { table = t, label = y, mature-afer = 3 days }"),
        "configuration:7: leeway.models.credit.labels.mature-afer: unknown key; did you mean"
            + " 'mature-after'? Known here: table, id, label, negative, time, prediction-time,"
            + " mature-after, horizon, unlabelled-after-maturity");
  }

  @Test
  void namesALineOfTheDefaultsOnceForAllModels() {
    assertProblems(
        """
        leeway {
          store.path = "results"
          defaults { task = binary, windows { bse = 1 hour }, reference.where = "old"
                     predictions { table = t, id = i, time = at, score = p } }
          models { a {}, b {} }
        }
        """,
        "configuration:3: leeway.defaults.windows.bse: unknown key; did you mean 'base'? Known"
            + " here: base, roll-up, calendar, zone, publish");
  }

  @Test
  void laysDefaultsBeneathEveryModel() {
    LeewayConfig config =
        ConfigLoader.load(
            """
            leeway {
              store.path = "results"
              defaults { task = binary, min-cell = 5, windows { base = 1 hour, zone = Asia/Tokyo }
                         predictions { table = t, id = i, time = at, score = p, decision = d }
                         reference.where = "old" }
              models { a {}, b { min-cell = 7, windows.base = 1 day, predictions.decision = null } }
            }
            """,
            FiveLines.FOLDER);
    assertThat(config.model("a").limits().minCell()).isEqualTo(5);
    assertThat(config.model("a").windows().base()).hasToString("1 hour");
    assertThat(config.model("a").predictions().decision()).contains("d");
    assertThat(config.model("b").limits().minCell()).isEqualTo(7);
    assertThat(config.model("b").windows().base()).hasToString("1 day");
    assertThat(config.model("b").windows().zone()).hasToString("Asia/Tokyo");
    assertThat(config.model("b").predictions().decision()).isEmpty();
  }

  @Test
  void missesEverythingInAnEmptyFile() {
    assertProblems(
        "",
        "configuration: leeway: is missing; write all settings in a block: leeway { store.path ="
            + " ..., models { ... } }");
    assertProblems(
        "leway { store.path = x }",
        "configuration: leeway: is missing; write all settings in a block: leeway { store.path ="
            + " ..., models { ... } }",
        "configuration:1: leway: unknown key; did you mean 'leeway'?");
    assertProblems(
        "leeway {}",
        "configuration:1: leeway.store: says no place; write either path = \"...\", or catalog ="
            + " ... and schema = ...",
        "configuration:1: leeway.models: is missing; write models.NAME { task = ..., predictions"
            + " { ... } }");
  }

  @Test
  void missesEachNeededKeyOfAnEmptyModel() {
    assertProblems(
        "leeway { store.path = x\n models.m {\n } }",
        "configuration:2: leeway.models.m.task: is missing; write one of binary, multiclass,"
            + " regression, telemetry",
        "configuration:2: leeway.models.m.predictions.table: is missing; write the table's path"
            + " or catalog name",
        "configuration:2: leeway.models.m.predictions.id: is missing; name the column that"
            + " identifies a prediction",
        "configuration:2: leeway.models.m.predictions.time: is missing; name the column of the"
            + " prediction's time",
        "configuration:2: leeway.models.m.predictions.score: is missing; name the column of the"
            + " probability of the positive outcome",
        "configuration:2: leeway.models.m.reference: names no rows; write from and until, or where"
            + " = \"SQL condition\", or table = \"...\"");
  }

  @Test
  void refusesAValueOfTheWrongShape() {
    assertProblems(
        FiveLines.with(
            "labels = t", "slices = [state]", "windows { roll-up = 7 days }", "policy {}"),
        "configuration:7: leeway.models.credit.labels: must be a block, but is a string; write it in"
            + " braces: {...}",
        "configuration:8: leeway.models.credit.slices[0]: is not a slice; a slice is a list of"
            + " columns, such as [state]",
        "configuration:9: leeway.models.credit.windows.roll-up: must be a list, but is a string;"
            + " write it in brackets: [...]",
        "configuration:10: leeway.models.credit.policy: must be a list, but is a block; write it in"
            + " brackets: [...]");
  }

  @Test
  void saysWhereTheSyntaxBreaks() {
    assertProblems(
        "leeway {\n  store.path = s3a://bucket/x\n}",
        "configuration:2: HOCON syntax: Expecting close brace } or a comma, got ':' (if you intended"
            + " ':' to be part of a key or string value, try enclosing the key or value in double"
            + " quotes); texts that hold any of : = { } [ ] , + # ` ^ ? ! @ * & \\ ' or \" go in"
            + " double quotes");
  }

  @Test
  void saysThatABraceIsNotClosed() {
    assertProblems(
        "leeway {\n  store.path = x\n",
        "configuration:3: HOCON syntax: ends within a block, list or text; close the brace, bracket"
            + " or quotation mark");
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertProblems(
        "leeway {\n  store.path = ${LEEWAY_NO_SUCH_VARIABLE}\n}",
        "configuration:2: HOCON syntax: Could not resolve substitution to a value:"
            + " ${LEEWAY_NO_SUCH_VARIABLE}; set that variable, or write ${?NAME} where it may be"
            + " missing");
  }

  @Test
  void saysThatThereIsNoFile() {
    Path file = folder.resolve("none.conf");
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": there is no such file; check the path of the configuration.");
  }

  @Test
  void saysThatAFolderIsNoFile() {
    assertThatThrownBy(() -> ConfigLoader.load(folder))
        .isInstanceOf(UserException.class)
        .hasMessage(folder + ": is a folder; name the configuration file in it.");
  }

  @Test
  void saysThatAFileIsNoText() throws IOException {
    Path file = folder.resolve("latin.conf");
    Files.write(file, "leeway { x = \u00fc }".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(UserException.class)
        .hasMessage(file + ": is not UTF-8 text; save the configuration as UTF-8.");
  }

  @Test
  void namesTheFileThatWasIncluded() throws IOException {
    Path included = folder.resolve("model.conf");
    Files.writeString(included, "\n\ntask = binari\n");
    Path file = file(FiveLines.with("").replace("task = binary", "include \"model.conf\""));
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith(included + ":3: leeway.models.credit.task: 'binari' is not known");
  }

  @Test
  void takesValuesFromElsewhereInTheFile() {
    String hocon =
        "base = \"/lake\"\n" + FiveLines.with("").replace("\"results\"", "${base}/results");
    assertThat(ConfigLoader.load(hocon, FiveLines.FOLDER).store().path()).contains("/lake/results");
  }

  @Test
  void leavesAnAbsentEnvironmentVariableOut() {
    ModelConfig model = FiveLines.model("min-cell = ${?LEEWAY_NO_SUCH_VARIABLE}");
    assertThat(model.limits().minCell()).isEqualTo(10);
  }

  @Test
  void neverShowsWhatCameFromTheEnvironment() {
    String path = System.getenv("PATH");
    LeewayConfig config =
        ConfigLoader.load(
            FiveLines.with("business { a = ${PATH}, b = \"x\"${PATH}\"y\" }"), FiveLines.FOLDER);
    assertThat(config.model("credit").business())
        .containsEntry("a", new BusinessMetric(path, Optional.empty()));
    assertThat(config.describe())
        .contains("leeway.models.credit.business.a = ***", "leeway.models.credit.business.b = ***")
        .doesNotContain(path);
    assertThatThrownBy(
            () -> ConfigLoader.load(FiveLines.with("min-cell = ${PATH}"), FiveLines.FOLDER))
        .hasMessage(
            "configuration:3: leeway.models.credit.min-cell: '***' is not a whole number from 1 on;"
                + " write for example 10");
  }

  @Test
  void describesEverySettingWithItsDefault() {
    assertThat(ConfigLoader.load(FiveLines.with(""), FiveLines.FOLDER).describe().lines())
        .contains(
            "leeway.store.path = \"/data/project/results\"",
            "leeway.models.credit.predictions.id = \"pid\"",
            "leeway.models.credit.predictions.table = \"/data/project/in/predictions\"",
            "leeway.models.credit.max-segments = 1000  # default",
            "leeway.models.credit.restate-horizon = \"35 days\"  # default",
            "leeway.models.credit.windows.base = \"1 day\"  # default");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a.b", "a/b", "say \"hi\"", "a b", "$x", "ünï/ço.de", "", "tab\tname", "..", "#1"})
  void takesAnyNameOfAModelThatCanBeWritten(String name) {
    String quoted = "\"" + name.replace("\"", "\\\"").replace("\t", "\\t") + "\"";
    String hocon = FiveLines.with("").replace("models.credit", "models." + quoted);
    if (name.isBlank() || name.contains("\t")) {
      assertThatThrownBy(() -> ConfigLoader.load(hocon, FiveLines.FOLDER))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("rename it");
    } else {
      assertThat(ConfigLoader.load(hocon, FiveLines.FOLDER).model(name).name()).isEqualTo(name);
    }
  }

  @Test
  void takesANameOfUpTo200Characters() {
    String longest = "n".repeat(200);
    String hocon = FiveLines.with("").replace("models.credit", "models." + longest);
    assertThat(ConfigLoader.load(hocon, FiveLines.FOLDER).model(longest).name()).hasSize(200);
    assertThatThrownBy(
            () -> ConfigLoader.load(hocon.replace(longest, longest + "n"), FiveLines.FOLDER))
        .hasMessageContaining("has 1 to 200 characters, but this one has 201; rename it");
  }

  @Test
  void saysThatANameWithADotNeedsQuotes() {
    assertProblems(
        FiveLines.with("").replace("models.credit", "models.credit.v2"),
        "configuration:3: leeway.models.credit: holds only 'v2'; write a name with a dot in double"
            + " quotes");
  }

  @Test
  void namesTheNearestModelsWhenThereIsNoSuchModel() {
    String model = FiveLines.with("").lines().skip(3).limit(3).reduce("", (a, b) -> a + b + "\n");
    LeewayConfig config =
        ConfigLoader.load(
            "leeway { store.path = x, models { churn { "
                + model
                + " }, credit { "
                + model
                + " } } }",
            FiveLines.FOLDER);
    assertThatThrownBy(() -> config.model("credti"))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "configuration: there is no model 'credti'; known, nearest first: credit, churn.");
  }

  @Test
  void loadsTheExampleOfTheProject() {
    Path file = Path.of("conf/example.conf");
    LeewayConfig config = ConfigLoader.load(file);
    ModelConfig model = config.model("credit-risk");
    Path root = Path.of("").toAbsolutePath();
    assertThat(config.source()).isEqualTo("conf/example.conf");
    assertThat(config.store().path()).contains(root.resolve("warehouse/leeway").toString());
    assertThat(model.windows().granularities())
        .containsExactly("1 day", "7 days", "28 days", "1 month");
    assertThat(model.slices())
        .hasToString("[[], [state], [age_band], [state, age_band], [gender], [gender, age_band]]");
    assertThat(model.policy()).hasSize(4);
    assertThat(model.retrain().orElseThrow().training().algorithm()).isEqualTo(Algorithm.GBT);
    assertThat(config.relativePaths())
        .extracting(LeewayConfig.RelativePath::key)
        .containsExactly(
            "leeway.store.path",
            "leeway.notices.channels[2].file",
            "leeway.models.credit-risk.predictions.table",
            "leeway.models.credit-risk.labels.table",
            "leeway.models.gpu-hosts.predictions.table");
  }
}
