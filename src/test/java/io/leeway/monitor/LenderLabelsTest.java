package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.LeewayConfig;
import io.leeway.simulate.Event;
import io.leeway.simulate.LenderConfig;
import io.leeway.simulate.SimulatedTables;
import io.leeway.simulate.Simulation;
import io.leeway.store.Store;
import io.leeway.store.Views;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lender whose scores turn unfair and whose outcomes change on known days: the right segment and
 * the right week come out, and nothing where nothing was changed. A change counts from four of its
 * standard errors on, which chance passes once in 16,000 looks; there are some 60 in a history.
 */
class LenderLabelsTest {
  private static final int CALM_DAYS = 28;
  private static final int CHANGED_FROM = 36;
  private static final int DAYS = 42;
  private static final double FOUND = 4;

  @TempDir private static Path folder;

  private static Simulation calm() {
    return Simulation.defaults().withDays(DAYS).withRowsPerDay(500);
  }

  @Test
  void theRightSegmentAndWeekComeOut() {
    List<String> found =
        found(
            "changed",
            calm()
                .withEvents(
                    new Event.FairnessGap("f", 1.2, CHANGED_FROM),
                    new Event.ConceptChange("18-25", 1.5, CHANGED_FROM)));
    // What one gender or age does shows in all rows together, too; no other segment is touched.
    assertThat(found)
        .contains(
            "week 2 gender=f selection_rate_change",
            "week 2 age_band=18-25 base_rate_change",
            "week 2 gender=f demographic_parity_vs_reference",
            "week 2  gender demographic_parity_difference_supported_change",
            "week 2  income label_rate_change_by_relation");
    // What one gender is told or one age does shows in whatever holds them; nowhere else.
    assertThat(found).allMatch(line -> line.startsWith("week 2"));
    assertThat(found)
        .noneMatch(line -> line.matches("week 2 gender=[mx] (selection_rate|demographic).*"))
        .noneMatch(
            line -> line.matches("week 2 age_band=.* base_rate_change") && !line.contains("18-25"));
  }

  @Test
  void nothingComesOutWhereNothingChanged() {
    assertThat(found("calm", calm())).isEmpty();
  }

  /** Changes against the baseline in the weeks after it, by week and segment. */
  private static List<String> found(String name, Simulation simulation) {
    Path tables = folder.resolve(name);
    write(SimulatedTables.predictions(LocalSpark.session(), simulation), tables, "predictions");
    write(SimulatedTables.outcomes(LocalSpark.session(), simulation), tables, "outcomes");
    String text =
        LenderConfig.hocon(
                simulation,
                tables.resolve("results").toString(),
                tables.resolve("predictions").toString(),
                tables.resolve("outcomes").toString())
            .replace("roll-up = [7 days]", "roll-up = [7 days], publish = [7 days]")
            .replace("slices = [[state], [age_band], [gender], [state, age_band]]", "slices = []")
            .replaceAll("features \\{[^}]*}", "features = [income]")
            .replaceAll("operations \\{[^}]*}", "")
            .replaceAll(
                "reference \\{[^}]*}",
                "reference { from = \"%s\", until = \"%s\" }"
                    .formatted(simulation.firstDay(), simulation.firstDay().plusDays(CALM_DAYS)));
    LeewayConfig config = ConfigLoader.load(text, tables);
    Store store = Store.open(LocalSpark.session(), config.store());
    new Monitor(store, line -> {})
        .run(config.models().get(0), MonitorRequest.due(Instant.parse("2027-01-01T00:00:00Z")));
    Views.createTemporary(store, 1);
    List<String> found = new ArrayList<>();
    for (int week = 1; week <= 2; week++) {
      Instant start =
          simulation
              .firstDay()
              .plusDays(CALM_DAYS + 7L * (week - 1))
              .atStartOfDay(simulation.zone())
              .toInstant();
      for (Row row :
          LocalSpark.session()
              .sql(
                  String.format(
                      Locale.ROOT,
                      """
                      SELECT segment, column_name, metric FROM latest_metrics
                      WHERE part = 'outcomes' AND window_start = timestamp'%1$s' AND status = 'OK'
                        AND (metric IN ('selection_rate_change', 'base_rate_change', 'label_rate_change_by_relation')
                              AND comparison = 'baseline' AND abs(value) > %2$s * std_error
                          OR column_name = 'gender' AND metric IN ('demographic_parity_vs_reference',
                              'demographic_parity_difference_supported_change')
                            AND abs(value) > %2$s * (ci_high - ci_low) / (2 * 1.96))""",
                      start,
                      FOUND))
              .collectAsList()) {
        String column = row.getString(1);
        boolean ofSegment = column.isEmpty() || !row.getString(0).isEmpty();
        found.add(
            "week "
                + week
                + " "
                + row.getString(0)
                + (ofSegment ? "" : " " + column)
                + " "
                + row.getString(2));
      }
    }
    return found;
  }

  private static void write(Dataset<Row> rows, Path tables, String name) {
    rows.coalesce(2).write().format("delta").save(tables.resolve(name).toString());
  }
}
