package io.leeway.cli;

import io.leeway.config.CircuitConfig;
import io.leeway.config.ModelConfig;
import io.leeway.registry.Registry;
import io.leeway.serving.CircuitDesk;
import io.leeway.serving.circuit.CircuitState;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leeway circuit}. */
@Command(
    name = "circuit",
    description = {
      "Sets a model's circuit by hand: open serves the fallback whatever is measured, disabled serves the champion whatever is measured, metrics only measures and says what it would do, auto ends these.",
      "It goes on record."
    },
    mixinStandardHelpOptions = true)
final class CircuitCommand extends ServingActCommand {
  /** What people may set. */
  enum Setting {
    OPEN(CircuitState.FORCED_OPEN),
    DISABLED(CircuitState.DISABLED),
    METRICS_ONLY(CircuitState.METRICS_ONLY),
    AUTO(CircuitState.CLOSED);

    private final CircuitState state;

    Setting(CircuitState state) {
      this.state = state;
    }
  }

  @Mixin private ActOptions act;

  @Parameters(paramLabel = "SETTING", description = "open, disabled, metrics_only or auto.")
  private Setting setting;

  CircuitCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> acted(Registry registry, ModelConfig model) {
    CircuitConfig config = RetrainNeed.of(model).circuit();
    new CircuitDesk(registry)
        .force(model.name(), setting.state, config, registry.now(), act.by(), act.reason());
    return List.of(
        "The circuit of %s is %s now: %s."
            .formatted(
                model.name(),
                setting.state,
                switch (setting) {
                  case OPEN ->
                      "the fallback ("
                          + config.fallback().text()
                          + ") answers until 'leeway circuit auto'";
                  case DISABLED ->
                      "the champion answers whatever is measured, until 'leeway circuit auto'";
                  case METRICS_ONLY ->
                      "the champion answers, and what would have opened it is told, until 'leeway "
                          + "circuit auto'";
                  case AUTO -> "the champion answers while what is measured is well";
                }));
  }
}
