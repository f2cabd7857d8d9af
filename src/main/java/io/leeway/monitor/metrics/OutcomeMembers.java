package io.leeway.monitor.metrics;

import io.leeway.config.ModelConfig;
import io.leeway.config.Task;
import io.leeway.scan.MonitoredColumn;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of the labelled rows of which all together tell how good a model's predictions were,
 * and the texts that stand in them.
 *
 * @param task of the model
 * @param classes binary: the positive label, then the negative one; multiclass: all, in the order
 *     that decides ties; otherwise none
 * @param positive the place of the class that fairness takes as the favourable one
 */
public record OutcomeMembers(Task task, List<String> classes, int positive)
    implements Serializable {
  /** Whether there is a label, and what is odd about it; says how many rows there are. */
  public static final String STATE = name("label state");

  /** What happened and what was decided, as {@link #pair}. */
  public static final String CONFUSION = name("confusion");

  /** The clipped logarithmic loss of labelled rows. */
  public static final String LOG_LOSS = name("log loss");

  /** Multiclass: the squared distance of the scores from what happened. */
  public static final String BRIER = name("brier");

  /** Multiclass: how many classes scored as high as the one that happened, itself among them. */
  public static final String RANK = name("rank");

  /** Multiclass: the highest score, split by whether its class is the one that happened. */
  public static final String TOP_SCORE = name("top score");

  /** Multiclass: the highest score of rows with a decision and no label. */
  public static final String TOP_SCORE_IF_UNLABELLED = name("top score if unlabelled");

  /** Regression: prediction less label. */
  public static final String ERROR = MonitoredColumn.ERROR;

  public static final String ABSOLUTE_ERROR = MonitoredColumn.ABSOLUTE_ERROR;

  /** Regression: the error as a multiple of a label that is not 0. */
  public static final String RELATIVE_ERROR = name("relative error");

  public static final String LABEL = name("label");
  public static final String ABSOLUTE_LABEL = name("absolute label");

  /** Regression: the predicted number of all rows. */
  public static final String PREDICTION = MonitoredColumn.PREDICTION;

  /** Regression: errors of labelled rows, by groups of the prediction. */
  static final String ERROR_BY_PREDICTION = ERROR + MonitoredColumn.BY_PREDICTION;

  static final String ABSOLUTE_ERROR_BY_PREDICTION = ABSOLUTE_ERROR + MonitoredColumn.BY_PREDICTION;

  /** How the names of the columns begin that tell delays class by class. */
  public static final String DELAY_PREFIX = name("delay if ");

  /** What stands for a label or decision that is missing. */
  public static final String UNKNOWN = "?";

  public static final String LABELLED = "labelled";
  public static final String UNLABELLED = "unlabelled";

  /** Old enough to be taken for negative without a label, where so configured. */
  public static final String ASSUMED = "assumed negative";

  public static final String OUTSIDE = "outside classes";
  public static final String EARLY = "+early";
  public static final String REPEATED = "+repeated";

  public OutcomeMembers {
    classes = List.copyOf(classes);
  }

  /** Of a model with labels. */
  public static OutcomeMembers of(ModelConfig model) {
    List<String> classes =
        switch (model.task()) {
          case BINARY ->
              List.of(model.predictions().positive(), model.labels().orElseThrow().negative());
          case MULTICLASS -> List.copyOf(model.predictions().classScores().keySet());
          case REGRESSION, TELEMETRY -> List.of();
        };
    int positive = model.fairness().positive().map(classes::indexOf).orElse(0);
    return new OutcomeMembers(model.task(), classes, positive);
  }

  private static String name(String of) {
    return MonitoredColumn.OUTCOME_PREFIX + of;
  }

  /** The scores of the positive class of rows in which this class happened. */
  public static String scoreIf(int happened) {
    return name("score if " + happened);
  }

  /** The scores of rows without a label. */
  public static final String SCORE_IF_UNLABELLED = name("score if unlabelled");

  /** Multiclass: the scores of a class, of rows in which it happened. */
  public static String scoreIfIs(int of) {
    return name("score " + of + " if it is");
  }

  /** Multiclass: the scores of a class, of rows in which another one happened. */
  public static String scoreIfNot(int of) {
    return name("score " + of + " if it is not");
  }

  /** The delay of the labels of a class. */
  public static String delayIf(int happened) {
    return DELAY_PREFIX + happened;
  }

  /** A label and a decision in one text, each the place of its class or {@link #UNKNOWN}. */
  public static String pair(String happened, String decided) {
    return happened + ">" + decided;
  }

  /** Every pair there is. */
  public List<String> pairs() {
    List<String> marks = new ArrayList<>(List.of(UNKNOWN));
    for (int of = 0; of < classes.size(); of++) {
      marks.add(Integer.toString(of));
    }
    return marks.stream()
        .flatMap(happened -> marks.stream().map(decided -> pair(happened, decided)))
        .toList();
  }

  /** Every state of a label, with and without the marks of what is odd about it. */
  public static List<String> states() {
    List<String> states = new ArrayList<>();
    for (String state : List.of(LABELLED, UNLABELLED, ASSUMED, OUTSIDE)) {
      for (String early : List.of("", EARLY)) {
        states.add(state + early);
        states.add(state + early + REPEATED);
      }
    }
    return states;
  }

  /** The place of a state among {@link #states}. */
  public static int place(String state) {
    return states().indexOf(state);
  }

  /** By how many places a mark is further on, whatever the state and its other marks. */
  public static int placesOn(String mark) {
    return place(LABELLED + mark) - place(LABELLED);
  }
}
