package io.leeway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqlCommandTest {
  private static final String AWKWARD =
      "SELECT 1 AS a, CAST(NULL AS STRING) AS b, 'x,\"y\"' AS c, '' AS d, 0.1D AS e";

  @TempDir private Path directory;

  private static CommandRun sql(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "sql";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[arguments.length + 1] = "--config";
    all[arguments.length + 2] = SmallQuickstart.configuration();
    return CommandRun.of(all);
  }

  @Test
  void tableIsAligned() {
    assertThat(sql(AWKWARD).lines())
        .containsExactly(
            "a  b     c      d    e",
            "-  ----  -----  -  ---",
            "1  NULL  x,\"y\"     0.1",
            "(1 row)");
  }

  @Test
  void csvIsQuotedWhereNeeded() {
    CommandRun csv = sql(AWKWARD, "--format", "csv");

    assertThat(csv.out()).isEqualTo("a,b,c,d,e\r\n1,,\"x,\"\"y\"\"\",\"\",0.1\r\n");
  }

  @Test
  void jsonIsAnObjectALineWithNulls() {
    CommandRun json = sql(AWKWARD, "--format", "json");

    assertThat(json.lines()).hasSize(1);
    JsonNode row = CommandRun.json(json.lines().get(0));
    assertThat(row.get("a").asInt()).isEqualTo(1);
    assertThat(row.get("b").isNull()).isTrue();
    assertThat(row.get("c").asText()).isEqualTo("x,\"y\"");
  }

  @Test
  void aLimitSaysHowManyRowsAreLeft() {
    CommandRun ten = sql("SELECT id FROM range(1234) ORDER BY id", "--limit", "10");

    assertThat(ten.lines()).hasSize(2 + 10 + 1);
    assertThat(ten.out()).contains("(10 of 1,234 rows, 1,224 more");
    assertThat(sql("SELECT id FROM range(60)").out()).contains("(50 of 60 rows, 10 more");
    assertThat(sql("SELECT id FROM range(60)", "--format", "csv").lines()).hasSize(61);
  }

  @Test
  void columnsOfOneNameStayApart() {
    assertThat(sql("SELECT 1 AS a, 2 AS a", "--format", "csv").out()).isEqualTo("a,a\r\n1,2\r\n");
  }

  @Test
  void viewsAnswer() {
    CommandRun days =
        sql(
            "SELECT DISTINCT window_start FROM latest_metrics WHERE granularity = '1 day' ORDER BY 1",
            "--format",
            "csv");

    // The seventh to the tenth of January begin at midnight in Melbourne, 13:00 UTC the day before.
    assertThat(days.lines())
        .containsExactly(
            "window_start",
            "2026-01-06 13:00:00",
            "2026-01-07 13:00:00",
            "2026-01-08 13:00:00",
            "2026-01-09 13:00:00");
  }

  @Test
  void aStoreIsFoundByItsPath() {
    CommandRun count =
        CommandRun.of(
            "sql",
            "SELECT count(*) AS runs FROM runs_committed WHERE labels_version IS NULL"
                + " AND command IN ('baseline', 'monitor')",
            "--store",
            SmallQuickstart.folder().resolve("results").toString(),
            "--format",
            "csv");

    // One baseline, one run over the history, three days; and as many that joined their labels.
    assertThat(count.out()).isEqualTo("runs\r\n5\r\n");
  }

  @Test
  void aFolderWithoutResultTablesIsNoAnswer() {
    CommandRun empty =
        CommandRun.of("sql", "SELECT * FROM metrics", "--store", directory.toString());

    assertThat(empty.code()).isEqualTo(2);
    assertThat(empty.err()).contains("no result tables", directory.toString(), "leeway monitor");
  }

  @Test
  void aTextThatIsNoSqlIsSaidToBeWithItsPlace() {
    CommandRun wrong = sql("SELECT * FORM metrics");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("The query is not understood (line 1, position 15)", "'metrics'")
        .doesNotContain("SQLSTATE", "\tat ", "bug");
    assertThat(wrong.err().lines()).hasSize(1);
  }

  @Test
  void anUnknownTableIsAnsweredWithTheKnownOnes() {
    CommandRun wrong = sql("SELECT * FROM feature_drfit");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .contains("'feature_drfit'", "nearest first: feature_drift, ", "latest_metrics", "runs");
  }

  @Test
  void anUnknownColumnIsAnsweredWithNearOnes() {
    CommandRun wrong = sql("SELECT metrc FROM metrics");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("metrc", "`metric`").doesNotContain("bug");
  }

  @Test
  void aValueThatCannotBeComputedIsTheQuerysMatter() {
    CommandRun wrong = sql("SELECT CAST('abc' AS INT)");

    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err()).contains("The query cannot be computed", "'abc'");
  }

  @Test
  void nothingCanBeChanged() {
    for (String statement :
        new String[] {
          "DROP VIEW metrics",
          "INSERT INTO metrics SELECT * FROM metrics",
          "CREATE TABLE t AS SELECT 1",
          "SET spark.sql.shuffle.partitions = 1",
          "WITH m AS (SELECT 1) INSERT INTO metrics SELECT * FROM m"
        }) {
      CommandRun refused = sql(statement);
      assertThat(refused.code()).as(statement).isEqualTo(2);
      assertThat(refused.err()).as(statement).contains("only reads");
    }
    assertThat(sql("DESCRIBE metrics").code()).isZero();
    assertThat(sql("SHOW VIEWS").code()).isZero();
  }

  @Test
  void viewsListsWhatCanBeQueried() {
    CommandRun views = CommandRun.of("views", "--config", SmallQuickstart.configuration());

    assertThat(views.code()).isZero();
    assertThat(views.lines())
        .contains(
            "credit_risk_drift_metrics",
            "credit_risk_profile_metrics",
            "feature_drift",
            "latest_metrics",
            "metrics",
            "runs",
            "score_distribution");
  }

  @Test
  void ddlOfAFolderGivesAnySessionTheViews() {
    CommandRun ddl = CommandRun.of("views", "--ddl", "--config", SmallQuickstart.configuration());

    assertThat(ddl.code()).isZero();
    SparkSession other = LocalSpark.another();
    ddl.statements().forEach(other::sql);
    assertThat(SqlCommand.names(other))
        .isEqualTo(CommandRun.of("views", "--config", SmallQuickstart.configuration()).lines());
    String drifts = "SELECT count(*) AS n, sum(psi) AS psi FROM feature_drift WHERE slice = '[]'";
    assertThat(other.sql(drifts).collectAsList())
        .hasToString(LocalSpark.session().sql(drifts).collectAsList().toString());
  }

  @Test
  void ddlOfAFolderWithoutResultTablesSaysSo() throws IOException {
    Path configuration = directory.resolve("leeway.conf");
    Files.writeString(
        configuration,
        Files.readString(Path.of(SmallQuickstart.configuration()))
            + "leeway.store.path = \"./nowhere\"\n");

    CommandRun refused = CommandRun.of("views", "--ddl", "--config", configuration.toString());

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("no result tables", "nowhere");
  }
}
