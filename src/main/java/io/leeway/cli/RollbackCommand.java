package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.Contest;
import io.leeway.registry.ModelState;
import io.leeway.registry.Promotion;
import io.leeway.registry.Registry;
import java.util.List;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code leeway rollback}. */
@Command(
    name = "rollback",
    description = {
      "Goes back to the champion before, or takes the challenger out of the traffic.",
      "One entry in the audit log: no data is read and nobody has to approve."
    },
    mixinStandardHelpOptions = true)
final class RollbackCommand extends ServingActCommand {
  @Mixin private ActOptions act;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "The champion to go back to; the last one unless given.")
  private Integer to;

  @Option(names = "--challenger", description = "Take the challenger out instead.")
  private boolean challenger;

  RollbackCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> acted(Registry registry, ModelConfig model) {
    if (challenger && to != null) {
      throw new UserException(
          "--to names a champion and --challenger takes the other out; give one.");
    }
    ModelState seen = registry.state(model.name());
    OptionalInt target = to == null ? OptionalInt.empty() : OptionalInt.of(to);
    int version =
        registry
            .actOn(
                seen,
                state ->
                    challenger
                        ? Contest.withdraw(state, act.by(), act.reason())
                        : Promotion.rollBack(state, target, act.by(), act.reason()))
            .act()
            .version()
            .getAsInt();
    return List.of(
        challenger
            ? "Version %d of %s is taken out; the champion has all traffic."
                .formatted(version, model.name())
            : "Version %d of %s serves again.".formatted(version, model.name()));
  }
}
