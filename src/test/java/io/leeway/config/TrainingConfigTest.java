package io.leeway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leeway.config.TrainingConfig.Calibrate;
import io.leeway.config.TrainingConfig.FoldsBy;
import io.leeway.domain.UserException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingConfigTest {
  private static TrainingConfig read(Task task, String... lines) {
    return RetrainBlock.read(String.join("\n", lines), block -> TrainingConfig.read(block, task));
  }

  private static void assertProblem(Task task, String problem, String... lines) {
    assertThatThrownBy(() -> read(task, lines))
        .isInstanceOf(UserException.class)
        .hasMessage("configuration:1: retrain" + problem);
  }

  @Test
  void needsAnAlgorithmAndNothingElse() {
    assertThat(read(Task.BINARY, "algorithm = gbt"))
        .isEqualTo(
            new TrainingConfig(
                Algorithm.GBT,
                new TreeMap<>(),
                false,
                Calibrate.AUTO,
                42,
                3,
                FoldsBy.ENTITY,
                2,
                Optional.empty(),
                Duration.ofDays(180),
                Duration.ofDays(28),
                1_000_000,
                1,
                1_000));
  }

  @Test
  void takesWhatIsTold() {
    TrainingConfig config =
        read(
            Task.BINARY,
            "algorithm = logistic-regression, class-weights = true, calibrate = isotonic, seed = -7",
            "parameters { reg-param = [0.1, 0], max-iter = 20 }",
            "trials { folds = 5, by = time, parallel = 1 }",
            "entity = customer, window = 26 weeks, holdout = 7 days",
            "max-rows = 5000, partitions = 4, min-labelled = 200");

    assertThat(config)
        .isEqualTo(
            new TrainingConfig(
                Algorithm.LOGISTIC_REGRESSION,
                new TreeMap<>(
                    Map.of(
                        TrainingParameter.MAX_ITER,
                        List.of(20.0),
                        TrainingParameter.REG_PARAM,
                        List.of(0.1, 0.0))),
                true,
                Calibrate.ISOTONIC,
                -7,
                5,
                FoldsBy.TIME,
                1,
                Optional.of("customer"),
                Duration.ofDays(182),
                Duration.ofDays(7),
                5_000,
                4,
                200));
  }

  @Test
  void theGridHasEveryCombinationInTheOrderOfTheFile() {
    TrainingConfig config =
        read(
            Task.REGRESSION,
            "algorithm = gbt",
            "parameters { max-depth = [5, 3], max-iter = [20, 40] }");

    assertThat(config.grid())
        .containsExactly(point(20, 5), point(20, 3), point(40, 5), point(40, 3));
  }

  private static SortedMap<TrainingParameter, Double> point(double iterations, double depth) {
    return new TreeMap<>(
        Map.of(TrainingParameter.MAX_ITER, iterations, TrainingParameter.MAX_DEPTH, depth));
  }

  @Test
  void withoutParametersTheGridIsOnePointOfDefaults() {
    assertThat(read(Task.BINARY, "algorithm = gbt").grid()).containsExactly(new TreeMap<>());
  }

  @ParameterizedTest
  @CsvSource({
    "gbt, MULTICLASS, 'logistic-regression, random-forest'",
    "logistic-regression, REGRESSION, 'random-forest, gbt, linear-regression'",
    "linear-regression, BINARY, 'logistic-regression, random-forest, gbt'",
    "linear-regression, MULTICLASS, 'logistic-regression, random-forest'"
  })
  void anAlgorithmMustFitTheTask(String algorithm, Task task, String others) {
    assertProblem(
        task,
        ".algorithm: '%s' cannot learn task = %s; write one of %s"
            .formatted(algorithm, task.text(), others),
        "algorithm = " + algorithm);
  }

  @Test
  void theAlgorithmMustBeNamed() {
    assertThatThrownBy(() -> read(Task.REGRESSION, "seed = 1"))
        .hasMessage(
            "configuration: retrain.algorithm: is missing; write one of random-forest, gbt, linear-regression");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "max_dept = 3 | .max_dept: unknown key; did you mean 'max-depth'? Known here: max-iter, max-depth, max-bins, min-instances, subsampling-rate, step-size",
        "reg-param = 1 | .reg-param: unknown key; did you mean 'max-iter'? Known here: max-iter, max-depth, max-bins, min-instances, subsampling-rate, step-size",
        "max-depth = 31 | .max-depth: '31' is not a whole number from 1 to 30",
        "max-depth = [3, 2.5] | .max-depth[1]: '2.5' is not a whole number from 1 to 30",
        "step-size = NaN | .step-size: 'NaN' is not a number from 1.0E-4 to 1.0",
        "max-depth = [3, 3] | .max-depth[1]: '3' is listed twice; remove one",
        "max-depth = [] | .max-depth: lists no value; write one or leave the key out",
        "'max-depth = [1,2,3,4,5,6], max-iter = [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]' | : make 102 combinations, more than 100; list fewer values"
      })
  void refusesParametersThatTheAlgorithmCannotHave(String parameters, String problem) {
    assertProblem(
        Task.BINARY, ".parameters" + problem, "algorithm = gbt, parameters { " + parameters + " }");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calibrate = plat | .calibrate: 'plat' is not known here; did you mean 'platt'? Known: auto, none, platt, isotonic",
        "class-weights = yes | .class-weights: 'yes' is not known here; did you mean 'true'? Known: true, false",
        "trials.folds = 1 | .trials.folds: '1' is not a whole number from 2 on; write for example 3",
        "trials.by = entities | .trials.by: 'entities' is not known here; did you mean 'entity'? Known: entity, time",
        "trials.fold = 3 | .trials.fold: unknown key; did you mean 'folds'? Known here: folds, by, parallel",
        "seed = 1.5 | .seed: '1.5' is not a whole number; write for example 42",
        "window = 28 days | .holdout: is not shorter than window, 28 days against 28 days; nothing would be left to learn from"
      })
  void saysWhatIsWrongWithTheRest(String line, String problem) {
    String path = line.startsWith("window") ? "configuration: retrain" : "configuration:1: retrain";
    assertThatThrownBy(() -> read(Task.BINARY, "algorithm = gbt, " + line))
        .hasMessage(path + problem);
  }

  @Test
  void onlyClassesHaveWeightsAndOnlyABinaryTaskIsCalibrated() {
    assertProblem(
        Task.REGRESSION,
        ".class-weights: a regression has no classes; remove it",
        "algorithm = gbt, class-weights = true");
    assertProblem(
        Task.MULTICLASS,
        ".calibrate: only a binary task is calibrated; remove it",
        "algorithm = random-forest, calibrate = platt");
  }

  @Test
  void refusesValuesThatNoFileCouldHold() {
    TrainingConfig config = read(Task.BINARY, "algorithm = gbt");
    assertThatThrownBy(
            () ->
                new TrainingConfig(
                    Algorithm.GBT,
                    new TreeMap<>(Map.of(TrainingParameter.REG_PARAM, List.of(1.0))),
                    false,
                    config.calibrate(),
                    1,
                    3,
                    config.foldsBy(),
                    1,
                    Optional.empty(),
                    config.window(),
                    config.holdout(),
                    1,
                    1,
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("REG_PARAM");
  }
}
