package io.leeway.cli;

import io.leeway.config.LeewayConfig;
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

/** {@code leeway views}: what can be queried, or how a session gets it. */
@Command(
    name = "views",
    description = {
      "Lists the tables and views that 'leeway sql' knows.",
      "With --ddl: prints the statements that make the views, in a catalog's schema, or, of a store that is a folder, as temporary views of any Spark session with Delta, such as a notebook's."
    },
    mixinStandardHelpOptions = true)
final class ViewsCommand implements Callable<Integer> {
  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Option(names = "--ddl", description = "Print the statements that make the views.")
  private boolean ddl;

  ViewsCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (ddl) {
      LeewayConfig config = models.load(sessions);
      Store store = SqlCommand.withTables(Store.open(sessions.session(), config.store()));
      Views.ddl(store, SqlCommand.minCell(config.models()), SqlCommand.shown(config.models()))
          .forEach(statement -> out.println(statement + ";\n"));
    } else {
      Store store = SqlCommand.prepare(sessions, models, Optional.empty());
      SqlCommand.names(store.spark()).forEach(out::println);
    }
    out.flush();
    return ExitCode.DONE;
  }
}
