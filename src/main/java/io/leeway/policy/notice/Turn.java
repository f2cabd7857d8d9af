package io.leeway.policy.notice;

import io.leeway.config.ChannelConfig;
import io.leeway.config.NoticesConfig;
import io.leeway.policy.notice.Delivery.Outcome;
import io.leeway.policy.notice.Notice.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What one channel is told this time, by the rules of {@link Outbox}. */
final class Turn {
  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
  private static final int FACTOR = 6;

  /** A month and a little, so that a monthly job has a second try. */
  private static final Duration KEPT = Duration.ofDays(35);

  private final NoticesConfig config;
  private final ChannelConfig channel;
  private final Instant now;
  private final Optional<Instant> quietUntil;
  private final List<Attempt> past;
  private final Map<String, List<Attempt>> byNotice;
  private final List<Notice> due = new ArrayList<>();
  private final List<Plan.Waiting> waiting = new ArrayList<>();
  private final List<Attempt> settled = new ArrayList<>();

  Turn(NoticesConfig config, ChannelConfig channel, Collection<Attempt> attempts, Instant now) {
    this.config = config;
    this.channel = channel;
    this.now = now;
    this.quietUntil = config.quietHours().flatMap(quiet -> quiet.endAfter(now));
    this.past =
        attempts.stream()
            .filter(attempt -> attempt.channel().equals(channel.name()))
            .sorted(Comparator.comparing(Attempt::at))
            .toList();
    this.byNotice = past.stream().collect(Collectors.groupingBy(Attempt::noticeId));
  }

  /** Takes the notices of one incident, oldest first. */
  void add(List<Notice> ofIncident) {
    List<Notice> wanted = recent(wanted(sinceItsEnd(open(ofIncident))));
    Instant free = now;
    for (int i = 0; i < wanted.size(); i++) {
      Notice notice = wanted.get(i);
      boolean overtaken = wanted.stream().skip(i + 1L).anyMatch(later -> !isHeld(later));
      if (isHeld(notice) && overtaken) {
        skip(notice, "a later notice of the incident went out during quiet hours");
        continue;
      }
      Instant quietEnd = isHeld(notice) ? quietUntil.orElseThrow() : now;
      Instant retry = retryAt(notice);
      if (retry.isAfter(free)) {
        free = retry;
      }
      if (quietEnd.isAfter(free)) {
        free = quietEnd;
      }
      if (free.isAfter(now)) {
        waiting.add(new Plan.Waiting(notice, channel.name(), free, why(free, quietEnd, retry)));
      } else {
        due.add(notice);
      }
    }
  }

  private static String why(Instant until, Instant quietEnd, Instant retry) {
    if (until.equals(quietEnd)) {
      return "quiet hours";
    }
    return until.equals(retry) ? "another try" : "an earlier notice of the incident waits";
  }

  /** Those that no attempt has settled, without those whose tries are used up. */
  private List<Notice> open(List<Notice> ofIncident) {
    List<Notice> open = new ArrayList<>();
    for (Notice notice : ofIncident) {
      List<Attempt> tries = tries(notice);
      if (tries.stream().anyMatch(Attempt::isFinal)) {
        continue;
      }
      if (tries.size() < config.attempts()) {
        open.add(notice);
      } else {
        Delivery last = tries.get(tries.size() - 1).delivery();
        settle(notice, last.afterLast(tries.size()));
      }
    }
    return open;
  }

  /** What is left when nobody needs to hear of what is over by now. */
  private List<Notice> sinceItsEnd(List<Notice> open) {
    int end = -1;
    for (int i = 0; i < open.size(); i++) {
      end = open.get(i).kind() == Kind.RESOLVED ? i : end;
    }
    if (end < 0) {
      return open;
    }
    open.subList(0, end).forEach(of -> skip(of, "the incident was over before this was sent"));
    if (isHeardOf(open.get(end))) {
      return open.subList(end, open.size());
    }
    skip(open.get(end), "the channel had not heard of the incident");
    return open.subList(end + 1, open.size());
  }

  /** Whether the channel may know of the incident, and has not been told of an end. */
  private boolean isHeardOf(Notice end) {
    boolean heard = false;
    for (Attempt attempt : past) {
      if (attempt.incidentId().equals(end.incidentId()) && attempt.mayHaveArrived()) {
        boolean ended =
            attempt.kind() == Kind.RESOLVED && attempt.delivery().outcome() == Outcome.DELIVERED;
        heard = !ended && (heard || attempt.kind() != Kind.RESOLVED);
      }
    }
    return heard;
  }

  private List<Notice> wanted(List<Notice> open) {
    List<Notice> wanted = new ArrayList<>();
    for (Notice notice : open) {
      if (notice.kind() == Kind.RESOLVED || notice.isAtLeast(channel.least())) {
        wanted.add(notice);
      } else {
        skip(notice, "the channel takes " + channel.least() + " and above");
      }
    }
    return wanted;
  }

  /** What is left when nobody is told any more of what has waited for so long. */
  private List<Notice> recent(List<Notice> wanted) {
    Instant since = now.minus(KEPT);
    List<Notice> recent = new ArrayList<>();
    for (Notice notice : wanted) {
      if (notice.at().isBefore(since)) {
        String reason = "given up, as it was written more than " + KEPT.toDays() + " days ago";
        settle(notice, Delivery.failed(reason));
      } else {
        recent.add(notice);
      }
    }
    return recent;
  }

  private boolean isHeld(Notice notice) {
    return quietUntil.isPresent()
        && !notice.isAtLeast(config.quietHours().orElseThrow().letThrough());
  }

  private List<Attempt> tries(Notice notice) {
    return byNotice.getOrDefault(notice.id(), List.of());
  }

  private Instant retryAt(Notice notice) {
    List<Attempt> tries = tries(notice);
    Duration wait = FIRST_WAIT;
    for (int i = 1; i < tries.size(); i++) {
      wait = wait.multipliedBy(FACTOR);
      wait = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }
    return tries.isEmpty() ? now : tries.get(tries.size() - 1).at().plus(wait);
  }

  private void skip(Notice notice, String reason) {
    settle(notice, Delivery.skipped(reason));
  }

  private void settle(Notice notice, Delivery delivery) {
    settled.add(Attempt.of(notice, channel.name(), now, delivery));
  }

  /** What is due, folded where it is too much. */
  List<Plan.Sending> sendings() {
    Map<String, List<Notice>> byModel = new LinkedHashMap<>();
    due.stream()
        .sorted(Comparator.comparing(Notice::at))
        .forEach(of -> byModel.computeIfAbsent(of.model(), model -> new ArrayList<>()).add(of));
    List<Plan.Sending> sendings = new ArrayList<>();
    for (List<Notice> ofModel : byModel.values()) {
      List<Notice> folded = ofModel.stream().filter(this::mayBeFolded).toList();
      boolean isFlood = folded.size() > config.digestAbove();
      if (isFlood) {
        sendings.add(sending(Digest.of(folded), folded));
      }
      ofModel.stream()
          .filter(notice -> !isFlood || !mayBeFolded(notice))
          .forEach(notice -> sendings.add(sending(notice, List.of(notice))));
    }
    return sendings;
  }

  private boolean mayBeFolded(Notice notice) {
    return channel.type() != ChannelConfig.Type.ALERTMANAGER
        && (channel.type() != ChannelConfig.Type.PAGERDUTY || notice.kind() != Kind.RESOLVED);
  }

  private Plan.Sending sending(Notice notice, List<Notice> told) {
    return new Plan.Sending(
        channel,
        notice,
        told.stream()
            .map(of -> new Plan.Try(of, tries(of).size() + 1, config.attempts()))
            .toList());
  }

  List<Plan.Waiting> waiting() {
    return waiting;
  }

  List<Attempt> settled() {
    return settled;
  }
}
