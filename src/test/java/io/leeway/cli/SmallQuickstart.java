package io.leeway.cli;

import io.leeway.simulate.Event;
import io.leeway.simulate.Simulation;
import io.leeway.testing.LocalSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The quickstart of ten small days, run once for all tests that look at its tables. */
final class SmallQuickstart {
  static final int ROWS_A_DAY = 600;

  private SmallQuickstart() {}

  /** Where it all lies. */
  static Path folder() {
    return Made.FOLDER;
  }

  static String configuration() {
    return Made.FOLDER.resolve("leeway.conf").toString();
  }

  /** The final words. */
  static List<String> words() {
    return Made.WORDS;
  }

  private static final class Made {
    static final Path FOLDER = temporary();
    static final List<String> WORDS =
        new Quickstart(
                LocalSpark.compiling().newSession(),
                new SimulatedFolder(FOLDER),
                Simulation.defaults()
                    .withRowsPerDay(ROWS_A_DAY)
                    .withDays(10)
                    .withEvents(
                        new Event.CovariateShift("QLD", "income", -1.0, 8),
                        new Event.NewCategory("purpose", "solar_battery", 0.2, 8)),
                line -> {})
            .run();

    private static Path temporary() {
      try {
        return Files.createTempDirectory("small-quickstart");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
