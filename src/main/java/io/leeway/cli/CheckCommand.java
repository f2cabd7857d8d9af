package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.domain.UserException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code leeway check}: what is wrong with a configuration, all at once. */
@Command(
    name = "check",
    description = {
      "Checks a configuration, then the tables it names: columns, types, SQL expressions.",
      "Reads no rows and writes nothing. All problems are shown at once."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand extends ReportingCommand {
  @Mixin private ModelOptions models;

  CheckCommand(Sessions sessions) {
    super(sessions);
  }

  @Override
  Ending work() {
    LeewayConfig config = models.load(sessions());
    List<String> problems = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (ModelConfig model : models.chosen(config)) {
      progress("Checking model " + model.name() + " ...");
      List<String> found = SourceCheck.problems(sessions().session(), model);
      problems.addAll(found);
      words.add(
          model.name()
              + ": "
              + (found.isEmpty()
                  ? "its tables are as its configuration says."
                  : found.size() + (found.size() == 1 ? " problem." : " problems.")));
    }
    if (!problems.isEmpty()) {
      throw new UserException(String.join("\n", problems));
    }
    words.add(config.source() + ": no problems.");
    return Ending.with(words);
  }
}
