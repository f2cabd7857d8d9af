package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TableRefTest {
  private static LeewayConfig with(String table) {
    String quoted = "\"" + table.replace("\"", "\\\"") + "\"";
    return ConfigLoader.load(
        FiveLines.with("").replace("\"in/predictions\"", quoted), FiveLines.FOLDER);
  }

  @ParameterizedTest
  @CsvSource({
    "in/predictions, /data/project/in/predictions, true",
    "../in, /data/in, true",
    "./in, /data/project/in, true",
    "/abs/in, /abs/in, true",
    "s3a://b/in, s3a://b/in, true",
    "abfss://c@a.dfs.core.windows.net/in, abfss://c@a.dfs.core.windows.net/in, true",
    "predictions, predictions, false",
    "main.lake.predictions, main.lake.predictions, false",
    "`a b`.`c.d`, `a b`.`c.d`, false"
  })
  void tellsPathsFromNames(String written, String text, boolean isPath) {
    assertThat(with(written).model("credit").predictions().table())
        .isEqualTo(new TableRef(text, isPath));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a..b", ".", "..", "a.b.c.d.e"})
  void refusesWhatIsNeither(String written) {
    assertThatThrownBy(() -> with(written))
        .hasMessage(
            "configuration:5: leeway.models.credit.predictions.table: '"
                + written
                + "' is neither a path nor a catalog name; write a path with '/', or one to four"
                + " names with dots between");
  }

  @Test
  void refusesAHomeThatOnlyAShellKnows() {
    assertThatThrownBy(() -> with("~/in"))
        .hasMessageContaining("'~/in' starts with '~', which only a shell expands");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3a://key:hush@b/in", "wasbs://b/in?sv=1&sig=hush"})
  void refusesASecretInPlainTextWithoutRepeatingIt(String written) {
    assertThatThrownBy(() -> with(written))
        .hasMessage(
            "configuration:5: leeway.models.credit.predictions.table: holds a secret in plain text;"
                + " put the whole address into an environment variable and write ${?NAME}");
    assertThat(new TableRef(written, true).toString()).isEqualTo("***");
  }

  @Test
  void listsTheRelativePaths() {
    assertThat(with("in/t").relativePaths())
        .containsExactly(
            new LeewayConfig.RelativePath("leeway.store.path", "results"),
            new LeewayConfig.RelativePath("leeway.models.credit.predictions.table", "in/t"));
    assertThat(with("/in/t").relativePaths()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "path = x, catalog = c, schema = s",
        "catalog = c",
        "schema = s",
        "",
        "path = \"\""
      })
  void holdsTheStoreToOneForm(String store) {
    String hocon =
        FiveLines.with("").replace("store.path = \"results\"", "store { " + store + " }");
    assertThatThrownBy(() -> ConfigLoader.load(hocon, FiveLines.FOLDER))
        .hasMessageStartingWith("configuration:2: leeway.store");
  }

  @Test
  void takesAStoreInACatalog() {
    String hocon =
        FiveLines.with("")
            .replace("store.path = \"results\"", "store { catalog = spark_catalog, schema = m }");
    assertThat(ConfigLoader.load(hocon, FiveLines.FOLDER).store())
        .isEqualTo(
            new StoreConfig(Optional.empty(), Optional.of("spark_catalog"), Optional.of("m")));
  }
}
