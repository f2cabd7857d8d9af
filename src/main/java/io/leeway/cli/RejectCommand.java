package io.leeway.cli;

import io.leeway.config.ModelConfig;
import io.leeway.registry.Approval;
import io.leeway.registry.Registry;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code leeway reject}. */
@Command(
    name = "reject",
    description = "Rejects a version that waits for approval, or is approved and not out yet.",
    mixinStandardHelpOptions = true)
final class RejectCommand extends RegistryCommand {
  @Mixin private ActOptions act;

  @Parameters(paramLabel = "VERSION", description = "As 'leeway models list' shows it.")
  private int version;

  RejectCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> done(Store store, ModelConfig model) {
    new Registry(store)
        .act(
            model.name(),
            state -> Approval.reject(state, version, act.by(), act.reason(), Instant.now()));
    return List.of("Version %d of %s is rejected.".formatted(version, model.name()));
  }
}
