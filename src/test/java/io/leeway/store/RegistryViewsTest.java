package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.CircuitConfig;
import io.leeway.registry.Contest;
import io.leeway.registry.Promotion;
import io.leeway.serving.CircuitDesk;
import io.leeway.serving.ServedModel;
import io.leeway.serving.circuit.CircuitReadings;
import io.leeway.serving.circuit.CircuitState;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryViewsTest {
  @TempDir private Path directory;

  @Test
  void aliasesTellWhoHadWhichPartAndWhoHasItNow() {
    ServedModel model = new ServedModel(directory);
    model.crowns();
    model.crowns();
    model.challenges(0, "");
    model
        .registry()
        .act(
            ServedModel.NAME, state -> Contest.begin(state, 3, 500, "s", "olga", "into the light"));
    model
        .registry()
        .act(
            ServedModel.NAME, state -> Contest.ramp(state, 1_000, 1, "leeway", "a day has passed"));
    assertThat(aliases(model, "valid_until IS NULL"))
        .containsExactlyInAnyOrder("champion 2 null", "challenger 3 1000");

    model
        .registry()
        .act(
            ServedModel.NAME,
            state -> Promotion.rollBack(state, OptionalInt.empty(), "olga", "2 is ill"));

    assertThat(aliases(model, "valid_until IS NULL")).containsExactly("champion 1 null");
    assertThat(aliases(model, "true"))
        .containsExactlyInAnyOrder(
            "champion 1 null",
            "champion 2 null",
            "champion 1 null",
            "shadow 3 null",
            "challenger 3 500",
            "challenger 3 1000");
  }

  @Test
  void theCircuitOfReadingsEndsWithItsChampionAndOneOfPeopleDoesNot() {
    ServedModel model = new ServedModel(directory);
    model.crowns();
    CircuitDesk desk = new CircuitDesk(model.registry());
    CircuitConfig config = CircuitConfig.defaults();
    Instant now = model.registry().now();
    desk.look(ServedModel.NAME, config, CircuitReadings.of(200, 200, 0), now, "leeway");
    assertThat(circuits(model)).containsExactly("OPEN true null");

    model.crowns();
    assertThat(circuits(model)).containsExactly("OPEN false true");

    desk.force(ServedModel.NAME, CircuitState.DISABLED, config, now, "olga", "a drill");
    model.crowns();
    assertThat(circuits(model)).containsExactly("OPEN false true", "DISABLED true null");
  }

  /** The state, whether it is the latest, and whether it ended with a champion, in order. */
  private static List<String> circuits(ServedModel model) {
    Views.createTemporary(model.store(), 10, List.of());
    return LocalSpark.session()
        .sql(
            "SELECT c.state, c.is_latest, (SELECT max(true) FROM model_aliases a"
                + " WHERE a.alias = 'champion' AND a.valid_from = c.valid_until) AS is_ended"
                + " FROM circuit c ORDER BY c.sequence")
        .collectAsList()
        .stream()
        .map(RegistryViewsTest::text)
        .toList();
  }

  private static List<String> aliases(ServedModel model, String where) {
    Views.createTemporary(model.store(), 10, List.of());
    return LocalSpark.session()
        .sql("SELECT alias, model_version, basis_points FROM model_aliases WHERE " + where)
        .collectAsList()
        .stream()
        .map(RegistryViewsTest::text)
        .toList();
  }

  private static String text(Row row) {
    return row.get(0) + " " + row.get(1) + " " + row.get(2);
  }
}
