package io.leeway.policy.verdict;

import io.leeway.domain.Comparison;
import io.leeway.domain.Period;
import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What changes are measured from.
 *
 * @param windows how many windows are put together, of those that are taken from history
 */
public record Against(Kind kind, int windows) {
  public static final Against BASELINE = new Against(Kind.BASELINE, 0);
  public static final Against PREVIOUS = new Against(Kind.PREVIOUS, 1);

  /** So many weeks make a weekday's usual value. */
  private static final int WEEKS = 4;

  private static final int DAYS_A_WEEK = 7;
  private static final int MONTHS_A_YEAR = 12;
  private static final String LAST = "last ";

  /** Where the other value comes from. */
  public enum Kind {
    BASELINE,
    PREVIOUS,
    /** The last windows together. */
    LAST,
    /** The last days of the same weekday together. */
    SAME_WEEKDAY,
    SAME_MONTH_LAST_YEAR
  }

  public Against {
    if (windows < 0 || (kind != Kind.BASELINE && windows == 0)) {
      throw new IllegalArgumentException("Nothing is put together of " + windows + " windows.");
    }
  }

  /** As written in the configuration, which is checked there. */
  static Against parse(String text) {
    return switch (text) {
      case "baseline" -> BASELINE;
      case "previous" -> PREVIOUS;
      case "same-weekday" -> new Against(Kind.SAME_WEEKDAY, WEEKS);
      case "same-month-last-year" -> new Against(Kind.SAME_MONTH_LAST_YEAR, 1);
      default -> new Against(Kind.LAST, Integer.parseInt(text.substring(LAST.length())));
    };
  }

  /** As written in the configuration. */
  public String text() {
    return switch (kind) {
      case BASELINE -> "baseline";
      case PREVIOUS -> "previous";
      case LAST -> LAST + windows;
      case SAME_WEEKDAY -> "same-weekday";
      case SAME_MONTH_LAST_YEAR -> "same-month-last-year";
    };
  }

  /** In running text. */
  String name() {
    return switch (kind) {
      case BASELINE -> "the baseline";
      case PREVIOUS -> "the window before";
      case LAST -> "the last " + windows + " windows";
      case SAME_WEEKDAY -> "the same weekday of the last " + windows + " weeks";
      case SAME_MONTH_LAST_YEAR -> "the same month last year";
    };
  }

  /** Against what rows stand whose metric tells of a change itself. */
  Comparison stored() {
    return kind == Kind.PREVIOUS ? Comparison.PREVIOUS : Comparison.BASELINE;
  }

  /** Whether the other value is put together from windows of the history. */
  boolean isOfHistory() {
    return kind == Kind.LAST || kind == Kind.SAME_WEEKDAY || kind == Kind.SAME_MONTH_LAST_YEAR;
  }

  /** From how many windows to how many others it steps; empty where it makes no sense. */
  private Optional<Integer> step(Period period) {
    boolean isDay = period.unit() == Period.Unit.DAY && period.count() == 1;
    boolean isMonth = period.unit() == Period.Unit.MONTH && period.count() == 1;
    return switch (kind) {
      case BASELINE -> Optional.empty();
      case PREVIOUS, LAST -> Optional.of(1);
      case SAME_WEEKDAY -> isDay ? Optional.of(DAYS_A_WEEK) : Optional.empty();
      case SAME_MONTH_LAST_YEAR -> isMonth ? Optional.of(MONTHS_A_YEAR) : Optional.empty();
    };
  }

  /** Windows that it looks back over. */
  int looksBack(String granularity) {
    return step(Period.parse(granularity)).map(step -> step * windows).orElse(0);
  }

  /**
   * The windows that are put together, the latest first; none where the granularity has none such.
   *
   * @param before gives the window before another
   */
  List<Window> windows(String granularity, Window window, UnaryOperator<Window> before) {
    List<Window> all = new ArrayList<>();
    Optional<Integer> step = step(Period.parse(granularity));
    Window at = window;
    for (int i = 0; step.isPresent() && i < windows; i++) {
      for (int back = 0; back < step.get(); back++) {
        at = before.apply(at);
      }
      all.add(at);
    }
    return all;
  }
}
