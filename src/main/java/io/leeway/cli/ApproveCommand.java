package io.leeway.cli;

import io.leeway.config.ApprovalConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import io.leeway.registry.Approval;
import io.leeway.registry.ModelState;
import io.leeway.registry.Registry;
import io.leeway.registry.Version;
import io.leeway.retrain.StoredEvidence;
import io.leeway.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code leeway approve}. */
@Command(
    name = "approve",
    description = {
      "Approves a version that the gate has blessed.",
      "The approval is bound to what the gate found; the one who had the version trained does not approve it alone."
    },
    mixinStandardHelpOptions = true)
final class ApproveCommand extends RegistryCommand {
  @Mixin private ActOptions act;

  @Parameters(paramLabel = "VERSION", description = "As 'leeway models list' shows it.")
  private int version;

  @Option(
      names = "--waive",
      description = "Approve it though the gate has refused it. The waiver goes on record.")
  private boolean waive;

  ApproveCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  List<String> done(Store store, ModelConfig model) {
    Registry registry = new Registry(store);
    requireEvidence(store, registry.state(model.name()));
    List<String> words = new ArrayList<>();
    Instant now = Instant.now();
    if (waive) {
      ApprovalConfig approval = RetrainNeed.of(model).approval();
      registry.act(
          model.name(),
          state -> Approval.waive(state, version, act.by(), act.reason(), now, approval.expires()));
      words.add(
          "What the gate said against version " + version + " is waived by " + act.by() + ".");
    }
    registry.act(
        model.name(), state -> Approval.approve(state, version, act.by(), act.reason(), now));
    Version after = registry.state(model.name()).version(version);
    words.add(
        "Version %d of %s is %s: %d of %d approvals."
            .formatted(
                version,
                model.name(),
                after.stage().text(),
                after.approvals().size(),
                after.approvers()));
    if (after.stage() == Version.Stage.APPROVED) {
      words.add(
          "Let it challenge the champion by 'leeway promote " + version + " --to challenger'.");
    } else if (after.approvals().size() >= after.approvers()) {
      words.add(
          "Somebody other than its trainer, " + after.trainer() + ", has to approve it, too.");
    }
    return words;
  }

  /**
   * An approval is bound to what the gate found, so people must have been able to read just that.
   *
   * @throws UserException if the table says something else
   */
  private void requireEvidence(Store store, ModelState state) {
    new StoredEvidence(store, state.model())
        .fault(state.version(version))
        .ifPresent(
            fault -> {
              throw new UserException(fault + " It was not approved.");
            });
  }
}
