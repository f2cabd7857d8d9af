package io.leeway.monitor;

import io.leeway.domain.Window;
import java.util.ArrayList;
import java.util.List;

/** Days from 1 January 2026 on, in UTC; day 32 is 1 February. */
final class January {
  private static final long DAY_SECONDS = 86_400;

  private January() {}

  static Window day(int day) {
    return new Window(SmallModel.start(day), SmallModel.start(day).plusSeconds(DAY_SECONDS));
  }

  /** Both ends included. */
  static List<Window> days(int first, int last) {
    List<Window> days = new ArrayList<>();
    for (int day = first; day <= last; day++) {
      days.add(day(day));
    }
    return days;
  }

  /** Seven days each, by their last one. */
  static List<Window> weeks(int firstEnd, int lastEnd) {
    List<Window> weeks = new ArrayList<>();
    for (int end = firstEnd; end <= lastEnd; end++) {
      weeks.add(new Window(day(end - 6).start(), day(end).end()));
    }
    return weeks;
  }
}
