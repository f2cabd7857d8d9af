package io.leeway.retrain;

import static org.apache.spark.sql.functions.col;

import io.leeway.config.TrainingConfig;
import io.leeway.config.TrainingConfig.FoldsBy;
import io.leeway.config.TrainingParameter;
import io.leeway.registry.files.ScoreColumn;
import io.leeway.retrain.FoldFrames.Frames;
import io.leeway.stats.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Every setting of the grid on every fold, fold by fold, some settings at once. Which thread does
 * what changes no number: a fit draws from the seed alone.
 */
final class TrialRuns {
  private final FoldFrames frames;
  private final TrainingConfig config;
  private final Learners learners;
  private final ScoreColumn score;

  TrialRuns(FoldFrames frames, Learners learners, ScoreColumn score) {
    this.frames = frames;
    this.config = frames.config();
    this.learners = learners;
    this.score = score;
  }

  /** All trials, by setting and then by fold. */
  List<Trial> of(Dataset<Row> rows) {
    boolean byTime = config.foldsBy() == FoldsBy.TIME;
    List<Trial> trials = new ArrayList<>();
    ExecutorService pool = Executors.newFixedThreadPool(config.parallel());
    try {
      // Of stretches of time the first is only learnt from.
      int first = byTime ? 1 : 0;
      for (int fold = first; fold < first + config.folds(); fold++) {
        Dataset<Row> learn =
            rows.where(
                byTime ? col(TrainingRows.FOLD).lt(fold) : col(TrainingRows.FOLD).notEqual(fold));
        Dataset<Row> measure = rows.where(col(TrainingRows.FOLD).equalTo(fold));
        trials.addAll(onFold(fold, frames.of(learn, measure), pool));
      }
    } finally {
      pool.shutdownNow();
    }
    trials.sort(Comparator.comparingInt(Trial::number).thenComparingInt(Trial::fold));
    return List.copyOf(trials);
  }

  private List<Trial> onFold(int fold, Outcome<Frames> prepared, ExecutorService pool) {
    List<SortedMap<TrainingParameter, Double>> grid = config.grid();
    if (!prepared.isDefined()) {
      List<Trial> none = new ArrayList<>();
      for (int number = 0; number < grid.size(); number++) {
        Outcome<Double> why = Outcome.undefined(prepared.reason().orElseThrow());
        none.add(trial(number, fold, why, 0));
      }
      return none;
    }
    try (Frames of = prepared.orElseThrow()) {
      List<CompletableFuture<Trial>> running = new ArrayList<>();
      for (int number = 0; number < grid.size(); number++) {
        int which = number;
        running.add(CompletableFuture.supplyAsync(() -> run(which, fold, of), pool));
      }
      return running.stream().map(TrialRuns::joined).toList();
    }
  }

  private static Trial joined(CompletableFuture<Trial> running) {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private Trial run(int number, int fold, Frames of) {
    SparkSession.setActiveSession(of.learn().sparkSession());
    long start = System.nanoTime();
    Transformer fitted =
        learners.of(config.grid().get(number), of.learn().schema()).fit(of.learn());
    Outcome<Double> value = TrialMetric.of(learners.task(), fitted.transform(of.measure()), score);
    return trial(number, fold, value, (System.nanoTime() - start) / 1_000_000);
  }

  private Trial trial(int number, int fold, Outcome<Double> value, long millis) {
    String metric = TrialMetric.name(learners.task());
    return new Trial(number, fold, config.grid().get(number), metric, value, millis);
  }
}
