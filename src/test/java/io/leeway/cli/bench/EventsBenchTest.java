package io.leeway.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.leeway.simulate.Event;
import io.leeway.simulate.Simulation;
import io.leeway.testing.LocalSpark;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short script with one trouble after the other; what people are told of it is known. */
class EventsBenchTest {
  private static final String LESS =
      """

      leeway.models.credit-risk {
        slices = [[state]]
        features { numeric = [income, loan_amount, utilisation], categorical = [purpose] }
        windows.roll-up = []
        labels.mature-after = 0 days
      }
      """;

  @TempDir private Path folder;

  @Test
  void eachEventIsOneIncidentInItsRowsAndColumnsAndNothingElseIsTold() {
    EventsBench bench =
        EventsBench.of(
            LocalSpark.session(),
            folder,
            Simulation.defaults()
                .withDays(36)
                .withRowsPerDay(1200)
                .withEvents(
                    new Event.MissingDay(26),
                    new Event.CovariateShift("VIC", "income", -1.0, 27),
                    new Event.NewCategory("purpose", "solar_battery", 0.1, 29),
                    new Event.LatencySpike(3, 31, 31),
                    new Event.NullBurst("utilisation", 0.35, 32, 34)),
            LESS,
            line -> {});
    assertThat(bench.besides()).isEmpty();
    assertThat(bench.events())
        .allSatisfy(
            of -> {
              assertThat(of.isOne()).as(of.line()).isTrue();
              // Two of three windows, or the one that lacks its rows.
              assertThat(of.delayDays()).as(of.line()).isBetween(1.0, 3.0);
            });
  }
}
