package io.leeway.monitor;

import io.leeway.domain.Measure;
import io.leeway.domain.Segment;
import io.leeway.domain.Slice;
import io.leeway.domain.Subject;
import io.leeway.monitor.metrics.GroupOutcome;
import io.leeway.monitor.metrics.GroupReadings;
import io.leeway.profile.ProfileBundle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * By how much the groups of the reference differ, in the readings without inference. What else is
 * told across groups stands beside the windows' own, which know how much the reference varies.
 */
final class ReferenceGroups {
  private final OutcomeContext outcome;
  private final List<GroupedBy> compared;
  private final Map<Subject, List<GroupOutcome>> groups = new LinkedHashMap<>();

  /** Of no segments yet. */
  ReferenceGroups(OutcomeContext outcome, Slice slice) {
    this.outcome = outcome;
    this.compared = GroupedBy.all(slice, outcome.attributesIn(slice.columns()));
  }

  /**
   * Notes a segment, unless it stands for several.
   *
   * @param subject the segment's own
   * @param sum its outcomes
   */
  void add(Subject subject, ProfileBundle sum) {
    Segment segment = subject.segment();
    if (segment.isOther()) {
      return;
    }
    for (GroupedBy by : compared) {
      Subject across =
          new Subject(
              subject.model(),
              subject.modelVersion(),
              subject.granularity(),
              subject.window(),
              by.within(segment),
              by.name());
      groups
          .computeIfAbsent(across, any -> new ArrayList<>())
          .add(GroupOutcome.of(by.group(segment), segment, sum, outcome.members()));
    }
  }

  /** Tells the gaps, after the last segment. */
  void tell(BiConsumer<Subject, Measure> told) {
    groups.forEach(
        (across, of) -> GroupReadings.of(of).forEach(measure -> told.accept(across, measure)));
  }
}
