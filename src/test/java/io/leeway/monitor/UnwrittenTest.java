package io.leeway.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.config.ConfigLoader;
import io.leeway.config.ModelConfig;
import io.leeway.store.PublishedParts;
import io.leeway.store.PublishedParts.Winner;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What runs of one configuration did not write and those of another would have. */
class UnwrittenTest {
  private static final String CROSSED = "slices = [[state], [state, gender]]";

  private static ModelConfig model(String... lines) {
    String text =
        """
        leeway {
          store.path = "results"
          models.m {
            task = binary
            predictions { table = db.p, id = id, time = at, score = p, decision = d }
            reference { from = 2025-01-01, until = 2025-06-01 }
            %s
          }
        }
        """;
    return ConfigLoader.load(text.formatted(String.join("\n", lines)), Path.of("/")).model("m");
  }

  private static ModelConfig judging(String metric, String... lines) {
    String[] all = List.of(lines).toArray(new String[lines.length + 1]);
    all[lines.length] = "policy = [ { metric = " + metric + ", above = 0.1 } ]";
    return model(all);
  }

  private static Collection<Winner> parts(ModelConfig config) {
    LedgerOfDays ledger = new LedgerOfDays();
    return PublishedParts.of(
            List.of(
                ledger.commit(
                    0,
                    config.measureHash(),
                    1,
                    LedgerOfDays.days(1, 1),
                    LedgerOfDays.days(2, 2),
                    LedgerOfDays.days(1, 2))))
        .winners();
  }

  @Test
  void aMetricThatNobodyNamedIsMissingInEveryPart() {
    ModelConfig inForce = model(CROSSED);
    Unwritten missing =
        Unwritten.of(
            Set.of("js_distance", "psi"), inForce, judging("js_distance", CROSSED), parts(inForce));
    assertThat(missing.metrics()).containsExactly("js_distance");
    assertThat(missing.parts()).hasSize(3);
  }

  @Test
  void withoutCrossesNothingIsMissing() {
    ModelConfig inForce = model("slices = [[state]]");
    assertThat(
            Unwritten.of(
                Set.of("js_distance"),
                inForce,
                judging("js_distance", "slices = [[state]]"),
                parts(inForce)))
        .isEqualTo(Unwritten.NONE);
  }

  @Test
  void whatIsStoredOfCrossesAnywayIsNotMissing() {
    ModelConfig inForce = model(CROSSED);
    assertThat(
            Unwritten.of(Set.of("psi"), inForce, judging("psi", CROSSED), parts(inForce)).metrics())
        .isEmpty();
  }

  /** Rules by default are on such metrics, and make nothing stored. */
  @Test
  void whatTheProposedConfigurationWouldNotHaveHadWrittenIsNotMissing() {
    ModelConfig inForce = model(CROSSED);
    assertThat(Unwritten.of(Set.of("js_distance"), inForce, model(CROSSED), parts(inForce)))
        .isEqualTo(Unwritten.NONE);
  }

  @Test
  void aNamedMetricIsMissingWhereAnEarlierConfigurationDidNotNameIt() {
    ModelConfig earlier = model(CROSSED);
    ModelConfig inForce = model(CROSSED, "store-metrics = [js_distance]");
    ModelConfig proposed = judging("js_distance", CROSSED, "store-metrics = [js_distance]");
    Set<String> wanted = Set.of("js_distance");
    assertThat(Unwritten.of(wanted, inForce, proposed, parts(inForce))).isEqualTo(Unwritten.NONE);
    assertThat(Unwritten.of(wanted, inForce, proposed, parts(earlier)).parts()).hasSize(3);
  }
}
