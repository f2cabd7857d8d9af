package io.leeway.cli;

import io.leeway.config.LeewayConfig;
import io.leeway.domain.UserException;
import io.leeway.store.Store;
import io.leeway.store.Views;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code leeway views}: what can be queried, or how a catalog gets it. */
@Command(
    name = "views",
    description = {
      "Lists the tables and views that 'leeway sql' knows.",
      "With --ddl: prints the statements that make the views in a catalog's schema."
    },
    mixinStandardHelpOptions = true)
final class ViewsCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Option(names = "--ddl", description = "Print statements for a catalog.")
  private boolean ddl;

  ViewsCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (ddl) {
      LeewayConfig config = models.load(sessions);
      if (config.store().path().isPresent()) {
        throw new UserException(
            config.source()
                + ": store.path is a folder, but views live in a catalog. Write store { catalog = "
                + "..., schema = ... }, or query the folder with leeway sql.");
      }
      Store store = Store.open(sessions.session(), config.store());
      Views.ddl(store, SqlCommand.minCell(config.models()))
          .forEach(statement -> out.println(statement + ";\n"));
    } else {
      Store store = SqlCommand.prepare(sessions, models, Optional.empty());
      SqlCommand.names(store.spark()).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
