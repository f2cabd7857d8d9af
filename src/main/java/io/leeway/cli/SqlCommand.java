package io.leeway.cli;

import io.leeway.config.LabelsConfig;
import io.leeway.config.LeewayConfig;
import io.leeway.config.ModelConfig;
import io.leeway.config.StoreConfig;
import io.leeway.config.Task;
import io.leeway.domain.LeewayException;
import io.leeway.domain.UserException;
import io.leeway.store.ResultTable;
import io.leeway.store.ShownModel;
import io.leeway.store.Store;
import io.leeway.store.Views;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code leeway sql}: a query over the result tables and their views. */
@Command(
    name = "sql",
    description = {
      "Prints the answer to a query over the result tables and views ('leeway views' lists them).",
      "Times are shown in UTC."
    },
    mixinStandardHelpOptions = true)
final class SqlCommand implements Callable<Integer> {
  /** What a view may name, where no configuration says otherwise. */
  private static final int MIN_CELL = 10;

  private final Sessions sessions;

  @Spec private CommandSpec spec;
  @Mixin private ModelOptions models;

  @Parameters(paramLabel = "SQL", description = "One query, in quotation marks.")
  private String query;

  @Option(
      names = "--store",
      paramLabel = "PATH",
      description = "The folder of the result tables, in place of a configuration.")
  private String path;

  @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; table unless given.")
  private ResultFormat format = ResultFormat.TABLE;

  @Option(
      names = "--limit",
      paramLabel = "ROWS",
      description = "Print so many rows; 50 of a table unless given, else all.")
  private Integer limit;

  @Option(
      names = "--width",
      paramLabel = "CHARACTERS",
      description = "Cut longer values of a table; 40 unless given.")
  private int width = PlainTable.WIDTH;

  SqlCommand(Sessions sessions) {
    this.sessions = sessions;
  }

  @Override
  public Integer call() {
    if (width < 1 || (limit != null && limit < 0)) {
      throw new UserException(
          "--width must be at least 1 and --limit at least 0, but they are "
              + width
              + " and "
              + limit
              + ".");
    }
    Store store = prepare(sessions, models, Optional.ofNullable(path));
    SparkSession spark = store.spark();
    try {
      QueryOnly.refuseStatements(spark, query);
      format.print(
          spark.sql(query), Optional.ofNullable(limit), width, spec.commandLine().getOut());
      spec.commandLine().getOut().flush();
      return ExitCode.DONE;
    } catch (LeewayException e) {
      throw e;
    } catch (Exception e) {
      throw SqlProblem.in(e, names(spark))
          .map(RuntimeException.class::cast)
          .orElseGet(() -> unexplained(e));
    }
  }

  private static RuntimeException unexplained(Exception e) {
    return e instanceof RuntimeException known ? known : new IllegalStateException(e);
  }

  /** Makes the views in the session. */
  static Store prepare(Sessions sessions, ModelOptions models, Optional<String> path) {
    if (path.isPresent()) {
      String whole =
          path.get().contains(":") ? path.get() : Path.of(path.get()).toAbsolutePath().toString();
      StoreConfig place = new StoreConfig(Optional.of(whole), Optional.empty(), Optional.empty());
      Store store = withTables(Store.open(sessions.session(), place));
      Views.createTemporary(store, MIN_CELL);
      return store;
    }
    LeewayConfig config = models.load(sessions);
    Store store = withTables(Store.open(sessions.session(), config.store()));
    Views.createTemporary(store, minCell(config.models()), shown(config.models()));
    return store;
  }

  /**
   * The store.
   *
   * @throws UserException if nothing was ever written to it
   */
  static Store withTables(Store store) {
    if (!store.exists(ResultTable.RUNS)) {
      throw new UserException(
          "There are no result tables in '"
              + store.location()
              + "' yet. Run 'leeway monitor' first, or name another place.");
    }
    return store;
  }

  /** The models as their own views show them. */
  static List<ShownModel> shown(List<ModelConfig> models) {
    return models.stream()
        .map(
            model ->
                new ShownModel(
                    model.name(),
                    model.predictions().version(),
                    positive(model),
                    model.labels().map(LabelsConfig::negative).filter(text -> !text.isEmpty())))
        .toList();
  }

  private static Optional<String> positive(ModelConfig model) {
    return model.task() == Task.BINARY
        ? Optional.of(model.predictions().positive())
        : model
            .fairness()
            .positive()
            .or(() -> model.predictions().classScores().keySet().stream().findFirst());
  }

  /** The views hold all models, so the most careful of them decides. */
  static int minCell(List<ModelConfig> models) {
    return models.stream().mapToInt(model -> model.limits().minCell()).max().orElse(MIN_CELL);
  }

  /** Result tables and views, in alphabetical order. */
  static List<String> names(SparkSession spark) {
    return spark.sql("SHOW VIEWS").select("viewName").collectAsList().stream()
        .map((Row row) -> row.getString(0))
        .sorted()
        .toList();
  }
}
