package io.leeway.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.registry.Contest;
import io.leeway.registry.Promotion;
import io.leeway.serving.ServedModel;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
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
